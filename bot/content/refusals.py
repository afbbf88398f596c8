"""Sentences for what cannot be done: what was wanted, who can do it, what to do instead."""

from bot.domain.program_dates import DateTrouble

NO_PROGRAM = (
    "There is no mentoring program here yet. A workspace admin can start one in a minute by typing `/mentor admin`."
)
NOT_ELIGIBLE = "Peer mentoring is for full members of this workspace, so I cannot enrol this account."
NOT_ENROLLED = "You are not in the program yet. `/mentor join` is all it takes."
NO_SUCH_PROGRAM = "I know no program called “{name}”. Type `/mentor join` to see what there is."
NOT_ORGANIZER = "Only an organizer of this program can do that. {who}"
ASK_THESE = "You could ask {names}."
ASK_AN_ADMIN = "A workspace admin becomes one by typing `/mentor admin`."

NO_PAIR = "You have no partner just now, so there is nothing to check in on. `/mentor` shows your next step."
NOT_YOUR_PAIR = "Only the partners themselves can answer this."
NOT_TO_THEM = "They cannot be told about this one. Nothing was kept: please choose again."
TOLD_ALREADY = "An organizer knows already, as you chose. You can also write to them yourself."
TIME_GONE = "That time no longer suits everyone, so I sent nothing. Press *Help us find a time* again for others."
PAIR_ENDED = "That pairing has ended, so this was not changed. `/mentor` shows where you stand."
NO_CERTIFICATE = "A certificate is for a time together that has ended well and had at least one meeting."
CERTIFICATE_COMING = "Your certificate is on its way already."
NO_LESSON = "There are lessons {first} to {last}. Try `/mentor learn {first}`, or `/mentor learn` for the list."
SKILLS_CHANGED = "These phrases changed since you opened this. `/mentor admin skills` shows them as they are now."
MERGE_NEEDS_NAME = "Write what it is called."
MERGE_NEEDS_TWO = "Choose at least one phrase that is written in another way."
STALE_BUTTON = "That button is out of date. `/mentor` shows where you stand now."
ALREADY_ANSWERED = "You already answered this one. `/mentor checkin` adds a new answer."
WHICH_PARTNER = "You have more than one partner. Use the buttons in their question, or `/mentor checkin`."

MET_IN_FUTURE = "That day has not come yet. Choose today or a day before, or say “In the diary”."
MET_TOO_EARLY = "You were not partners yet on that day. Choose {day} or later."
DIARY_IN_PAST = "That day is over. Choose today or a day to come."
DIARY_HOUR_PAST = "That hour is over. Choose one to come, or say “We met”."
DIARY_TOO_FAR = "Choose a day within the next three months."

NOT_PAUSED = "You are not paused. `/mentor pause 2w` would do that."
PAUSE_IN_PAST = "A pause ends in the future: choose a day after today."
PAUSE_TOO_LONG = "A pause can last half a year at most; after that, leaving and joining again is simpler."

KUDOS_TO_NOBODY = "Say whom to thank: `/mentor kudos @ben for the patient code review`."
KUDOS_WITHOUT_WHY = "Say what for: `/mentor kudos @ben for the patient code review`."
KUDOS_TOO_LONG = "Thanks fit in {most:,} characters; yours has {length:,}. A shorter one is read with more pleasure."
KUDOS_TO_SELF = "That is a kind thought. Thanks are for others here, though."
KUDOS_TO_A_BOT = "I can only pass thanks to people in this workspace. Nothing was sent."
KUDOS_TO_MANY = "Thanks to {count} people at once reach nobody. Choose up to {most}, each for something they did."
KUDOS_ENOUGH = (
    "You have thanked {given} people today, which is kind. {most} a day is the most, so that each is felt: "
    "go on tomorrow."
)
KUDOS_TWICE = "You just thanked them for that: it is on its way."
NOT_YOUR_QUESTION = "Only the person who was asked can answer this."

AVOID_SELF = "You will never be matched with yourself."
AVOID_BOT = "I am never matched with anybody. Name a colleague, as in `/mentor avoid @ana`."
AVOID_NOBODY = "They were not on your list."

