"""A meeting as a file: read back as a calendar reads it, whatever people are called."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.domain.notices import CalendarFile
from bot.views.calendar_file import calendar_file
from bot.views.messages import render

START = datetime(2026, 3, 26, 10, tzinfo=ZoneInfo("Europe/Lisbon"))
MADE = datetime(2026, 1, 27, 10, tzinfo=UTC)
TIMED = CalendarFile(
    uid="mentor-T1-42-20260326",
    program="Peer mentoring",
    names=("Ana", "Ben"),
    partners=("Ben",),
    on=START.date(),
    start=START,
    minutes=45,
    timezone="Europe/Lisbon",
    made_at=MADE,
)
ALL_DAY = replace(TIMED, start=None)


def event_in(content: bytes) -> Event:
    """The only event, as a calendar reads it."""
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_a_meeting_at_its_moment() -> None:
    event = event_in(calendar_file(TIMED))
    assert event.decoded("dtstart") == datetime(2026, 3, 26, 10, tzinfo=UTC)
    assert event.decoded("duration") == timedelta(minutes=45)
    assert event.decoded("dtstamp") == MADE
    assert (str(event["uid"]), str(event["summary"])) == ("mentor-T1-42-20260326", "Peer mentoring: Ana and Ben")
    assert b"VTIMEZONE" not in calendar_file(TIMED), "an instant in UTC needs no zone of ours"


@pytest.mark.parametrize(("day", "in_utc"), [(date(2026, 3, 26), 10), (date(2026, 3, 30), 9)])
def test_summer_time_moves_the_instant_and_not_the_clock(day: date, in_utc: int) -> None:
    start = datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/Lisbon"))
    assert event_in(calendar_file(replace(TIMED, start=start))).decoded("dtstart").hour == in_utc


def test_only_a_day_is_a_whole_day_that_keeps_nobody_busy() -> None:
    event = event_in(calendar_file(ALL_DAY))
    assert event.decoded("dtstart") == date(2026, 3, 26)
    assert event.decoded("duration") == timedelta(days=1)
    assert str(event["transp"]) == "TRANSPARENT"


def test_a_day_and_its_time_are_the_same_meeting_to_a_calendar() -> None:
    assert event_in(calendar_file(ALL_DAY))["uid"] == event_in(calendar_file(TIMED))["uid"]


def test_it_holds_who_meets_and_when_and_nothing_else() -> None:
    held = set(event_in(calendar_file(TIMED)))
    assert held == {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "CLASS"}


def test_lines_end_as_the_standard_says_and_are_folded() -> None:
    content = calendar_file(replace(TIMED, names=("Ana " * 30, "Chloé " * 30, "文" * 80)))
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert str(event_in(content)["summary"]).count("文") == 80


people = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80).filter(str.strip)
hostile = st.sampled_from(
    ["A; B", "x, y\\n", "END:VEVENT", "Ana\r\nATTENDEE:mailto:x", 'say "hi"', "a:b", "<!channel>"]
)


@settings(max_examples=60)
@given(names=st.tuples(people | hostile, people | hostile), program=people | hostile)
def test_whatever_people_are_called_is_words_in_a_summary(names: tuple[str, str], program: str) -> None:
    event = event_in(calendar_file(replace(TIMED, names=names, program=program)))
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "CLASS"}
    wanted = f"{program}: {names[0]} and {names[1]}".replace("\\N", "\n")  # to the standard, a line break
    assert str(event["summary"]).split() == wanted.split()


def test_the_message_comes_with_the_file_and_says_what_it_is() -> None:
    shown = render(TIMED)
    assert "you and Ben, Thursday 26 March at 10:00 (Europe/Lisbon)" in shown.text
    assert shown.file is not None
    assert (shown.file.name, shown.file.title) == ("meeting-2026-03-26.ics", "Thursday 26 March, Ben")
    assert shown.file.draw() == calendar_file(TIMED)
