"""Little worlds for tests: a workspace with a program, people in it, pairs, and what the bot has to say to them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from bot.domain.enrollment import Celebration, EnrollmentStatus, Profile
from bot.domain.matching import Inputs, Rules, Weights, inputs_to_json
from bot.domain.notices import Notice
from bot.domain.pairs import PairStatus
from bot.domain.people import Actor, PersonFacts
from bot.domain.programs import RunStatus
from bot.services import introducing, remembering
from storage import outbox
from storage.engine import reading_scope, session_scope
from storage.tables import (
    Cycle,
    Enrollment,
    MatchRun,
    Organizer,
    OutboxRow,
    OutboxStatus,
    Pair,
    PairMember,
    Person,
    Program,
)

TEAM = "T1"
MONDAY = datetime(2026, 1, 12, 9, tzinfo=UTC)
"""A Monday at nine in London, in winter: London's clock is UTC."""

ORGANIZER = "UORG"
Done = TypeVar("Done")
Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Said:
    """A row of the outbox with its notice."""

    notice: Notice
    to: str
    key: str
    due_at: datetime
    expires_at: datetime | None
    replaces: str | None
    status: OutboxStatus


class World:
    """A database with a program in London, run by UORG, whose channel the bot is in. `now` moves as tests say."""

    def __init__(self, engine: Engine, now: datetime = MONDAY, *, channel: str | None = "C1") -> None:
        self.engine, self.now = engine, now
        self.program_id = 0
        self._cycle_id: int | None = None
        with self.writing() as session:
            remembering.remember_workspace(session, TEAM, "Small Works", "UBOT", "mentor")
            session.flush()
            self.program_id = self._new_program(session, channel)
        self.person(ORGANIZER, "Olga", enrolled=False)
        with self.writing() as session:
            session.add(Organizer(program_id=self.program_id, user_id=ORGANIZER, workspace_id=TEAM))

    def _new_program(self, session: Session, channel: str | None) -> int:
        program = Program(
            workspace_id=TEAM,
            name="Peer mentoring",
            timezone="Europe/London",
            channel_id=channel,
            channel_name="peer-mentoring" if channel else "",
            channel_joined=channel is not None,
            created_at=self.now,
        )
        session.add(program)
        session.flush()
        assert program.id is not None
        return program.id

    def another_program(self, name: str, *organizers: str, channel: str | None = "C2", **values: Any) -> Program:
        """A second program beside the first, run by these people (who are known already)."""
        with self.writing() as session:
            program = Program(
                workspace_id=TEAM,
                name=name,
                timezone="Europe/London",
                channel_id=channel,
                channel_name=name.lower().replace(" ", "-") if channel else "",
                channel_joined=channel is not None,
                created_at=self.now,
                **values,
            )
            session.add(program)
            session.flush()
            session.add_all(
                Organizer(program_id=program.id, user_id=user_id, workspace_id=TEAM) for user_id in organizers
            )
        return program

    def writing(self) -> AbstractContextManager[Session]:
        """A transaction, as a listener or a tick has one."""
        return session_scope(self.engine)

    def do(self, act: Callable[..., Done], *arguments: Any, **more: Any) -> Done:
        """One act in a transaction of its own, at the world's `now`."""
        with self.writing() as session:
            return act(session, *arguments, **more, now=self.now)

    def look(self, read: Callable[[Session], Done]) -> Done:
        """What `read` finds, without changing anything."""
        with reading_scope(self.engine) as session:
            return read(session)

    def rows(self, table: type[Row], **wanted: Any) -> list[Row]:
        """The rows of a table whose columns are as wanted."""
        query = select(table).filter_by(**wanted)
        return self.look(lambda session: list(session.exec(query)))

    def row(self, table: type[Row], **wanted: Any) -> Row:
        """The only such row."""
        (found,) = self.rows(table, **wanted)
        return found

    def change(self, row: SQLModel, **values: Any) -> None:
        """Write some columns of a row that was read."""
        with self.writing() as session:
            kept = session.merge(row)
            for name, value in values.items():
                setattr(kept, name, value)

    def person(
        self,
        user_id: str,
        name: str = "",
        *,
        timezone: str = "Europe/London",
        celebration: Celebration = Celebration.ASK,
        enrolled: bool = True,
        **facts: Any,
    ) -> Actor:
        """Someone Slack knows, in the program unless told otherwise; `facts` are those of PersonFacts."""
        told = replace(person_facts(user_id, name or user_id.removeprefix("U").title(), timezone), **facts)
        self.do(remembering.remember, TEAM, told)
        self.change(self.row(Person, user_id=user_id), celebration=celebration)
        if enrolled:
            with self.writing() as session:
                session.add(
                    Enrollment(workspace_id=TEAM, program_id=self.program_id, user_id=user_id, joined_at=self.now)
                )
        return Actor(TEAM, user_id)

    def people(self, *user_ids: str) -> list[Actor]:
        """Several of them."""
        return [self.person(user_id) for user_id in user_ids]

    def pair(self, *user_ids: str) -> Pair:
        """These people as a pair from now on, as a release would make it."""
        with self.writing() as session:
            place = (TEAM, self.program_id, self._cycle(session))
            return introducing.pair_up(session, place, user_ids, ("you two are new.",), "", now=self.now)

    def _cycle(self, session: Session) -> int:
        if self._cycle_id is None:
            run = MatchRun(
                workspace_id=TEAM,
                program_id=self.program_id,
                made_at=self.now,
                made_by=ORGANIZER,
                seed=1,
                inputs=inputs_to_json(Inputs((), (), Rules(), Weights(), self.now.date(), 1)),
                status=RunStatus.RELEASED,
                released_at=self.now,
            )
            session.add(run)
            session.flush()
            today = self.now.date()
            assert run.id is not None
            cycle = Cycle(
                workspace_id=TEAM,
                program_id=self.program_id,
                run_id=run.id,
                number=1,
                starts_on=today,
                ends_on=today + timedelta(weeks=12),
            )
            session.add(cycle)
            session.flush()
            self._cycle_id = cycle.id
        assert self._cycle_id is not None
        return self._cycle_id

    def said(self, kind: str | None = None, to: str | None = None) -> list[Said]:
        """What was put into the outbox, in order; a kind of notice, or what goes to one address."""
        query = select(OutboxRow).order_by(col(OutboxRow.id))
        all_of_it = [_said(row) for row in self.look(lambda session: list(session.exec(query)))]
        return [one for one in all_of_it if kind in (None, one.notice.kind) and to in (None, one.to)]

    def sent(self) -> None:
        """All that waits has been said."""
        for row in self.rows(OutboxRow, status=OutboxStatus.PENDING):
            self.change(row, status=OutboxStatus.SENT, sent_at=row.due_at)

    def enrollment(self, user_id: str) -> Enrollment:
        return self.row(Enrollment, user_id=user_id)

    def status(self, user_id: str) -> EnrollmentStatus:
        return self.enrollment(user_id).status

    def pairs_of(self, *, ended: bool = False) -> list[set[str]]:
        """The people of each pair that runs, or of each that has ended."""
        found = self.rows(Pair, status=PairStatus.ENDED if ended else PairStatus.ACTIVE)
        return [{member.user_id for member in self.rows(PairMember, pair_id=pair.id)} for pair in found]

    def at(self, moment: datetime) -> "World":
        """Go to a moment; nothing happens by itself."""
        self.now = moment
        return self

    def later(self, **by: float) -> "World":
        """Go on by days, hours, weeks."""
        return self.at(self.now + timedelta(**by))


def _said(row: OutboxRow) -> Said:
    return Said(
        notice=outbox.decode(row.notice),
        to=row.to,
        key=row.key,
        due_at=row.due_at,
        expires_at=row.expires_at,
        replaces=row.replaces,
        status=row.status,
    )


def person_facts(user_id: str, name: str, timezone: str = "Europe/London") -> PersonFacts:
    """A full member of the workspace."""
    return PersonFacts(
        user_id=user_id,
        name=name,
        title="",
        timezone=timezone,
        department=None,
        manager_id=None,
        is_admin=False,
        is_gone=False,
        may_join=True,
    )


def profile(
    offers: Sequence[str] = ("SQL",), asks: Sequence[str] = (), avoid: Sequence[str] = (), **more: Any
) -> Profile:
    """A filled-in join form."""
    usual: dict[str, Any] = {
        "goal": "",
        "style": {},
        "hours_from": time(9),
        "hours_to": time(17),
        "celebration": Celebration.ASK,
    }
    return Profile(offers=tuple(offers), asks=tuple(asks), avoid=tuple(avoid), **{**usual, **more})
