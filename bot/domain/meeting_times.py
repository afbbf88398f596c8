"""Times a pair could meet at: in the hours of each of them, soon, and spread over the days."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TypeVar

from bot.domain.cadence import (
    DAY,
    LONGEST_SILENCE,
    WorkingHours,
    instant,
    local_date,
    shared_working_moment,
    why_not_on,
)

MOST_TIMES = 5
WORKING_DAYS = 10
NOTICE = timedelta(hours=3)
"""What partners have between hearing of a time and the meeting, at least."""
PLACES_IN_A_DAY = (0.25, 0.75, 0.5, 0.0, 1.0)
"""Not always first thing in the morning: how far into a day's free time each day's offer lies."""

Item = TypeVar("Item")


def offered_times(people: Sequence[WorkingHours], minutes: int, now: datetime) -> list[datetime]:
    """Up to five starts (UTC) of a meeting of so many minutes, oldest first, within the first person's next ten
    working days, none before everyone could hear of it and has some hours' notice."""
    awake = [replace(hours, undisturbed=None) for hours in people]  # a meeting is no message
    earliest = shared_working_moment(now, people) + NOTICE
    days = [found for day in _working_days(awake[0], now) if (found := _starts_on(day, awake, minutes, earliest))]
    if len(days) < MOST_TIMES:
        return _spread([start for starts in days for start in starts], MOST_TIMES)
    chosen = _spread(days, MOST_TIMES)
    return [starts[int(place * (len(starts) - 1))] for starts, place in zip(chosen, PLACES_IN_A_DAY, strict=True)]


def is_possible(start: datetime, people: Sequence[WorkingHours], minutes: int, now: datetime) -> bool:
    """Whether a time that was offered a while ago can still be proposed."""
    days = set(_working_days(people[0], now))
    return start > now and local_date(start, people[0].timezone) in days and _everyone_works(start, people, minutes)


def _working_days(hours: WorkingHours, now: datetime) -> list[date]:
    today = local_date(now, hours.timezone)
    ahead = (today + offset * DAY for offset in range(LONGEST_SILENCE))
    return list(islice((day for day in ahead if why_not_on(day, hours) is None), WORKING_DAYS))


def _starts_on(day: date, people: Sequence[WorkingHours], minutes: int, earliest: datetime) -> list[datetime]:
    halves = dict.fromkeys(_half_hours(day, people[0]))  # two are one where the clocks go forward
    return [at for at in halves if at >= earliest and _everyone_works(at, people, minutes)]


def _half_hours(day: date, hours: WorkingHours) -> Iterator[datetime]:
    """The whole and half hours of a person's day, as their clock shows them."""
    for half in range(48):
        at = instant(day, time(half // 2, 30 * (half % 2)), hours.timezone)
        if instant(day, hours.start, hours.timezone) <= at < instant(day, hours.end, hours.timezone):
            yield at


def _everyone_works(start: datetime, people: Sequence[WorkingHours], minutes: int) -> bool:
    return all(_works(start, start + timedelta(minutes=minutes), hours) for hours in people)


def _works(start: datetime, end: datetime, hours: WorkingHours) -> bool:
    day = local_date(start, hours.timezone)
    begins, ends = instant(day, hours.start, hours.timezone), instant(day, hours.end, hours.timezone)
    return begins <= start and end <= ends and why_not_on(day, hours) is None


def _spread(items: Sequence[Item], most: int) -> list[Item]:
    """So many of them, from the first to the last at even distances."""
    if len(items) <= most:
        return list(items)
    return [items[at * (len(items) - 1) // (most - 1)] for at in range(most)]
