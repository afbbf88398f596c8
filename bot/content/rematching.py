"""Words about a partner during the round: for whoever asked for one, and for the organizer who looks."""

PREVIEW = "Preview a rematch"
POSSIBLE = "{waiting} are waiting for a partner in this round; {pairs} possible now."
POSSIBLE_FOR_YOU = "{waiting} are waiting for a partner in this round, you among them."
NOT_POSSIBLE = "{waiting} are waiting for a partner in this round; no two of them can be partners yet."
NEXT = "Next step: preview a rematch. Its pairs end with this round, on {day}."
ARE = {1: "1 pair is"}
ARE_MANY = "{count} pairs are"
JOINS = "A rematch: these pairs join the running round and end with it, on {day}. Nobody is told until you release."

ASKED_IN_ROUND = (
    "You are in line for the next match, and among the first. If someone who fits waits too, an organizer can "
    "introduce you during this round already."
)
ASKED_WEEKLY = "You are in line for the match on {day}, and among the first."
