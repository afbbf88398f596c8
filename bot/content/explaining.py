"""The words for why two people are no pair: what an organizer may read of it."""

VETOED = (
    "An organizer chose *Not this pair*, which organizers alone can see. "
    "*Allow again* in `/mentor admin match` lifts it."
)
HOURS = "They share {shared} of a working day, and a match needs two hours. Wider hours of either would change it."
NO_TIME = "no part"
REPORTS = "One of them reports to the other, and people in one line are not matched."
NOT_LOOKED_AT = (
    "Private wishes, recent partners and longer reporting lines are not in this answer; they may keep two apart."
)

NOTHING_TO_COMPARE = "So there is nothing to compare."
NOTHING_TO_CHANGE = "So there is nothing to change here."
NOT_IN_PROGRAM = "{name} is not in the program."
ON_A_BREAK = "{name} is on a break until {day}."
HAS_PARTNER = "{name} has a partner already."
NOT_IN_LINE = "{name} is not in line for a match just now."
