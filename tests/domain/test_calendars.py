"""Whose public holidays a person keeps, and which days a place rests."""

import subprocess
import sys
from datetime import date

import pytest

from bot.domain import calendars

FRIDAY_AND_SATURDAY = frozenset({4, 5})


@pytest.mark.parametrize(
    ("timezone", "place"),
    [
        ("Europe/Lisbon", "PT"),
        ("Atlantic/Azores", "PT"),
        ("America/New_York", "US"),
        ("US/Eastern", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Oslo", "NO"),
        ("Africa/Cairo", "EG"),
        ("Europe/London", "GB-ENG"),
        ("GB", "GB-ENG"),
        ("Australia/Melbourne", "AU-VIC"),
        ("UTC", ""),
        ("Etc/GMT+5", ""),
        ("Mars/Olympus", ""),
        ("", ""),
    ],
)
def test_a_zone_lies_in_one_place_or_in_none(timezone: str, place: str) -> None:
    assert calendars.usual_place(timezone) == place


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        ("PT", "2026-04-25", "Freedom Day"),
        ("US", "2026-11-26", "Thanksgiving Day"),
        ("DE-BY", "2026-01-06", "Epiphany"),
        ("EG", "2026-01-07", "Coptic Christmas Day"),
        ("JP", "2026-05-05", "Children's Day"),
    ],
)
def test_a_place_keeps_its_holidays_told_in_english(place: str, day: str, name: str) -> None:
    assert calendars.public_holidays(place, 2026)[date.fromisoformat(day)] == name


def test_a_region_keeps_more_than_its_country() -> None:
    whole, bavaria = (calendars.public_holidays(place, 2026).keys() for place in ("DE", "DE-BY"))
    assert date(2026, 1, 6) in bavaria - whole


@pytest.mark.parametrize("place", ["", "XX", "DE-XX", "-", "USA", "HolidayBase", "NYSE"])
def test_an_unknown_place_keeps_nothing(place: str) -> None:
    assert not calendars.is_known(place)
    assert not calendars.public_holidays(place, 2026)
    assert calendars.weekend(place) == {5, 6}


def test_a_weekend_is_the_place_s_own() -> None:
    assert calendars.weekend("EG") == calendars.weekend("IL") == FRIDAY_AND_SATURDAY
    assert calendars.weekend("PT") == {5, 6}


def test_whose_calendar_is_asked_for_reads_nobody_else_s() -> None:
    program = (
        "import sys; from datetime import date; from bot.domain import calendars\n"
        "print(calendars.public_holidays('PT', 2026)[date(2026, 4, 25)], calendars.name_of('PT-11'))\n"
        "print(*(name for name in sys.modules if name.startswith('holidays.countries.')))\n"
    )
    read = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert read.stdout.splitlines() == ["Freedom Day Portugal, Lisboa", "holidays.countries.portugal"]


def test_every_place_has_a_name_that_slack_shows_whole_and_a_calendar() -> None:
    known = calendars.places()
    assert len(known) > 250
    assert all(calendars.is_known(place) for place in known)
    assert all(0 < len(name) <= 75 for name in known.values())
    assert all(len(place) <= 75 for place in known), "a menu's value has 150 characters at most"
    assert calendars.name_of("PT") == "Portugal"
    assert calendars.name_of("DE-BY") == "Germany, Bayern"


@pytest.mark.parametrize(
    ("typed", "first"), [("portu", "PT"), ("bayern", "DE-BY"), ("de-by", "DE-BY"), ("scot", "GB-SCT"), (" ", None)]
)
def test_a_place_is_found_by_a_few_letters(typed: str, first: str | None) -> None:
    assert next(iter(calendars.looking_like(typed)), None) == first
