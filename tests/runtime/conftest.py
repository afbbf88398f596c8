"""A workspace whose Slack is on loopback, and senders for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.clock import TravelClock
from bot.domain.notices import Notice, WelcomeBack
from bot.runtime.sender import Sender
from bot.runtime.slack import SlackGateway, sending_client
from bot.views.kit import Attached
from storage import outbox
from storage.claims import Terms
from storage.engine import reading_scope, session_scope
from storage.tables import OutboxRow, Person, Workspace
from tests.runtime.little_slack import LittleSlack, little_slack

NOW = datetime(2026, 3, 31, 10, tzinfo=UTC)


@dataclass
class Plain:
    """A notice as its program's name and nothing else."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    file: Attached | None = None


def in_plain_text(notice: Notice) -> Plain:
    return Plain(notice.program if isinstance(notice, WelcomeBack) else notice.kind)


CALENDAR = b"BEGIN:VCALENDAR"


def with_a_file(notice: Notice) -> Plain:
    """The same with a calendar file beside it."""
    return Plain(in_plain_text(notice).text, file=Attached("meeting.ics", "Meeting", lambda: CALENDAR))


@dataclass
class World:
    """The database and the Slack that a sender stands between."""

    engine: Engine
    slack: LittleSlack
    gone: list[tuple[str, str]] = field(default_factory=list)

    def sender(self, render: Callable[[Notice], Plain] = in_plain_text, **options: Any) -> Sender:
        """A sender as a new process would have it, and one in a hurry unless it is given other `terms`."""
        gateway = SlackGateway(sending_client("xoxb-1", self.slack.url))
        return Sender(
            self.engine,
            TravelClock(NOW),
            gateway,
            render,
            self.notice_gone,
            **{"terms": Terms(rates=None), **options},
        )

    def notice_gone(self, _session: Session, workspace_id: str, to: str, error: str, _now: datetime) -> None:
        assert workspace_id == "T1"
        self.gone.append((to, error))

    def say(
        self,
        words: str,
        to: str = "user:U1",
        notice: Notice | None = None,
        after: timedelta = timedelta(0),
        **options: Any,
    ) -> None:
        """Enqueue `words` (also the key) in a transaction of its own."""
        said = notice or WelcomeBack(words, "Ana", ())
        with session_scope(self.engine) as session:
            outbox.enqueue(session, "T1", said, key=words, to=to, due_at=NOW + after, **options)

    def row(self, key: str) -> OutboxRow:
        with reading_scope(self.engine) as session:
            return session.exec(select(OutboxRow).where(OutboxRow.key == key)).one()


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    with session_scope(engine) as session:
        session.add(Workspace(id="T1", name="Acme", bot_user_id="UBOT"))
        session.flush()
        session.add(Person(workspace_id="T1", user_id="U1", name="Ana"))
        session.add(Person(workspace_id="T1", user_id="U2", name="Ben"))
    with little_slack() as slack:
        yield World(engine, slack)
