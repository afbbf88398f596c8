"""Mentors and mentees: one way, with room for several on either side, by integer programming.

Whom each person may have is a flow with room on both sides; that nobody mentors whoever mentors them makes it more than
a flow. So it is two integer programs (HiGHS): first as many people as can be have somebody, whoever was left out before
first; then, with these, the most in total.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix, csr_matrix, hstack, identity

from bot.domain.matching.cohort import Mentees, Rows, by_blocks
from bot.domain.matching.people import Candidate, Role

_ALL_PAIRS = 400_000  # taken up together; of more, the best of each person
_BEST = 24
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Mentorships:
    """Pairs as (mentor, mentee), and what no plan over the pairs taken up can exceed in total."""

    pairs: tuple[tuple[str, str], ...]
    bound: int


def best_mentorships(cohort: Mentees, people: dict[str, Candidate], kept: tuple[tuple[str, str], ...]) -> Mentorships:
    """The best set of mentorships; `kept` are chosen whatever they are worth, as (mentor, mentee)."""
    if not cohort.count:
        return Mentorships((), 0)
    some = [people[one] for one in cohort.ids]
    mentee, mentor, score = _possible(cohort, some)
    if not len(score):
        return Mentorships((), 0)
    chosen, bound = _Program(some, mentee, mentor, score, _places(cohort, mentee, mentor, kept)).solve()
    pairs = zip(mentor[chosen].tolist(), mentee[chosen].tolist(), strict=True)
    return Mentorships(tuple(sorted((cohort.ids[one], cohort.ids[other]) for one, other in pairs)), bound)


def _places(cohort: Mentees, mentee: Ints, mentor: Ints, kept: tuple[tuple[str, str], ...]) -> Ints:
    wanted = {(cohort.at[a], cohort.at[b]) for a, b in kept if a in cohort.at and b in cohort.at}
    pairs = zip(mentor.tolist(), mentee.tolist(), strict=True)
    return np.array([at for at, pair in enumerate(pairs) if pair in wanted], np.int64)


def _possible(cohort: Mentees, people: list[Candidate]) -> tuple[Ints, Ints, Ints]:
    """Everyone whom a rule lets be a mentee of whom, and the scores."""
    teaches = np.array([person.role is not Role.MENTEE and person.capacity > 0 for person in people])
    learns = np.array([person.role is not Role.MENTOR and person.capacity > 0 for person in people])

    def possible(rows: Rows) -> tuple[Ints, Ints, Ints]:
        scores = cohort.scores(rows)
        scores[~learns[rows]] = -1
        scores[:, ~teaches] = -1
        at, others = np.nonzero(scores >= 0)
        return rows[at], others, scores[at, others].astype(np.int64)

    blocks = by_blocks(np.arange(cohort.count), cohort.count, possible)
    mentee, mentor, score = (np.concatenate(part) for part in zip(*blocks, strict=True))
    if len(score) > _ALL_PAIRS:
        best = _best_of(mentee, score) | _best_of(mentor, score)
        mentee, mentor, score = mentee[best], mentor[best], score[best]
    return mentee, mentor, score


def _best_of(person: Ints, score: Ints) -> npt.NDArray[np.bool_]:
    """The best pairs of each person."""
    order = np.lexsort((-score, person))
    starts = np.searchsorted(person[order], person[order])
    best = np.zeros(len(score), np.bool_)
    best[order] = np.arange(len(score)) - starts < _BEST
    return best


class _Program:
    """A variable for each pair, and one for each person: whether they have somebody."""

    def __init__(self, people: list[Candidate], mentee: Ints, mentor: Ints, score: Ints, kept: Ints) -> None:
        self.people, self.score = len(people), score
        self.waited = np.array([1 + person.left_out for person in people])
        room = np.array([person.capacity for person in people])
        self.least = np.zeros(len(score) + self.people)
        self.least[kept] = 1
        pairs = np.arange(len(score))
        learns, teaches = (
            csr_matrix((np.ones(len(score)), (side, pairs)), (self.people, len(score))) for side in (mentee, mentor)
        )
        nothing = csr_matrix((self.people, self.people))
        self.rules = [
            LinearConstraint(hstack([learns, nothing]), ub=room),
            LinearConstraint(hstack([teaches, nothing]), ub=room),
            LinearConstraint(hstack([-(learns + teaches), identity(self.people)]), ub=0),
            *_no_returns(mentee, mentor, self.people),
        ]

    def solve(self) -> tuple[npt.NDArray[np.bool_], int]:
        """Which pairs, and the bound."""
        covered = np.concatenate([np.zeros(len(self.score)), self.waited])
        first = milp(-covered, integrality=np.ones(len(covered)), bounds=Bounds(self.least, 1), constraints=self.rules)
        most = round(-first.fun)
        total = np.concatenate([self.score, np.zeros(self.people)])
        second = milp(
            -total,
            integrality=np.ones(len(total)),
            bounds=Bounds(self.least, 1),
            constraints=[*self.rules, LinearConstraint(covered, lb=most - 0.5)],
            options={"mip_rel_gap": 0},
        )
        return second.x[: len(self.score)] > 0.5, round(-second.mip_dual_bound)


def _no_returns(mentee: Ints, mentor: Ints, people: int) -> list[LinearConstraint]:
    """Of two who could mentor each other only one does."""
    low, high = np.minimum(mentee, mentor), np.maximum(mentee, mentor)
    _, number, times = np.unique(low * people + high, return_inverse=True, return_counts=True)
    twice = times[number] == 2
    if not twice.any():
        return []
    _, row = np.unique(number[twice], return_inverse=True)
    size = (row.max() + 1, len(mentee) + people)
    return [LinearConstraint(coo_matrix((np.ones(len(row)), (row, np.flatnonzero(twice))), size).tocsr(), ub=1)]
