"""What the bot answers to a person's own act: short, and ending in one next step."""

from bot.domain.matching.sentences import LeftoverReason
from bot.domain.people import Those

HELLO_STRANGER = "Hello {name}. Peer mentoring pairs colleagues who help each other grow. It takes two minutes to join."
HELLO_NO_PROGRAM = (
    "Hello {name}. There is no program here yet. A workspace admin starts one by typing `/mentor admin`; "
    "I will be glad to have you then."
)
HELLO_NOT_ELIGIBLE = "Hello. Peer mentoring is for full members of this workspace."
HELLO = "Hello {name}. {stands}"
WAITING = "You are in {program}, and in line for the next match. Nothing to do for now."
WAITING_WEEK = "You are in {program}, and in line for the match on {day}. Nothing to do for now."
LESSONS_FIRST = (
    "You are in {program}. Here {lessons} come first, five minutes each; then you are in line for the next match."
)
PAIR_CLOSED = "Your pairing with {partners} has ended, which says nothing about you."
PAIR_FINISHED = "Your time with {partners} is complete. Thank you for taking part."
JOIN_BY = "Join by {day}."
STARTS = "It starts on {day}."
HELLO_PAUSED = "Hello {name}. You are on a break until {day}. Nothing comes from me before then."
HELLO_PAIRED = "Hello {name}. You are paired {with_whom}. {next}"
WITH = "with {partners}"
NEXT_DIARY = "You have {day} in the diary."
NEXT_AWAY = "{partner} is on a break until {day}. I ask you nothing about each other before then."
NEXT_ASK = "Next step: meet. I will not ask before {day}."
NEXT_SAY = "Next step: meet, or tell me how it stands."

JOINED = "You are in, {name}. When an organizer releases the next match, I introduce you to your partner."
JOINED_ROLLING = "You are in, {name}. Matches are made every Monday; the next one is on {day}."
JOINED_LESSONS = (
    "You are in, {name}. Here {lessons} come before a match, five minutes each, so that partners begin with the same "
    "footing. Once you have read them, you are in line."
)
JOINED_LATE = "Sign-up for this round ended on {day}, so you may be matched in the next one."
JOINED_NEXT = "Nothing else to do now. `/mentor` shows where you stand."
PROFILE_SAVED = "Saved. It counts from the next match on."
PAUSED = (
    "Enjoy your break. Nothing comes from me until {day}; then you are back, with nothing to do. A partner who looks "
    "sees that day, and nothing else."
)
RESUMED = "Welcome back. If you have a partner, I ask when a meeting is due; if not, you are in the next match."
LEAVE = "Leave"
LEAVE_SURE = "Leave {program}? Nothing more comes from me, and {partners}. You can always return."
LEAVE_ONE_SURE = "Leave {program}? It ends for you, and {partners}. {others} for you as before. You can always return."
PARTNER_HEARS = "a partner hears only that your plans have changed"
PARTNER_IN_IT_HEARS = "a partner in it hears only that your plans have changed"
TWO_GO_ON = "the other two go on in a new conversation, which does not mention you"
GO_ON = {1: "{names} goes on"}
GO_ON_TOGETHER = "{names} go on"
GO_ON_MANY = "Your {count} other programs go on"
LEFT = "You have left {program}. Thank you for taking part. `/mentor join` brings you back."
LEFT_ONE = "You have left {program}. Thank you for taking part. {others} for you as before."
AVOIDING = "Noted. You will not be matched with <@{user}>. Nobody else can see this."
AVOIDING_PARTNER = (
    "Noted for later matches; nobody else can see this. <@{user}> is your partner now, and that goes on. *Not a fit* "
    "ends it, and nobody is told why."
)
NOT_AVOIDING = "Done. <@{user}> is off your list."
AVOID_LIST = "Nobody but you sees this. You will not be matched with: {names}."
AVOID_EMPTY = "Your list is empty. `/mentor avoid @someone` keeps you from being matched with them; nobody is told."
NOT_A_FIT_DONE = "Done. The pairing has ended, nobody is told why, and you are first in line for the next match."
MATCH_AGAIN_DONE = "You are in line for the next match, and among the first."
WHY = "Why you {count}: {reason}"
MET_TIMES = {0: "No meeting yet.", 1: "You met once.", 2: "You met twice."}
MET_MANY = "You met {count} times."
LAST_TRY = "To try next: {words}"

