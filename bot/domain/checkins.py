"""Check-ins: one person's answer to "how does it stand?", and what it does to the pair's schedule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar


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


@dataclass(frozen=True)
class Silence:
    """How long a pair is left in peace after an answer: `cadences` of the program and `days`, counted from the day the
    answer is about (`from_its_day`) or else from the day it was given."""

    cadences: int = 0
    days: int = 0
    from_its_day: bool = False


SILENCES = {
    CheckInState.MET: Silence(cadences=1, from_its_day=True),
    CheckInState.SCHEDULED: Silence(days=1, from_its_day=True),
    CheckInState.NOT_YET: Silence(days=7),
    CheckInState.STUCK: Silence(days=14),
    CheckInState.WRAP_UP: Silence(cadences=1),
    CheckInState.KEEP: Silence(cadences=1),
}
"""What each answer does to the schedule; who is stuck is not pressed. After "not yet" and "stuck" there are buttons for
another day."""


def ask_again(state: CheckInState, on: date | None, today: date, cadence_weeks: int, diary: date | None = None) -> date:
    """The local date from which the pair may be asked again after an answer given `today`: tomorrow at the soonest, and
    not before the day that stays in the diary is over."""
    silence = SILENCES[state]
    since = on or today if silence.from_its_day else today
    moments = [since + timedelta(weeks=silence.cadences * cadence_weeks, days=silence.days), today + timedelta(days=1)]
    return max([*moments, diary + timedelta(days=1)] if diary else moments)


class Dated(Protocol):
    """An answer as it is kept."""

    @property
    def state(self) -> CheckInState: ...
    @property
    def on_date(self) -> date | None: ...
    @property
    def answered_at(self) -> datetime: ...


Kept = TypeVar("Kept", bound=Dated)


def in_the_diary(mine: Sequence[Kept]) -> Kept | None:
    """Of one person's answers, oldest first, the one whose day is in their diary. To have met before that day, and to
    say so before it is over, leaves it there: people meet in between. Any other answer takes its place."""
    met: list[Kept] = []
    for answer in reversed(mine):
        if answer.state is not CheckInState.MET:
            return answer if answer.state is CheckInState.SCHEDULED and _outlasts(answer.on_date, met) else None
        met.append(answer)
    return None


def _outlasts(planned: date | None, met: Iterable[Dated]) -> bool:
    said = [(one.on_date, one.answered_at.date()) for one in met]
    return planned is not None and all((on is None or on < planned) and at <= planned for on, at in said)


@dataclass(frozen=True)
class Moment:
    """An hour in the diary of who reads it, on their clock. `elsewhere`: a partner's clock shows another hour then, so
    the zone is said."""

    start: datetime
    timezone: str
    elsewhere: bool


@dataclass(frozen=True)
class Answer:
    """What a person said. `on`: the day they met or have in the diary, `starting` its hour on their own clock if they
    know it; `at` is that moment, or the one that was chosen of those that suit all. `worth_it` 1 to 5; `stuck_to`: the
    organizer who may know of it."""

    state: CheckInState
    on: date | None = None
    minutes: int | None = None
    next_try: str = ""
    worth_it: int | None = None
    note: str = ""
    stuck_reason: StuckReason | None = None
    stuck_audience: StuckAudience | None = None
    stuck_to: str | None = None
    starting: time | None = None
    at: datetime | None = None
