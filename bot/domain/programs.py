"""What a program is by default, and why: PRODUCT.md, "Defaults, and why"."""

from datetime import time
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


class CycleStatus(StrEnum):
    """One round of matching: `running` from its release to its last week, then `finished`."""

    RUNNING = "running"
    FINISHED = "finished"


class RunStatus(StrEnum):
    """A computed match: shown to an organizer, then released, or replaced by a newer one."""

    PREVIEWED = "previewed"
    RELEASED = "released"
    SUPERSEDED = "superseded"
