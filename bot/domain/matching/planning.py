"""A whole round at once: people, history, rules, weights and a seed in; a plan out. Pure, and the same everywhere.

The aims in their order: nobody left out; whoever was left out or in a trio before comes first; no bad pair; the most
in total; then chance. Pairs are exact (solve.py). Whoever is left over joins a pair as its third, where all its ties
are allowed (thirds.py); when someone still waits, other choices of who is left over are tried too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from bot.domain.matching.people import Candidate, Meeting, Mode, Role
from bot.domain.matching.reasons import clauses
from bot.domain.matching.results import Caution, Explanation, Leftover, MatchPlan, PlannedPair
from bot.domain.matching.rules import Round, Rules
from bot.domain.matching.scores import POINT, Scorer, Weights
from bot.domain.matching.sentences import LeftoverReason
from bot.domain.matching.thirds import Group, Join, best_joins

Tell = Callable[[str], None]
_FEW_MINUTES = 180
_TRY_EVERY_LEFTOVER_UP_TO = 60  # people: a solve each, a second in all


@dataclass(frozen=True)
class _Answer:
    """Disjoint groups of two or three, who is in none, and what no answer can exceed in total."""

    groups: tuple[Group, ...]
    alone: tuple[str, ...]
    bound: int


def plan(
    candidates: Iterable[Candidate],
    history: Sequence[Meeting] = (),
    *,
    rules: Rules,
    weights: Weights,
    on: date,
    seed: int,
    mode: Mode = Mode.PEERS,
    tell: Tell = lambda line: None,
) -> MatchPlan:
    """Match everyone for the round that starts `on`.

    The order of `candidates` and `history` has no say. Where mentors are matched, members are (mentor, mentee). `tell`
    hears how far it is. Raises ValueError where two candidates have one id.
    """
    matching = _Matching(Round(candidates, history, rules, on), weights, seed, tell)
    return matching.mentorships() if mode is Mode.MENTORS else matching.plan()


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
    """The pair these two would be, or why not where that is nobody's secret; what is private, late partners and lines
    over several steps are not looked at (docs/decisions/0023-why-not.md).

    Raises KeyError for someone who is not a candidate.
    """
    earlier = [meeting for meeting in history if not rules.recent(meeting, on)]
    matching = _Matching(Round(candidates, earlier, rules, on), weights, seed=0)
    told = matching.round.tellable(one, other)
    if told is None:
        return Explanation(matching.planned((one, other), locked=False))
    shared = matching.round.overlap((one, other))
    return Explanation(None, told, shared.minutes if shared else 0)


class _Matching:
    """One round on its way to a plan."""

    def __init__(self, this_round: Round, weights: Weights, seed: int, tell: Tell = lambda line: None) -> None:
        self.round, self.weights, self.seed, self.tell = this_round, weights, seed, tell
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
            leftover=tuple(Leftover(who, self.round.why_alone(who, self.round.people)) for who in answer.alone),
            total=sum(pair.score for pair in pairs),
            bound=answer.bound + sum(pair.score for pair in pairs if pair.locked),
            seed=self.seed,
            refused_locks=refused,
        )

    def mentorships(self) -> MatchPlan:
        """One way, as many as each has room for."""
        from bot.domain.matching.cohort import Mentees
        from bot.domain.matching.mentors import best_mentorships

        people = self.round.people
        locks = [lock for lock in self.round.rules.locks if len(lock) == 2 and people.keys() >= set(lock)]
        kept = tuple((lock[0], lock[1]) for lock in locks if self.round.all_allowed(lock))
        found = best_mentorships(Mentees(self.round, self.scorer, self.weights, people, self.seed), people, kept)
        pairs = [self._mentored(*pair, locked=pair in kept) for pair in found.pairs]
        matched = {member for pair in pairs for member in pair.members}
        return MatchPlan(
            pairs=tuple(sorted(pairs, key=lambda pair: (pair.score, pair.members))),
            leftover=tuple(Leftover(who, self._why_unmentored(who)) for who in people if who not in matched),
            total=sum(pair.score for pair in pairs),
            bound=found.bound,
            seed=self.seed,
            refused_locks=tuple(lock for lock in self.round.rules.locks if lock[:2] not in kept),
        )

    def _mentored(self, mentor: str, mentee: str, *, locked: bool) -> PlannedPair:
        parts = self.scorer.mentorship(mentor, mentee)
        made = self.planned((mentee, mentor), locked=locked)
        weak = {Caution.WEAK} if parts.score < self.round.rules.floor * POINT else set()
        return replace(
            made,
            members=(mentor, mentee),
            score=parts.score,
            parts=parts,
            clauses=clauses((mentee, mentor), self.scorer, new=not self._were_partners((mentee, mentor))),
            warnings=(*weak, *(caution for caution in made.warnings if caution is not Caution.WEAK)),
        )

    def _why_unmentored(self, person: str) -> LeftoverReason:
        """As `Round.why_alone`, among those who could be the other side."""
        role = self.round.people[person].role
        other_side = {Role.MENTOR: {Role.MENTOR}, Role.MENTEE: {Role.MENTEE}}.get(role, set())
        others = [who.id for who in self.round.people.values() if who.role not in other_side]
        return self.round.why_alone(person, others)

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
        """The best answer; where someone waits, also the answers that leave another one over, if that helps."""
        answer = self._solved(free)
        if not any(self._could_meet(person, free) for person in answer.alone):
            return answer
        if len(free) <= _TRY_EVERY_LEFTOVER_UP_TO:
            others = (self._solved(free, spare=(person,)) for person in free)
        else:
            others = (self._solved(free, keep=answer.alone) for _ in range(1))
        return max([answer, *others], key=self._worth)

    def _could_meet(self, person: str, free: Sequence[str]) -> bool:
        return any(person != other and self.round.barrier(person, other) is None for other in free)

    def _worth(self, answer: _Answer) -> tuple[int, int, int, int]:
        scores = [self.scorer.parts(group).score for group in answer.groups]
        return -len(answer.alone), -self._left_out(answer.alone), min(scores, default=0), sum(scores)

    def _solved(self, free: Sequence[str], spare: Group = (), keep: Group = ()) -> _Answer:
        """Pairs and thirds; `spare` are left over, `keep` are not if it can be."""
        from bot.domain.matching.cohort import Cohort  # numpy and scipy are paid for by whoever solves
        from bot.domain.matching.solve import best_pairs

        cohort = Cohort(self.round, self.scorer, self.weights, (p for p in free if p not in spare), self.seed)
        waited = [self.round.people[person].left_out + 99 * (person in keep) for person in cohort.ids]
        found = best_pairs(cohort, waited, self.tell)
        pairs: list[Group] = [tuple(sorted((cohort.ids[one], cohort.ids[other]))) for one, other in found.pairs]
        thirds = self._thirds([*(cohort.ids[one] for one in found.alone), *spare], pairs, found.floor)
        groups = tuple((*pair, thirds[pair]) if pair in thirds else pair for pair in pairs)
        placed = {member for group in groups for member in group}
        more = sum(max(0, self._gain(pair, third)) for pair, third in thirds.items())
        return _Answer(groups, tuple(person for person in free if person not in placed), found.bound + more)

    def _gain(self, pair: Group, third: str) -> int:
        """What a third adds to the total, or mostly takes off it."""
        return self.scorer.parts((*pair, third)).score - self.scorer.parts(pair).score

    def _thirds(self, alone: Sequence[str], pairs: Sequence[Group], floor: int) -> dict[Group, str]:
        """Who joins which pair: no pair that was left out before if it can be, no bad trio, the highest total."""
        joins = [join for person in alone for join in self._joins(person, pairs, floor, len(alone))]
        return best_joins(joins, self.seed)

    def _joins(self, person: str, pairs: Sequence[Group], floor: int, places: int) -> Iterator[Join]:
        """The best places for someone, more than all who look for one can take."""
        possible = [pair for pair in pairs if all(self.round.barrier(person, member) is None for member in pair)]
        joins = [self._join(person, pair, floor) for pair in possible]
        found = 0
        for join in sorted(joins, key=lambda join: (-join.priority, not join.sound, -join.gain, join.pair)):
            if self.round.share_hours((person, *join.pair)):
                yield join
                found += 1
            if found > places:
                return

    def _join(self, person: str, pair: Group, floor: int) -> Join:
        score = self.scorer.parts((*pair, person)).score
        priority = self._left_out((person,)) - self._left_out(pair)
        return Join(person, pair, priority, score >= floor, self._gain(pair, person))

    def _left_out(self, members: Sequence[str]) -> int:
        return sum(self.round.people[member].left_out for member in members)

    def _were_partners(self, members: Sequence[str]) -> bool:
        return any(self.round.were_partners(one, other) for one, other in combinations(members, 2))

    def _warnings(self, members: Sequence[str], score: int) -> Iterable[Caution]:
        shared = self.round.overlap(members)
        departments: Mapping[str, str] = {m: self.scorer.profiles[m].department for m in members}
        if score < self.round.rules.floor * POINT:
            yield Caution.WEAK
        if shared is not None and shared.minutes < _FEW_MINUTES:
            yield Caution.FEW_SHARED_HOURS
        if not self.round.hours_known(members):
            yield Caution.HOURS_UNKNOWN
        if self._were_partners(members):
            yield Caution.PARTNERS_BEFORE
        if all(departments.values()) and len(set(departments.values())) == 1:
            yield Caution.SAME_DEPARTMENT
