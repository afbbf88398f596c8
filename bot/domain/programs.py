"""What a program is by default, and why: PRODUCT.md, "Defaults, and why"."""

from datetime import time, timedelta
from enum import StrEnum

DEFAULT_NAME = "Peer mentoring"
LENGTH_WEEKS = 12
CADENCE_WEEKS = 2
FIRST_MEETING_DAYS = 10
MEETING_MINUTES = 45
NUDGE_WEEKDAY = 1  # Tuesday; Monday is 0
NUDGE_TIME = time(10)
ROUND_UP_WEEKDAY = 4  # Friday
ROUND_UP_TIME = time(15)
COOLDOWN_WEEKS = 26
QUIET_DAYS = 28
UNDO_WITHIN = timedelta(minutes=10)
CONSIDERING_DAYS = 3  # working days in which people may say "rather not"
CONSIDERING_UNTIL = time(17)
WEEKLY_WEEKDAY = 0  # Monday
WEEKLY_TIME = time(9)


class Rounds(StrEnum):
    """When people are matched: as one cohort when an organizer releases, or every week whoever waits."""

    RELEASE = "release"
    WEEKLY = "weekly"
    WEEKLY_APPROVED = "weekly_approved"


class CycleStatus(StrEnum):
    """One round of matching: `running` from its release to its last week, then `finished`; or `taken_back`."""

    RUNNING = "running"
    FINISHED = "finished"
    TAKEN_BACK = "taken_back"


class RunStatus(StrEnum):
    """A computed match: shown to an organizer, then released (and perhaps taken back), or replaced by a newer one."""

    PREVIEWED = "previewed"
    RELEASED = "released"
    SUPERSEDED = "superseded"
    TAKEN_BACK = "taken_back"
