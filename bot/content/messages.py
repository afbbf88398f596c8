"""Messages the bot sends on its own account: at most 60 words, one ask, the way out visible, in grey why it came."""

from bot.domain.kudos import Consent
from bot.domain.matching.sentences import LeftoverReason
from bot.domain.milestones import MilestoneKind, Telling
from bot.domain.pairs import PairEnding

INTRODUCTION = "{first}, meet {others}. Why you {count}: {reason}{overlap}"
INTRODUCTION_GREY = "{program}. I cannot read this conversation; I only see the buttons you press."

HELLO = "Hello {name}."
QUESTION_FIRST = "{You} were introduced a little while ago. How does it stand?"
QUESTION_SINCE = "It has been {weeks} since {you} met. How does it stand?"
QUESTION_DIARY = "{You} had {day} in the diary. How did it go?"
QUESTION_LAST = (
    "Things with {partners} have been quiet, and that happens. "
    "What would you like: keep going, take a break, or wrap up well?"
)
QUESTION_TRIED = "Last time you wanted to try: {tried}."
GOAL_RESTING = "{goal} is resting: one small step, or let it go?"
GOAL_OPEN = "Open the goal"
GOAL_DUE = "a goal is resting"
WEEKLY_GREY = "{program}, because {due}. One message a week at most."
QUESTION_LAST_GREY = "{program}. I will not ask again unless you answer."
QUESTION_OF_SEVERAL_GREY = "{program}, because {due}."
SEVERAL_GREY = "One message a week at most."
SEVERAL_AND_MORE_GREY = "Also because {due}. One message a week at most."
MEETING_DUE = "a meeting is due"
LESSON_DUE = "your first weeks have lessons"
LESSON = "This week's lesson, five minutes: *{title}*."
LESSON_ALONE = "Hello {name}. Your lesson of the week takes five minutes and ends with one thing to try: *{title}*."

ANSWERED_MET = "Noted: {you} met{minutes} on {day}. I will not ask again before {again}."
ANSWERED_SCHEDULED = "Good: {you} have {day} in the diary. I will not ask before {again}."
ANSWERED_KEEP = "Lovely: {you} keep going. I will not ask again before {again}."
ANSWERED_WRAP_UP = "You wrapped up with {partners}. Well done, and thank you."
ANSWERED_GREY = "Only you see your answer."
ANSWERED_MET_GREY = "Your partner sees what you will try next, if you add it; the rest is yours."

QUESTION_CLOSED = "Your pairing with {partners} has ended, so there is nothing to answer here."

PAIR_CLOSED = {
    PairEnding.WRAPPED_UP: (
        "{partner} feels you have come to a good end together, so this pairing is wrapped up. "
        "A short thank-you is always welcome. You are first in line for the next match."
    ),
    PairEnding.NOT_A_FIT: (
        "{partner}'s plans have changed, so this pairing is closed. That says nothing about you. "
        "You are first in line for the next match."
    ),
    PairEnding.LEFT: (
        "{partner}'s plans have changed, so this pairing is closed. That says nothing about you. "
        "You are first in line for the next match."
    ),
    PairEnding.GONE: (
        "{partner} is no longer in this Slack, so this pairing is closed. You are first in line for the next match."
    ),
}
PAIR_CLOSED_GREY = "{program}. This came because your pairing changed."

PAIR_FINISHED = "{name}, your time with {partners} is complete. Thank you for taking part, and well done."
PAIR_FINISHED_UNMET = "{name}, your time with {partners} is over. It was a quiet round, and that happens. Thank you."
PAIR_FINISHED_GREY = (
    "{program}. Only you see this. You are in the next match unless you take a break; asking may bring you one sooner."
)
PAIR_FINISHED_ASKED_GREY = "{program}. Only you see this."

NO_MATCH = "No match this round: {reason} You have priority on {day}."
NO_MATCH_REASONS = {
    LeftoverReason.NO_SHARED_HOURS: "nobody free shares two working hours with you yet.",
    LeftoverReason.NOBODY_FREE: "there was no partner left for you.",
    LeftoverReason.NOBODY_ALLOWED: "nobody in the program can be your partner this round.",
}
NO_MATCH_STEPS = {
    LeftoverReason.NO_SHARED_HOURS: "Widen my hours",
    LeftoverReason.NOBODY_FREE: "My profile",
    LeftoverReason.NOBODY_ALLOWED: "My profile",
}
NO_MATCH_LESSONS = (
    "No match this round: here {lessons} come first, five minutes each, so that partners begin with the same footing. "
    "Read by {day}, and you are in the next match."
)
READ_FIRST = "Read lesson {number}"
NO_MATCH_GREY = "{program}. This came because a match was made."

