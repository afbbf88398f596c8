"""Every Monday at nine, once a week, once after an outage."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.rolling import due_week, next_week

LONDON = "Europe/London"


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "matched_on", "monday"),
    [
        ("2026-01-12T08:59", "2026-01-07", None),
        ("2026-01-12T09:00", "2026-01-07", "2026-01-12"),
        ("2026-01-12T09:01", "2026-01-12", None),
        ("2026-01-18T23:59", "2026-01-12", None),
        ("2026-01-16T12:00", "2026-01-05", "2026-01-12"),  # away on Monday
        ("2026-02-05T12:00", "2026-01-12", "2026-02-02"),  # away for weeks: only the latest
        ("2026-01-14T12:00", "2026-01-14", None),  # rolling since Wednesday
        ("2026-03-30T08:00", "2026-03-23", "2026-03-30"),  # nine in London's summer
        ("2026-03-30T07:59", "2026-03-23", None),
    ],
)
def test_a_week_is_due_from_monday_at_nine_until_it_was_matched(now: str, matched_on: str, monday: str | None) -> None:
    found = due_week(utc(now), LONDON, date.fromisoformat(matched_on))
    assert found == (date.fromisoformat(monday) if monday else None)


@pytest.mark.parametrize(
    ("after", "slot"),
    [
        ("2026-01-12T08:59", "2026-01-12T09:00"),
        ("2026-01-12T09:00", "2026-01-19T09:00"),
        ("2026-03-25T12:00", "2026-03-30T08:00"),
    ],
)
def test_the_next_week_begins_at_nine_where_the_program_is(after: str, slot: str) -> None:
    assert next_week(utc(after), LONDON) == utc(slot)
