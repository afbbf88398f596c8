"""Days, spans and minutes as people write them: "thu", "12 Jan", "2w", "in 3 days", "1h30".

Every reader takes words already cut, folded to lower case and bared of punctuation, looks only at how they begin, and
answers what it read with the number of words it used, or None. Pure: today comes in.
"""

import re
from datetime import date, time, timedelta
from enum import Enum

SHORTEST_MEETING, LONGEST_MEETING = 5, 480  # minutes
FARTHEST_DAY = timedelta(days=365)

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAY = {name[:length]: day for day, name in enumerate(_DAYS) for length in (3, len(name))} | {
    **{"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
}
_MONTH = {name[:length]: at for at, name in enumerate(_MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = {word: at for at, word in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1}
_SPAN = {"d": 1, "day": 1, "days": 1, "w": 7, "wk": 7, "wks": 7, "week": 7, "weeks": 7, "month": 30, "months": 30}
_MINUTES = {"m": 1, "min": 1, "mins": 1, "minute": 1, "minutes": 1}
_HOURS = {"h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60}

_NO_SUCH_HOUR = "I could not read the hour. Try `/mentor checkin scheduled thu 15:00` or `scheduled thu 3pm`."
_NO_SUCH_DAY = "The calendar has no such day. Try one like `12 Jan` or `2026-01-12`."
_AMOUNT = re.compile(r"(\d{1,4})\s?([a-z]+)")
_CLOCK = re.compile(r"(\d{1,2})h([0-5]\d)m?")
_PARTS = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)([a-z]+)")
_ODD = re.compile(rf"\d[\d.,:/hm-]*?(?:{'|'.join((*_MINUTES, *_HOURS))})|\d+h\d+")
_HOUR = re.compile(r"(\d{1,2})(?::(\d{2}))?(am|pm)?")
_NOON, _WAKING = 12, range(7, 20)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"20\d{2}")


class Unreadable(ValueError):
    """A part that was meant for us and cannot be meant so; `sentence` is our own words, safe to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Looking(Enum):
    """Which way a day without a year, or a weekday, points."""

    BACK = -1
    AHEAD = 1


def read_span(words: list[str]) -> tuple[int, int] | None:
    """Read "2w", "3 weeks", "ten days", "a month" (30 days) as (days, words used)."""
    if not words:
        return None
    if (close := _AMOUNT.fullmatch(words[0])) and close[2] in _SPAN:
        return int(close[1]) * _SPAN[close[2]], 1
    count = _count(words[0])
    if count is not None and len(words) > 1 and words[1] in _SPAN:
        return count * _SPAN[words[1]], 2
    return None


def read_day(words: list[str], today: date, looking: Looking) -> tuple[date, int] | None:
    """Read one day as (date, words used).

    A weekday is 1 to 7 days away in the direction of `looking`; a day without a year is the likeliest one, at
    most a quarter of a year against that direction. Raises Unreadable for 31 February and for days over a year away.
    """
    found = _near_day(words, today, looking) or _named_day(words, today, looking)
    if found and looking is Looking.AHEAD and found[0] < today - FARTHEST_DAY:
        raise Unreadable("That day has passed. Please name one still to come, like `in 3 weeks`.")
    if found and abs(found[0] - today) > FARTHEST_DAY:
        raise Unreadable("That day is more than a year away. Please name one closer, like `in 3 weeks`.")
    return found


def read_hour(words: list[str]) -> tuple[time, int] | None:
    """Read "15:00", "3pm", "3:30 pm", "at 10" as (local time, words used); "at 3" may be day or night.

    Raises Unreadable for what can only be an hour and is on no clock.
    """
    led = 1 if words[:1] == ["at"] else 0
    for used in (2, 1):
        said = _HOUR.fullmatch("".join(words[led : led + used]))
        if said and len(words) >= led + used and (led or said[2] or said[3]):
            return _hour(int(said[1]), int(said[2] or 0), said[3], said[2] is None), led + used
    return None


def _hour(hour: int, minute: int, half: str | None, whole: bool) -> time:
    if (half is not None and not 1 <= hour <= _NOON) or (half is None and whole and hour not in _WAKING):
        raise Unreadable(_NO_SUCH_HOUR)
    if half is not None:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise Unreadable(_NO_SUCH_HOUR) from None


def read_minutes(words: list[str]) -> tuple[int, int] | None:
    """Read "45m", "1h", "1h30", "1h 30m", "90 min", "1.5 hours", "half an hour" as (minutes, words used).

    Raises Unreadable outside 5 to 480 minutes, and for what can only be meant so, like "1h90".
    """
    found = _hours_and_minutes(words) or _worded_minutes(words) or _odd_minutes(words)
    if found is None or words[found[1] : found[1] + 1] == ["ago"]:
        return None
    return within_a_meeting(found[0]), found[1]


def within_a_meeting(minutes: int) -> int:
    """Answer `minutes`, or raise Unreadable where no meeting is that short or long."""
    if not SHORTEST_MEETING <= minutes <= LONGEST_MEETING:
        raise Unreadable("A meeting takes between 5 minutes and 8 hours. Try `/mentor checkin met 45m`.")
    return minutes


def _count(word: str) -> int | None:
    return int(word) if re.fullmatch(r"\d{1,3}", word) else _NUMBER.get(word)


def _near_day(words: list[str], today: date, looking: Looking) -> tuple[date, int] | None:
    first = words[0] if words else ""
    if first in _NEAR:
        return today + timedelta(days=_NEAR[first]), 1
    if first in _WEEKDAY:
        return _weekday(_WEEKDAY[first], today, looking), 1
    if first == "in" and (span := read_span(words[1:])):
        return today + timedelta(days=span[0]), span[1] + 1
    if (span := read_span(words)) and words[span[1] : span[1] + 1] == ["ago"]:
        return today - timedelta(days=span[0]), span[1] + 1
    return None


def _weekday(weekday: int, today: date, looking: Looking) -> date:
    """The nearest such weekday that is not today: who means today says "today"."""
    away = (weekday - today.weekday()) * looking.value % 7 or 7
    return today + timedelta(days=away * looking.value)


def _named_day(words: list[str], today: date, looking: Looking) -> tuple[date, int] | None:
    if words and (iso := _ISO.fullmatch(words[0])):
        return _day(int(iso[1]), int(iso[2]), int(iso[3])), 1
    parts = _day_and_month(words)
    if parts is None:
        return None
    day, month, used = parts
    if len(words) > used and _YEAR.fullmatch(words[used]):
        return _day(int(words[used]), month, day), used + 1
    return _likeliest(day, month, today, looking), used


def _day_and_month(words: list[str]) -> tuple[int, int, int] | None:
    """Day of the month, month and words used, from "12 Jan", "12th of January", "Jan 12"."""
    kept = [at for at, word in enumerate(words[:3]) if word != "of"][:2]
    if len(kept) < 2:
        return None
    first, second = words[kept[0]], words[kept[1]]
    if (number := _DAY.fullmatch(first)) and second in _MONTH:
        return int(number[1]), _MONTH[second], kept[1] + 1
    if first in _MONTH and (number := _DAY.fullmatch(second)):
        return int(number[1]), _MONTH[first], kept[1] + 1
    return None


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(_NO_SUCH_DAY) from None


def _likeliest(day: int, month: int, today: date, looking: Looking) -> date:
    """The one such day from a quarter of a year against the direction to three quarters along it."""
    start = today - timedelta(days=90 if looking is Looking.AHEAD else 275)
    for year in (start.year, start.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if start <= found < start + FARTHEST_DAY:
            return found
    raise Unreadable(_NO_SUCH_DAY)


def _hours_and_minutes(words: list[str]) -> tuple[int, int] | None:
    if not words:
        return None
    if clock := _CLOCK.fullmatch(words[0]):
        return int(clock[1]) * 60 + int(clock[2]), 1
    first = _amount(words)
    if first is None or first[2] != 60:
        return first[:2] if first else None
    more = _amount(words[first[1] :])
    if more and more[2] == 1:
        return first[0] + more[0], first[1] + more[1]
    return first[:2]


def _amount(words: list[str]) -> tuple[int, int, int] | None:
    """One number with its unit, in one word or two: (minutes, words used, minutes in the unit)."""
    units = _MINUTES | _HOURS
    for used in (1, 2):
        joined = "".join(words[:used])
        if (minutes := re.fullmatch(r"(\d{3,4})([a-z]+)", joined)) and minutes[2] in units:
            return int(minutes[1]) * units[minutes[2]], used, units[minutes[2]]
        if (parts := _PARTS.fullmatch(joined)) and parts[2] in units:
            unit = units[parts[2]]
            return int(float(parts[1].replace(",", ".")) * unit), used, unit
    return None


def _odd_minutes(words: list[str]) -> tuple[int, int] | None:
    """What has a unit of time and no number that a meeting can have: no minutes, for the words that say so."""
    used = 2 if words[1:2] and words[1] in _MINUTES | _HOURS else 1
    return (0, used) if _ODD.fullmatch("".join(words[:used])) else None


def _worded_minutes(words: list[str]) -> tuple[int, int] | None:
    if list(words[:3]) == ["half", "an", "hour"]:
        return 30, 3
    if len(words) > 1 and words[0] in _NUMBER and words[1] in _HOURS:
        return _NUMBER[words[0]] * 60, 2
    return None
