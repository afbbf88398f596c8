"""A do-not-disturb puts a message off, and never without end: where it takes all the hours, its end begins the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    DAY,
    DAYTIME,
    Rest,
    WorkingHours,
    is_undisturbed,
    is_working_time,
    next_working_moment,
    rest_begins,
    why_not_at,
    why_not_on,
)

AHEAD = timedelta(minutes=10)
WEDNESDAY = datetime(2026, 1, 14, tzinfo=UTC)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def clock(quarter: int) -> time:
    """The so many-th quarter of an hour of a day."""
    return time(quarter // 4, quarter % 4 * 15)


afters = st.integers(0, 96 * 330).map(lambda quarters: YEAR + quarters * timedelta(minutes=15))
spans = st.lists(st.integers(0, 95).map(clock), min_size=2, max_size=2, unique=True).map(sorted)
silences = st.tuples(st.integers(0, 95).map(clock), st.integers(32, 67).map(clock))


def night(until: datetime, *, hours: int = 10) -> tuple[datetime, datetime]:
    return until - timedelta(hours=hours), until


def told(moment: datetime, start: time, end: time) -> tuple[datetime, datetime]:
    """What Slack says at a moment of a do-not-disturb of every day: the one that is on, else the next."""
    begins = datetime.combine(moment.date() - 2 * DAY, start, UTC)
    ends = datetime.combine(begins.date() + (DAY if end <= start else 0 * DAY), end, UTC)
    while ends <= moment:
        begins, ends = begins + DAY, ends + DAY
    return begins, ends


@given(afters, spans, silences.filter(lambda one: one[0] != one[1]))
def test_a_do_not_disturb_of_every_day_that_ends_by_day_puts_nothing_off_for_ever(
    after: datetime, span: list[time], silence: tuple[time, time]
) -> None:
    """As it is lived: Slack is asked ten minutes before, and what may not go then waits for the next moment."""
    own = WorkingHours("UTC", span[0], span[1], place="PT")
    moment, seen = after, replace(own, undisturbed=told(after, *silence))
    for _ in range(8):
        moment = next_working_moment(moment, seen)
        seen = replace(own, undisturbed=told(moment - AHEAD, *silence))
        if is_working_time(moment, seen):
            break
    assert is_working_time(moment, seen), f"put off until {moment}"
    assert moment - after <= 8 * DAY
    assert not is_undisturbed(moment, seen)
    assert is_working_time(moment, own) or DAYTIME[0] <= moment.time() < DAYTIME[1], "at night"
    assert why_not_on(moment.date(), own) is None, "a free day"


EARLY = ("06:00", "08:00")
EVENING = ("18:00", "22:00")


@pytest.mark.parametrize(
    ("hours", "from_hour", "silence", "expected"),
    [
        (EARLY, 5, night(WEDNESDAY.replace(hour=8)), "14 08:00"),
        (EARLY, 5, night(WEDNESDAY.replace(hour=7), hours=2), "14 07:00"),
        (EARLY, 7, night(WEDNESDAY.replace(hour=11), hours=13), "14 11:00"),
        (EARLY, 9, night(WEDNESDAY.replace(hour=8) + DAY), "14 09:00"),
        (EARLY, 5, night(WEDNESDAY.replace(hour=18), hours=20), "15 06:00"),
        (("04:00", "05:00"), 4, night(WEDNESDAY.replace(hour=6), hours=8), "14 08:00"),
        (EVENING, 18, night(WEDNESDAY.replace(hour=8) + DAY, hours=14), "15 08:00"),
        (("09:00", "17:00"), 9, night(WEDNESDAY.replace(hour=8) + DAY, hours=24), "15 09:00"),
        (("09:00", "17:00"), 9, night(WEDNESDAY.replace(hour=20), hours=12), "15 09:00"),
    ],
)
def test_the_end_of_a_do_not_disturb_that_takes_all_the_hours_begins_the_day(
    hours: tuple[str, str], from_hour: int, silence: tuple[datetime, datetime], expected: str
) -> None:
    begin, finish = (time.fromisoformat(one) for one in hours)
    one = WorkingHours("UTC", begin, finish, undisturbed=silence)
    day, at = expected.split()
    moment = next_working_moment(WEDNESDAY.replace(hour=from_hour), one)
    assert moment == datetime.combine(date(2026, 1, int(day)), time.fromisoformat(at), UTC)


def test_such_a_day_ends_at_five_and_is_no_free_day() -> None:
    wednesday = WorkingHours("UTC", time(6), time(8), undisturbed=night(WEDNESDAY.replace(hour=8)))
    assert rest_begins(WEDNESDAY.replace(hour=9), wednesday) == WEDNESDAY.replace(hour=17)
    assert why_not_at(WEDNESDAY.replace(hour=17), wednesday) is Rest.OUTSIDE_HOURS
    saturday = WEDNESDAY + 3 * DAY
    weekend = WorkingHours("UTC", time(6), time(8), undisturbed=night(saturday.replace(hour=8)))
    assert next_working_moment(saturday, weekend) == (saturday + 2 * DAY).replace(hour=6)
