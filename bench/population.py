"""A company on the books: people with a place in a program and a partner, written straight into the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import SQLModel

from bot.domain.people import PersonFacts
from bot.services import remembering
from storage.engine import session_scope
from storage.tables import Cycle, Enrollment, MatchRun, Organizer, Pair, PairMember, Person, Program

TEAM, ORGANIZER = "T0LANTERN", "UORG"
AT_ONCE = 5_000
CYCLE = timedelta(weeks=12)


def populate(
    engine: Engine, count: int, *, since: datetime, ask_from: datetime, zones: Sequence[str], team: str = TEAM
) -> list[str]:
    """`count` people (an even number) in pairs that began at `since` and may be asked from `ask_from`; their ids."""
    users = [f"U{number:06}" for number in range(count)]
    with session_scope(engine) as session:
        remembering.remember_workspace(session, team, "Lantern Works", "UBOT", "mentor")
        remembering.remember(session, team, _organizer(), now=since)
        program = Program(workspace_id=team, name="Peer mentoring", timezone=zones[0], created_at=since)
        session.add(program)
        session.flush()
        session.add(Organizer(program_id=program.id, user_id=ORGANIZER, workspace_id=team))
        run = MatchRun(workspace_id=team, program_id=program.id, made_at=since, made_by=ORGANIZER, seed=1)
        session.add(run)
        session.flush()
        cycle = Cycle(
            workspace_id=team,
            program_id=program.id,
            run_id=run.id,
            number=1,
            starts_on=since.date(),
            ends_on=since.date() + CYCLE,
        )
        session.add(cycle)
        session.flush()
        place = {"workspace_id": team, "program_id": program.id}
        begun = {**place, "cycle_id": cycle.id, "started_at": since, "ask_from": ask_from}
    _write(engine, Person, (_person(team, number, user, zones) for number, user in enumerate(users)))
    _write(engine, Enrollment, ({**place, "user_id": user, "joined_at": since} for user in users))
    _write(engine, Pair, ({**begun, "id": number} for number in range(1, count // 2 + 1)))
    looked_at = {"workspace_id": team, "look_at": ask_from}
    _write(engine, PairMember, ({**looked_at, "pair_id": n // 2 + 1, "user_id": u} for n, u in enumerate(users)))
    return users


def _organizer() -> PersonFacts:
    return PersonFacts(ORGANIZER, "Olga", "", "UTC", None, None, is_admin=False, is_gone=False, may_join=True)


def _person(team: str, number: int, user: str, zones: Sequence[str]) -> dict[str, Any]:
    return {"workspace_id": team, "user_id": user, "name": f"Person {number}", "timezone": zones[number % len(zones)]}


def _write(engine: Engine, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        with engine.begin() as connection:
            connection.execute(insert(table), some)
