"""When things are due: local weekday + time + zone in, UTC instants out.

Where the clocks go forward over a slot, the first valid minute after the gap counts; where they go back over it, the
first of the two. Working days and hours are a person's own: a moment outside of them is allowed to nobody.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.calendars import NOWHERE, public_holidays
from bot.domain.programs import NUDGE_TIME, NUDGE_WEEKDAY, ROUND_UP_TIME, ROUND_UP_WEEKDAY

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
FRIDAY = 4
MONDAY_TO_FRIDAY = frozenset(range(5))
DAYTIME = (time(8), time(17))
"""When someone may be written to whose hours their do-not-disturb takes; Slack's own ends at eight."""
LONGEST_SILENCE = 400
"""Days to look ahead for an allowed moment: longer than any pause and any row of holidays."""


class Rest(StrEnum):
    """Why a day or a moment is nobody's to write in."""

    PAUSED = "paused"
    QUIET_WEEK = "quiet_week"
    FREE_DAY = "free_day"
    HOLIDAY = "holiday"
    OUTSIDE_HOURS = "outside_hours"
    DO_NOT_DISTURB = "do_not_disturb"


@dataclass(frozen=True)
class WorkingHours:
    """When a person works: zone, local hours (`end` is later than `start`), weekdays (Monday 0, never none).

    `place` is whose public holidays they keep (calendars.py), `quiet` the Mondays of weeks without messages, `back_on`
    the first local day after a pause, `undisturbed` the instants from and until when Slack's do-not-disturb is on.
    """

    timezone: str
    start: time = time(9)
    end: time = time(17)
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    place: str = NOWHERE
    quiet: frozenset[date] = frozenset()
    back_on: date | None = None
    undisturbed: tuple[datetime, datetime] | None = None


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


def offsets_differ(moment: datetime, timezones: Collection[str]) -> bool:
    """Whether the clocks of these zones show different hours at a moment; two names may be one hour."""
    return len({moment.astimezone(zone(timezone)).utcoffset() for timezone in timezones}) > 1


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


def nudge_time(hours: WorkingHours) -> time:
    """Ten o'clock, moved into the person's hours: at least half an hour before they end, where they are that long."""
    latest = time(*divmod(max(0, hours.end.hour * 60 + hours.end.minute - 30), 60))
    return min(max(NUDGE_TIME, hours.start), max(latest, hours.start))


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=4096)
def weekly_moment(monday: date, hours: WorkingHours) -> datetime | None:
    """The moment of a person's one message of a week: Tuesday at their nudge time, else their next working day of
    that week; None where there is none."""
    later = range(NUDGE_WEEKDAY, 7)  # who works on no such day hears of it on Monday
    days = [monday + timedelta(days=offset) for offset in (later if hours.weekdays & set(later) else [0])]
    free = next((day for day in days if why_not_on(day, hours) is None), None)
    moment = None if free is None else instant(free, nudge_time(hours), hours.timezone)
    return moment if moment is not None and local_date(moment, hours.timezone) == free else None  # a day may be skipped


