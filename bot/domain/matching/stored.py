"""A run as JSON and back: its inputs, so that it can be replayed, and its plan, so that it can be shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.domain.matching.hours import Overlap
from bot.domain.matching.people import Candidate, Meeting, Role
from bot.domain.matching.planning import plan
from bot.domain.matching.results import Caution, Leftover, MatchPlan, PlannedPair
from bot.domain.matching.rules import Rules
from bot.domain.matching.scores import Parts, Weights
from bot.domain.matching.sentences import Clause, LeftoverReason, Topic

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Inputs:
    """Everything a plan depends on."""

    candidates: tuple[Candidate, ...]
    history: tuple[Meeting, ...]
    rules: Rules
    weights: Weights
    on: date
    seed: int

    def plan(self) -> MatchPlan:
        return plan(self.candidates, self.history, rules=self.rules, weights=self.weights, on=self.on, seed=self.seed)


def inputs_to_json(inputs: Inputs) -> dict[str, Any]:
    """Inputs as plain JSON values. They hold avoid lists: only the run may keep them, nobody may be shown them."""
    rules = asdict(inputs.rules)
    for private in ("vetoes", "rather_not"):
        rules[private] = sorted(sorted(tie) for tie in rules[private])
    return {
        "candidates": [_candidate_to_json(person) for person in inputs.candidates],
        "history": [{"members": list(met.members), "on": met.on.isoformat()} for met in inputs.history],
        "rules": rules,
        "weights": asdict(inputs.weights),
        "on": inputs.on.isoformat(),
        "seed": inputs.seed,
    }


def inputs_from_json(stored: Json) -> Inputs:
    """The inverse of `inputs_to_json`."""
    return Inputs(
        candidates=tuple(_candidate(person) for person in stored["candidates"]),
        history=tuple(Meeting(tuple(met["members"]), date.fromisoformat(met["on"])) for met in stored["history"]),
        rules=_rules(stored["rules"]),
        weights=Weights(**stored["weights"]),
        on=date.fromisoformat(stored["on"]),
        seed=stored["seed"],
    )


def plan_to_json(made: MatchPlan) -> dict[str, Any]:
    """A plan as plain JSON values: ids and people's own offers and asks, no names and nothing private."""
    return asdict(made)


def plan_from_json(stored: Json) -> MatchPlan:
    """The inverse of `plan_to_json`."""
    return MatchPlan(
        pairs=tuple(_pair(pair) for pair in stored["pairs"]),
        leftover=tuple(Leftover(who["id"], LeftoverReason(who["reason"])) for who in stored["leftover"]),
        total=stored["total"],
        bound=stored["bound"],
        seed=stored["seed"],
        refused_locks=tuple(tuple(lock) for lock in stored["refused_locks"]),
    )


def _candidate_to_json(person: Candidate) -> dict[str, Any]:
    return asdict(person) | {name: sorted(getattr(person, name)) for name in _SETS}


_SETS = ("avoid", "private_style")


def _candidate(stored: Json) -> Candidate:
    phrases = {name: tuple(stored[name]) for name in ("offers", "asks", "goals")}
    hours = tuple(stored["hours"]) if stored["hours"] else None
    sets = {name: frozenset(stored[name]) for name in _SETS}
    return Candidate(**{**stored, **phrases, **sets, "hours": hours, "role": Role(stored["role"])})


def _rules(stored: Json) -> Rules:
    private = {name: frozenset(frozenset(tie) for tie in stored[name]) for name in ("vetoes", "rather_not")}
    return Rules(**{**stored, **private, "locks": tuple(tuple(lock) for lock in stored["locks"])})


def _pair(stored: Json) -> PlannedPair:
    return PlannedPair(
        members=tuple(stored["members"]),
        score=stored["score"],
        parts=Parts(**stored["parts"]),
        clauses=tuple(_clause(clause) for clause in stored["clauses"]),
        overlap=_overlap(stored["overlap"]),
        warnings=tuple(Caution(caution) for caution in stored["warnings"]),
        locked=stored["locked"],
    )


def _clause(stored: Json) -> Clause:
    return Clause(Topic(stored["topic"]), tuple(stored["people"]), tuple(stored["words"]), stored["side"])


def _overlap(stored: Json | None) -> Overlap | None:
    if stored is None:
        return None
    return Overlap(stored["minutes"], tuple((zone, start, end) for zone, start, end in stored["local"]))
