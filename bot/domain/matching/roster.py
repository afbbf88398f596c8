"""A roster from a file: rows of plain JSON values in; people out, or every problem there is, by line and field.

Nothing is guessed: what is missing or null is unknown and neutral, and what is there is right or refused.
"""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, NoReturn
from zoneinfo import available_timezones

from bot.domain.enrollment import STYLES
from bot.domain.matching.hours import known_zone
from bot.domain.matching.people import Candidate, Meeting, Role, normal
from bot.domain.matching.scores import Weights

_LONGEST_TEXT = 300
_LONGEST_SHOWN = 60
_MOST_LEVEL, _MOST_LEFT_OUT, _MOST_CAPACITY, _MOST_WEEKS = 1000, 100, 100, 5200
_MOMENT = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
# Control characters move a terminal's cursor; half a character (a lone surrogate) cannot be printed at all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DAY = 24 * 60


@dataclass(frozen=True)
class Row:
    """One entry of a file: its value, its number from 1 (0 where it has a line to itself), and the line where it
    begins; `flaw`: why it was not read; `headers`: what the file calls a field, where that is not our name."""

    value: object
    number: int
    line: int
    flaw: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, name: str, wanted: str) -> "Problem":
        """What is wrong in one of its fields, or in all of it."""
        return Problem(self.line, self.number, _bare(self.headers.get(name, name)) if name else "", wanted)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, and what is wanted. Line and row 0, and a field "", are not said."""

    line: int
    row: int
    field: str
    wanted: str

    def __str__(self) -> str:
        line, row = f"line {self.line}" if self.line else "", f"row {self.row}" if self.row else ""
        where = ", ".join(place for place in (line, row, self.field) if place)
        return f"{where}: {self.wanted}" if where else self.wanted


class BadRows(ValueError):
    """A file that cannot be taken, with every problem in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Unfit(ValueError):
    """A value that cannot be taken; the text says what is wanted."""


@dataclass(frozen=True)
class Roster:
    """Who takes part, and who sits this round out (capacity 0), both in the order of the rows."""

    candidates: tuple[Candidate, ...]
    sitting_out: tuple[Candidate, ...]


def read_roster(rows: Sequence[Row]) -> Roster:
    """The people of a roster. Raises BadRows with every problem of every row."""
    people = read_rows(rows, PERSON_FIELDS, "id")
    candidates = [Candidate(**person) for person in people]
    return Roster(
        tuple(person for person in candidates if person.capacity > 0),
        tuple(person for person in candidates if person.capacity == 0),
    )


def read_rows(rows: Sequence[Row], known: Mapping[str, Callable[[Any], Any]], named_by: str) -> list[dict[str, Any]]:
    """Each row's fields as their readers give them; what it is `named_by` is needed, and no two rows may share it.

    Raises BadRows with every problem of every row.
    """
    problems: list[Problem] = []
    read = [_values(row, known, (named_by,), problems) for row in rows]
    problems += _twice(rows, read, named_by)
    _refuse(problems)
    return read


def read_history(rows: Sequence[Row], on: date) -> tuple[Meeting, ...]:
    """Who were partners, so many weeks before `on`. Raises BadRows with every problem of every row."""
    problems: list[Problem] = []
    met = [_values(row, MEETING_FIELDS, ("members", "week"), problems) for row in rows]
    _refuse(problems)
    return tuple(Meeting(one["members"], on - timedelta(weeks=one["week"])) for one in met)


def read_weights(value: object) -> Weights:
    """Weights that add up to 100; a part that is not named has none. Raises BadRows with every problem."""
    problems: list[Problem] = []
    named = _values(Row(value, 0, 0), _WEIGHTS, (), problems)
    _refuse(problems)
    if sum(named.values()) != 100:
        wanted = f"the weights add up to {sum(named.values())}; they must add up to 100"
        raise BadRows([Problem(0, 0, "", wanted)])
    return Weights(**{part: named.get(part, 0) for part in _WEIGHTS})


