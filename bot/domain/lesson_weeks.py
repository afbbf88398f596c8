"""The lessons of a person's first weeks: at their weekly moment, one a week for six weeks after a match.

No lesson is offered more than twice, and none that was taken. A week whose moment fell into a break or a quiet week, or
passed while the bot was away, has none, and none is made up for later.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.cadence import WEEK, WorkingHours, local_date, next_working_moment, week_of, weekly_moment
from bot.domain.nudges import Breaks, slot_of
from bot.domain.training import Lesson

LESSON_WEEKS = 6
MOST_OFFERS = 2


@dataclass(frozen=True)
class Term:
    """All that decides which weeks of a partner may have a lesson. `decided` is the Monday of the last week of which it
    is known; `quiet` the program's quiet weeks."""

    matched_at: datetime
    decided: date | None = None
    paused: bool = False
    quiet: frozenset[date] = frozenset()

    def holds(self, moment: datetime) -> bool:
        """Whether `moment` is in the first six weeks."""
        return self.matched_at < moment <= self.matched_at + LESSON_WEEKS * WEEK


@dataclass(frozen=True)
class Timetable:
    """What becomes of this week (its Monday; None where nothing is to be decided): a lesson at `moment`, or none.

    Before `look_at` there is nothing more to look at.
    """

    week: date | None = None
    moment: datetime | None = None
    look_at: datetime | None = None


def timetable(term: Term, hours: WorkingHours, now: datetime) -> Timetable:
    """Decide this week, once its moment has come; `hours` are the person's, without breaks and quiet weeks."""
    if not term.holds(now) and now > term.matched_at:
        return Timetable()
    this_week = week_of(local_date(now, hours.timezone))
    ahead = [this_week + number * WEEK for number in range(3)]
    slots = [(week, slot_of(week, hours)) for week in ahead if term.decided is None or week > term.decided]
    slots = [(week, slot) for week, slot in slots if term.holds(slot)]
    look_at = next((slot for _, slot in slots if slot > now), None)
    if not slots or slots[0][1] > now:
        return Timetable(look_at=look_at)
    week, slot = slots[0]
    return Timetable(week, _moment(week, slot, term, hours, now), look_at)


def _moment(week: date, slot: datetime, term: Term, hours: WorkingHours, now: datetime) -> datetime | None:
    if term.paused or week in term.quiet or weekly_moment(week, hours) is None:
        return None
    moment = next_working_moment(max(slot, now), hours)
    in_its_week = week_of(local_date(moment, hours.timezone)) == week
    return moment if in_its_week and term.holds(moment) else None


def weeks_ahead(
    term: Term, hours: WorkingHours, now: datetime, until: datetime, breaks: Breaks
) -> list[tuple[date, datetime]]:
    """The weeks up to `until` that may have a lesson, and its moment, as a heartbeat would come to it that never
    fails."""
    found: list[tuple[date, datetime]] = []
    moment: datetime | None = now
    while moment is not None and moment < until:
        today = local_date(moment, hours.timezone)
        seen = timetable(replace(term, paused=breaks.mine is not None and today < breaks.mine), hours, moment)
        if seen.week is not None and seen.moment is not None:
            found.append((seen.week, seen.moment))
        term = replace(term, decided=seen.week or term.decided)
        moment = seen.look_at
    return found


def next_offer(lessons: Sequence[Lesson], taken: Collection[int], offered: Mapping[int, int]) -> Lesson | None:
    """The first lesson that was neither taken nor offered (its number -> how often) as often as it may be."""
    left = (one for one in lessons if one.number not in taken and offered.get(one.number, 0) < MOST_OFFERS)
    return next(left, None)
