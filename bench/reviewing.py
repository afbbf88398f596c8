"""What an organizer of 300 people waits for besides the solve: reading everyone, keeping the match, drawing a page."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from bench.company import company
from bench.figures import Figure, beside
from bench.solvers import SEED
from bot.domain.people import Actor
from bot.services import matchmaking, previewing, remembering, reviewing
from bot.views import matches
from bot.views import reviewing as views
from storage.engine import make_engine, session_scope
from storage.migrate import upgrade
from storage.tables import Enrollment, MatchRun, Organizer, Person, Program

PEOPLE, RUNS = 300, 5
TEAM = "T0LANTERN"
OLGA = Actor(TEAM, "UORG")
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)


def measure() -> list[Figure]:
    """Each beside the solve alone, in the same process."""
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite+pysqlite:///{Path(folder) / 'review.db'}", pool_size=1)
        upgrade(engine)
        program_id = _company(engine)
        draft = _done(engine, lambda session: matchmaking.prepare(session, OLGA, program_id, now=NOW))
        plan = draft.inputs.plan()  # and scipy is imported
        solve = _milliseconds(draft.inputs.plan)

        def preview(session: Session) -> MatchRun:
            fresh = matchmaking.prepare(session, OLGA, program_id, now=NOW)
            run = matchmaking.keep(session, OLGA, fresh, plan, now=NOW)
            matches.preview(previewing.read_preview(session, run))
            return run

        run_id = _done(engine, lambda session: preview(session).id)

        def swap(session: Session) -> None:
            review = reviewing.under_review(session, OLGA, run_id)
            views.swap(previewing.swap_offer(session, review, 1))

        figures = [
            beside(f"swaps for a pair of {PEOPLE}, against the solve", _milliseconds(_done, engine, swap), solve, "ms"),
            beside(f"preview of {PEOPLE}, against the solve", _milliseconds(_done, engine, preview), solve, "ms"),
        ]
        engine.dispose()
    return figures


def _company(engine: Engine) -> int:
    rows = company(PEOPLE, SEED)
    with session_scope(engine) as session:
        remembering.remember_workspace(session, TEAM, "Lantern Works", "UBOT", "mentor")
        program = Program(workspace_id=TEAM, name="Peer mentoring", timezone="Europe/Berlin", created_at=NOW)
        session.add(program)
        session.flush()
        session.add(Organizer(program_id=program.id, user_id=OLGA.user_id, workspace_id=TEAM))
        session.add_all(
            Person(workspace_id=TEAM, user_id=row["id"], name=row["id"], department=row["department"]) for row in rows
        )
        session.add_all(
            Enrollment(
                **{"workspace_id": TEAM, "program_id": program.id, "user_id": row["id"], "joined_at": NOW},
                offers=row["offers"],
                asks=row["asks"],
                style=row["style"],
            )
            for row in rows
        )
        return program.id


def _done(engine: Engine, act: Callable[[Session], Any]) -> Any:
    with session_scope(engine) as session:
        return act(session)


def _milliseconds(act: Callable[..., Any], *arguments: Any) -> float:
    """The median of some runs."""
    times = []
    for _ in range(RUNS):
        began = perf_counter()
        act(*arguments)
        times.append(1000 * (perf_counter() - began))
    return median(times)
