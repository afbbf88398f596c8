"""What a person typed, as data: `parse` is pure, tested by a table keyed by what people type.

commands.py   the closed union of answers
verbs.py      the table of verbs, and `parse`
reading.py    what follows a verb
goals.py      what follows "goals"
reasons.py    what follows "stuck"
naming.py     the program an organizer's words name
spoken.py     days, spans and minutes in people's words
words.py      cutting Slack's text, and its markup back to plain text
"""

from handlers.grammar.commands import (
    Admin,
    AdminHolidays,
    AdminImport,
    AdminInvite,
    AdminMatch,
    AdminPeople,
    AdminSetup,
    AdminSkills,
    AdminUndelivered,
    AdminValues,
    Agreement,
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
    SetupVerb,
    Status,
    Unknown,
)
from handlers.grammar.naming import about_program
from handlers.grammar.verbs import VERBS, Verb, Who, begun_by, parse, said_in
from handlers.grammar.words import readable

__all__ = [
    "VERBS",
    "Admin",
    "AdminHolidays",
    "AdminImport",
    "AdminInvite",
    "AdminMatch",
    "AdminPeople",
    "AdminSetup",
    "AdminSkills",
    "AdminUndelivered",
    "AdminValues",
    "Agreement",
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
    "SetupVerb",
    "Status",
    "Unknown",
    "Verb",
    "Who",
    "about_program",
    "begun_by",
    "parse",
    "readable",
    "said_in",
]