TAKEN_BACK_INTRODUCTION = "An organizer took this introduction back and is matching once more. I write either way."
TAKEN_BACK_NO_MATCH = "An organizer took this round back and is matching once more. I write either way."
TAKEN_BACK_GREY = "{program}. Nothing for you to do."

KUDOS_ASKED = "{giver} would like to thank you in #{channel}. OK to post?"
KUDOS_ASKED_GREY = "No answer by {day} means it stays private."
KUDOS_DELIVERED = "{giver} thanks you."
KUDOS_OUTCOME = {
    Consent.ASKED: "Only you see this.",
    Consent.GIVEN: "It will be in Friday's round-up in #{channel}.",
    Consent.REFUSED: "It stays private: only you see this.",
    Consent.EXPIRED: "It stayed private: only you see this.",
}
NEVER_AGAIN = "I will not ask again; `/mentor profile` changes that."

MILESTONES = {
    MilestoneKind.LESSONS_DONE: "have taken all the lessons",
    MilestoneKind.FIRST_MEETING: "had your first meeting",
    MilestoneKind.GOAL_REACHED: "reached a goal of yours",
    MilestoneKind.HALFWAY: "are halfway through your time together",
    MilestoneKind.FINISHED: "have come to the end of your time together",
}
MILESTONE_REACHED = "{You} {milestone}."
MILESTONE_ASKED = {
    Telling.SINGLY: "May I celebrate it in #{channel}?",
    Telling.ROUND_UP: "May Friday's round-up in #{channel} say so?",
}
MILESTONE_EACH = "I ask each of you."
MILESTONE_SHARED = {
    Telling.SINGLY: "#{channel} has heard of it. Well deserved.",
    Telling.ROUND_UP: "It will be in Friday's round-up in #{channel}. Well deserved.",
}
MILESTONE_ANSWERED = {
    Consent.ASKED: "Noted.",
    Consent.GIVEN: "Thank you. If everyone says yes, #{channel} will hear of it.",
    Consent.REFUSED: "It stays between you.",
    Consent.EXPIRED: "The channel has not heard of it; it stayed between you.",
}
MILESTONE_ANSWERED_ALONE = {
    Consent.ASKED: "Noted.",
    Consent.GIVEN: "Thank you. #{channel} will hear of it.",
    Consent.REFUSED: "It stays with you.",
    Consent.EXPIRED: "The channel has not heard of it; it stayed with you.",
}
SHOUTOUTS = {
    MilestoneKind.LESSONS_DONE: "{names} has taken all the lessons. Well done! :tada:",
    MilestoneKind.FIRST_MEETING: "{names} have had their first meeting. Good start, you {count}! :tada:",
    MilestoneKind.GOAL_REACHED: "{names} have reached a goal they had set themselves. Well done, you {count}! :tada:",
    MilestoneKind.HALFWAY: "{names} are halfway through their time together. Lovely to see. :tada:",
    MilestoneKind.FINISHED: "{names} have come to the end of their time together. Thank you, you {count}! :tada:",
}
SHOUTOUT_GREY = "{program}. Posted because each of them said yes."

WELCOME_BACK = "Welcome back, {name}. Your break is over{partners}."
WELCOME_BACK_ALONE = ", and you are in line for the next match"
WELCOME_BACK_PARTNERS = ", so I will ask about {partners} when a meeting is due"
WELCOME_BACK_GREY = "{program}. This came because you asked for a break until today."

STUCK_REASONS = {
    "timing": "finding time",
    "fit": "the fit",
    "no_reply": "no reply from the partner",
    "serious": "something serious",
}
STUCK_SHARED = "{person} asked you to know that they are stuck: {reason}. A private word from you would help."
STUCK_SHARED_GREY = "{program}. {person} chose to show this to you alone; their partner does not know."

CHANNEL_LOST = (
    "I can no longer post in #{channel}, so shoutouts and the next release wait. "
    "Type `/invite @{bot}` there, or choose another channel with `/mentor admin setup`."
)
CHANNEL_LOST_GREY = "{program}. You get this once, as an organizer."

CARRY_ON = "you go on as two."
GOING_ON = "{names}, you go on as two in {program}.{why}"
GOING_ON_WHY = " Why you two: {reason}"
GOING_ON_STEP = "Next step: pick a time, just the two of you."

NOT_A_FIT_SURE = "This ends the pairing for you. Nobody is told why, and you are first in line for the next match."
WRAP_UP_SURE = "This ends the pairing well. Your partner gets a kind word."
