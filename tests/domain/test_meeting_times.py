"""Times that are offered to a pair suit each of them, whatever their zones, hours, holidays and breaks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import WorkingHours, local_date, shared_working_moment, why_not_on
from bot.domain.calendars import public_holidays
from bot.domain.meeting_times import MOST_TIMES, NOTICE, is_possible, offered_times

MONDAY = datetime(2026, 1, 12, 9, tzinfo=UTC)
LONDON = WorkingHours("Europe/London", place="GB-ENG")
PLACES = {
    "Europe/Lisbon": "PT",
    "America/New_York": "US",
    "Asia/Kathmandu": "NP",
    "Australia/Lord_Howe": "AU-NSW",
    "Africa/Cairo": "EG",
    "Pacific/Auckland": "NZ",
    "America/St_Johns": "CA-NL",
}


@st.composite
def hours(draw: st.DrawFn) -> WorkingHours:
    zone = draw(st.sampled_from(sorted(PLACES)))
    start = draw(st.integers(0, 20))
    monday = date(2026, 3, 2) + timedelta(weeks=draw(st.integers(0, 40)))
    return WorkingHours(
        zone,
        time(start, draw(st.sampled_from((0, 15, 30)))),
        time(draw(st.integers(start + 2, 23)), 59),
        draw(st.frozensets(st.integers(0, 6), min_size=1)),
        PLACES[zone],
        frozenset(draw(st.lists(st.just(monday), max_size=1))),
        draw(st.none() | st.dates(date(2026, 3, 1), date(2026, 12, 1))),
    )


SPRING = datetime(2026, 3, 1, tzinfo=UTC)
moments = st.integers(0, 275 * 24 * 60).map(lambda minutes: SPRING + timedelta(minutes=minutes))
groups = st.lists(hours(), min_size=2, max_size=3)


def works(start: datetime, end: datetime, of: WorkingHours) -> bool:
    """As the person's own clock and calendar say it."""
    first, last = (moment.astimezone(ZoneInfo(of.timezone)) for moment in (start, end))
    day = first.date()
    inside = last.date() == day and of.start <= first.time() and last.time() <= of.end
    there = day.weekday() in of.weekdays and (of.back_on is None or day >= of.back_on)
    quiet = day - timedelta(days=day.weekday()) in of.quiet
    return inside and there and not quiet and day not in public_holidays(of.place, day.year)


@given(groups, moments, st.sampled_from((15, 45, 90)))
def test_every_time_lies_in_the_hours_of_each_of_them(people: list[WorkingHours], now: datetime, minutes: int) -> None:
    times = offered_times(people, minutes, now)
    for start in times:
        assert all(works(start, start + timedelta(minutes=minutes), of) for of in people)
        assert is_possible(start, people, minutes, now)
    assert times == sorted(set(times))
    assert len(times) <= MOST_TIMES


@given(groups, moments)
def test_no_time_comes_before_everyone_could_hear_of_it(people: list[WorkingHours], now: datetime) -> None:
    heard = shared_working_moment(now, people)
    assert all(start >= heard + NOTICE > now for start in offered_times(people, 45, now))


@given(groups, moments)
def test_every_time_is_within_the_first_one_s_next_ten_working_days(people: list[WorkingHours], now: datetime) -> None:
    mine = people[0]
    first = local_date(now, mine.timezone)
    for start in offered_times(people, 45, now):
        day = local_date(start, mine.timezone)
        between = (first + timedelta(days=offset) for offset in range((day - first).days))
        assert sum(why_not_on(one, mine) is None for one in between) < 10


def test_five_times_are_spread_over_the_days_and_the_day() -> None:
    times = offered_times([LONDON, LONDON], 45, MONDAY)
    assert len({start.date() for start in times}) == MOST_TIMES
    assert (times[-1] - times[0]).days >= 9
    assert {start.hour < 12 for start in times} == {True, False}


def test_a_few_shared_days_have_several_times_each() -> None:
    fridays = WorkingHours("Europe/London", weekdays=frozenset({4}))
    times = offered_times([LONDON, fridays], 45, MONDAY)
    assert {start.date() for start in times} == {date(2026, 1, 16), date(2026, 1, 23)}
    assert len(times) == MOST_TIMES


@pytest.mark.parametrize(
    "other",
    [
        WorkingHours("Pacific/Auckland"),
        WorkingHours("Europe/London", weekdays=frozenset({5, 6})),
        WorkingHours("Europe/London", back_on=date(2026, 3, 1)),
        WorkingHours("Europe/London", start=time(16, 30), end=time(18, 30)),
    ],
    ids=["on the other side of the world", "works on weekends", "on a break", "half an hour together"],
)
def test_without_a_shared_hour_nothing_is_offered(other: WorkingHours) -> None:
    assert offered_times([LONDON, other], 45, MONDAY) == []


def test_a_do_not_disturb_keeps_messages_away_and_not_a_meeting() -> None:
    silent = WorkingHours("Europe/London", undisturbed=(MONDAY, MONDAY + timedelta(hours=2)))
    first = offered_times([LONDON, silent], 45, MONDAY)[0]
    assert first >= MONDAY + timedelta(hours=2) + NOTICE


def test_a_time_past_out_of_hours_or_far_away_is_not_possible_any_more() -> None:
    people = [LONDON, LONDON]
    assert is_possible(MONDAY + timedelta(hours=5), people, 45, MONDAY)
    for wrong in (timedelta(0), timedelta(hours=-1), timedelta(hours=8), timedelta(days=30), timedelta(days=5)):
        assert not is_possible(MONDAY + wrong, people, 45, MONDAY)
