"""The dates of a program whose rounds an organizer releases: until when people join, and its first day.

They shape the words and when a release's round begins. Nothing is sent because one of them has come.
"""

from datetime import date, timedelta
from enum import StrEnum

from bot.domain.programs import FIRST_MEETING_DAYS

FARTHEST = timedelta(days=366)


class DateTrouble(StrEnum):
    """Why a date cannot be; its sentence is in bot/content/refusals.py."""

    PAST = "past"
    TOO_FAR = "too_far"
    AFTER_START = "after_start"


def trouble_with(
    join_by: date | None, starts_on: date | None, today: date, kept: tuple[date | None, date | None] = (None, None)
) -> dict[str, DateTrouble]:
    """What is wrong, by field; `kept` are the dates (join by, start) as they were, which may have passed meanwhile."""
    found = {}
    for name, day, before in (("join_by", join_by, kept[0]), ("starts_on", starts_on, kept[1])):
        if day is None or day == before:
            continue
        if day < today:
            found[name] = DateTrouble.PAST
        elif day > today + FARTHEST:
            found[name] = DateTrouble.TOO_FAR
    if not found and join_by is not None and starts_on is not None and join_by > starts_on:
        found["join_by"] = DateTrouble.AFTER_START
    return found


def first_day(starts_on: date | None, today: date) -> date:
    """The first day of a round that is released today."""
    return max(today, starts_on or today)


def days_to_meet(starts_on: date | None, today: date) -> int:
    """In how many days from today a new pair is to meet: ten after its round begins."""
    return (first_day(starts_on, today) - today).days + FIRST_MEETING_DAYS
