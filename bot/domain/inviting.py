"""Invitations: personal, reminded of once, and over by themselves. No answer means no.

Whoever volunteers rates mentoring higher (Parise & Forret 2008), so nobody is pressed. Five working days are a week in
which most people come to their messages; ten let one come back from a week away.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum, auto

from bot.domain.cadence import (
    DAY,
    LONGEST_SILENCE,
    WorkingHours,
    instant,
    local_date,
    next_working_moment,
    nudge_time,
    start_of_day,
    why_not_on,
)

MOST_AT_ONCE = 500
MOST_BY_NAME = 100
FEW_BY_NAME = 3
"""So many named one by one are invited right away: who types a name has read it. More, and a channel always, are
shown first."""
REMINDED_AFTER = 5
LAPSES_AFTER = 10
"""In the reader's own working days, after the day on which they were asked."""
RESTS = timedelta(weeks=26)
"""Whoever did not answer may be asked again so long after their invitation lapsed."""


class InvitationStatus(StrEnum):
    """`declined`: said no, or had left the program before; they are not asked again."""

    OPEN = "open"
    JOINED = "joined"
    DECLINED = "declined"
    LAPSED = "lapsed"


class Step(Enum):
    """What is to be done about an open invitation."""

    WAIT = auto()
    REMIND = auto()
    LAPSE = auto()


@dataclass(frozen=True)
class Asked:
    """An invitation that was not answered: when it went out, and the end of the last day on which an answer counts."""

    at: datetime
    lapses_at: datetime
    reminded: bool = False


def asked(at: datetime, hours: WorkingHours, join_by: date | None = None) -> Asked:
    """An invitation that goes out at `at`: it lapses with the tenth working day after, where its reader is, or with the
    last day to join, if that is earlier and not over yet."""
    day = _working_day_after(at, LAPSES_AFTER, hours)
    if join_by is not None and local_date(at, hours.timezone) <= join_by < day:
        day = join_by
    return Asked(at, start_of_day(day + DAY, hours.timezone))


def last_day(lapses_at: datetime, timezone: str) -> date:
    """The last local day on which an answer counts."""
    return local_date(lapses_at - timedelta(minutes=1), timezone)


def remind_at(invitation: Asked, hours: WorkingHours) -> datetime:
    """When to remind: on the fifth working day, at the time of day of all that is asked."""
    day = _working_day_after(invitation.at, REMINDED_AFTER, hours)
    return next_working_moment(instant(day, nudge_time(hours), hours.timezone), hours)


def step(invitation: Asked, hours: WorkingHours, now: datetime, *, has_partner: bool) -> Step:
    """Remind once, before the last day, and never those whom a program writes to every week: their one message of the
    week is spoken for. After the last day it lapses."""
    if now >= invitation.lapses_at:
        return Step.LAPSE
    on_last_day = now >= invitation.lapses_at - DAY
    if invitation.reminded or has_partner or on_last_day or now < remind_at(invitation, hours):
        return Step.WAIT
    return Step.REMIND


def look_next(invitation: Asked, hours: WorkingHours, now: datetime) -> datetime:
    """When there may be something to do about it: the reminder, then the end."""
    reminds = remind_at(invitation, hours)
    return reminds if not invitation.reminded and now < reminds < invitation.lapses_at else invitation.lapses_at


def may_be_asked_again(lapsed_at: datetime, now: datetime) -> bool:
    """Whether an invitation is long enough ago. It is the same for those who said no, who are not written to: see
    docs/decisions/0019-inviting-and-importing.md."""
    return now >= lapsed_at + RESTS


def _working_day_after(moment: datetime, days: int, hours: WorkingHours) -> date:
    day, left = local_date(moment, hours.timezone), days
    for _ in range(LONGEST_SILENCE):
        day += DAY
        left -= why_not_on(day, hours) is None
        if left == 0:
            break
    return day
