"""What a pair agrees on at its first meeting, and what becomes of it when two of them write at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from bot.domain.goals import LONGEST, MOST_OPEN, alike
from bot.domain.programs import MEETING_MINUTES

LONGEST_LINE = 150
LONGEST_PARAGRAPH = 500
MINUTES = (5, 480)
MARK = 12
"""Signs of a mark: enough that no two texts a pair writes share one."""
STILL_GOOD = "still_good"
CARRIED_ON = "carried_on"


class MeetingPlace(StrEnum):
    """Where a pair meets."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    HUDDLE = "huddle"


@dataclass(frozen=True)
class Agreement:
    """What partners agreed on. `goals` are the pair's own that are open; `meets`: how often and when, in their words.

    `minutes` is None only for what was no number, `review_on` where they look at it no more.
    """

    goals: tuple[str, ...] = ()
    meets: str = ""
    minutes: int | None = MEETING_MINUTES
    place: MeetingPlace | None = None
    confidential: str = ""
    off_limits: str = ""
    review_on: date | None = None


NAMES = tuple(field.name for field in fields(Agreement))
"""The parts of an agreement in the order of its form, by the names of its fields."""
Marks = Mapping[str, str]


class Fault(StrEnum):
    """What is wrong with a part of an agreement."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    GOAL_TOO_LONG = "goal_too_long"
    TOO_MANY = "too_many"
    OUT_OF_BOUNDS = "out_of_bounds"
    PAST = "past"
    AFTER_THE_END = "after_the_end"


@dataclass(frozen=True)
class Frame:
    """What an agreement has to fit into: the one `before` it, the reader's day, the last day of the cycle, and whether
    the pair has reached a goal already."""

    before: Agreement | None
    today: date
    ends_on: date
    has_reached: bool = False


def faults(agreed: Agreement, frame: Frame) -> dict[str, Fault]:
    """Everything that does not fit, by the name of the part; a review date nobody changed may have come."""
    found = {
        "goals": _of_goals(agreed.goals, may_be_none=frame.has_reached),
        "meets": _of_words(agreed.meets, LONGEST_LINE),
        "minutes": None if _within(agreed.minutes) else Fault.OUT_OF_BOUNDS,
        "confidential": _of_words(agreed.confidential, LONGEST_PARAGRAPH),
        "off_limits": _of_words(agreed.off_limits or "-", LONGEST_PARAGRAPH),
    }
    if agreed.review_on is not None and (frame.before is None or agreed.review_on != frame.before.review_on):
        found["review_on"] = _of_day(agreed.review_on, frame)
    return {name: fault for name, fault in found.items() if fault is not None}


def _of_goals(goals: Sequence[str], *, may_be_none: bool) -> Fault | None:
    if not goals and not may_be_none:
        return Fault.MISSING
    if len(goals) > MOST_OPEN:
        return Fault.TOO_MANY
    return Fault.GOAL_TOO_LONG if any(len(goal) > LONGEST for goal in goals) else None


def _of_words(text: str, most: int) -> Fault | None:
    if not text:
        return Fault.MISSING
    return Fault.TOO_LONG if len(text) > most else None


def _within(minutes: int | None) -> bool:
    least, most = MINUTES
    return minutes is not None and least <= minutes <= most


def _of_day(day: date, frame: Frame) -> Fault | None:
    if day <= frame.today:
        return Fault.PAST
    return Fault.AFTER_THE_END if day > frame.ends_on else None


def halfway(starts_on: date, ends_on: date, today: date) -> date | None:
    """When to look at it again, if nothing else is said: halfway of the cycle, or of what is left of it; None where
    nothing is."""
    middle = starts_on + (ends_on - starts_on) / 2
    middle = middle if middle > today else today + (ends_on - today) / 2
    return middle if today < middle <= ends_on else None


def marks(agreed: Agreement) -> dict[str, str]:
    """What a form showed, a short mark for each part: enough to tell later whether that part was changed."""
    return {name: _mark(getattr(agreed, name)) for name in NAMES}


def _mark(part: object) -> str:
    said = "\n".join(part) if isinstance(part, tuple) else "" if part is None else str(part)
    return hashlib.sha256(said.encode()).hexdigest()[:MARK]


@dataclass(frozen=True)
class Merged:
    """What two have written, put together; `clashes` are the parts to which both gave other words: there `agreed` holds
    those of who comes second."""

    agreed: Agreement
    clashes: tuple[str, ...]


def merge(shown: Marks, typed: Agreement, now: Agreement) -> Merged:
    """A form that showed `shown` and came back as `typed`, over what stands `now`: only what was changed is changed."""
    kept, clashes = typed, []
    for name in NAMES:
        mine, theirs = getattr(typed, name), getattr(now, name)
        if _mark(mine) == shown.get(name):
            kept = replace(kept, **{name: theirs})
        elif _mark(theirs) not in (shown.get(name), _mark(mine)):
            clashes.append(name)
    return Merged(kept, tuple(clashes))


def differing(one: Agreement, other: Agreement) -> tuple[str, ...]:
    """The parts in which two agreements differ, in the order of the form."""
    return tuple(name for name in NAMES if getattr(one, name) != getattr(other, name))


@dataclass(frozen=True)
class GoalMoves:
    """How goals become those that were written: new words for some (by their place), new ones, and who is left out."""

    reworded: Mapping[int, str]
    added: tuple[str, ...]
    left_out: tuple[str, ...]


def goal_moves(before: Sequence[str], written: Sequence[str]) -> GoalMoves:
    """A goal whose line is still there is itself; the others take the new lines in order, as their new words."""
    new = [line for line in written if not any(alike(line, goal) for goal in before)]
    lost = [at for at, goal in enumerate(before) if not any(alike(goal, line) for line in written)]
    reworded = dict(zip(lost, new, strict=False))
    same = ((at, line) for at, goal in enumerate(before) for line in written if alike(goal, line) and line != goal)
    reworded |= dict(same)
    return GoalMoves(reworded, tuple(new[len(lost) :]), tuple(before[at] for at in lost[len(new) :]))
