"""From halves to whole pairs: the odd cycles of a fractional optimum, made whole at the least cost.

An even cycle of halves is two whole matchings of equal worth. Odd cycles have to be broken up together with what lies
between them: a better plan leads from each along pairs that are not taken and pairs that are, alternately, to another
one or to somebody alone, and costs the slacks on its ways (Berge 1957). So an exact matching (Edmonds 1965) is needed
only among those whom such a way can pass while all the others take their shortest.
"""

from itertools import chain

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from bot.domain.matching.prices import MUST_SIT, Chosen, Ints, Slacks, Web, Worths

ALONE = -1
_A_STEP = 1e-6  # a way of length 0 would be no way to the library; ten thousand of these are still nothing
_FARTHER = 4.0
_MOST_CYCLES = 100  # whose ways are all followed: beyond, a good plan has to do
Plan = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
"""Pairs and who is alone, by position."""


def made_whole(count: int, graph: Web, slacks: Slacks) -> Plan:
    """The best whole plan over the pairs of `graph`; `count` people, seats not among them."""
    partner = np.full(graph.count, ALONE)
    odd = _pair_up(slacks.follows, partner)
    if odd:
        _break_up(graph, slacks, odd, partner)
    pairs = tuple((one, int(partner[one])) for one in range(count) if one < partner[one] < count)
    return pairs, tuple(one for one in range(count) if not 0 <= partner[one] < count)


def _pair_up(follows: Ints, partner: Ints) -> list[list[int]]:
    """Pair what lies on even cycles; answers the odd ones."""
    odd: list[list[int]] = []
    seen = np.zeros(len(follows), np.bool_)
    for start in np.flatnonzero(follows != np.arange(len(follows))).tolist():
        if seen[start]:
            continue
        cycle = [start]
        while (follower := int(follows[cycle[-1]])) != start:
            cycle.append(follower)
        seen[cycle] = True
        if len(cycle) % 2:
            odd.append(cycle)
        else:
            partner[cycle[::2]], partner[cycle[1::2]] = cycle[1::2], cycle[::2]
    return odd


def _break_up(graph: Web, slacks: Slacks, odd: list[list[int]], partner: Ints) -> None:
    """Match anew those whom ways can pass that are longer than the shortest, then longer still, until it is proven."""
    mate = np.where(partner >= 0, partner, np.arange(graph.count))
    away, shortest = _away(graph, slacks, odd, mate)
    within = away + away[mate]
    within[list(chain.from_iterable(odd))] = 0
    longer = max(1.0, shortest)
    while True:
        near = away[graph.low] + slacks.pair + away[graph.high] <= longer + 1
        most = int(min(shortest + longer + 1, MUST_SIT))
        cost, found = _matched(graph, slacks, within <= longer + 1, near, most)
        if cost - shortest <= longer or longer >= MUST_SIT or (cost < MUST_SIT and len(odd) > _MOST_CYCLES):
            partner[list(found)] = list(found.values())
            return
        longer = min(_FARTHER * longer, cost - shortest)


def _away(graph: Web, slacks: Slacks, odd: list[list[int]], mate: Ints) -> tuple[Worths, float]:
    """How far each person is from where ways begin, less half of that way's shortest; and the sum of those halves."""
    sources = [*odd[:_MOST_CYCLES], list(chain.from_iterable(odd[_MOST_CYCLES:])), []]
    lonely = np.where(slacks.lonely == MUST_SIT, np.inf, slacks.lonely)
    reach = dijkstra(_ways(graph, slacks, sources, mate, lonely), indices=graph.count + np.arange(len(sources)))
    reach = reach[:, : graph.count]
    half = np.zeros(len(sources))
    for number, cycle in enumerate(odd[:_MOST_CYCLES]):
        others = [who for other in odd if other is not cycle for who in other]
        half[number] = min(reach[number][others].min(initial=np.inf), (reach[number] + lonely).min()) / 2
    half[~np.isfinite(half)] = 0
    return (reach - half[:, None]).min(axis=0), float(np.floor(half.sum()))


def _ways(graph: Web, slacks: Slacks, sources: list[list[int]], mate: Ints, lonely: Worths) -> csr_matrix:
    """Steps from person to person over a pair that is not taken and one that is; the last source leads to all who could
    be alone instead of their partner."""
    first = graph.count
    begins = np.repeat(first + np.arange(len(sources)), [len(source) for source in sources])
    alone = np.flatnonzero(np.isfinite(lonely))
    rows = [graph.low, graph.high, begins, np.full(len(alone), first + len(sources) - 1)]
    columns = [mate[graph.high], mate[graph.low], np.array(list(chain.from_iterable(sources)), np.int64), mate[alone]]
    lengths = [slacks.pair, slacks.pair, np.zeros(len(begins)), lonely[alone]]
    size = first + len(sources)
    data = np.maximum(np.concatenate(lengths).astype(np.float64), _A_STEP)
    return csr_matrix((data, (np.concatenate(rows), np.concatenate(columns))), (size, size))


def _matched(graph: Web, slacks: Slacks, inside: Chosen, near: Chosen, most: int) -> tuple[int, dict[int, int]]:
    """The best plan for those `inside` over pairs that are `near`: the slack it costs, and everyone's partner.

    Whoever would cost over `most` alone is worth that much: a plan that leaves them alone is none that is looked for.
    """
    import rustworkx

    near = near & inside[graph.low] & inside[graph.high]
    low, high, slack = graph.low[near], graph.high[near], slacks.pair[near]
    lonely = np.minimum(slacks.lonely, most)
    gain = lonely[low] + lonely[high] - slack
    mesh = rustworkx.PyGraph(multigraph=False)
    mesh.add_nodes_from(np.flatnonzero(inside).tolist())
    at = np.cumsum(inside) - 1
    mesh.add_edges_from(list(zip(at[low].tolist(), at[high].tolist(), gain.tolist(), strict=True)))
    partner = dict.fromkeys(mesh.nodes(), ALONE)
    for one, other in rustworkx.max_weight_matching(mesh, weight_fn=int):
        partner[mesh[one]], partner[mesh[other]] = mesh[other], mesh[one]
    alone = sum(int(slacks.lonely[who]) for who, other in partner.items() if other == ALONE)
    taken = np.array([partner[who] for who in low.tolist()], np.int64) == high
    return min(alone + int(slack[taken].sum()), MUST_SIT), partner
