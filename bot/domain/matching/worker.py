"""A round solved in a process of its own: its inputs as JSON on standard input, its plan on standard output.

The solvers hold the interpreter for the whole solve and take half a second and 49 MB to import; the bot has neither.
"""

import json
import sys

from bot.domain.giving_way import give_way
from bot.domain.matching.stored import inputs_from_json, plan_to_json


def main() -> None:
    """Read, solve, write."""
    give_way()
    inputs = inputs_from_json(json.load(sys.stdin))
    json.dump(plan_to_json(inputs.plan()), sys.stdout)


if __name__ == "__main__":
    main()
