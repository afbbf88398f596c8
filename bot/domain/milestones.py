"""The moments of a pair worth celebrating, once each."""

from enum import StrEnum


class MilestoneKind(StrEnum):
    FIRST_MEETING = "first_meeting"
    GOAL_REACHED = "goal_reached"
    HALFWAY = "halfway"
    FINISHED = "finished"


class MilestoneStatus(StrEnum):
    """`asking` until every partner has answered; then `shared` in the channel or kept `private`."""

    ASKING = "asking"
    SHARED = "shared"
    PRIVATE = "private"
