"""The small language the tables of this package are written in, and what reads it.

A rule looks at one JSON value and yields problems: a JSON pointer and the sentence Slack says about it. The sentences
"must be less than", "must be more than", "no more than ... items allowed", "missing required field", "invalid
additional property", "unsupported type", "must provide a/an", "must be a valid enum value", "already exists" and
"failed to match all allowed schemas" are Slack's as people have reported them; the others are in their manner.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One refusal: where in the arguments (`/blocks/0/text/text`), and why."""

    pointer: str
    sentence: str

    def __str__(self) -> str:
        return f"[ERROR] {self.sentence} [json-pointer:{self.pointer}]"


class Rule(Protocol):
    """Anything that can judge a value at a place."""

    def check(self, value: Any, at: str) -> Iterator[Problem]: ...


Relation = Callable[[Json, str], Iterator[Problem]]


@dataclass(frozen=True)
class String:
    """A string of `least` to `most` characters, one of `among` or passing `fits` where given."""

    most: int | None = None
    least: int = 1
    among: tuple[str, ...] = ()
    fits: Callable[[str], bool] | None = None

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
        elif self.among and value not in self.among:
            yield Problem(at, "must be a valid enum value")
        elif len(value) < self.least:
            yield Problem(at, f"must be more than {self.least - 1} characters")
        elif self.most is not None and len(value) > self.most:
            yield Problem(at, f"must be less than {self.most + 1} characters")
        elif self.fits and not self.fits(value):
            yield Problem(at, "failed to match schema")


@dataclass(frozen=True)
class Integer:
    """A whole number from `least` to `most`."""

    least: int
    most: int | None = None

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(at, "must provide an integer")
        elif value < self.least:
            yield Problem(at, f"must be greater than {self.least - 1}")
        elif self.most is not None and value > self.most:
            yield Problem(at, f"must be less than {self.most + 1}")


@dataclass(frozen=True)
class Truth:
    """true or false."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(at, "must provide a boolean")


@dataclass(frozen=True)
class Items:
    """A list of `least` to `most` values, each of the rule `of`."""

    of: Rule
    most: int | None = None
    least: int = 1

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must provide an array")
        elif len(value) < self.least:
            yield Problem(at, f"no less than {self.least} items allowed")
        elif self.most is not None and len(value) > self.most:
            yield Problem(at, f"no more than {self.most} items allowed")
        else:
            yield from chain.from_iterable(self.of.check(item, f"{at}/{n}") for n, item in enumerate(value))


@dataclass(frozen=True)
class Shape:
    """An object of exactly these fields; `relations` between them are asked only when each alone is right."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    relations: Sequence[Relation] = ()

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(at, "must provide an object")
            return
        found = [*self._fields(value, at)]
        yield from found or chain.from_iterable(relation(value, at) for relation in self.relations)

    def _fields(self, value: Json, at: str) -> Iterator[Problem]:
        known = {**self.required, **self.optional}
        for name in self.required:
            if name not in value:
                yield Problem(at, f"missing required field: {name}")
        for name, part in value.items():
            if name not in known:
                yield Problem(at, f"invalid additional property: {name}")
            else:
                yield from known[name].check(part, f"{at}/{name}")


@dataclass(frozen=True)
class OneOf:
    """An object whose `type` says which shape it has to have.

    Slack prefaces what is wrong in a text that may be plain_text or mrkdwn with a line about the whole (`preface`).
    """

    shapes: Mapping[str, Shape]
    preface: bool = False

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        found = [*self._chosen(value, at)]
        if found and self.preface:
            yield Problem(at, "failed to match all allowed schemas")
        yield from found

    def _chosen(self, value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(at, "must provide an object")
        elif "type" not in value:
            yield Problem(at, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in self.shapes:
            yield Problem(f"{at}/type", f"unsupported type: {value['type']}")
        else:
            yield from self.shapes[value["type"]].check(value, at)


def typed(kind: str, required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None,
          relations: Sequence[Relation] = ()) -> Shape:  # fmt: skip
    """A shape whose `type` is `kind`."""
    return Shape({"type": String(among=(kind,)), **required}, optional or {}, relations)
