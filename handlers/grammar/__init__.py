"""What a person typed, as data: `parse` is pure, tested by a table keyed by what people type.

commands.py   the closed union of answers
verbs.py      the table of verbs, and `parse`
reading.py    what follows a verb
goals.py      what follows "goals"
spoken.py     days, spans and minutes in people's words
words.py      cutting Slack's text, and its markup back to plain text
"""

from handlers.grammar.commands import (
    Admin,
    AdminHolidays,
    AdminMatch,
    AdminPeople,
    AdminSetup,
    AdminUndelivered,
    Avoid,
    AvoidList,
    AvoidRemove,
    CheckIn,
    Command,
    Goals,
    GoalVerb,
    Help,
    Invalid,
    Join,
    Kudos,
    Learn,
    Leave,
    Match,
    MatchVerb,
    Pause,
    Profile,
    Resume,
    Status,
    Unknown,
)
from handlers.grammar.verbs import VERBS, Verb, Who, parse
from handlers.grammar.words import readable

__all__ = [
    "VERBS",
    "Admin",
    "AdminHolidays",
    "AdminMatch",
    "AdminPeople",
    "AdminSetup",
    "AdminUndelivered",
    "Avoid",
    "AvoidList",
    "AvoidRemove",
    "CheckIn",
    "Command",
    "GoalVerb",
    "Goals",
    "Help",
    "Invalid",
    "Join",
    "Kudos",
    "Learn",
    "Leave",
    "Match",
    "MatchVerb",
    "Pause",
    "Profile",
    "Resume",
    "Status",
    "Unknown",
    "Verb",
    "Who",
    "parse",
    "readable",
]
