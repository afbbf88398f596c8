"""When a partner is asked how it stands: once in a local week at most, on a ladder of three, else with a reason.

The ladder: asked at the first weekly moment once a meeting is due, again at the next, at the third keep, pause or wrap
up, then silence. Any answer by either partner starts it anew (PRODUCT.md, "ladder"). A week that had a question coming
and has none is withheld for a reason. A moment missed is made up for within its week, and lost with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.cadence import (
    LONGEST_SILENCE,
    WEEK,
    WorkingHours,
    instant,
    is_undisturbed,
    local_date,
    next_working_moment,
    nudge_time,
    week_of,
    weekly_moment,
)
from bot.domain.programs import NUDGE_WEEKDAY, QUIET_DAYS

RUNGS = 3
LATE = timedelta(hours=1)
MOST_WEEKS = LONGEST_SILENCE // 7


class Withheld(StrEnum):
    """Why a question that was due was not asked in its week."""

    PAUSED = "paused"
    PARTNER_PAUSED = "partner_paused"
    QUIET_WEEK = "quiet_week"
    NO_WORKING_DAY = "no_working_day"
    BOT_AWAY = "bot_away"
    DO_NOT_DISTURB = "do_not_disturb"
    ONE_A_WEEK = "one_a_week"
    ANSWERED_FIRST = "answered_first"
    ENDED_FIRST = "ended_first"


@dataclass(frozen=True)
class Asked:
    """A question already asked of one partner."""

    on: date
    at: datetime


@dataclass(frozen=True)
class Footing:
    """All that decides a partner's next question. `asked` are this partner's for the pair; `decided` is the Monday of
    the last week that had its question or its reason; `quiet` the program's quiet weeks."""

    ask_from: datetime
    answered_at: datetime | None = None
    asked: Sequence[Asked] = ()
    decided: date | None = None
    paused: bool = False
    partner_paused: bool = False
    quiet: frozenset[date] = frozenset()

    @property
    def climbed(self) -> int:
        """How many rungs of the ladder: questions since the last answer of either partner."""
        return sum(self.answered_at is None or question.at > self.answered_at for question in self.asked)


@dataclass(frozen=True)
class Verdict:
    """What becomes of one week (its Monday): asked at `moment` as rung `step`, or withheld."""

    week: date
    slot: datetime
    step: int
    moment: datetime
    withheld: Withheld | None = None

    @property
    def late(self) -> bool:
        """Whether the moment is another than the week's own."""
        return self.moment - self.slot > LATE


@dataclass(frozen=True)
class Outlook:
    """The weeks that were due up to now, in order, and the moment before which there is nothing more to look at."""

    verdicts: tuple[Verdict, ...]
    look_at: datetime | None


def outlook(footing: Footing, hours: WorkingHours, now: datetime) -> Outlook:
    """Decide every week up to `now` that is not decided yet.

    `hours` are the person's days and hours; breaks and quiet weeks are in the footing, where they are reasons.
    """
    if footing.climbed >= RUNGS:
        return Outlook((), None)
    verdicts: list[Verdict] = []
    for week in _weeks(footing, hours, now):
        slot = slot_of(week, hours)
        if slot < footing.ask_from:
            continue
        if slot > now:
            return Outlook(tuple(verdicts), slot)
        verdicts.append(_judge(week, slot, footing, hours, now))
    return Outlook(tuple(verdicts), None)


@dataclass(frozen=True)
class Breaks:
    """The first local day on which a person is back from a break, and the one on which their partners all are."""

    mine: date | None = None
    partner: date | None = None


def forecast(footing: Footing, hours: WorkingHours, now: datetime, until: datetime, breaks: Breaks) -> list[Verdict]:
    """Every week's verdict up to `until`, as a heartbeat would come to it that never fails and whom nobody answers."""
    found: list[Verdict] = []
    moment: datetime | None = now
    while moment is not None and moment < until:
        today = local_date(moment, hours.timezone)
        paused, partner_paused = (back is not None and today < back for back in (breaks.mine, breaks.partner))
        seen = outlook(replace(footing, paused=paused, partner_paused=partner_paused), hours, moment)
        found += seen.verdicts
        asked = [Asked(local_date(v.slot, hours.timezone), moment) for v in seen.verdicts if v.withheld is None]
        decided = seen.verdicts[-1].week if seen.verdicts else footing.decided
        footing = replace(footing, asked=(*footing.asked, *asked), decided=decided)
        moment = outlook(footing, hours, moment).look_at if seen.verdicts else seen.look_at
    return found


def slot_of(week: date, hours: WorkingHours) -> datetime:
    """The moment of a week's one message; Tuesday's where no working day is left in that week."""
    on_tuesday = instant(week + timedelta(days=NUDGE_WEEKDAY), nudge_time(hours), hours.timezone)
    return weekly_moment(week, hours) or on_tuesday


def first_slot(after: datetime, hours: WorkingHours) -> datetime:
    """The first moment of a week's one message that is later than `after`."""
    week = week_of(local_date(after, hours.timezone))
    slot = slot_of(week, hours)
    return slot if slot > after else slot_of(week + WEEK, hours)


def _weeks(footing: Footing, hours: WorkingHours, now: datetime) -> list[date]:
    """From the first that may be due to the one after now; nobody looks back further than a year."""
    this_week = week_of(local_date(now, hours.timezone))
    first = week_of(local_date(footing.ask_from, hours.timezone))
    first = max(first, footing.decided + WEEK) if footing.decided else first
    first = max(first, this_week - MOST_WEEKS * WEEK)
    last = max(this_week + WEEK, first + WEEK)
    return [first + number * WEEK for number in range((last - first).days // 7 + 1)]


def _judge(week: date, slot: datetime, footing: Footing, hours: WorkingHours, now: datetime) -> Verdict:
    moment = next_working_moment(max(slot, now), hours)
    reason = _reason(week, moment, footing, hours)
    if reason is Withheld.BOT_AWAY and is_undisturbed(max(slot, now), hours):
        reason = Withheld.DO_NOT_DISTURB
    return Verdict(week, slot, footing.climbed + 1, moment, reason)


def _reason(week: date, moment: datetime, footing: Footing, hours: WorkingHours) -> Withheld | None:
    if footing.paused:
        return Withheld.PAUSED
    if footing.partner_paused:
        return Withheld.PARTNER_PAUSED
    if week in footing.quiet:
        return Withheld.QUIET_WEEK
    if weekly_moment(week, hours) is None:
        return Withheld.NO_WORKING_DAY
    return Withheld.BOT_AWAY if week_of(local_date(moment, hours.timezone)) != week else None


def is_quiet(answered_at: datetime | None, asked: Sequence[Asked], now: datetime) -> bool:
    """Whether 28 days have passed since the first unanswered question of the ladder."""
    open_since = min((q.at for q in asked if answered_at is None or q.at > answered_at), default=None)
    return open_since is not None and now - open_since >= timedelta(days=QUIET_DAYS)