def unknown_field(name: str, known: Iterable[str]) -> str:
    """What to say of a field nobody knows: the nearest one, or all there are."""
    near = difflib.get_close_matches(name.casefold().strip(), list(known), n=1)
    return (
        f"there is no such field; did you mean {near[0]}?" if near else f"there is no such field; use {_one_of(known)}"
    )


def shown(value: object) -> str:
    """A value as it stands in the file, on one line and not for long."""
    text = json.dumps(value, ensure_ascii=False)
    text = text if text.isprintable() else json.dumps(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise BadRows(sorted(problems, key=lambda problem: (problem.row, problem.line)))


def _values(
    row: Row, known: Mapping[str, Callable[[Any], Any]], required: Sequence[str], problems: list[Problem]
) -> dict[str, Any]:
    """The row's fields as their readers give them; what is wrong is added to `problems`."""
    if row.flaw or not isinstance(row.value, dict):
        flaw = row.flaw or f"an object with the fields {_one_of(known)} is wanted, not {shown(row.value)}"
        problems.append(row.wrong("", flaw))
        return {}
    values: dict[str, Any] = {}
    given = {name: value for name, value in row.value.items() if value is not None}
    for name, value in given.items():
        try:
            values[name] = known.get(name, _unknown(name, known))(value)
        except Unfit as unfit:
            problems.append(row.wrong(name, str(unfit)))
    missing = [name for name in required if name not in given]
    problems += [row.wrong(name, "it is missing") for name in missing]
    return values


def _unknown(name: str, known: Iterable[str]) -> Callable[[Any], Any]:
    def refuse(_: object) -> NoReturn:
        raise Unfit(unknown_field(name, known))

    return refuse


def _twice(rows: Sequence[Row], people: Sequence[Mapping[str, Any]], named_by: str) -> list[Problem]:
    first: dict[str, Row] = {}
    found = []
    for row, person in zip(rows, people, strict=True):
        if named_by in person and (earlier := first.setdefault(person[named_by], row)) is not row:
            there = f"row {earlier.number} too (line {earlier.line})" if earlier.number else f"line {earlier.line} too"
            found.append(row.wrong(named_by, f"{_as_written(row, earlier, named_by)} is the {named_by} of {there}"))
    return found


def _as_written(row: Row, earlier: Row, name: str) -> str:
    """A value as its row has it, and as an earlier row has it, where that one writes the same otherwise."""
    here, there = (one.value[name] if isinstance(one.value, dict) else None for one in (row, earlier))
    return shown(here) if here == there else f"{shown(here)} (there {shown(there)})"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit(f"text is wanted, not {shown(value)}")
    if len(value) > _LONGEST_TEXT:
        raise Unfit(f"at most {_LONGEST_TEXT} characters are wanted, not {len(value)}")
    if _UNPRINTABLE.search(value):
        raise Unfit(f"text without control characters is wanted, not {shown(value)}")
    return value


def _id(value: object) -> str:
    text = _text(value)
    if not text or text != " ".join(text.split()):
        raise Unfit(f"a name with no space around it and single ones within is wanted, not {shown(value)}")
    return text


def _boss(value: object) -> str | None:
    return None if value == "" else _id(value)


def _phrase(value: object) -> str:
    if not (text := _text(value)).strip():
        raise Unfit(f"words are wanted, not {shown(value)}")
    return text


def _each(values: object, take: Callable[[object], str]) -> tuple[str, ...]:
    """Every item of a list as `take` gives it."""
    if not isinstance(values, list):
        raise Unfit(f"a list is wanted, not {shown(values)}")
    return tuple(_all(((f"item {at}", item) for at, item in enumerate(values, 1)), lambda _, item: take(item)))


def _all(named: Iterable[tuple[str, object]], take: Callable[[str, object], str]) -> list[str]:
    """What `take` gives for each; what is wrong with any of them is said together."""
    taken, wrong = [], []
    for name, value in named:
        try:
            taken.append(take(name, value))
        except Unfit as unfit:
            wrong.append(f"{name}: {unfit}")
    if wrong:
        raise Unfit("; ".join(wrong))
    return taken


def _phrases(value: object) -> tuple[str, ...]:
    return _each(value, _phrase)


def _ids(value: object) -> frozenset[str]:
    return frozenset(_each(value, _id))


def _members(value: object) -> tuple[str, ...]:
    members = _each(value, _id)
    if len(set(members)) < 2 or len(set(members)) < len(members):
        raise Unfit(f"two different ids or more are wanted, not {shown(value)}")
    return members


def _style(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Unfit(f'{{"planning": "a"}} is wanted (in CSV planning=a), not {shown(value)}')
    given = {_bare(dimension): side for dimension, side in value.items() if side is not None}
    return dict(zip(given, _all(given.items(), _side), strict=True))


def _side(dimension: str, side: object) -> str:
    """ "a" or "b", which may be said in the words that stand for it."""
    if dimension not in STYLES:
        raise Unfit(f"there is no such style; use {_one_of(STYLES)}")
    a, b = STYLES[dimension]
    spoken = {"a": "a", "b": "b", normal(a): "a", normal(b): "b"}
    if not isinstance(side, str) or normal(side) not in spoken:
        raise Unfit(f'"a" ({a}) or "b" ({b}) is wanted, not {shown(side)}')
    return spoken[normal(side)]


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Unfit(f"a whole number from {least} to {most} is wanted, not {shown(value)}")
        return value

    return read


def _zone(value: object) -> str | None:
    if value == "":
        return None
    if known_zone(text := _text(value)) is not None:
        return text
    near = difflib.get_close_matches(text, available_timezones(), n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise Unfit(f"a time zone such as Europe/Berlin is wanted, not {shown(value)}{hint}")


def _hours(value: object) -> tuple[int, int]:
    """Minutes since local midnight; up to the next midnight is 24."""
    if not isinstance(value, list) or len(value) != 2:
        raise Unfit(f"from and to are wanted, as [9, 17] (in CSV 9-17), not {shown(value)}")
    start, end = (_minutes(hour) for hour in value)
    if start in (end, _DAY):
        raise Unfit(f"a start before 24 and another end are wanted ([0, 24] is the whole day), not {shown(value)}")
    return start, end


def _minutes(hour: object) -> int:
    minutes = _clock(hour) if isinstance(hour, str) else _decimal(hour)
    if minutes is None or not 0 <= minutes <= _DAY:
        raise Unfit(f'hours from 0 to 24 are wanted, such as 9, 8.5 or "08:30", not {shown(hour)}')
    return minutes


def _clock(hour: str) -> int | None:
    parts = _MOMENT.fullmatch(hour)
    return int(parts[1]) * 60 + int(parts[2]) if parts else None


def _decimal(hour: object) -> int | None:
    """The minutes of 8.5 hours; None where it is no number, or no whole minutes."""
    if isinstance(hour, bool) or not isinstance(hour, int | float) or not 0 <= hour <= 24:
        return None
    minutes = round(hour * 60)
    return minutes if abs(minutes - hour * 60) < 1e-6 else None


def _role(value: object) -> Role:
    if not isinstance(value, str) or value not in set(Role):
        raise Unfit(f"{_one_of(Role)} is wanted, not {shown(value)}")
    return Role(value)


def _bare(name: str) -> str:
    """A field's name as it is, where that is one word; else in quotes."""
    return name if name.isidentifier() and len(name) <= _LONGEST_SHOWN else shown(name)


def _one_of(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


PERSON_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "id": _id,
    "offers": _phrases,
    "asks": _phrases,
    "goals": _phrases,
    "style": _style,
    "department": _text,
    "level": _whole(0, _MOST_LEVEL),
    "manager": _boss,
    "timezone": _zone,
    "hours": _hours,
    "capacity": _whole(0, _MOST_CAPACITY),
    "role": _role,
    "avoid": _ids,
    "left_out": _whole(0, _MOST_LEFT_OUT),
}
MEETING_FIELDS: Mapping[str, Callable[[Any], Any]] = {"members": _members, "week": _whole(0, _MOST_WEEKS)}
_WEIGHTS: Mapping[str, Callable[[Any], Any]] = {part.name: _whole(0, 100) for part in fields(Weights)}
