"""Matching: the whole cohort at once, explained, and the same for the same inputs.

people.py     who takes part, and who met whom
hours.py      working hours shared across zones
rules.py      who may be partners at all
scores.py     how well two fit, from named parts; cohort.py the same for all pairs at once
solve.py      the exact choice, by prices.py and whole.py; thirds.py who joins a pair; mentors.py one way
reasons.py    why these people; sentences.py says it in words
planning.py   `plan` and `explain`
results.py    what they answer; stored.py keeps it as JSON
"""

import os

# Before numpy is imported anywhere below: a block of the cohort has one processor, and its products must not ask for
# more. On two processors a match of 10,000 takes four times as long when they do.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.domain.matching.people import Candidate, Meeting, Mode, Role
from bot.domain.matching.planning import explain, plan
from bot.domain.matching.results import (
    CAUTIONS_IN_WORDS,
    Caution,
    Explanation,
    Leftover,
    MatchPlan,
    PlannedPair,
)
from bot.domain.matching.rules import Barrier, Rules
from bot.domain.matching.scores import Parts, Weights
from bot.domain.matching.sentences import Audience, LeftoverReason, Segment, Skill, overlap_sentence, reason
from bot.domain.matching.stored import Inputs, inputs_from_json, inputs_to_json, plan_from_json, plan_to_json

__all__ = [
    "CAUTIONS_IN_WORDS",
    "Audience",
    "Barrier",
    "Candidate",
    "Caution",
    "Explanation",
    "Inputs",
    "Leftover",
    "LeftoverReason",
    "MatchPlan",
    "Meeting",
    "Mode",
    "Parts",
    "PlannedPair",
    "Role",
    "Rules",
    "Segment",
    "Skill",
    "Weights",
    "explain",
    "inputs_from_json",
    "inputs_to_json",
    "overlap_sentence",
    "plan",
    "plan_from_json",
    "plan_to_json",
    "reason",
]
