"""Who joins which pair as its third: an exact matching of the few who are over with the pairs that can take them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from bot.domain.matching.scores import POINT

Group = tuple[str, ...]
"""One person, or a pair that a third may join."""

_LUCK_BYTES = 4
_SCORES = 100 * POINT + 1


@dataclass(frozen=True)
class Join:
    """A person and a pair. `priority`: what it is worth before all else; `sound`: not badly matched; `gain`: what the
    total gains, or loses."""

    person: str
    pair: Group
    priority: int
    sound: bool
    gain: int


def best_joins(joins: Sequence[Join], seed: int) -> dict[Group, str]:
    """Pair -> its third: the most joins, then the most priority, the most sound, the highest total, luck."""
    import rustworkx  # a start of the bot does not pay for it

    ordered = sorted(joins, key=lambda join: (join.person, join.pair))
    ends = sorted({(join.person,) for join in joins} | {join.pair for join in joins})
    at = {end: number for number, end in enumerate(ends)}
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(ends)
    values = _values(ordered, len(ends) // 2 + 1, seed)
    graph.add_edges_from([(at[j.person,], at[j.pair], value) for j, value in zip(ordered, values, strict=True)])
    chosen = {frozenset(edge) for edge in rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)}
    return {join.pair: join.person for join in ordered if frozenset((at[join.person,], at[join.pair])) in chosen}


def _values(joins: Sequence[Join], most: int, seed: int) -> list[int]:
    """One whole number per join in which each aim outweighs all later aims of `most` joins together."""
    point = most << (8 * _LUCK_BYTES)
    sound = point * 2 * _SCORES * most
    priority = sound * 2 * most
    return [j.priority * priority + j.sound * sound + (j.gain + _SCORES) * point + _luck(j, seed) for j in joins]


def _luck(join: Join, seed: int) -> int:
    named = json.dumps([seed, join.person, *join.pair])
    return int.from_bytes(blake2b(named.encode(), digest_size=_LUCK_BYTES).digest())
