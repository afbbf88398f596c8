"""A whole round at once: people, history, rules, weights and a seed in; a plan out. Pure, and the same everywhere.

The aims in their order: nobody left out; whoever was left out or in a trio before comes first; no badly matched
pair; the most in total; then chance. Pairs are exact (solve.py). Whoever is left over joins a pair as its third,
where all its ties are allowed; when someone still waits and the round is small, every other choice of who is left
over is tried too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from bot.domain.matching.people import Candidate, Meeting
from bot.domain.matching.reasons import clauses
from bot.domain.matching.results import Caution, Explanation, Leftover, MatchPlan, PlannedPair
from bot.domain.matching.rules import Barrier, Round, Rules
from bot.domain.matching.scores import Scorer, Weights
from bot.domain.matching.sentences import LeftoverReason
from bot.domain.matching.solve import Group, Tie, best_ties

NOT_POSSIBLE = "Not possible for this pair this round."
TOO_FEW_HOURS = "These two share less than {hours} working hours."
_FEW_MINUTES = 180
_TRY_EVERY_LEFTOVER_UP_TO = 60  # people: a solve each, about 0.3 s in all


@dataclass(frozen=True)
class _Answer:
    """Disjoint groups of two or three, and who is in none."""

    groups: tuple[Group, ...]
    alone: tuple[str, ...]


def plan(
    candidates: Iterable[Candidate],
    history: Sequence[Meeting] = (),
    *,
    rules: Rules,
    weights: Weights,
    on: date,
    seed: int,
) -> MatchPlan:
    """Match everyone for the round that starts `on`.

    The order of `candidates` and `history` has no say. Raises ValueError where two candidates have one id.
    """
    return _Matching(Round(candidates, history, rules, on), weights, seed).plan()


def explain(
    one: str,
    other: str,
    candidates: Iterable[Candidate],
    history: Sequence[Meeting] = (),
    *,
    rules: Rules,
    weights: Weights,
    on: date,
) -> Explanation:
    """The pair these two would be, or why not: hours are named, and every other reason is the same line.

    Raises KeyError for someone who is not a candidate.
    """
    matching = _Matching(Round(candidates, history, rules, on), weights, seed=0)
    barrier = Barrier.VETOED if one == other else matching.round.barrier(one, other)
    if barrier is None:
        return Explanation(matching.planned((one, other), locked=False))
    hours = f"{rules.shared_minutes / 60:g}"
    return Explanation(None, TOO_FEW_HOURS.format(hours=hours) if barrier is Barrier.HOURS else NOT_POSSIBLE)


class _Matching:
    """One round on its way to a plan."""

    def __init__(self, this_round: Round, weights: Weights, seed: int) -> None:
        self.round, self.seed = this_round, seed
        self.scorer = Scorer(this_round, weights)

    def plan(self) -> MatchPlan:
        kept, refused = self._locks()
        locked = {member for group in kept for member in group}
        free = [person for person in self.round.people if person not in locked]
        answer = self._best(free)
        pairs = [self.planned(group, locked=False) for group in answer.groups]
        pairs += [self.planned(group, locked=True) for group in kept]
        return MatchPlan(
            pairs=tuple(sorted(pairs, key=lambda pair: (pair.score, pair.members))),
            leftover=tuple(Leftover(person, self._why_alone(person)) for person in answer.alone),
            total=sum(pair.score for pair in pairs),
            seed=self.seed,
            refused_locks=refused,
        )

    def planned(self, members: Sequence[str], *, locked: bool) -> PlannedPair:
        """A group with everything there is to say about it."""
        members = tuple(sorted(members))
        parts, shared = self.scorer.parts(members), self.round.overlap(members)
        return PlannedPair(
            members=members,
            score=parts.score,
            parts=parts,
            clauses=clauses(members, self.scorer, new=not self._were_partners(members)),
            overlap=shared,
            warnings=tuple(self._warnings(members, parts.score)),
            locked=locked,
        )

    def _locks(self) -> tuple[list[Group], tuple[Group, ...]]:
        """The locks that can be kept, and those that cannot; of two locks on one person the first counts."""
        kept: list[Group] = []
        refused: list[Group] = []
        for lock in self.round.rules.locks:
            group = tuple(sorted(set(lock)))
            taken = {member for other in kept for member in other}
            possible = len(group) in (2, 3) and self.round.people.keys() >= set(group) and not taken & set(group)
            (kept if possible and self.round.all_allowed(group) else refused).append(group)
        return kept, tuple(refused)

    def _best(self, free: Sequence[str]) -> _Answer:
        ties = self._ties(free)
        answer = self._solved(free, ties)
        if not answer.alone or len(free) > _TRY_EVERY_LEFTOVER_UP_TO:
            return answer
        tried = [self._solved(free, _without(person, ties)) for person in free]
        return max([answer, *tried], key=self._worth)

    def _worth(self, answer: _Answer) -> tuple[int, int, int, int]:
        scores = [self.scorer.parts(group).score for group in answer.groups]
        bad = sum(score < self.round.rules.floor for score in scores)
        return -len(answer.alone), -self._left_out(answer.alone), -bad, sum(scores)

    def _ties(self, free: Sequence[str]) -> list[Tie]:
        return [
            self._tie((one,), (other,), priority=self._left_out((one, other)))
            for one, other in combinations(free, 2)
            if self.round.barrier(one, other) is None
        ]

    def _tie(self, one: Group, other: Group, priority: int) -> Tie:
        score = self.scorer.parts((*one, *other)).score
        return Tie((one, other), priority, score >= self.round.rules.floor, score)

    def _solved(self, free: Sequence[str], ties: Sequence[Tie]) -> _Answer:
        pairs = [(tie.ends[0][0], tie.ends[1][0]) for tie in best_ties(ties, self.seed)]
        paired = {member for pair in pairs for member in pair}
        thirds = self._thirds([person for person in free if person not in paired], pairs)
        groups = tuple((*pair, thirds[pair]) if pair in thirds else pair for pair in pairs)
        placed = {member for group in groups for member in group}
        return _Answer(groups, tuple(person for person in free if person not in placed))

    def _thirds(self, alone: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[Group, str]:
        """Who joins which pair: those left out longest first, and no pair that was left out before if it can be."""
        joins = [
            self._tie((person,), pair, self._left_out((person,)) - self._left_out(pair))
            for person in alone
            for pair in pairs
            if self.round.all_allowed((person, *pair))
        ]
        return {tie.ends[1]: tie.ends[0][0] for tie in best_ties(joins, self.seed)}

    def _left_out(self, members: Sequence[str]) -> int:
        return sum(self.round.people[member].left_out for member in members)

    def _were_partners(self, members: Sequence[str]) -> bool:
        return any(self.round.were_partners(one, other) for one, other in combinations(members, 2))

    def _warnings(self, members: Sequence[str], score: int) -> Iterable[Caution]:
        shared = self.round.overlap(members)
        departments: Mapping[str, str] = {m: self.scorer.profiles[m].department for m in members}
        if score < self.round.rules.floor:
            yield Caution.WEAK
        if shared is not None and shared.minutes < _FEW_MINUTES:
            yield Caution.FEW_SHARED_HOURS
        if not self.round.hours_known(members):
            yield Caution.HOURS_UNKNOWN
        if self._were_partners(members):
            yield Caution.PARTNERS_BEFORE
        if all(departments.values()) and len(set(departments.values())) == 1:
            yield Caution.SAME_DEPARTMENT

    def _why_alone(self, person: str) -> LeftoverReason:
        """From public facts alone, so that no private rule can be read off the reason."""
        others = [other for other in self.round.people if other != person]
        barriers = [self.round.public_barrier(person, other) for other in others]
        if others and all(barrier is Barrier.HOURS for barrier in barriers):
            return LeftoverReason.NO_SHARED_HOURS
        return LeftoverReason.NOBODY_FREE if None in barriers else LeftoverReason.NOBODY_ALLOWED


def _without(person: str, ties: Sequence[Tie]) -> list[Tie]:
    return [tie for tie in ties if (person,) not in tie.ends]
