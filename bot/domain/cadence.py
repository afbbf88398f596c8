"""When things are due: local weekday + time + zone in, UTC instants out.

Where the clocks go forward over a slot, the first valid minute after the gap counts; where they go back over it, the
first of the two. A working day is Monday to Friday, a working hour one of the person's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.programs import NUDGE_TIME, NUDGE_WEEKDAY, ROUND_UP_TIME, ROUND_UP_WEEKDAY

DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True)
class WorkingHours:
    """A person's zone and local hours; `end` is later than `start`."""

    timezone: str
    start: time = time(9)
    end: time = time(17)


def zone(name: str) -> ZoneInfo:
    """The IANA zone `name`, or UTC where it is not one: an unknown zone is neutral."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local_date(moment: datetime, timezone: str) -> date:
    """The calendar date at `moment` (aware) in `timezone`."""
    return moment.astimezone(zone(timezone)).date()


def instant(day: date, at: time, timezone: str) -> datetime:
    """The UTC instant of `at` on `day` in `timezone`: after a gap its first valid minute, in an overlap the first."""
    local = datetime.combine(day, at, zone(timezone))
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _end_of_gap(moment, local.replace(tzinfo=None), zone(timezone))


def _end_of_gap(moment: datetime, wanted: datetime, where: ZoneInfo) -> datetime:
    """Walk back to the first minute whose local time is at or after `wanted`: a zone may skip an hour or a day."""
    while (moment - timedelta(minutes=1)).astimezone(where).replace(tzinfo=None) >= wanted:
        moment -= timedelta(minutes=1)
    while moment.astimezone(where).replace(tzinfo=None) < wanted:
        moment += timedelta(minutes=1)
    return moment


def weekly_slot(after: datetime, timezone: str, weekday: int, at: time) -> datetime:
    """The first `weekday` (Monday 0) at `at` in `timezone` that is not before `after`."""
    day = local_date(after, timezone)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    slot = instant(day, at, timezone)
    return slot if slot >= after else instant(day + timedelta(days=7), at, timezone)


def nudge_slot(after: datetime, hours: WorkingHours) -> datetime:
    """The person's next Tuesday 10:00 that is not before `after`, moved into their own hours."""
    latest = time(*divmod(max(0, hours.end.hour * 60 + hours.end.minute - 30), 60))
    at = min(max(NUDGE_TIME, hours.start), max(latest, hours.start))
    return weekly_slot(after, hours.timezone, NUDGE_WEEKDAY, at)


def is_working_time(moment: datetime, hours: WorkingHours) -> bool:
    """Whether `moment` lies in the person's hours of a working day."""
    local = moment.astimezone(zone(hours.timezone))
    return local.weekday() < 5 and hours.start <= local.time() < hours.end


def next_working_moment(after: datetime, hours: WorkingHours) -> datetime:
    """`after` itself in working time, else the person's next start of work."""
    if is_working_time(after, hours):
        return after
    day = local_date(after, hours.timezone)
    while True:
        start = instant(day, hours.start, hours.timezone)
        if day.weekday() < 5 and start >= after:
            return start
        day += DAY


def shared_working_moment(after: datetime, people: Sequence[WorkingHours]) -> datetime:
    """The first moment from `after` on that is working time for everyone; none in two weeks: the first one's own."""
    moment = after
    while moment < after + 14 * DAY:
        starts = [next_working_moment(moment, hours) for hours in people]
        if max(starts) == moment:
            return moment
        moment = max(starts)
    return next_working_moment(after, people[0])


def consent_deadline(asked: datetime, timezone: str) -> date:
    """The first Friday at least two working days after the question."""
    day, working = local_date(asked, timezone), 0
    while not (working >= 2 and day.weekday() == FRIDAY):
        day += DAY
        working += day.weekday() < 5
    return day


def round_up_slot(after: datetime, timezone: str) -> datetime:
    """The next Friday 15:00 in the program's zone that is not before `after`."""
    return weekly_slot(after, timezone, ROUND_UP_WEEKDAY, ROUND_UP_TIME)


def start_of_day(day: date, timezone: str) -> datetime:
    """The first instant of `day` in `timezone`."""
    return instant(day, time(0), timezone)


def shared_hours(people: Iterable[WorkingHours], on: date) -> tuple[datetime, datetime] | None:
    """The overlap of everyone's hours on the day `on`, as UTC instants, or None."""
    spans = [(instant(on, h.start, h.timezone), instant(on, h.end, h.timezone)) for h in people]
    start, end = max(s for s, _ in spans), min(e for _, e in spans)
    return (start, end) if start < end else None
