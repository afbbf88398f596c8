"""A meeting as bytes that every calendar reads: iCalendar, RFC 5545, whose lines and signs are the library's work."""

from datetime import UTC, timedelta

from icalendar import Calendar, Event

from bot.content import filing as words
from bot.domain.notices import CalendarFile
from bot.views.kit import and_list

MAKER = "-//Mentor//Peer mentoring//EN"


def calendar_file(meeting: CalendarFile) -> bytes:
    """One event, at its moment in UTC, so that no calendar needs our zones; or the whole day, which keeps nobody busy,
    where only that is known. It holds who meets, and nothing they said."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: CalendarFile) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", meeting.made_at.astimezone(UTC))
    event.add("summary", words.SUMMARY.format(program=meeting.program, names=and_list(meeting.names)))
    event.add("class", "PRIVATE")
    if meeting.start is None:
        event.add("dtstart", meeting.on)
        event.add("duration", timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", meeting.start.astimezone(UTC))
        event.add("duration", timedelta(minutes=meeting.minutes))
    return event
