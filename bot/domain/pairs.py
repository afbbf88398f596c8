"""Two people, or three when the number is odd, for one cycle."""

from enum import StrEnum


class PairStatus(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class PairEnding(StrEnum):
    """Why a pair is no longer one. One that was `taken_back` by an organizer counts as never having met."""

    FINISHED = "finished"
    WRAPPED_UP = "wrapped_up"
    NOT_A_FIT = "not_a_fit"
    LEFT = "left"
    GONE = "gone"
    TAKEN_BACK = "taken_back"


ENDED_WELL = frozenset({PairEnding.FINISHED, PairEnding.WRAPPED_UP})
