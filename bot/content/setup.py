"""The words of setting a program up: what it is for, its details, a preview of what people will get."""

TEMPLATE_TITLE = "What is it for?"
TEMPLATE_WORDS = "Choose what the program is for. I fill in the rest, and you can change all of it on the next page."
TEMPLATE = "The program is for"
COPY = "Copy of {program}"
COPY_LINE = "Its rhythm, lessons and rules; not its dates, people or channel."
NEXT = "Next"

TITLE = "Set up the program"
ANOTHER_TITLE = "Another program"
PURPOSE = "*{label}.* {line}"
COPIED = "As in *{program}*, for other people. Choose its channel."
OTHER_TEMPLATE = "Choose again"
NAME = "Name"
CHANNEL = "Channel"
CHANNEL_HINT = "Shoutouts and the Friday round-up go here."
LENGTH = "How many weeks?"
CADENCE = "A meeting every how many weeks?"
STARTS_ON = "Starts on"
STARTS_ON_HINT = "Its weeks count from that day. Empty: from the day you release."
JOIN_BY = "Join by"
JOIN_BY_HINT = "People are told this date. Who comes later waits for the next match."
LESSONS = "Lessons, one a week"
LESSONS_HINT = "In the order in which you choose them."
LESSONS_PLACEHOLDER = "All of them"
LESSONS_FIRST = "Lessons before a match?"
LESSONS_FIRST_CHOICES = {"none": "Not needed", "first": "Lessons {first} and {second} come first"}
PREVIEW = "Preview"
ANOTHER = "Another program"
COPY_THIS = "Copy this one"

PREVIEW_TITLE = "What people will get"
PREVIEW_WORDS = (
    "*{name}* in #{channel}: {weeks}, a meeting every {cadence}. {rounds} Saving sends nothing; here is what people "
    "will read, with made-up names."
)
ROUNDS = {
    "release": "You release each match.",
    "weekly": "Whoever waits is matched every Monday.",
    "weekly_approved": "Every Monday a match waits for your word.",
}
JOINED_BY = "People join by {day}."
STARTS = "It starts on {day}."
INTRODUCTION = "*When two are matched, in their group DM*"
QUESTION = "*Once a week at most, to each of them*"
ROUND_UP = "*On Fridays, in #{channel}*"
SAVE = "Save"
SAVED = "{program} is saved. Next step: type `/invite @{bot}` in #{channel}, so that I can post there."
SAVED_JOINED = "{program} is saved. Next step: ask colleagues to type `/mentor join`."
SAVED_AGAIN = "{program} is saved. What runs already keeps its dates."
MEANT_NOW = (
    "From now on your commands mean {program}, until you name another at the end, as in `/mentor admin people in "
    "{other}`."
)

SAMPLE_NAMES = ("Ana", "Ben")
SAMPLE_OVERLAP = "Your hours overlap 10:00-15:00."
SAMPLE_THANKS = "the patient code review"
SAMPLE_SKILLS = ("giving feedback", "SQL")
