"""A round solved in a process of its own: its inputs as JSON on standard input, its plan on standard output.

The solvers hold the interpreter for the whole solve and take half a second and 49 MB to import; the bot has neither.
It gives way to the bot: someone's click is not to wait for a match.
"""

import json
import os
import sys

from bot.domain.matching.stored import inputs_from_json, plan_to_json

_NICE = 19  # gives way to everything


def main() -> None:
    """Read, solve, write."""
    os.nice(_NICE)
    inputs = inputs_from_json(json.load(sys.stdin))
    json.dump(plan_to_json(inputs.plan()), sys.stdout)


if __name__ == "__main__":
    main()
