"""Check-ins: one person's answer to "how does it stand?", and what it does to the pair's schedule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class CheckInState(StrEnum):
    MET = "met"
    SCHEDULED = "scheduled"
    NOT_YET = "not_yet"
    STUCK = "stuck"
    WRAP_UP = "wrap_up"
    KEEP = "keep"


class StuckReason(StrEnum):
    TIMING = "timing"
    FIT = "fit"
    NO_REPLY = "no_reply"
    SERIOUS = "serious"


class StuckAudience(StrEnum):
    """Who may see that someone is stuck: the person chooses."""

    NOBODY = "nobody"
    ORGANIZER = "organizer"


SAME_MEETING = timedelta(days=3)
"""Partners' answers within three local days are about one meeting (PRODUCT.md, "Trust")."""


@dataclass(frozen=True)
class Met:
    """One person's word that the pair met, on a local date; minutes where they said so."""

    on: date
    minutes: int | None


@dataclass(frozen=True)
class Meeting:
    """The pair's: the first date said, and the minutes averaged over those who gave them."""

    on: date
    minutes: int | None


def meetings(answers: Iterable[Met]) -> list[Meeting]:
    """Join the partners' answers into the pair's meetings, oldest first."""
    groups: list[list[Met]] = []
    for met in sorted(answers, key=lambda m: m.on):
        if groups and met.on - groups[-1][0].on <= SAME_MEETING:
            groups[-1].append(met)
        else:
            groups.append([met])
    return [Meeting(group[0].on, _average([m.minutes for m in group if m.minutes is not None])) for group in groups]


def _average(minutes: Sequence[int]) -> int | None:
    return round(sum(minutes) / len(minutes)) if minutes else None


def ask_again(state: CheckInState, on: date | None, today: date, cadence_weeks: int) -> date:
    """The local date from which the pair may be asked again after an answer given `today`.

    Met: one cadence after the meeting, and not before next week. In the diary: the day after. Not yet: next week.
    Stuck: in two weeks, so that nobody is pressed. Keep: in one cadence.
    """
    week = timedelta(weeks=1)
    if state is CheckInState.MET:
        return max((on or today) + cadence_weeks * week, today + timedelta(days=1))
    if state is CheckInState.SCHEDULED:
        return (on or today) + timedelta(days=1)
    if state is CheckInState.NOT_YET:
        return today + week
    if state is CheckInState.STUCK:
        return today + 2 * week
    return today + cadence_weeks * week


@dataclass(frozen=True)
class Answer:
    """What a person said. `on`: the day they met or have in the diary; `worth_it` 1 to 5; `stuck_to`: the organizer who
    may know of it."""

    state: CheckInState
    on: date | None = None
    minutes: int | None = None
    next_try: str = ""
    worth_it: int | None = None
    note: str = ""
    stuck_reason: StuckReason | None = None
    stuck_audience: StuckAudience | None = None
    stuck_to: str | None = None
