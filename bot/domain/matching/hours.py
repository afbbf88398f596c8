"""Working hours that people share in one week, each in their own zone, with that week's daylight saving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

WORKING_DAYS = 5  # Monday to Friday
_DAY = 24 * 60

Window = tuple[int, int]
"""From and to, in minutes since Monday 00:00 UTC."""


@dataclass(frozen=True)
class Shift:
    """A person's working day: zone name, and from and to in local minutes since midnight."""

    zone: str
    start: int
    end: int


@dataclass(frozen=True)
class Overlap:
    """The longest time of one day that all share: its minutes, and from and to in each zone, in the shifts' order."""

    minutes: int
    local: tuple[tuple[str, int, int], ...]


def known_zone(name: str | None) -> ZoneInfo | None:
    """The zone of that IANA name, or None where there is none."""
    return _zone(name) if name else None


def overlap(shifts: Sequence[Shift], on: date) -> Overlap | None:
    """What the shifts share in the week of `on`; None when that is nothing. The earliest of equal days counts."""
    monday = on - timedelta(days=on.weekday())
    return _overlap(tuple(shifts), monday)


def minutes_together(shifts: Sequence[Shift | None], on: date) -> "npt.NDArray[np.int64]":
    """What any two shifts share on their best day in the week of `on`, shape (n, n); a week where one is unknown."""
    import numpy as np

    monday = on - timedelta(days=on.weekday())
    known = [at for at, shift in enumerate(shifts) if shift is not None]
    times = np.array([windows(shift, monday) for shift in shifts if shift is not None]).reshape(-1, WORKING_DAYS, 2)
    found = np.full((len(shifts), len(shifts)), 7 * _DAY)
    for at, own in zip(known, times, strict=True):
        starts = np.maximum(own[None, :, None, 0], times[:, None, :, 0])
        ends = np.minimum(own[None, :, None, 1], times[:, None, :, 1])
        found[at, known] = (ends - starts).max(axis=(1, 2)).clip(0)
    return found


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, malformed, or a folder such as "America"
        return None


@lru_cache(maxsize=65_536)
def _overlap(shifts: tuple[Shift, ...], monday: date) -> Overlap | None:
    shared = list(windows(shifts[0], monday))
    for shift in shifts[1:]:
        shared = _intersection(shared, windows(shift, monday))
    if not shared:
        return None
    start, end = max(shared, key=lambda window: (window[1] - window[0], -window[0]))
    return Overlap(end - start, tuple(_local(shift.zone, start, end, monday) for shift in shifts))


@lru_cache(maxsize=4096)
def windows(shift: Shift, monday: date) -> tuple[Window, ...]:
    """The shift's working days in the week that begins on `monday`, Monday to Friday where the person is."""
    length = (shift.end - shift.start) % _DAY or _DAY
    starts = [_utc_minutes(shift, monday + timedelta(days=day), monday) for day in range(WORKING_DAYS)]
    return tuple((start, start + length) for start in starts)


def _utc_minutes(shift: Shift, day: date, monday: date) -> int:
    hour, minute = divmod(shift.start % _DAY, 60)
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=_zone(shift.zone) or UTC)
    return int((local - _midnight(monday)).total_seconds()) // 60


def _midnight(monday: date) -> datetime:
    return datetime(monday.year, monday.month, monday.day, tzinfo=UTC)


def _intersection(left: Sequence[Window], right: Sequence[Window]) -> list[Window]:
    """Every stretch in both, where each side is in order of time."""
    return [
        (max(a[0], b[0]), min(a[1], b[1]))
        for a in left
        for b in right
        if max(a[0], b[0]) < min(a[1], b[1])
    ]  # fmt: skip


def _local(zone: str, start: int, end: int, monday: date) -> tuple[str, int, int]:
    return zone, _clock(zone, start, monday), _clock(zone, end, monday)


def _clock(zone: str, at: int, monday: date) -> int:
    moment = (_midnight(monday) + timedelta(minutes=at)).astimezone(_zone(zone) or UTC)
    return moment.hour * 60 + moment.minute
