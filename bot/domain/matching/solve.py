"""The best set of pairs: an exact maximum-weight matching, with the aims in their order inside one whole number."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

Group = tuple[str, ...]
"""One person, or a pair that a third may join."""

_LUCK_BYTES = 4
_SCORES = 101  # 0 to 100


@dataclass(frozen=True)
class Tie:
    """Two groups that may come together. `priority`: what it is worth before all else; `sound`: not badly matched."""

    ends: tuple[Group, Group]
    priority: int
    sound: bool
    score: int


def best_ties(ties: Sequence[Tie], seed: int) -> list[Tie]:
    """Choose ties that share no end: the most ties, then the most priority, then the most sound, then the most score.

    What is still equal is decided by a hash of seed and ends, so the order of `ties` has no say.
    """
    import rustworkx  # a start of the bot does not pay for it

    nodes = {end: at for at, end in enumerate(sorted({end for tie in ties for end in tie.ends}))}
    ordered = sorted(ties, key=lambda tie: tie.ends)
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(nodes))
    values = _values(ordered, len(nodes) // 2 + 1, seed)
    graph.add_edges_from([(*_between(tie, nodes), value) for tie, value in zip(ordered, values, strict=True)])
    chosen = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    matched = {frozenset(edge) for edge in chosen}
    return [tie for tie in ordered if frozenset(_between(tie, nodes)) in matched]


def _between(tie: Tie, nodes: dict[Group, int]) -> tuple[int, int]:
    return nodes[tie.ends[0]], nodes[tie.ends[1]]


def _values(ties: Sequence[Tie], most: int, seed: int) -> list[int]:
    """One whole number per tie in which each aim outweighs all later aims of `most` ties together."""
    point = most << (8 * _LUCK_BYTES)
    sound = point * _SCORES * most
    priority = sound * 2 * most
    return [tie.priority * priority + tie.sound * sound + tie.score * point + _luck(tie, seed) for tie in ties]


def _luck(tie: Tie, seed: int) -> int:
    named = json.dumps([seed, *sorted(tie.ends)])
    return int.from_bytes(blake2b(named.encode(), digest_size=_LUCK_BYTES).digest())
