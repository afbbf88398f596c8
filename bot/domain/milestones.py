"""The moments worth celebrating, once each: a pair's, and a person's own."""

from enum import StrEnum


class MilestoneKind(StrEnum):
    """All are a pair's, but that someone has taken all the lessons is their own."""

    LESSONS_DONE = "lessons_done"
    FIRST_MEETING = "first_meeting"
    GOAL_REACHED = "goal_reached"
    HALFWAY = "halfway"
    FINISHED = "finished"


class Telling(StrEnum):
    """`singly`: a message of its own in the channel; `round_up`: a line of Friday's."""

    SINGLY = "singly"
    ROUND_UP = "round_up"


TELLING = {
    MilestoneKind.LESSONS_DONE: Telling.ROUND_UP,
    MilestoneKind.FIRST_MEETING: Telling.SINGLY,
    MilestoneKind.GOAL_REACHED: Telling.SINGLY,
    MilestoneKind.HALFWAY: Telling.ROUND_UP,
    MilestoneKind.FINISHED: Telling.SINGLY,
}
"""How the channel hears of each kind, once everyone it names has said yes. Whoever takes part long enough comes
halfway, many on one day: a line for them all is enough. To meet, to reach a goal and to end well are a pair's own."""


class MilestoneStatus(StrEnum):
    """`asking` until everyone has answered; then `shared` with the channel or kept `private`."""

    ASKING = "asking"
    SHARED = "shared"
    PRIVATE = "private"
