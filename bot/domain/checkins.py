"""Check-ins: one person's answer to "how does it stand?", and what it does to the pair's schedule."""

from enum import StrEnum


class CheckInState(StrEnum):
    MET = "met"
    SCHEDULED = "scheduled"
    NOT_YET = "not_yet"
    STUCK = "stuck"
    WRAP_UP = "wrap_up"
    KEEP = "keep"


class StuckReason(StrEnum):
    TIMING = "timing"
    FIT = "fit"
    NO_REPLY = "no_reply"
    SERIOUS = "serious"


class StuckAudience(StrEnum):
    """Who may see that someone is stuck: the person chooses."""

    NOBODY = "nobody"
    ORGANIZER = "organizer"
