"""The words of the review: what an organizer reads and presses before a match is released, and after."""

from bot.domain.weightings import Weighting

SWAP = "Swap…"
LOCK = "Lock"
UNLOCK = "Unlock"
VETO = "Not this pair"
DETAILS = "Details"
LOCKED = ":lock: locked"
RERUN = "Re-run"
COMPARE = "Compare weights"
PREVIOUS_PAGE = "Previous page"
NEXT_PAGE = "Next page"
PAGE = "Pairs {first} to {last} of {total}, from the weakest to the strongest."
VETOED = "*Not these pairs* (only organizers see this): {pairs}"
ALLOW_AGAIN = "Allow again"
UNREAD = ":warning: {people} {have} not finished lessons 1-2 yet, and cannot be matched before."
REFUSED = "No longer locked, as not possible for this pair this round: {pairs}."

SWAP_TITLE = "Swap"
SWAP_SUBMIT = "Swap"
SWAP_INTRODUCTION = "*{pair}* ({strength}) could swap like this. What you choose is locked; all other pairs stay."
SWAP_LABEL = "The best three"
SWAP_LABEL_FEWER = "What is possible"
SWAP_TOTAL = "total {gain}"
SWAP_UNCHANGED = "the total stays"
SWAP_INSTEAD = "instead of {pair} ({strength})"
SWAP_WAITS = "{name} waits"
SWAP_WAITED = "{name} waited so far"

DETAIL_TITLE = "This pair"
DETAIL_HEADING = "*{pair}* · {strength} ({score} of 100)"
DETAIL_PART = "{part}\n*{brought}* of {most}"
PARTS = {
    "complement": "What one asks and the other offers",
    "goals": "Shared goals",
    "style": "Working style",
    "new": "New connection",
    "level": "Closeness of level",
}

COMPARE_TITLE = "Compare weights"
COMPARE_SUBMIT = "Use these"
COMPARE_WITH = "Compare with"
COMPARE_GREY = "Nobody is told anything. *Use these* keeps the weights for this program and matches again; locks stay."
COMPARE_SAME = "Both make the same pairs."
COMPARE_DIFFER = "{count} of {total} would be different."
WEIGHTINGS = {
    Weighting.BALANCED: "Balanced",
    Weighting.NEW_CONNECTIONS: "New connections first",
    Weighting.HELP: "Asks and offers first",
    Weighting.COMMON_GROUND: "Common ground first",
}
OWN_WEIGHTS = "This program's own"
WEIGHED_NOW = "{name} (now)"
WEIGHED = "*{name}*\n{covered} of {total} in {pairs}\nWeakest pair: {weakest}\n{parts}"
WEIGHED_PART = "{part}: {percent} %"
SHORT_PARTS = {
    "complement": "Asks met by offers",
    "goals": "Shared goals",
    "style": "Working style",
    "new": "New connections",
}

EXPLAINED = "*{pair}* would be a {strength} match ({score} of 100)."
CHANGED = (
    "{gone} {are} no longer free, so I matched anew with as few changes as possible. New: {pairs}. "
    "Nothing was sent yet: release it when it is right."
)
CHANGED_NO_PAIRS = (
    "{gone} {are} no longer free. All other pairs stay as you saw them. "
    "Nothing was sent yet: release it when it is right."
)
MORE = "and {count} more"

UNDO = "Take it back"
UNDO_TITLE = "Take the match back?"
UNDO_SURE = (
    "What was not sent yet stays unsent; what was sent says that an organizer took it back. "
    "The match becomes a preview again."
)
UNDO_UNTIL = "You can take it back until {moment}."
UNDO_OFFER = "The match of {program} with {introductions} was released {moment}. Take it back?"
TAKEN_BACK = "Taken back: the match is a preview again. Change it, then release it when it is right."

DONE_LOCKED = "Locked: {pair} stay together when you re-run."
DONE_UNLOCKED = "Unlocked: {pair} may be matched anew. `/mentor admin match rerun` tries it."
DONE_TOGETHER = "Done: {pair} are a pair now, and locked."
DONE_VETOED = "Noted: not {pair}. Only the organizers can see this."
DONE_SWAPPED = "Swapped: {pair} took each other's place."
SWAP_LOCKED = "Locked with it: {pairs}. *Unlock* in a pair's menu frees it."
SWAP_LOCKED_TYPED = "Locked with it: {pairs}. `/mentor admin match unlock` with two names frees a pair."
OTHERS_CHANGED = "{pairs} changed with it."
OTHERS_STAY = "All other pairs stay."
PAIRS_CHANGED = "{pairs} changed."
PAIRS_STAY = "All pairs stay as they were."
WAITS_NOW = "Waiting: {names}."
NEW_PAIRS = "New: {pairs}."
MATCHED_ANEW = "Someone joined, or what I know of someone changed, so I matched anew; locks and vetoes stay."
OPEN_MATCH = "Look at the match"