def nudge_slot(after: datetime, hours: WorkingHours) -> datetime:
    """The person's first weekly moment that is not before `after`."""
    monday = week_of(local_date(after, hours.timezone))
    moments = (weekly_moment(monday + number * WEEK, hours) for number in range(LONGEST_SILENCE // 7))
    return next((moment for moment in moments if moment is not None and moment >= after), after + LONGEST_SILENCE * DAY)


def why_not_on(day: date, hours: WorkingHours) -> Rest | None:
    """Why a person is not written to on a local day; None on a working day."""
    if hours.back_on is not None and day < hours.back_on:
        return Rest.PAUSED
    if week_of(day) in hours.quiet:
        return Rest.QUIET_WEEK
    if day.weekday() not in hours.weekdays:
        return Rest.FREE_DAY
    return Rest.HOLIDAY if day in public_holidays(hours.place, day.year) else None


def why_not_at(moment: datetime, hours: WorkingHours) -> Rest | None:
    """Why a person is not written to at `moment`; None in their working time."""
    local = moment.astimezone(zone(hours.timezone))
    inside = hours.start <= local.time() < hours.end or _made_up_at(moment, hours) is not None
    outside = None if inside else Rest.OUTSIDE_HOURS
    silent = Rest.DO_NOT_DISTURB if is_undisturbed(moment, hours) else None
    return why_not_on(local.date(), hours) or outside or silent


def is_undisturbed(moment: datetime, hours: WorkingHours) -> bool:
    """Whether Slack's do-not-disturb is on for the person at `moment`."""
    return hours.undisturbed is not None and hours.undisturbed[0] <= moment < hours.undisturbed[1]


def made_up_for(day: date, hours: WorkingHours) -> tuple[datetime, datetime] | None:
    """When a person is written to on a local day although it is none of their hours: Slack's do-not-disturb took all of
    these, so its end begins their day, from eight until five. None on any other day.

    Of two Slack names the next, so the one of the day before is taken to have been like the one that is known.
    """
    if hours.undisturbed is None or not 0 <= (ahead := local_date(hours.undisturbed[1], hours.timezone) - day).days < 2:
        return None
    begins, ends = (moment - ahead for moment in hours.undisturbed)
    opens, closes = (instant(day, at, hours.timezone) for at in DAYTIME)
    opens = max(opens, ends)
    return (opens, closes) if opens < closes and _takes_all(begins, ends, day, hours) else None


def _takes_all(begins: datetime, ends: datetime, day: date, hours: WorkingHours) -> bool:
    """Whether a do-not-disturb that ends on a day takes all of its hours, or, where it is shorter than a day, all of
    those of the day before."""
    for taken in (day, day - DAY) if ends - begins < DAY else (day,):
        start, end = (instant(taken, at, hours.timezone) for at in (hours.start, hours.end))
        if begins <= start and end <= ends:
            return True
    return False


def _made_up_at(moment: datetime, hours: WorkingHours) -> tuple[datetime, datetime] | None:
    """What `made_up_for` says of the day of `moment`, where `moment` lies in it."""
    if hours.undisturbed is None:
        return None
    span = made_up_for(local_date(moment, hours.timezone), hours)
    return span if span is not None and span[0] <= moment < span[1] else None


def is_working_time(moment: datetime, hours: WorkingHours) -> bool:
    """Whether `moment` lies in the person's hours of a working day."""
    return why_not_at(moment, hours) is None


def next_working_moment(after: datetime, hours: WorkingHours) -> datetime:
    """`after` itself in working time, else the person's next start of work, or the end of their do-not-disturb.

    A do-not-disturb that ends by day puts nothing off for ever: where it takes all the hours, `made_up_for` says when.
    """
    moment = _next_at_work(after, hours)
    if hours.undisturbed is not None and is_undisturbed(moment, hours):
        return _next_at_work(hours.undisturbed[1], hours)
    return moment


def _next_at_work(after: datetime, hours: WorkingHours) -> datetime:
    if why_not_at(after, hours) in (None, Rest.DO_NOT_DISTURB):
        return after
    today = local_date(after, hours.timezone)
    for day in (today + timedelta(days=offset) for offset in range(LONGEST_SILENCE)):
        start = min((start for start in _starts(day, hours) if start >= after), default=None)
        if start is not None and why_not_on(day, hours) is None:
            return start
    return after + LONGEST_SILENCE * DAY


def _starts(day: date, hours: WorkingHours) -> list[datetime]:
    made_up = made_up_for(day, hours)
    return [instant(day, hours.start, hours.timezone), *([] if made_up is None else [made_up[0]])]


def rest_begins(moment: datetime, hours: WorkingHours) -> datetime:
    """The end of the working hours that `moment` lies in, or the beginning of a do-not-disturb before it."""
    made_up = _made_up_at(moment, hours)
    end = made_up[1] if made_up else instant(local_date(moment, hours.timezone), hours.end, hours.timezone)
    silence = hours.undisturbed[0] if hours.undisturbed is not None else end
    return silence if moment < silence < end else end


def shared_working_moment(after: datetime, people: Sequence[WorkingHours]) -> datetime:
    """The first moment from `after` on that is working time for everyone; none in two weeks: the first one's own."""
    moment = after
    while moment < after + 2 * WEEK:
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


def round_up_slot(after: datetime, hours: WorkingHours) -> datetime:
    """The next round-up of a program that is not before `after`: Friday at 15:00, or the working day before.

    `hours` say where the program is; a week without a working day up to Friday has none.
    """
    monday = week_of(local_date(after, hours.timezone))
    for week in range(LONGEST_SILENCE // 7):
        slot = _round_up_of(monday + week * WEEK, hours)
        if slot is not None and slot >= after:
            return slot
    return after + LONGEST_SILENCE * DAY


def _round_up_of(monday: date, hours: WorkingHours) -> datetime | None:
    days = (monday + timedelta(days=offset) for offset in range(ROUND_UP_WEEKDAY, -1, -1))
    day = next((day for day in days if why_not_on(day, hours) is None), None)
    return None if day is None else instant(day, ROUND_UP_TIME, hours.timezone)


def start_of_day(day: date, timezone: str) -> datetime:
    """The first instant of `day` in `timezone`."""
    return instant(day, time(0), timezone)


def shared_hours(people: Iterable[WorkingHours], on: date) -> tuple[datetime, datetime] | None:
    """The overlap of everyone's hours on the day `on`, as UTC instants, or None."""
    spans = [(instant(on, h.start, h.timezone), instant(on, h.end, h.timezone)) for h in people]
    start, end = max(s for s, _ in spans), min(e for _, e in spans)
    return (start, end) if start < end else None
