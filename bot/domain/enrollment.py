"""One person in one program: what they bring, and whether they take part just now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class EnrollmentStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class Celebration(StrEnum):
    """What a person wants when there is something to celebrate."""

    ASK = "ask"
    CHANNEL = "channel"
    PRIVATE = "private"
    NEVER = "never"


STYLES: dict[str, tuple[str, str]] = {
    "planning": ("plan ahead", "see how it goes"),
    "feedback": ("direct feedback", "gentle feedback"),
    "thinking": ("talk it out", "think first"),
    "rhythm": ("short and often", "long and rare"),
}
"""The four pairs of statements of the join modal: dimension -> its two sides, stored as "a" and "b"."""


@dataclass(frozen=True)
class Profile:
    """What a person says of themselves in the join modal. `style`: dimension -> "a" or "b"; hours are local.

    `place`: whose public holidays they keep (calendars.py), None for what their zone says; `weekdays`: the days they
    work (Monday 0), None for what the place says.
    """

    offers: tuple[str, ...]
    asks: tuple[str, ...]
    goal: str
    style: Mapping[str, str]
    hours_from: time
    hours_to: time
    celebration: Celebration
    avoid: tuple[str, ...]
    place: str | None = None
    weekdays: tuple[int, ...] | None = None
