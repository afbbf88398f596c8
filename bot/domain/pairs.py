"""Two people, or three when the number is odd, for one cycle."""

from enum import StrEnum


class PairStatus(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class PairEnding(StrEnum):
    """Why a pair is no longer one."""

    FINISHED = "finished"
    WRAPPED_UP = "wrapped_up"
    NOT_A_FIT = "not_a_fit"
    LEFT = "left"
    GONE = "gone"
