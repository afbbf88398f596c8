"""The best set of pairs out of all possible ones, with a proof: exact for a company, not only for a team.

1. Everyone's best sixteen are taken up. 2. The fractional optimum over them gives prices (prices.py). 3. All pairs are
looked at again: whoever is worth more than the two prices together is taken up too, until there is none. Then no plan,
over all pairs, exceeds the sum of the prices. 4. What is matched in halves (a few odd cycles) is made whole (whole.py).

The aims in their order: first who is matched (staying alone costs more than all scores together, and the more so the
more often one was left out), then the most in total, then luck, a hash of seed and both. No bad pair: the floor is the
highest score that every pair can have at a cost of at most 0.3 % of the total; below it none may be chosen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.domain.matching.cohort import WALL, Floats, Pairs, Rows, by_blocks
from bot.domain.matching.prices import (
    Chosen,
    Edges,
    Fractional,
    Ints,
    Slacks,
    Web,
    Worths,
    fractional,
    luckiest,
    merged,
    web,
)
from bot.domain.matching.scores import POINT
from bot.domain.matching.whole import made_whole

BEST = 16
FLOOR_COST = 0.003
_FLOOR_STEP = POINT  # floors closer than this are not told apart
_TAKEN_UP = 6  # pairs per person and look
_LOOKS = 40
_PROVEN_UP_TO = 12_000  # people; beyond, one look at all pairs gives a bound that is a little loose
_HIGHEST = 100 * POINT + 1
_PRIORITIES = 8
_LUCK_BITS = 12  # with a score in 24 bits, as float32 holds
_EXACT, _ROUGH = 1 << 22, 1024  # a larger price is rounded in float32, by less than this

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Matching:
    """Positions of the people in each pair, and of those alone. `bound`: no plan with this floor has a higher total."""

    pairs: tuple[tuple[int, int], ...]
    alone: tuple[int, ...]
    total: int
    bound: int
    floor: int


def best_pairs(pairs: Pairs, left_out: Sequence[int], tell: Tell = lambda line: None) -> Matching:
    """Match as many as can be, whoever was left out before first, no bad pair, the most in total.

    `left_out`: cycles in a row, per person; more than seven count as seven. `tell` hears how far it is.
    """
    if pairs.count < 2:
        return Matching((), tuple(range(pairs.count)), 0, 0, 0)
    return _Solver(pairs, np.asarray(left_out, np.int64), tell).solve()


class _Solver:
    def __init__(self, pairs: Pairs, left_out: Ints, tell: Tell) -> None:
        self.pairs, self.count, self.tell = pairs, pairs.count, tell
        self.everyone = np.arange(self.count)
        more_than_all_scores = float((self.count // 2 + 1) * _HIGHEST)
        self.alone: Worths = more_than_all_scores * (1 + np.minimum(left_out, _PRIORITIES - 1))

    def solve(self) -> Matching:
        self.tell(f"Comparing all pairs of {self.count} people")
        edges = merged(self.count, *by_blocks(self.everyone, self.count, self._best_of_each))
        free = fractional(web(edges, self.alone))
        for floor in self._floors(edges, free):
            found = self._best_above(edges, floor)
            if found.total >= (1 - FLOOR_COST) * self._total(free.value, found.alone):
                break
        return found

    def _total(self, value: float, alone: Sequence[int]) -> int:
        """The most in total that a doubled value leaves room for, with these people alone."""
        return int((value + 2 * self.alone[list(alone)].sum()) // 2)

    # Looking at all pairs

    def _luck(self, rows: Rows) -> Floats:
        drawn = np.multiply.outer(self.pairs.luck[rows], self.pairs.luck) >> np.uint32(32 - _LUCK_BITS)
        return drawn.astype(np.float32)

    def _best_of_each(self, rows: Rows) -> Edges:
        scores, luck = self.pairs.scores(rows), self._luck(rows)
        keys = scores * np.float32(1 << _LUCK_BITS) + luck
        return _edges(rows, (keys >= _kth(keys, BEST)) & (scores >= 0), scores, luck)

    def _worth_more(self, rows: Rows, prices: Worths, floor: int) -> tuple[Edges, float]:
        """The pairs of some people that are worth more than their prices, the most so for each, and the sum of it."""
        scores = self.pairs.scores(rows)
        scores[scores < floor] = -WALL
        rough = (prices[: self.count] / 2 - np.where(np.abs(prices[: self.count]) < _EXACT, 0, _ROUGH)).astype(
            np.float32
        )
        some = np.flatnonzero((scores - rough).max(axis=1) > rough[rows])
        rows, scores = rows[some], scores[some]
        over = scores.astype(np.float64) * 2 - prices[: self.count] - prices[rows, None]
        luck = self._luck(rows)
        ranked = over + luck / (1 << _LUCK_BITS + 1)
        chosen = (over > 0) & (ranked >= _kth(ranked, _TAKEN_UP))
        return _edges(rows, chosen, scores, luck), float(np.maximum(0, over.max(axis=1, initial=0)).sum())

    # The best above a floor

    def _best_above(self, edges: Edges, floor: int) -> Matching:
        edges = edges.where(edges.score >= floor)
        looked_at, looks = self.everyone, _LOOKS if self.count <= _PROVEN_UP_TO else 1
        for look in range(1, looks + 1):
            graph = web(edges, self.alone)
            found = fractional(graph)
            self.tell(f"Looking again at all pairs, {look}")
            better, over = self._better(self.everyone if look == looks else looked_at, found.prices, floor)
            if not len(better) and len(looked_at) < self.count:
                better, over = self._better(self.everyone, found.prices, floor)
            if not len(better):
                break
            known, edges = edges, merged(self.count, edges, better)
            looked_at = np.unique(np.concatenate([better.low, better.high]))
        else:
            edges = known
        pairs, alone = made_whole(self.count, graph, self._luckiest(graph, edges, found))
        total = _total(edges, pairs, self.count)
        return Matching(pairs, alone, total, max(total, self._total(found.value + over, alone)), floor)

    def _better(self, rows: Rows, prices: Worths, floor: int) -> tuple[Edges, float]:
        """The pairs of these people that are worth more than their prices; a proof where it is everyone and none is."""
        looked = list(by_blocks(rows, self.count, partial(self._worth_more, prices=prices, floor=floor)))
        return merged(self.count, *(better for better, _ in looked)), sum(over for _, over in looked)

    def _luckiest(self, graph: Web, edges: Edges, best: Fractional) -> Slacks:
        seats = len(graph.worth) - len(edges)
        return luckiest(graph, np.concatenate([edges.luck.astype(np.float64), np.zeros(seats)]), best)

    def _floors(self, edges: Edges, free: Fractional) -> list[int]:
        """Floors worth trying, the highest first: what the fractional optimum can afford, then none."""
        partner = free.follows
        taken = edges.score[(partner[edges.low] == edges.high) | (partner[edges.high] == edges.low)]
        if not len(taken):
            return [0]
        least = free.value - 2 * FLOOR_COST * float(taken.sum())
        best = np.full(self.count, -1)
        np.maximum.at(best, edges.low, edges.score)
        np.maximum.at(best, edges.high, edges.score)
        low, high = int(taken.min()), int(best[best >= 0].min()) + 1
        floors = [0, low]
        while high - low > _FLOOR_STEP:
            middle = (low + high) // 2
            if fractional(web(edges.where(edges.score >= middle), self.alone)).value >= least:
                low = middle
                floors.append(low)
            else:
                high = middle
        return floors[::-1]


def _kth(values: npt.NDArray[Any], k: int) -> npt.NDArray[Any]:
    """The k-th highest of each row, as a column."""
    at = max(0, values.shape[1] - k)
    return np.partition(values, at, axis=1)[:, at : at + 1]


def _edges(people: Rows, chosen: Chosen, scores: Floats, luck: Floats) -> Edges:
    """The chosen cells of some people's rows."""
    at, others = np.divmod(np.flatnonzero(chosen), chosen.shape[1])
    rows = people[at]
    return Edges(
        np.minimum(rows, others),
        np.maximum(rows, others),
        scores[at, others].astype(np.int64),
        luck[at, others].astype(np.int64),
    )


def _total(edges: Edges, pairs: Sequence[tuple[int, int]], count: int) -> int:
    chosen = np.array([one * count + other for one, other in pairs], np.int64)
    return int(edges.score[np.isin(edges.low * count + edges.high, chosen)].sum())
