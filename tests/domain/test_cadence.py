"""When things are due, where the clocks change, where zones are odd, and where a date is missing."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.cadence import (
    WorkingHours,
    consent_deadline,
    instant,
    is_working_time,
    local_date,
    next_working_moment,
    nudge_slot,
    round_up_slot,
    shared_hours,
    shared_working_moment,
    start_of_day,
    weekly_slot,
    zone,
)

TUESDAY = 1
ZONES = (
    "Europe/Lisbon",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Pacific/Auckland",
    "America/St_Johns",
    "Pacific/Kiritimati",
    "Atlantic/Azores",
    "UTC",
)


def utc(text: str) -> datetime:
    """An instant written as "2026-03-29 01:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(text: str, timezone: str) -> datetime:
    """An instant written in a zone's own time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("timezone", "local", "expected"),
    [
        # an ordinary day
        ("Europe/Lisbon", "2026-01-13 10:00", "2026-01-13 10:00"),
        ("America/New_York", "2026-01-13 10:00", "2026-01-13 15:00"),
        ("Asia/Kathmandu", "2026-01-13 10:00", "2026-01-13 04:15"),
        ("Pacific/Kiritimati", "2026-01-13 10:00", "2026-01-12 20:00"),
        # the clocks go forward: the first valid minute after the gap
        ("Europe/Lisbon", "2026-03-29 01:00", "2026-03-29 01:00"),
        ("Europe/Lisbon", "2026-03-29 01:30", "2026-03-29 01:00"),
        ("Europe/Lisbon", "2026-03-29 01:59", "2026-03-29 01:00"),
        ("Europe/Lisbon", "2026-03-29 02:00", "2026-03-29 01:00"),
        ("Europe/Lisbon", "2026-03-29 00:59", "2026-03-29 00:59"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30"),
        ("Pacific/Auckland", "2026-09-27 02:30", "2026-09-26 14:00"),
        # in Cairo midnight itself is missing
        ("Africa/Cairo", "2026-04-24 00:00", "2026-04-23 22:00"),
        ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23 22:00"),
        # Apia had no 30 December 2011: it crossed the date line
        ("Pacific/Apia", "2011-12-29 23:59", "2011-12-30 09:59"),
        ("Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00"),
        ("Pacific/Apia", "2011-12-30 10:00", "2011-12-30 10:00"),
        ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00"),
        # the clocks go back: the first of the two
        ("Europe/Lisbon", "2026-10-25 01:30", "2026-10-25 00:30"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),
        ("Pacific/Auckland", "2026-04-05 02:30", "2026-04-04 13:30"),
        ("Africa/Cairo", "2026-10-29 23:30", "2026-10-29 20:30"),
    ],
)
def test_a_local_time_becomes_one_instant(timezone: str, local: str, expected: str) -> None:
    wanted = datetime.fromisoformat(local)
    assert instant(wanted.date(), wanted.time(), timezone) == utc(expected)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe", "é", "\0", "/etc/localtime"])
def test_an_unknown_zone_is_neutral(name: str) -> None:
    assert zone(name) == ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("moment", "timezone", "expected"),
    [
        ("2026-01-13 09:59", "Pacific/Auckland", "2026-01-13"),
        ("2026-01-13 11:00", "Pacific/Auckland", "2026-01-14"),
        ("2026-01-13 04:59", "America/New_York", "2026-01-12"),
        ("2011-12-30 09:59", "Pacific/Apia", "2011-12-29"),
        ("2011-12-30 10:00", "Pacific/Apia", "2011-12-31"),
        ("2026-01-13 18:15", "Asia/Kathmandu", "2026-01-14"),
    ],
)
def test_a_day_is_the_zones_own(moment: str, timezone: str, expected: str) -> None:
    assert local_date(utc(moment), timezone) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("after", "timezone", "expected"),
    [
        ("2026-03-24 10:00", "Europe/Lisbon", "2026-03-24 10:00"),
        ("2026-03-24 10:01", "Europe/Lisbon", "2026-03-31 09:00"),
        ("2026-10-20 09:01", "Europe/Lisbon", "2026-10-27 10:00"),
        ("2026-03-30 22:30", "Europe/Lisbon", "2026-03-31 09:00"),
        # still Monday in New York, already Tuesday noon in Auckland
        ("2026-01-12 23:00", "America/New_York", "2026-01-13 15:00"),
        ("2026-01-12 23:00", "Pacific/Auckland", "2026-01-19 21:00"),
        ("2026-01-12 20:59", "Pacific/Auckland", "2026-01-12 21:00"),
        ("2026-01-13 04:15", "Asia/Kathmandu", "2026-01-13 04:15"),
    ],
)
def test_the_weekly_slot_keeps_its_local_time_through_the_year(after: str, timezone: str, expected: str) -> None:
    assert weekly_slot(utc(after), timezone, TUESDAY, time(10)) == utc(expected)


def test_the_friday_that_apia_skipped_has_its_round_up_when_saturday_begins() -> None:
    assert round_up_slot(utc("2011-12-29 20:00"), WorkingHours("Pacific/Apia")) == utc("2011-12-30 10:00")


def test_the_round_up_is_friday_at_three_in_the_programs_zone() -> None:
    assert round_up_slot(utc("2026-01-13 10:00"), WorkingHours("America/New_York")) == utc("2026-01-16 20:00")


moments = st.datetimes(
    utc("2000-01-01").replace(tzinfo=None), utc("2037-12-01").replace(tzinfo=None), timezones=st.just(UTC)
)
timezones = st.sampled_from(ZONES)
half_hours = st.integers(0, 47).map(lambda n: time(n // 2, n % 2 * 30))


@st.composite
def working_hours(draw: st.DrawFn) -> WorkingHours:
    start, end = sorted(draw(st.lists(half_hours, min_size=2, max_size=2, unique=True)))
    return WorkingHours(draw(timezones), start, end)


@given(moments, timezones, st.integers(0, 6), half_hours)
@example(utc("2011-12-24 00:00"), "Pacific/Apia", 4, time(10))
def test_a_weekly_slot_comes_within_eight_days_and_is_its_own_slot(
    after: datetime, timezone: str, weekday: int, at: time
) -> None:
    slot = weekly_slot(after, timezone, weekday, at)
    assert after <= slot <= after + timedelta(days=8)
    if local_date(slot, timezone).weekday() == weekday:  # not so where the day itself is missing
        assert weekly_slot(slot, timezone, weekday, at) == slot


@given(moments, timezones, st.integers(0, 6), half_hours)
def test_weekly_slots_lie_about_a_week_apart(after: datetime, timezone: str, weekday: int, at: time) -> None:
    slots = [weekly_slot(after, timezone, weekday, at)]
    for _ in range(4):
        slots.append(weekly_slot(slots[-1] + timedelta(minutes=1), timezone, weekday, at))
    assert all(timedelta(days=5) < later - earlier < timedelta(days=9) for earlier, later in pairwise(slots))


@given(moments, timezones)
def test_a_day_begins_at_its_first_instant(moment: datetime, timezone: str) -> None:
    day = local_date(moment, timezone)
    start = start_of_day(day, timezone)
    assert start <= moment
    assert local_date(start, timezone) == day
    assert local_date(start - timedelta(minutes=1), timezone) < day


@given(moments, working_hours())
def test_a_nudge_comes_on_a_tuesday_inside_the_persons_hours(after: datetime, hours: WorkingHours) -> None:
    slot = nudge_slot(after, hours)
    local = slot.astimezone(ZoneInfo(hours.timezone))
    assert slot >= after
    assert local.weekday() == TUESDAY or is_missing_tuesday(slot, hours.timezone)
    assert hours.start <= local.time() < hours.end or clocks_change_around(slot, hours.timezone)
    assert is_working_time(slot, hours) or clocks_change_around(slot, hours.timezone)


def clocks_change_around(moment: datetime, timezone: str) -> bool:
    """Whether hours of that day may be missing: short hours can lie in the gap whole."""
    offsets = {(moment + timedelta(hours=h)).astimezone(ZoneInfo(timezone)).utcoffset() for h in (-24, 0, 24)}
    return len(offsets) > 1


def is_missing_tuesday(moment: datetime, timezone: str) -> bool:
    return clocks_change_around(moment, timezone) and moment.astimezone(ZoneInfo(timezone)).weekday() == TUESDAY + 1


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("09:00", "17:00", "10:00"),
        ("10:00", "10:30", "10:00"),
        ("06:00", "09:00", "08:30"),
        ("06:00", "10:00", "09:30"),
        ("13:00", "20:00", "13:00"),
        ("10:30", "18:00", "10:30"),
        ("08:00", "08:30", "08:00"),
        ("08:00", "08:15", "08:00"),
        ("00:00", "00:15", "00:00"),
        ("23:00", "23:59", "23:00"),
    ],
)
def test_ten_o_clock_moves_into_short_or_odd_hours(start: str, end: str, expected: str) -> None:
    hours = WorkingHours("Europe/Lisbon", time.fromisoformat(start), time.fromisoformat(end))
    assert nudge_slot(at("2026-01-12 00:00", "Europe/Lisbon"), hours) == at(f"2026-01-13 {expected}", "Europe/Lisbon")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-13 09:00", True),
        ("2026-01-13 08:59", False),
        ("2026-01-13 16:59", True),
        ("2026-01-13 17:00", False),
        ("2026-01-16 12:00", True),
        ("2026-01-17 12:00", False),
        ("2026-01-18 12:00", False),
    ],
)
def test_working_time_is_a_persons_hours_on_weekdays(moment: str, expected: bool) -> None:
    assert is_working_time(at(moment, "Asia/Kathmandu"), WorkingHours("Asia/Kathmandu")) is expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-01-13 12:34", "2026-01-13 12:34"),
        ("2026-01-13 03:00", "2026-01-13 09:00"),
        ("2026-01-13 17:00", "2026-01-14 09:00"),
        ("2026-01-16 17:00", "2026-01-19 09:00"),
        ("2026-01-18 03:00", "2026-01-19 09:00"),
    ],
)
def test_what_comes_at_night_waits_for_the_morning_of_a_working_day(after: str, expected: str) -> None:
    hours = WorkingHours("America/New_York")
    assert next_working_moment(at(after, "America/New_York"), hours) == at(expected, "America/New_York")


@given(moments, working_hours())
def test_the_next_working_moment_is_soon_and_in_working_time(after: datetime, hours: WorkingHours) -> None:
    moment = next_working_moment(after, hours)
    assert after <= moment <= after + timedelta(days=5)
    assert is_working_time(moment, hours) or clocks_change_around(moment, hours.timezone)


@pytest.mark.parametrize(
    ("after", "zones", "expected"),
    [
        # both at work already
        ("2026-01-13 15:00", ("Europe/Lisbon", "America/New_York"), "2026-01-13 15:00"),
        # Lisbon waits for New York's morning
        ("2026-01-13 10:00", ("Europe/Lisbon", "America/New_York"), "2026-01-13 14:00"),
        # too late for Lisbon: the next day's shared hours
        ("2026-01-13 17:30", ("Europe/Lisbon", "America/New_York"), "2026-01-14 14:00"),
        # Friday evening: Monday
        ("2026-01-16 17:00", ("America/New_York", "Europe/Lisbon"), "2026-01-19 14:00"),
        # Auckland's Monday morning is New York's Sunday: their first shared working hour is on Tuesday in Auckland
        ("2026-01-17 12:00", ("Pacific/Auckland", "America/New_York"), "2026-01-19 20:00"),
        # never at work together: the first one's own hours
        ("2026-01-13 10:00", ("Europe/Lisbon", "Pacific/Auckland"), "2026-01-13 10:00"),
        ("2026-01-13 18:00", ("Europe/Lisbon", "Pacific/Auckland"), "2026-01-14 09:00"),
    ],
)
def test_an_introduction_waits_for_the_pairs_first_shared_working_hour(
    after: str, zones: tuple[str, ...], expected: str
) -> None:
    assert shared_working_moment(utc(after), [WorkingHours(name) for name in zones]) == utc(expected)


@example(
    utc("2007-02-13T00:00"),
    [  # they share an hour only in the weeks between the two changes of the clock
        WorkingHours("America/New_York", time(0), time(0, 30)),
        WorkingHours("Atlantic/Azores", time(0), time(3, 30)),
    ],
)
@given(moments, st.lists(working_hours(), min_size=1, max_size=3))
def test_a_shared_working_moment_is_never_before_it_was_asked_for(after: datetime, people: list[WorkingHours]) -> None:
    assert after <= shared_working_moment(after, people) <= after + timedelta(days=15)


@pytest.mark.parametrize(
    ("asked", "decide_by"),
    [
        ("2026-01-12", "2026-01-16"),  # Monday
        ("2026-01-13", "2026-01-16"),  # Tuesday
        ("2026-01-14", "2026-01-16"),  # Wednesday: Thursday and Friday are two working days
        ("2026-01-15", "2026-01-23"),  # Thursday: tomorrow is too soon
        ("2026-01-16", "2026-01-23"),  # Friday
        ("2026-01-17", "2026-01-23"),  # Saturday
        ("2026-01-18", "2026-01-23"),  # Sunday
    ],
)
def test_consent_has_until_the_first_friday_at_least_two_working_days_on(asked: str, decide_by: str) -> None:
    assert consent_deadline(at(f"{asked} 12:00", "Europe/Lisbon"), "Europe/Lisbon") == date.fromisoformat(decide_by)


def test_the_day_of_the_question_is_the_zones() -> None:
    late_wednesday_in_lisbon = utc("2026-01-14 23:00")
    assert consent_deadline(late_wednesday_in_lisbon, "Europe/Lisbon") == date(2026, 1, 16)
    assert consent_deadline(late_wednesday_in_lisbon, "Pacific/Auckland") == date(2026, 1, 23)


@given(moments, timezones)
def test_consent_waits_two_to_eight_days_and_ends_on_a_friday(asked: datetime, timezone: str) -> None:
    today, deadline = local_date(asked, timezone), consent_deadline(asked, timezone)
    assert deadline.weekday() == 4
    assert timedelta(days=2) <= deadline - today <= timedelta(days=8)


@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        (("Europe/Lisbon",), ("2026-01-13 09:00", "2026-01-13 17:00")),
        (("Europe/Lisbon", "America/New_York"), ("2026-01-13 14:00", "2026-01-13 17:00")),
        (("Europe/Lisbon", "Asia/Kathmandu"), ("2026-01-13 09:00", "2026-01-13 11:15")),
        (("Europe/Lisbon", "Pacific/Auckland"), None),
        (("Europe/Lisbon", "America/New_York", "Asia/Kathmandu"), None),
    ],
)
def test_shared_hours_are_the_overlap(zones: tuple[str, ...], expected: tuple[str, str] | None) -> None:
    shared = shared_hours([WorkingHours(name) for name in zones], date(2026, 1, 13))
    assert shared == (expected and (utc(expected[0]), utc(expected[1])))
