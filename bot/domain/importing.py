"""What an organizer brings of people that Slack does not know: rows of a table in, facts out, or every problem.

Nothing is guessed: a row names one person, an empty cell says nothing, and `-` takes back what was brought before.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.matching.people import normal
from bot.domain.matching.roster import PERSON_FIELDS, BadRows, Row, Unfit, read_rows, shown

PERSON = "person"
COLUMNS = {
    PERSON: PERSON,
    "name": PERSON,
    "user": PERSON,
    "id": PERSON,
    "slack id": PERSON,
    "email": PERSON,
    "e mail": PERSON,
    "department": "department",
    "manager": "manager",
    "level": "level",
    "location": "location",
    "start date": "start date",
    "started on": "start date",
}
"""What a column may be called, as `normal` spells it -> our name for it."""
FIELDS = tuple(dict.fromkeys(COLUMNS.values()))
FORGET = "-"
OWN_BOSS = "someone else is wanted: nobody is their own manager"
EARLIEST = date(1950, 1, 1)
DAYS_AHEAD = 366
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Somebody:
    """A full member of the workspace, by id, by the name others see, and by what else Slack calls them."""

    user_id: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class BroughtRow:
    """What one row says of a person: department, manager (an id), level, location and start date, as far as it says
    anything; None takes back."""

    user_id: str
    facts: Mapping[str, Any]


def column(name: str) -> str:
    """Our name for a column, or its own where we have none."""
    return COLUMNS.get(normal(name), name)


def read_brought(rows: Sequence[Row], known: Iterable[Somebody], today: date) -> list[BroughtRow]:
    """The facts of each row. Raises BadRows with every problem of every row."""
    whom = _finder(known)
    fields: dict[str, Callable[[Any], Any]] = {
        PERSON: whom,
        "department": _or_forget(_words),
        "manager": _or_forget(whom),
        "level": _or_forget(PERSON_FIELDS["level"]),
        "location": _or_forget(_words),
        "start date": _or_forget(lambda value: _day(value, today)),
    }
    read = read_rows(rows, fields, PERSON)
    own_boss = [row for row, values in zip(rows, read, strict=True) if values.get("manager") == values[PERSON]]
    if own_boss:
        raise BadRows(row.wrong("manager", OWN_BOSS) for row in own_boss)
    return [BroughtRow(values.pop(PERSON), values) for values in read]


def _or_forget(take: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value == FORGET else take(value)


def _words(value: object) -> str:
    return " ".join(str(PERSON_FIELDS["department"](value)).split())


def _day(value: object, today: date) -> date:
    """A day as 2024-03-01, which means the same everywhere."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else None
    except ValueError:
        raise Unfit(f"there is no such day as {shown(value)}") from None
    if day is None:
        raise Unfit(f"a day as 2024-03-01 is wanted, not {shown(value)}")
    if not day >= EARLIEST or (day - today).days > DAYS_AHEAD:
        raise Unfit(f"a day from 1950 to a year from now is wanted, not {shown(value)}")
    return day


def _finder(known: Iterable[Somebody]) -> Callable[[Any], str]:
    """Finds who is meant, by id, mention or name: the one that others see before a real name or a handle. Raises Unfit
    for nobody, and for a name that several have."""
    ids: set[str] = set()
    named: dict[str, set[str]] = {}
    otherwise: dict[str, set[str]] = {}
    for one in known:
        ids.add(one.user_id)
        named.setdefault(_spelled(one.name), set()).add(one.user_id)
        for name in one.also:
            otherwise.setdefault(_spelled(name), set()).add(one.user_id)

    def whom(value: object) -> str:
        text = str(value).strip()
        mentioned = _MENTION.fullmatch(text)
        if (mentioned[1] if mentioned else text) in ids:
            return mentioned[1] if mentioned else text
        name = _spelled(text.removeprefix("@"))
        found = named.get(name) or otherwise.get(name, set())
        if len(found) == 1:
            return next(iter(found))
        raise Unfit(_nobody(text, several=bool(found)))

    return whom


def _nobody(text: str, *, several: bool) -> str:
    if several:
        return f"several people are called {shown(text)}; a Slack member id is wanted, such as U012AB3CD"
    if "@" in text[1:]:
        return f"an @name or Slack member id is wanted, not {shown(text)}: Slack does not tell me e-mail addresses"
    return f"nobody here is called {shown(text)}; their name in Slack or member id is wanted"


def _spelled(name: str) -> str:
    return " ".join(name.casefold().split())


def later_word(brought: str | None, slack_then: str | None, slack_now: str | None, *, read: bool) -> str | None:
    """What is left of something an organizer brought, now that Slack's profile was read: a field that changed to
    something else since is the later word. `read`: whether the profile had been read before."""
    changed = read and bool(slack_now) and slack_now != slack_then
    return None if changed else brought
