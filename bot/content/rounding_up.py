"""The words of the Friday round-up: warm, without a ranking, and nothing that people did not agree to share."""

from bot.domain.milestones import MilestoneKind

ROUND_UP = "This week in {program}:"
THANKS_ONLY = "This week in {program}, thanks heard:"
THANKS = "Thanks heard:"
THANKS_LINE = "{receiver} for {why} (from {giver})"
ROUND_UP_GREY = "{program}. Only what people agreed to share."
SAY_THANKS = "Say thanks to someone"
CELEBRATED_LINE = "{said}: {names}."
CELEBRATED = {
    MilestoneKind.LESSONS_DONE: ("One person has taken all the lessons", "{count} people have taken all the lessons"),
    MilestoneKind.FIRST_MEETING: ("One pair met for the first time", "{count} pairs met for the first time"),
    MilestoneKind.GOAL_REACHED: ("One pair reached a goal of its own", "{count} pairs reached goals of their own"),
    MilestoneKind.HALFWAY: (
        "One pair is halfway through its time together",
        "{count} pairs are halfway through their time together",
    ),
    MilestoneKind.FINISHED: (
        "One pair came to the end of its time together",
        "{count} pairs came to the end of their time together",
    ),
}
"""What one did, and what several did; every kind has its words, whichever of them are messages of their own."""
