"""Words about a partner during the round: for whoever asked for one, and for the organizer who looks."""

PREVIEW = "Preview a rematch"
NEW_ROUND = "Preview a new round"
BOTH_READY = "Both who wait are ready for a partner in this round"
ALL_READY = "All {waiting} who wait are ready for a partner in this round"
SOME_READY = "Of the {waiting} who wait, {ready} are ready for a partner in this round"
POSSIBLE = "{who}; {pairs} possible now."
POSSIBLE_FOR_YOU = "{who}, you among them."
NOT_POSSIBLE = "{who}; no two of them can be partners yet."
NEXT = "Next step: preview a rematch. Its pairs end with this round, on {day}."
NEXT_INVITE = "Next step: invite more colleagues. Each makes a pair with one of them more likely."
ARE = {1: "1 pair is"}
ARE_MANY = "{count} pairs are"
JOINS = "A rematch: these pairs join the running round and end with it, on {day}. Nobody is told until you release."

ASKED_IN_ROUND = (
    "You are in line for the next match, and among the first. If someone who fits waits too, an organizer can "
    "introduce you during this round already."
)
ASKED_BELOW = "You are in line for the next match, perhaps during this round already."
ASKED_WEEKLY = "You are in line for the match on {day}, and among the first."
