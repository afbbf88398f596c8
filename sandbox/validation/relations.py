"""What must hold between the fields of one object. Each is asked only after every field alone was found right."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sandbox.validation.rules import Json, Problem, Relation


def one_of(*names: str) -> Relation:
    """Exactly one of these fields."""
    listed = " or ".join(f"`{name}`" for name in names)

    def relation(value: Json, at: str) -> Iterator[Problem]:
        given = [name for name in names if name in value]
        if not given:
            yield Problem(at, f"must define either {listed}")
        elif len(given) > 1:
            yield Problem(at, f"must define only one of {listed}")

    return relation


def some_of(*names: str) -> Relation:
    """At least one of these fields. Slack points at the block's type."""
    listed = " or ".join(f"`{name}`" for name in names)

    def relation(value: Json, at: str) -> Iterator[Problem]:
        if not any(name in value for name in names):
            yield Problem(f"{at}/type", f"must define either {listed}")

    return relation


def all_options(value: Json) -> list[Any]:
    """The options of a menu, those in groups too."""
    groups: Sequence[Json] = value.get("option_groups") or ()
    return [*(value.get("options") or ()), *(option for group in groups for option in group["options"])]


def unique_option_values(value: Json, at: str) -> Iterator[Problem]:
    """No two options with one value: the answer could not be told apart."""
    seen: set[str] = set()
    for option in all_options(value):
        if option["value"] in seen:
            yield Problem(at, f'option `value` "{option["value"]}" already exists')
        seen.add(option["value"])


def initial_among_options(value: Json, at: str) -> Iterator[Problem]:
    """What is chosen beforehand has to be, word for word, one of the options."""
    offered = all_options(value)
    if "initial_option" in value and value["initial_option"] not in offered:
        yield Problem(f"{at}/initial_option", "must exactly match one of the provided options")
    for n, chosen in enumerate(value.get("initial_options") or ()):
        if chosen not in offered:
            yield Problem(f"{at}/initial_options/{n}", "must exactly match one of the provided options")


def within_max_selected(name: str) -> Relation:
    """No more chosen beforehand than may be chosen at all."""

    def relation(value: Json, at: str) -> Iterator[Problem]:
        most = value.get("max_selected_items")
        if most is not None and len(value.get(name, ())) > most:
            yield Problem(f"{at}/{name}", f"no more than {most} items allowed")

    return relation


def initial_text_fits(value: Json, at: str) -> Iterator[Problem]:
    """min_length is not above max_length, and the initial text keeps to both."""
    least, most = value.get("min_length", 0), value.get("max_length")
    initial = value.get("initial_value", "")
    if most is not None and least > most:
        yield Problem(f"{at}/min_length", f"must be less than {most + 1}")
    if most is not None and len(initial) > most:
        yield Problem(f"{at}/initial_value", f"must be less than {most + 1} characters")
    if initial and len(initial) < least:
        yield Problem(f"{at}/initial_value", f"must be more than {least - 1} characters")


def numbers_in_order(value: Json, at: str) -> Iterator[Problem]:
    """min_value, initial_value, max_value: in this order, whole unless decimals are allowed."""
    given = {name: Decimal(value[f"{name}_value"]) for name in ("min", "initial", "max") if f"{name}_value" in value}
    for name, number in given.items():
        if not value["is_decimal_allowed"] and number != number.to_integral_value():
            yield Problem(f"{at}/{name}_value", "must be an integer")
    ordered = list(given.items())
    for (low, smaller), (high, larger) in pairwise(ordered):
        if smaller > larger:
            yield Problem(f"{at}/{low}_value", f"must not be greater than {high}_value")


def lines_in_order(value: Json, at: str) -> Iterator[Problem]:
    """A rich text input's min_lines is not above its max_lines."""
    if value.get("min_lines", 1) > value.get("max_lines", value.get("min_lines", 1)):
        yield Problem(f"{at}/min_lines", "must not be greater than max_lines")
