"""Possible partners found in a process of its own: a round's inputs as JSON on standard input, the lists on standard
output. For three hundred people it is a second or two of Python, in which a bot would answer clicks late.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.considering import Possible, possible_partners
from bot.domain.giving_way import give_way
from bot.domain.matching import Inputs, inputs_from_json
from bot.domain.matching.sentences import Clause, Topic

Lists = Mapping[str, tuple[Possible, ...]]
"""Whom each person is shown, by their id."""


def considered(inputs: Inputs) -> Lists:
    """Whom each person is shown, where the match that is proposed is the one these inputs give."""
    return possible_partners(inputs, inputs.plan())


def lists_to_json(lists: Lists) -> dict[str, Any]:
    """Plain JSON values: ids and what people offer."""
    return {person: [asdict(one) for one in shown] for person, shown in lists.items()}


def lists_from_json(stored: Mapping[str, Any]) -> Lists:
    """The inverse of `lists_to_json`."""
    return {person: tuple(_possible(one) for one in shown) for person, shown in stored.items()}


def _possible(stored: Mapping[str, Any]) -> Possible:
    why = (Clause(Topic(c["topic"]), tuple(c["people"]), tuple(c["words"]), c["side"]) for c in stored["why"])
    return Possible(stored["id"], tuple(why))


def main() -> None:
    """Read, solve, choose, write."""
    give_way()
    json.dump(lists_to_json(considered(inputs_from_json(json.load(sys.stdin)))), sys.stdout)


if __name__ == "__main__":
    main()