HELP = "Here is what you can do. Most of it is a button on my Home tab, too."
HELP_ORGANIZER = "As an organizer:"
HELP_THREADS = "Slash commands do not work in threads; write to me directly instead."
UNKNOWN = "I do not know “{typed}”."
UNKNOWN_NEAR = "Did you mean `/mentor {suggestion}`?"
UNKNOWN_HELP = "`/mentor help` shows what I can do."
TOO_SLOW = "That took me too long, so Slack would not let me open it. Please try once more."
CANNOT_WRITE = (
    "I cannot write anything down at the moment, so nothing of this was kept. Please try again in a few minutes; "
    "if it stays, tell an organizer this: {ref}."
)
FAILED = "Something went wrong on my side. Please try again; if it stays, tell an organizer this: {ref}."

ADMIN_WELCOME = "You run {program} (time zone: {zone})."
ADMIN_NEXT_CHANNEL = "Next step: choose the channel where it lives."
ADMIN_NEXT_INVITE = "Next step: type `/invite @{bot}` in #{channel}. I wait to be added; I never join by myself."
LOOK = "Look at a match"
ADMIN_NEXT_MATCH = "{waiting:,} are waiting for a partner. Next step: look at a match."
ADMIN_NEXT_WEEK = "{waiting:,} are waiting for a partner. The next match is made on {day}."
ADMIN_NEXT_JOIN = "Next step: invite a few colleagues. Who types `/mentor join` needs no invitation."
ADMIN_NEXT_NO_TWO = "{waiting:,} are waiting; no two of them can be partners yet. Next step: invite more colleagues."
ADMIN_NEXT_ONE = "One person waits for a partner. Next step: invite more colleagues."
ADMIN_NEXT_NONE = (
    "Everyone has a partner: nothing to do for now. `/mentor join` puts newcomers in line for the next match."
)
QUIET_SAVED = "Saved. In quiet weeks I write to nobody on my own account."
HEALTH = "{enrolled:,} joined, {pairs}, {waiting:,} waiting, {paused:,} on a break."
QUIET = "Quiet for four weeks: {pairs}."
MORE_PEOPLE = "… and {count:,} more."
PEOPLE_HEAD = {
    Those.UNMATCHED: "Without a partner just now",
    Those.PAUSED: "On a break",
    Those.QUIET: "Quiet for four weeks",
}
PEOPLE_NONE = {
    Those.UNMATCHED: "Everyone who takes part has a partner. `/mentor admin people` shows all.",
    Those.PAUSED: "Nobody is on a break. `/mentor admin people` shows all.",
    Those.QUIET: "No pair is quiet: each was heard of within four weeks. `/mentor admin people` shows all.",
}
PEOPLE_EMPTY = "Nobody has joined yet. Ask colleagues to type `/mentor join`."
RELEASED = "Released: {introductions}{waiting}. Each goes out in people's working hours."
WORD_TO_WAITING = {0: "", 1: ", and a word to the one who waits"}
WORD_TO_MANY = ", and a word to each of the {count:,} who wait"

MATCHING = "Matching… this takes a moment."
MATCHING_SO_MANY = "Matching {count:,} people… this takes a moment."
COVERAGE = "{covered:,} of {total:,} in {pairs}, {waiting:,} waiting."
WAITING_REASONS = {
    LeftoverReason.NO_SHARED_HOURS: "nobody free shares two working hours with them yet.",
    LeftoverReason.NOBODY_FREE: "there was no partner left for them this round.",
    LeftoverReason.NOBODY_ALLOWED: "nobody in the program can be their partner this round.",
}
COVERAGE_GREY = "Pairs from the weakest to the strongest. Nobody is told until you release."
CONFIRM_RELEASE = "This sends *{messages}*: {introductions}{waiting}. Each goes out in people's working hours."
STRENGTHS = ((70, "strong"), (50, "good"), (30, "fair"), (0, "weak"))

AGENDA = (
    "*Two minutes each, alone:* what is on your mind, and what would make this useful?\n"
    "*Meet for 45 minutes:* half the time each. Listen first; ask before you advise.\n"
    "*Write down one thing to try*, each of you.\n"
    "*Set the next date*, and swap who leads.\n"
    "*The first time, write your agreement:* goals, times, what stays between you."
)
PRIVACY_LINE = (
    "Organizers see what you write above, your partner, and whether you checked in; never what you answered, "
    "and never whom you would rather not meet. Before a match, a few people you could be paired with may see what "
    "you can help with."
)
DETAILS_KEPT = "Noted. What to try next is shown to your partner too; the rest is yours alone."
