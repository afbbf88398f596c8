"""Four hundred days in zones whose clocks change oddly: one question a local date, and eight o'clock stays eight."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cadence import WorkingHours, instant, local_date, weekly_slot
from bot.domain.nudges import Asked, Footing, Withheld, outlook

ZONES = (
    "Europe/Lisbon",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Pacific/Auckland",
)
DAYS = 400
BEGINNINGS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2011, 6, 1, tzinfo=UTC))
"""The second holds the day that Apia skipped, 30 December 2011, and its last two changes of the clock."""

WEEKDAYS = range(7)
MINUTES_LATE = (0, 1, 15, 29)
"""A tick comes with its minute, or in another one."""

TIMES = tuple(time(hour, minute) for hour in (0, 1, 2, 3, 8, 23) for minute in (0, 15, 30, 45, 59))
EIGHT = time(8)


def local_midnights(zone: str, begin: datetime) -> list[date]:
    """The dates that a calendar on the wall shows there within the days, found by looking at it each half hour."""
    moments = (begin + timedelta(minutes=30 * number) for number in range(DAYS * 48))
    return sorted({moment.astimezone(ZoneInfo(zone)).date() for moment in moments})


def slots(zone: str, begin: datetime, weekday: int, at: time) -> Iterator[datetime]:
    """Each weekly moment of the days, as a heartbeat that ticks each minute comes upon them."""
    moment = weekly_slot(begin, zone, weekday, at)
    while moment < begin + timedelta(days=DAYS):
        yield moment
        moment = weekly_slot(moment + timedelta(minutes=1), zone, weekday, at)


def exists(day: date, at: time, zone: str) -> bool:
    """Whether the clock on the wall ever shows this."""
    shown = datetime.combine(day, at, ZoneInfo(zone))
    return shown.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == shown.replace(tzinfo=None)


@pytest.mark.parametrize("begin", BEGINNINGS, ids=lambda begin: f"{begin:%Y}")
@pytest.mark.parametrize("zone", ZONES)
def test_every_weekday_and_minute_comes_once_a_local_date_and_at_its_local_time(zone: str, begin: datetime) -> None:
    shown = local_midnights(zone, begin)[1:-1]
    for weekday in WEEKDAYS:
        wanted = [day for day in shown if day.weekday() == weekday]
        for at in TIMES:
            found = {local_date(slot, zone): slot for slot in slots(zone, begin, weekday, at)}
            assert set(wanted) <= set(found), (zone, weekday, at)
            for day, slot in found.items():
                local = slot.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
                if exists(day, at, zone) and day.weekday() == weekday:
                    assert local == datetime.combine(day, at), (zone, weekday, at)
                    assert slot.astimezone(ZoneInfo(zone)).fold == 0, "the first of the two"
                else:  # the first minute that there was
                    before = (slot - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
                    assert before < local - timedelta(minutes=1), (zone, weekday, at)


def questions(hours: WorkingHours, begin: datetime, late: int) -> list[datetime]:
    """When someone who answers every question at once is asked, by a heartbeat that comes so many minutes late."""
    footing, now, asked = Footing(ask_from=begin), begin, list[datetime]()
    while now < begin + timedelta(days=DAYS):
        seen = outlook(footing, hours, now)
        for verdict in seen.verdicts:
            asked += [verdict.moment] if verdict.withheld is None else []
            footing = replace(
                footing,
                decided=verdict.week,
                asked=(*footing.asked[-3:], Asked(local_date(verdict.slot, hours.timezone), now)),
                answered_at=now + timedelta(seconds=1),
            )
        again = outlook(footing, hours, now)
        assert again.verdicts == (), "ticking twice asks once"
        assert again.look_at is not None
        now = again.look_at + timedelta(minutes=late)
    return asked


@pytest.mark.parametrize("begin", BEGINNINGS, ids=lambda begin: f"{begin:%Y}")
@pytest.mark.parametrize("zone", ZONES)
def test_eight_o_clock_stays_eight_o_clock_and_nobody_is_asked_twice_on_a_date(zone: str, begin: datetime) -> None:
    for weekday in WEEKDAYS:
        hours = WorkingHours(zone, EIGHT, time(8, 30), frozenset({weekday}))
        for late in MINUTES_LATE:
            asked = questions(hours, begin, late)
            dates = [local_date(moment, zone) for moment in asked]
            assert len(dates) == len(set(dates)) >= DAYS // 7 - 2, (zone, weekday, late)
            assert {day.weekday() for day in dates} <= {weekday}, (zone, weekday, late)
            times = {moment.astimezone(ZoneInfo(zone)).time() for moment in asked}
            assert times == {time(8, late)}, (zone, weekday, late)


def test_who_works_on_the_weekday_that_was_skipped_alone_has_no_working_day_that_week() -> None:
    fridays = WorkingHours("Pacific/Apia", EIGHT, time(8, 30), frozenset({4}))
    seen = outlook(Footing(ask_from=datetime(2011, 12, 26, tzinfo=UTC)), fridays, datetime(2011, 12, 31, tzinfo=UTC))
    assert [(verdict.week, verdict.withheld) for verdict in seen.verdicts] == [
        (date(2011, 12, 26), Withheld.NO_WORKING_DAY)
    ]


def test_the_day_apia_skipped_is_a_week_without_that_weekday() -> None:
    fridays = [local_date(slot, "Pacific/Apia") for slot in slots("Pacific/Apia", BEGINNINGS[1], 4, EIGHT)]
    assert date(2011, 12, 30) not in fridays
    assert instant(date(2011, 12, 30), EIGHT, "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)
