"""What may become of what, as tables: drawn in the documentation, complete, each refusal in words of its own."""

import ast
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from bot.content.moves import REFUSED
from bot.domain.checkins import SILENCES, CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.lifecycle import BY_CONSENT, BY_ENDING, MACHINES, Machine, does_to_pair
from bot.domain.pairs import PairEnding
from bot.errors import NotPossibleNow
from bot.services import moving
from tests import lifecycle

every_machine = pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
ROOT = Path(__file__).parents[2]
STATUSES = {machine.column for machine in MACHINES} | {"ending"}


class Row:
    """Something that has a status."""

    def __init__(self, machine: Machine[Any, Any], state: StrEnum | None) -> None:
        setattr(self, machine.column, state)


def test_the_documentation_is_what_the_tables_draw() -> None:
    assert lifecycle.FILE.read_text() == lifecycle.drawn(), "python -m tests.lifecycle writes it"


@every_machine
def test_every_act_in_every_state_is_a_move_or_refused_in_words_of_its_own(machine: Machine[Any, Any]) -> None:
    heard = []
    for state in machine.states:
        for act in machine.acts:
            row = Row(machine, state)
            if (state, act) in machine.moves:
                moving.move(machine, row, act)
                assert getattr(row, machine.column) is machine.moves[state, act]
                continue
            with pytest.raises(NotPossibleNow) as refused:
                moving.move(machine, row, act)
            assert getattr(row, machine.column) is state
            heard.append(refused.value.user_message)
    assert set(heard) == set(REFUSED[machine.name].values())
    assert len(set(heard)) == len(heard)
    assert all(1 < len(sentence.split()) <= 60 for sentence in heard)


@every_machine
def test_every_status_a_column_can_hold_is_in_its_table(machine: Machine[Any, Any]) -> None:
    known = [state for state in machine.states if state is not None]
    every = known[0].__class__.__members__.values()
    assert set(known) == set(every)


def test_every_ending_and_every_answer_has_its_act() -> None:
    assert set(BY_ENDING) == set(PairEnding)
    assert set(SILENCES) == set(CheckInState)
    assert [state for state in CheckInState if does_to_pair(state) != "answer"] == [CheckInState.WRAP_UP]
    assert len(BY_CONSENT) == 3


def test_nobody_else_changes_a_status() -> None:
    """Assignments outside of moving.py would not ask the tables."""
    rooms = [ROOT / "bot", ROOT / "handlers"]
    files = [file for room in rooms for file in room.rglob("*.py") if file.name != "moving.py"]
    found = [f"{file}:{line}" for file in files for line in statuses_written(file)]
    assert not found, found


def statuses_written(file: Path) -> list[int]:
    """The lines in which an attribute called like a status is assigned to."""
    attributes = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)]
    return [one.lineno for one in attributes if one.attr in STATUSES and isinstance(one.ctx, ast.Store)]


def test_someone_who_never_joined_is_in_the_table_of_enrollments() -> None:
    states = MACHINES[0].states
    assert states == (None, *EnrollmentStatus)
