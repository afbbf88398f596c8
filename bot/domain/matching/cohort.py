"""A round as arrays: every two people scored in blocks of rows, so that ten thousand fit where a full table would not.

The numbers are those of scores.py and the walls those of rules.py, and a test holds them equal. All are whole numbers
small enough for float32, so every machine adds them up alike.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from bot.domain.enrollment import STYLES
from bot.domain.matching.hours import Shift, minutes_together
from bot.domain.matching.rules import Round
from bot.domain.matching.scores import MOST_GOALS, MOST_HELP, Profile, Scorer, Weights

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]
"""The positions of some people."""

WALL = np.float32(1e12)
"""Taken off a score where two may not meet: whatever is below 0 is impossible."""
_DENSE = 256  # columns
_CELLS = 500_000  # of one block: what a processor's cache holds is scored several times faster
Answer = TypeVar("Answer")
Nearness = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]


class Pairs(Protocol):
    """Any two of `count` people: what the solver needs to know."""

    count: int
    luck: npt.NDArray[np.uint32]

    def scores(self, rows: Rows) -> Floats:
        """Rows of scores from 0, below 0 where two may not meet; shape (rows, count), the caller's own."""


def by_blocks(rows: Rows, count: int, work: Callable[[Rows], Answer]) -> Iterator[Answer]:
    """The answers for some rows of `count` columns, in their order, a block on each processor: numpy lets go of the
    interpreter."""
    size = max(8, _CELLS // max(1, count))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        yield from threads.map(work, (rows[start : start + size] for start in range(0, len(rows), size)))


class Cohort:
    """Some people of a round, in the order of a hash of seed and id: the roster's order is forgotten."""

    def __init__(self, this_round: Round, scorer: Scorer, weights: Weights, people: Iterable[str], seed: int) -> None:
        self._round, self._weights = this_round, weights
        self.ids = sorted(people, key=lambda person: (_hash(seed, person), person))
        self.count = len(self.ids)
        self.luck = np.array([_hash(seed, person) | 1 for person in self.ids], np.uint32)
        self.at = {person: at for at, person in enumerate(self.ids)}
        profiles = [scorer.profiles[person] for person in self.ids]
        asked, offered = _words([p.asks for p in profiles], [p.offers for p in profiles])
        self._help_to, self._help_from = Overlap(asked, offered), Overlap(offered, asked)
        self._goals = Overlap(*_goals(profiles))
        self._left, self._right = _linear(profiles, weights, self._near)
        self._shift, self._hours = self._shared_hours()
        self._walls = self._matrix(_barred(this_round, self.at))
        self._again = self._matrix(_partners_before(this_round, self.at, profiles, weights))

    def scores(self, rows: Rows) -> Floats:
        """As `Pairs.scores`."""
        found = self._complement(rows)
        found += self._shared_goals(rows)
        found += self._left[rows] @ self._right
        found += np.take(self._hours[self._shift[rows]], self._shift, axis=1)
        _subtract(found, self._again[rows])
        _subtract(found, self._walls[rows])
        found[np.arange(len(rows)), rows] = -WALL
        return found

    def _complement(self, rows: Rows) -> Floats:
        weight = self._weights.complement
        to_a, to_b = self._help_to.of(rows), self._help_from.of(rows)
        np.minimum(to_a, MOST_HELP, out=to_a)
        np.minimum(to_b, MOST_HELP, out=to_b)
        found: Floats = np.minimum(to_a, to_b)
        found *= 4 * weight
        to_a += to_b
        to_a *= 3 * weight
        found += to_a
        return found

    @staticmethod
    def _near(levels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Halves for any two levels, as `scores.like_level`."""
        near: npt.NDArray[np.float64] = np.maximum(0, 2 - np.abs(levels[:, None] - levels[None, :]))
        return near

    def _shared_goals(self, rows: Rows) -> Floats:
        found = self._goals.of(rows)
        np.minimum(found, MOST_GOALS, out=found)
        found *= 4 * self._weights.goals
        return found

    def _shared_hours(self) -> tuple[npt.NDArray[np.intp], Floats]:
        """Each person's kind of working day, and a wall where two kinds leave too little time, else 0."""
        kinds: dict[Shift | None, int] = {}
        shift = np.array([kinds.setdefault(self._round.shift(person), len(kinds)) for person in self.ids], np.intp)
        minutes = minutes_together(list(kinds), self._round.on)
        return shift, np.where(minutes >= self._round.rules.shared_minutes, 0, -WALL).astype(np.float32)

    def _matrix(self, ties: dict[tuple[int, int], float]) -> csr_matrix:
        """Symmetric, from ties of which each is named once."""
        ends = np.array(list(ties), np.intp).reshape(-1, 2)
        values = np.fromiter(ties.values(), np.float32, len(ties))
        rows, columns = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
        return csr_matrix((np.concatenate([values, values]), (rows, columns)), (self.count, self.count))


def _hash(seed: int, person: str) -> int:
    return int.from_bytes(blake2b(f"{seed}:{person}".encode(), digest_size=4).digest())


def _subtract(found: Floats, some: csr_matrix) -> None:
    rows = np.repeat(np.arange(some.shape[0]), np.diff(some.indptr))
    found[rows, some.indices] -= some.data


class Mentees(Cohort):
    """As a cohort, but one way: each row a mentee's, each column a mentor's."""

    def _complement(self, rows: Rows) -> Floats:
        found = self._help_to.of(rows)
        np.minimum(found, MOST_HELP, out=found)
        found *= 10 * self._weights.complement
        return found

    @staticmethod
    def _near(levels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Halves for any two levels, as `scores.above`."""
        above: npt.NDArray[np.float64] = 1 + np.sign(levels[None, :] - levels[:, None])
        return above


Terms = Sequence[dict[Any, int]]
"""For each person: term -> what it counts."""


class Overlap:
    """Inner products of everyone's terms on the left with everyone's on the right.

    Terms that many share are columns of a dense table, the long tail is sparse: each is slow at what the other does.
    """

    def __init__(self, left: Terms, right: Terms) -> None:
        shared = sorted({term for one in left for term in one} & {term for one in right for term in one})
        ties = dict.fromkeys(shared, 0)
        for one in right:
            for term in one.keys() & ties:
                ties[term] += 1
        often = sorted(shared, key=lambda term: (-ties[term], term))
        self._left = _table(left, often[:_DENSE])
        self._right = np.ascontiguousarray(_table(right, often[:_DENSE]).T)
        self._rare_left = _sparse(left, often[_DENSE:])
        self._rare_right = _sparse(right, often[_DENSE:]).T.tocsr()

    def of(self, rows: Rows) -> Floats:
        """The products of some rows with everyone, the caller's own."""
        found: Floats = self._left[rows] @ self._right
        if self._rare_left.nnz:
            rare = (self._rare_left[rows] @ self._rare_right).tocoo()
            found[rare.row, rare.col] += rare.data
        return found


def _table(terms: Terms, columns: Sequence[Any]) -> Floats:
    at = {term: number for number, term in enumerate(columns)}
    table = np.zeros((len(terms), len(at)), np.float32)
    for row, one in enumerate(terms):
        for term in one.keys() & at:
            table[row, at[term]] = one[term]
    return table


def _sparse(terms: Terms, columns: Sequence[Any]) -> csr_matrix:
    at = {term: number for number, term in enumerate(columns)}
    kept = [[(at[term], count) for term, count in one.items() if term in at] for one in terms]
    ends = np.cumsum([0, *map(len, kept)])
    indices = np.array([column for row in kept for column, _ in row], np.int32)
    values = np.array([count for row in kept for _, count in row], np.float32)
    return csr_matrix((values, indices, ends), (len(terms), len(at)))


def _words(asks: Sequence[Any], offers: Sequence[Any]) -> tuple[Terms, Terms]:
    """Asks and offers, so that their products count quarters of help.

    Two terms more say that one's asks, or the other's offers, are unknown: half, whatever the rest.
    """
    nothing_asked, nothing_offered = "?asks", "?offers"  # no word has a question mark in its normal form
    asked = [
        dict.fromkeys(one, MOST_HELP if len(one) == 1 else 3) | {nothing_offered: 2} if one else {nothing_asked: 2}
        for one in asks
    ]
    offered = [
        dict.fromkeys(one, 1) | {nothing_asked: 1} if one else {nothing_asked: 1, nothing_offered: 1} for one in offers
    ]
    return asked, offered


def _goals(profiles: Sequence[Profile]) -> tuple[Terms, Terms]:
    """Goals left and right, so that their products count tenths: the words, the goals, and who has none."""
    known = [
        {f"word {word}": 7 for word in profile.goal_words} | {f"goal {goal}": 10 for goal in profile.goals}
        if profile.goal_words
        else {}
        for profile in profiles
    ]
    half = MOST_GOALS // 2
    left = [one | {"some": half} if one else {"none": half, "some": half} for one in known]
    right = [dict.fromkeys(one, 1) | ({"none": 1} if one else {"some": 1}) for one in known]
    return left, right


def _linear(profiles: Sequence[Profile], weights: Weights, nearness: Nearness) -> tuple[Floats, Floats]:
    """What is an inner product of two people's features: style, another department, closeness of level."""
    style = np.array([[_side(profile.style.get(name)) for name in STYLES] for profile in profiles], np.float32)
    style = style.reshape(len(profiles), len(STYLES))
    departments, unknown = _one_hot([profile.department or None for profile in profiles])
    levels, no_level = _one_hot([profile.level for profile in profiles])
    known = sorted({profile.level for profile in profiles if profile.level is not None})
    near = nearness(np.array(known, np.float64)).astype(np.float32)
    one = np.ones((len(profiles), 1), np.float32)
    new, level = 20 * weights.new, 20 * weights.level
    left = [5 * weights.style * style, 20 * weights.style * one, -2 * new * departments, new * (2 - unknown) * one]
    right = [style, one, departments, one]
    left += [-new * (1 - unknown), level * levels @ near, level * no_level, level * (1 - no_level)]
    right += [unknown, levels, one, no_level]
    return np.hstack(left).astype(np.float32), np.ascontiguousarray(np.hstack(right).T, np.float32)


def _side(style: str | None) -> int:
    return {"a": 1, "b": -1}.get(style or "", 0)


def _one_hot(values: Sequence[Any]) -> tuple[Floats, Floats]:
    """A column for each value that is known, and one that says it is not."""
    kinds = {value: at for at, value in enumerate(sorted({value for value in values if value is not None}))}
    columns = np.zeros((len(values), len(kinds)), np.float32)
    unknown = np.zeros((len(values), 1), np.float32)
    for row, value in enumerate(values):
        if value is None:
            unknown[row] = 1
        else:
            columns[row, kinds[value]] = 1
    return columns, unknown


def _barred(this_round: Round, at: dict[str, int]) -> dict[tuple[int, int], float]:
    """Ties that a rule forbids, hours aside."""
    found: dict[tuple[int, int], float] = {}
    for one, other in this_round.barred():
        if one in at and other in at:
            ends = (at[one], at[other])
            found[min(ends), max(ends)] = float(WALL)
    return found


def _partners_before(
    this_round: Round, at: dict[str, int], profiles: Sequence[Profile], weights: Weights
) -> dict[tuple[int, int], float]:
    """What old partners lose: a connection they have is not new."""
    found: dict[tuple[int, int], float] = {}
    for one, other in this_round.met_before():
        if one in at and other in at:
            ends = sorted((at[one], at[other]))
            a, b = (profiles[end].department for end in ends)
            halves = 1 if not a or not b else 2 * (a != b)
            found[ends[0], ends[1]] = 20 * weights.new * halves
    return found
