"""How many pairs those who wait during a round could be, before anybody looks at a preview."""

from itertools import combinations

from bot.domain.exchanges import Table
from bot.domain.matching import Inputs

WEEKS_LEFT = 3
"""A pair that begins later in its round has no time for a second meeting."""
MOST_COUNTED = 60
"""People looked at: every two of them are tried."""


def most_pairs(inputs: Inputs) -> int:
    """The most pairs there can be at once, of the first so many people; nothing is solved for how well they fit."""
    import rustworkx  # a start of the bot does not pay for it

    ids = [candidate.id for candidate in inputs.candidates[:MOST_COUNTED]]
    table = Table(inputs)
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(ids)
    for one, other in combinations(range(len(ids)), 2):
        if table.allowed(tuple(sorted((ids[one], ids[other])))):
            graph.add_edge(one, other, None)
    return len(rustworkx.max_weight_matching(graph, max_cardinality=True))
