"""One solver on one roster, in a process of its own: python -m bench.solvers NAME COUNT, a line of JSON."""

import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from random import Random
from time import perf_counter
from typing import Any

from bench.company import company
from bot.domain.matching import Candidate, Meeting, Rules, Weights, plan
from bot.domain.matching.scores import points

DAY = date(2026, 3, 10)
SEED = 7
CUT = 16
Table = Any
"""Scores of all pairs, below 0 where two may not meet."""
Pairs = list[tuple[int, int]]


def roster(count: int) -> list[Candidate]:
    """The company on paper, all in a zone where everyone can meet everyone else but their manager."""
    return [
        Candidate(
            row["id"],
            tuple(row["offers"]),
            tuple(row["asks"]),
            tuple(row["goals"]),
            row["style"],
            row["department"],
            row["level"],
            row["manager"],
            "Europe/Berlin",
            (540, 1020),
        )
        for row in company(count, SEED)
    ]


def ours(people: list[Candidate]) -> dict[str, Any]:
    """Everything, from the roster to sentences."""
    history: list[Meeting] = []
    began = perf_counter()
    made = plan(people, history, rules=Rules(), weights=Weights(), on=DAY, seed=SEED)
    seconds = perf_counter() - began
    scores = sorted(pair.score for pair in made.pairs)
    return _told(seconds, scores, len(made.leftover)) | {"bound": points(made.bound)}


def table_of(people: list[Candidate]) -> Table:
    """All scores at once: rivals get them for nothing."""
    import numpy as np

    from bot.domain.matching.cohort import Cohort, by_blocks
    from bot.domain.matching.rules import Round
    from bot.domain.matching.scores import Scorer

    this_round = Round(people, (), Rules(), DAY)
    cohort = Cohort(this_round, Scorer(this_round, Weights()), Weights(), this_round.people, SEED)
    return np.vstack(list(by_blocks(np.arange(cohort.count), cohort.count, cohort.scores)))


def _complete(table: Table) -> list[tuple[int, int, int]]:
    import numpy as np

    low, high = np.nonzero(np.triu(table >= 0, 1))
    return list(zip(low.tolist(), high.tolist(), table[low, high].astype(int).tolist(), strict=True))


def _cut(table: Table) -> list[tuple[int, int, int]]:
    """Everyone's best sixteen."""
    import numpy as np

    best = np.argpartition(table, -CUT, axis=1)[:, -CUT:]
    pairs = {(min(a, b), max(a, b)) for a, row in enumerate(best.tolist()) for b in row if table[a, b] >= 0}
    return [(a, b, int(table[a, b])) for a, b in sorted(pairs)]


def _networkx(edges: list[tuple[int, int, int]]) -> Pairs:
    import networkx

    graph: Any = networkx.Graph()
    graph.add_weighted_edges_from(edges)
    return list(networkx.max_weight_matching(graph, maxcardinality=True))


def _rustworkx(edges: list[tuple[int, int, int]]) -> Pairs:
    import rustworkx

    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(1 + max(high for _, high, _ in edges)))
    graph.add_edges_from(edges)
    return list(rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int))


def _greedy(edges: list[tuple[int, int, int]]) -> Pairs:
    taken: set[int] = set()
    pairs = []
    for low, high, _ in sorted(edges, key=lambda edge: -edge[2]):
        if low not in taken and high not in taken:
            taken |= {low, high}
            pairs.append((low, high))
    return pairs


def _random(edges: list[tuple[int, int, int]]) -> Pairs:
    return _greedy([(low, high, 0) for low, high, _ in Random(SEED).sample(edges, len(edges))])


RIVALS: dict[str, Callable[[list[tuple[int, int, int]]], Pairs]] = {
    "networkx": _networkx,
    "rustworkx": _rustworkx,
    "greedy": _greedy,
    "random": _random,
}


def rival(name: str, people: list[Candidate]) -> dict[str, Any]:
    """`networkx` and so on over all pairs, `networkx cut` over everyone's best sixteen; only the choosing is timed."""
    table = table_of(people)
    chosen_by, _, cut = name.partition(" ")
    edges = _cut(table) if cut else _complete(table)
    began = perf_counter()
    pairs = RIVALS[chosen_by](edges)
    seconds = perf_counter() - began
    scores = sorted(int(table[low, high]) for low, high in pairs)
    return _told(seconds, scores, len(people) - 2 * len(pairs))


def _told(seconds: float, scores: list[int], left: int) -> dict[str, Any]:
    return {
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "total": points(sum(scores)),
        "worst": points(scores[0]),
        "fifth": points(scores[len(scores) // 20]),
        "left": left,
    }


if __name__ == "__main__":
    NAME, COUNT = sys.argv[1], int(sys.argv[2])
    PEOPLE = roster(COUNT)
    print(json.dumps(ours(PEOPLE) if NAME == "ours" else rival(NAME, PEOPLE)))
