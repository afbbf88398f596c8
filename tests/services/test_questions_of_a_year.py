"""What the bot asks its database of in a few weeks of a company, and how the database finds it: no test of time.

A table that grows with people and messages is never read from end to end, nor all that a workspace has in it: in a
company of 100,000 that is a minute of everybody's, every minute.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from bench.year.__main__ import run

ROOT = Path(__file__).parents[2]
GROWS = (
    *(
        "person",
        "enrollment",
        "pair",
        "pair_member",
        "nudge",
        "withheld_question",
        "check_in",
        "pair_goal",
        "goal_step",
    ),
    *("considered", "possible_partner", "invitation", "kudos", "milestone", "milestone_consent"),
    *("lesson_taken", "lesson_offered", "outbox", "outbox_audit"),
)
READS_ALL = re.compile(
    rf"SCAN ({'|'.join(GROWS)})\b(?! USING INDEX ix_outbox_)|SEARCH ({'|'.join(GROWS)}) .*\(workspace_id=\?\)$"
)
"""What waits in the outbox, and what could not be sent, has indexes of its own: those may be read whole."""

MAY_READ_ALL = {"storage/outbox.py:look_again"}
"""When an organizer chooses quiet weeks, all that waits is looked at anew."""


class Plans:
    """How SQLite answers each question that the bot asks, by who asks it."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.reads_all: list[str] = []

    def look_at(self, connection: Connection, statement: str, parameters: Any, many: bool) -> None:
        """Each question once; what the simulation itself asks does not count."""
        asker = product_code(sys._getframe(1))
        if asker is None or statement in self.seen or not statement.startswith(("SELECT", "UPDATE", "DELETE")):
            return
        self.seen.add(statement)
        cursor = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]
        for *_, step in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters):
            if READS_ALL.match(step):
                self.reads_all.append(f"{asker}: {step}")
        cursor.close()


def product_code(frame: FrameType | None) -> str | None:
    """The innermost function of this repository on the stack, unless it is of bench or tests."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and ".venv" not in path.parts and path != Path(__file__):
            room = path.relative_to(ROOT)
            return None if room.parts[0] in ("bench", "tests") else f"{room}:{frame.f_code.co_name}"
        frame = frame.f_back
    return None


@pytest.fixture
def plans() -> Iterator[Plans]:
    plans = Plans()

    def look(connection: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        plans.look_at(connection, statement, parameters, many)

    event.listen(Engine, "after_cursor_execute", look)
    yield plans
    event.remove(Engine, "after_cursor_execute", look)


def test_no_question_of_five_weeks_reads_a_whole_table_that_grows(plans: Plans) -> None:
    record = run(seed=7, count=24, weeks=5, programs=3)
    assert record.sent > 100
    assert len(plans.seen) > 150
    assert [step for step in plans.reads_all if step.split(": ")[0] not in MAY_READ_ALL] == []