NO_CHANNEL = "The program has no channel yet. Choose one with `/mentor admin setup`."
NOT_IN_CHANNEL = "I am not in #{channel} yet. Type `/invite @{bot}` there; then you can release."
TOO_FEW = "A match needs two people who are free; so far {count}. Invite a few colleagues to type `/mentor join`."
TOO_FEW_READY = (
    "A match needs two people who are ready; so far {count}. {unread} of those who joined have not finished the first "
    "two lessons yet, which come before a match here."
)
PREVIEW_STALE = (
    "Something changed since this preview was made, so nothing was released. Open it again to see the new one."
)
MATCH_TOO_LONG = (
    "Matching took longer than two minutes, so I stopped it and changed nothing. Please try again when it is quieter; "
    "if it stays so, tell whoever runs me."
)
MATCH_BROKE = (
    "The match could not be computed, and nothing was changed. Please try again; if it stays so, tell whoever runs me."
)
PREVIEW_CHANGED = "Someone changed this match just now, so I kept theirs. Open it again with `/mentor admin match`."
NO_PREVIEW = "There is no match to change yet. Look at one first with `/mentor admin match`."
SOMEONE_LEFT = "Someone is no longer free, so nothing was released. Open it again to see the new one."
NOT_IN_PREVIEW = (
    "{names} {are} not in this match: they joined after it was made, or are not free. "
    "`/mentor admin match rerun` makes it anew; locks stay."
)
ABOUT_YOURSELF = (
    "You would be one of the two. Why people are not matched may be private, so another organizer has to do this."
)
PARTNERS_ALREADY = (
    "They are a pair in this match. *Swap…* in their menu offers the best exchanges; or name two of two pairs."
)
LOCK_NOT_POSSIBLE = "Not possible for this pair this round."
SWAP_NOT_POSSIBLE = "This swap is not possible this round."
NO_EXCHANGE = "Nobody in this match can take a place here. *Not this pair* matches the two anew."
NOT_LOCKED = "These two are not locked. `/mentor admin match` shows which pairs are."
PAIR_IS_LOCKED = (
    "One of them is in a pair that is locked. `/mentor admin match unlock` with its two names first; "
    "then it can be changed."
)
ALREADY_RELEASED = "This match was already released."
ALREADY_TAKEN_BACK = "This match was already taken back."
NOTHING_TO_TAKE_BACK = "No match was released in the last ten minutes, so there is nothing to take back."
NO_ROUND_TO_JOIN = (
    "No running round has {weeks} weeks left for a new pair, so whoever waits comes first in the next match. "
    "`/mentor admin match` makes that one."
)
TOO_LATE_TO_TAKE_BACK = (
    "This match was released more than ten minutes ago, so it stays: people are reading it. "
    "Each pair can still say *Not a fit*, and is then first in line."
)

NO_SECOND_MEETING = "There would be no second meeting. Choose fewer weeks here, or more for the program."
ASKED_BEFORE_RELEASE = "People are asked before a match that you release. Choose that above, or no asking here."
NAME_NEEDED = "Give it a name that people will know."
NAME_TAKEN = "There is a program of that name already. Choose another, so that nobody mixes them up."
NO_SUCH_DAY = "There is no such day. Choose one from the calendar, or leave this empty."
DATES_OF_ROLLING = "Every Monday is a start here, so leave this empty, or choose that you release a match."
DATE_TROUBLES = {
    DateTrouble.PAST: "That day has passed. Choose today or a day to come.",
    DateTrouble.TOO_FAR: "That is more than a year away. Choose a day within the next twelve months.",
    DateTrouble.AFTER_START: "People join before it starts: choose the start day or an earlier one.",
}
CHANNEL_NEEDED = "Choose the channel where the program lives."

SKILL_TOO_LONG = "Each one fits in {most} characters."
HOURS_TURNED = "The end of your hours comes after their start."
HOURS_TOO_SHORT = "Give at least two hours, so that somebody can share them."
EMPTY_PROFILE = "Name one thing here, like giving feedback, or one you want help with, or a goal: then I can match."
DAY_NEEDED = "Choose a day."
TIME_NEEDED = "Choose a time."
CHOOSE_SOMEONE = "Choose who should know."

ASKED_ALREADY = "People were asked already before this match. Nothing was sent again."
ANSWERS_ARE_IN = "The answers for this match are in, so this was not changed. Your avoid list counts always."
SUGGESTED_SELF = "You are in the match already. Suggest somebody else."
SUGGESTED_NOBODY = "Suggest full members of this workspace; nobody else can take part."
