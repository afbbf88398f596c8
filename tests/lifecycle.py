"""Draws docs/lifecycle.md from the tables of bot/domain/lifecycle.py: `python -m tests.lifecycle` writes it."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.content.moves import REFUSED
from bot.domain.checkins import SILENCES, CheckInState, Silence
from bot.domain.lifecycle import CHECK_IN, MACHINES, Machine, PairAct, does_to_pair

FILE = Path(__file__).parents[1] / "docs" / "lifecycle.md"
HEAD = """# Lifecycle

Drawn from the tables in `bot/domain/lifecycle.py` by `python -m tests.lifecycle`; a test holds that it equals them.
A move that is not drawn is refused with the sentence below it (`bot/content/moves.py`), and changes nothing.
"""


def drawn() -> str:
    """The whole file."""
    return "\n".join([HEAD, *(line for machine in MACHINES for line in _section(machine))])


def _section(machine: Machine[Any, Any]) -> Iterator[str]:
    yield f"## {machine.name.capitalize()}\n"
    yield f"{machine.about}\n"
    yield from _diagram(machine)
    if machine is CHECK_IN:
        yield from _schedule()
    yield "| When it is | this is refused | in these words |"
    yield "|---|---|---|"
    for state, act in machine.illegal:
        yield f"| {_words(state)} | {_words(act)} | {REFUSED[machine.name][state, act]} |"
    yield ""


def _diagram(machine: Machine[Any, Any]) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in machine.begins:
        yield f"    [*] --> {state}"
    arrows: dict[tuple[str, str], list[str]] = {}
    for (state, act), becomes in machine.moves.items():
        arrows.setdefault((state or "[*]", becomes), []).append(_words(act))
    for (state, becomes), acts in arrows.items():
        yield f"    {state} --> {becomes}: {', '.join(acts)}"
    yield "```\n"


def _schedule() -> Iterator[str]:
    yield "| Answer | The pair is asked again | What it does to the pair |"
    yield "|---|---|---|"
    for state in CheckInState:
        ends = does_to_pair(state) is PairAct.WRAP_UP
        again, does = ("never", "ends it well") if ends else (_again(SILENCES[state]), "begins the ladder anew")
        yield f"| {_words(state)} | {again} | {does} |"
    yield ""


def _again(silence: Silence) -> str:
    spans = ["one cadence"] * silence.cadences + [f"{silence.days} day{'s' * (silence.days > 1)}"] * bool(silence.days)
    return f"{' and '.join(spans)} after {'its day' if silence.from_its_day else 'the answer'}"


def _words(name: StrEnum | None) -> str:
    return name.replace("_", " ") if name else "(not yet there)"


if __name__ == "__main__":
    FILE.write_text(drawn())
