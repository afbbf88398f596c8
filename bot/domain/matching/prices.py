"""The fractional optimum of a matching and its prices: what each person is worth, and so what no plan can exceed.

A person is matched in halves to two others, or left alone at their own cost. The optimum is an assignment on the
symmetrised graph (Nemhauser & Trotter 1975); its dual gives a price y to each person such that y_i + y_j covers the
worth of every pair, and the sum of all prices bounds every plan from above. Worths are whole numbers, and so are
doubled prices.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

Ints = npt.NDArray[np.int64]
Worths = npt.NDArray[np.float64]
Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Edges:
    """Pairs that may be chosen: `low` < `high`, each pair once, in order; `luck` decides between equal scores."""

    low: Ints
    high: Ints
    score: Ints
    luck: Ints

    def where(self, chosen: Chosen) -> "Edges":
        return Edges(self.low[chosen], self.high[chosen], self.score[chosen], self.luck[chosen])

    def __len__(self) -> int:
        return len(self.score)


def merged(count: int, *some: Edges) -> Edges:
    """All of them, each pair once."""
    low, high, score, luck = (
        np.concatenate(column) for column in zip(*((e.low, e.high, e.score, e.luck) for e in some), strict=True)
    )
    _, first = np.unique(low * count + high, return_index=True)
    return Edges(low[first], high[first], score[first], luck[first])


@dataclass(frozen=True)
class Web:
    """A graph of people, and of seats after them: its pairs with their worth, and what staying alone costs.

    A seat belongs to a part of the graph with an odd number of people, which must leave one over: somebody has to take
    it, at the cost of being alone, and so its own cost of staying alone is infinite.
    """

    low: Ints
    high: Ints
    worth: Worths
    alone: Worths

    @property
    def count(self) -> int:
        return len(self.alone)

    def where(self, chosen: Chosen, worth: Worths, alone: Worths) -> "Web":
        return Web(self.low[chosen], self.high[chosen], worth[chosen], alone)


@dataclass(frozen=True)
class Fractional:
    """`follows`: who -> whom half of them is matched to (themselves where alone).

    `prices` are doubled, and `value` is the doubled worth of the optimum, less the costs of staying alone. `slack`: by
    how much two prices exceed their pair's doubled worth; `lonely`: the same for staying alone.
    """

    follows: Ints
    prices: Worths
    value: float
    slack: Worths
    lonely: Worths


def web(edges: Edges, alone: Worths) -> Web:
    """The graph of `edges` with its seats; `alone`: what it costs to leave each person unmatched."""
    count = len(alone)
    graph = csr_matrix((np.ones(len(edges), np.int8), (edges.low, edges.high)), (count, count))
    parts, part_of = connected_components(graph, directed=False)
    sizes = np.bincount(part_of, minlength=parts)
    odd = np.flatnonzero((sizes % 2 == 1) & (sizes > 1))
    seat_of = np.full(parts, -1)
    seat_of[odd] = count + np.arange(len(odd))
    sitting = np.flatnonzero(seat_of[part_of] >= 0)
    return Web(
        np.concatenate([edges.low, sitting]),
        np.concatenate([edges.high, seat_of[part_of[sitting]]]),
        np.concatenate([edges.score.astype(np.float64), -alone[sitting]]),
        np.concatenate([alone, np.full(len(odd), np.inf)]),
    )


def fractional(graph: Web) -> Fractional:
    """The best half-integral matching."""
    everyone = np.arange(graph.count)
    rows, columns = np.concatenate([graph.low, graph.high, everyone]), np.concatenate([graph.high, graph.low, everyone])
    data = np.concatenate([graph.worth, graph.worth, -2 * graph.alone])
    possible = data > -np.inf
    top = data.max(initial=0.0) + 1  # the assignment drops costs of 0
    costs = csr_matrix((top - data[possible], (rows[possible], columns[possible])), (graph.count, graph.count))
    follows = min_weight_full_bipartite_matching(costs)[1].astype(np.int64)
    prices, value = _prices(costs, follows, top)
    slack = prices[graph.low] + prices[graph.high] - 2 * graph.worth
    return Fractional(follows, prices, value, slack, prices + 2 * graph.alone)


@dataclass(frozen=True)
class Slacks:
    """What a plan may cost against the fractional optimum `follows`, in whole numbers: `pair` for each pair of a graph
    that it holds, `lonely` for each person it leaves alone."""

    follows: Ints
    pair: Ints
    lonely: Ints


MUST_SIT = 1 << 60
"""What a seat costs that nobody takes."""


def luckiest(graph: Web, luck: Worths, best: Fractional) -> Slacks:
    """Of all fractional optima the one with the most luck: the best over the pairs without slack, luck their worth.

    In its slacks worth outweighs luck.
    """
    second = fractional(graph.where(best.slack == 0, luck, np.where(best.lonely == 0, 0.0, np.inf)))
    more = second.prices.astype(np.int64)
    weight = 4 * int(np.abs(more).max(initial=0) + luck.max(initial=0)) + 1
    pair = best.slack.astype(np.int64) * weight + more[graph.low] + more[graph.high] - 2 * luck.astype(np.int64)
    seats = np.isinf(best.lonely)
    lonely = np.where(seats, 0, best.lonely).astype(np.int64) * weight + more
    return Slacks(second.follows, pair, np.where(seats, MUST_SIT, lonely))


def _prices(costs: csr_matrix, follows: Ints, top: float) -> tuple[Worths, float]:
    """Dual prices from an optimal assignment: longest paths through the pairs it leaves out (Bellman and Ford)."""
    count = len(follows)
    rows = np.repeat(np.arange(count), np.diff(costs.indptr))
    worth = top - costs.data
    own = np.empty(count)
    taken = follows[rows] == costs.indices
    own[rows[taken]] = worth[taken]
    led_by = np.empty(count, np.int64)
    led_by[follows] = np.arange(count)
    before = led_by[costs.indices]
    loss = worth - own[before]
    left = np.zeros(count)
    while True:
        better = np.maximum.reduceat(loss + left[before], costs.indptr[:-1])
        if not (better > left).any():
            break
        left = np.maximum(left, better)
    right = np.empty(count)
    right[follows] = own - left
    return left + right, float(own.sum())
