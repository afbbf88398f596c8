"""Rolling programs: every Monday at nine in the program's zone, whoever waits is matched, once a week."""

from datetime import date, datetime, timedelta

from bot.domain.cadence import instant, local_date, weekly_slot
from bot.domain.programs import WEEKLY_TIME, WEEKLY_WEEKDAY

_WEEK, _INSTANT = timedelta(days=7), timedelta(microseconds=1)


def next_week(after: datetime, timezone: str) -> datetime:
    """The next Monday 09:00 in `timezone` that is later than `after`."""
    return weekly_slot(after + _INSTANT, timezone, WEEKLY_WEEKDAY, WEEKLY_TIME)


def due_week(now: datetime, timezone: str, matched_on: date | None) -> date | None:
    """The local Monday whose match is due: the latest that has come, unless `matched_on` is that day or a later one.

    After an outage of several weeks only the latest counts: nothing piles up.
    """
    today = local_date(now, timezone)
    monday = today - timedelta(days=(today.weekday() - WEEKLY_WEEKDAY) % 7)
    if instant(monday, WEEKLY_TIME, timezone) > now:
        monday -= _WEEK
    return monday if matched_on is None or matched_on < monday else None
