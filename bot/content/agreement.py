"""The words of a pair's agreement."""

from bot.domain.agreements import Fault, MeetingPlace

TITLE = "Our agreement"
INTRO = "Five minutes, best written together. Each of you can change it at any time."
DUE = "The day has come on which you wanted to look at this again. If it is still good, that is all."
STILL_GOOD = "Still good"
GOALS = "Our goals"
GOALS_HINT = "One a line, one to three. Steps towards them can follow later."
GOALS_PLACEHOLDER = "e.g. give a talk without notes"
MEETS = "How often do we meet, and when?"
MEETS_PLACEHOLDER = "e.g. every other Tuesday at 10:00"
MEETS_USUALLY = {1: "Every week", 2: "Every two weeks", 3: "Every three weeks", 4: "Every four weeks"}
MEETS_EVERY = "Every {weeks} weeks"
MINUTES = "For how many minutes?"
PLACE = "Where?"
PLACE_UNSAID = "We will see"
PLACES = {
    MeetingPlace.IN_PERSON: "In person",
    MeetingPlace.VIDEO: "Video call",
    MeetingPlace.PHONE: "Phone",
    MeetingPlace.HUDDLE: "Slack huddle",
}
CONFIDENTIAL = "What stays between us"
CONFIDENTIAL_USUALLY = "What we say here stays between us. We ask before we pass anything on."
OFF_LIMITS = "What is off limits"
OFF_LIMITS_PLACEHOLDER = "e.g. salaries, people in our teams"
REVIEW = "When do we look at it again?"
REVIEW_HINT = "Halfway is a good moment. Your message of that week brings it up, once."
NO_FAULT = "*Ending is fine.* Each of us may end this at any time, without a reason and without fault."
WHO_SEES = "Seen by you and {partners} alone. Organizers and sponsors never see it."

CHANGED_MEANWHILE = (
    "Your partner saved other words just now. Nothing of yours is lost: it stands below. Save to keep yours, or close "
    "to keep theirs:"
)
SAVED_FIRST = "Agreed. It will stand in your conversation with {partners}, and changes there when you change it."
SAVED = "Saved. It changes in your conversation with {partners}, too."
NOTHING_CHANGED = "It stands as it was."
LOOKED_AT = "Good. It stays as it is, and I will not bring it up again."

LINES = {
    "goals": "*Goals:* {words}",
    "meets": "*We meet:* {words}",
    "confidential": "*Between us:* {words}",
    "off_limits": "*Off limits:* {words}",
    "review_on": "*Next look:* {words}",
}
REACHED = "{goal} (reached)"
MINUTES_LONG = "{minutes} minutes"
PLACES_SAID = {
    MeetingPlace.IN_PERSON: "in person",
    MeetingPlace.VIDEO: "by video call",
    MeetingPlace.PHONE: "by phone",
    MeetingPlace.HUDDLE: "in a Slack huddle",
}
SHORT = "*Agreement:* {meets}"
SHORT_REVIEW = "{short}. You look at it again on {day}."
NONE_YET = "*Agreement:* none yet. Five minutes, best at your first meeting."
OPEN = "Our agreement"
WRITE = "Write our agreement"

AGREED = "{names}, this is your agreement."
CHANGED = "{names}, your agreement: {who} changed {parts}."
LOOKED_AT_AGAIN = "{names}, your agreement: {who} looked at it again, still good."
CARRIED_ON = "{names}, your agreement goes on: change what no longer fits."
PARTS = {
    "goals": "the goals",
    "meets": "how often you meet",
    "minutes": "how long",
    "place": "where",
    "confidential": "what stays between you",
    "off_limits": "what is off limits",
    "review_on": "when you look at it again",
}
EITHER_MAY_END_IT = "Ending it is always fine, and nobody's fault."
GREY = "{program}. Only your pair sees this; organizers and sponsors never do."
CLOSED_GREY = "{program}. Only your pair sees this."

OFFER = "A first meeting is a good moment to agree on goals, and on what stays between you: five minutes."
DUE_LINE = "Your agreement is due for a look."
LOOK = "Look at it"
DUE_WHY = "you wanted to look at your agreement"

FAULTS = {
    ("goals", Fault.MISSING): "Write at least one goal, in a sentence.",
    ("goals", Fault.TOO_MANY): "One to three at a time are plenty; yours has {count}. The others can wait.",
    ("goals", Fault.GOAL_TOO_LONG): "A goal fits in {most} characters; one of yours has {length}.",
    ("meets", Fault.MISSING): "Say how often you want to meet; you can change it any time.",
    ("minutes", Fault.OUT_OF_BOUNDS): "Choose between {least} and {most} minutes.",
    ("confidential", Fault.MISSING): "Say what stays between you, if only in a few words.",
    ("review_on", Fault.PAST): "That day has come already. Choose a day after today, or leave it empty.",
    ("review_on", Fault.AFTER_THE_END): (
        "Your time together ends on {ends}. Choose that day or one before, or leave it empty."
    ),
}
TOO_LONG = "That fits in {most} characters; yours has {length}. Shorter is easier to keep."
STILL_OPEN = "“{goal}” is on your list, and leaving out a line does not let it go: `/mentor goals` does."
NO_SUCH_DAY = "There is no such day. Choose another, or leave it empty."
NO_PARTNER = "An agreement belongs to a pair, and you have no partner just now. `/mentor` shows your next step."
NONE_TO_LOOK_AT = "There is no agreement yet. *Write our agreement* in `/mentor match` begins one."
WITH_WHOM = "With whom? You have more than one partner."
