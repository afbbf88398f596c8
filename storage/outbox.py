"""What the bot will say: written in the transaction of the change that causes it; `claims.py` has it sent."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from pydantic import Field, TypeAdapter
from sqlalchemy import Engine, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select, update

from bot.domain.notices import Notice
from storage.addresses import check_address
from storage.engine import on_commit
from storage.tables import OutboxRow, OutboxStatus

UNFINISHED = text("outbox.status IN ('pending', 'sending')")  # spelled out, so that a partial index can serve
IN_ORDER = (col(OutboxRow.due_at), col(OutboxRow.id))

_notices: TypeAdapter[Notice] = TypeAdapter(Annotated[Notice, Field(discriminator="kind")])
_listeners: WeakKeyDictionary[Engine, Callable[[], object]] = WeakKeyDictionary()


def encode(notice: Notice) -> dict[str, Any]:
    """A notice as JSON's own types."""
    written: dict[str, Any] = _notices.dump_python(notice, mode="json")
    return written


def decode(written: dict[str, Any]) -> Notice:
    """The notice again; pydantic.ValidationError when it was written by a version that said other things."""
    return _notices.validate_python(written)


def enqueue(
    session: Session,
    workspace_id: str,
    notice: Notice,
    *,
    key: str,
    to: str,
    due_at: datetime,
    expires_at: datetime | None = None,
    replaces: str | None = None,
) -> bool:
    """Say `notice` at `due_at`, with the session's commit; False when `key` was said or is waiting already.

    `replaces` is the key of a message to update in place. After `expires_at` it is not said at all.
    """
    row = OutboxRow(
        workspace_id=workspace_id,
        key=key,
        to=to,
        notice=encode(notice),
        replaces=replaces,
        due_at=due_at,
        expires_at=expires_at,
    )
    check_address(to)
    session.flush()
    values = row.model_dump(exclude={"id"})
    added = session.exec(
        _insert(session)(OutboxRow).values(values).on_conflict_do_nothing().returning(col(OutboxRow.id))
    )
    listener = _listeners.get(_engine(session))
    if listener is not None:
        on_commit(session, listener)
    return added.first() is not None


def withdraw(session: Session, workspace_id: str, key: str) -> bool:
    """What has not been sent yet and is no longer true is not sent; False when it was too late for that."""
    waiting = update(OutboxRow).where(col(OutboxRow.workspace_id) == workspace_id, col(OutboxRow.key) == key)
    dropped = session.exec(
        waiting.where(col(OutboxRow.status) == OutboxStatus.PENDING).values(
            status=OutboxStatus.DROPPED, error="no longer true"
        )
    )
    return dropped.rowcount == 1


def what_was_said(session: Session, workspace_id: str, key: str) -> Notice | None:
    """The notice enqueued as `key`, sent or not."""
    named = select(OutboxRow.notice).where(OutboxRow.workspace_id == workspace_id, OutboxRow.key == key)
    written = session.exec(named).first()
    return decode(dict(written)) if written is not None else None


def standing(session: Session, workspace_id: str, key: str) -> Notice | None:
    """What the message enqueued as `key` shows once all that replaces it was said."""
    changes = select(OutboxRow).where(OutboxRow.workspace_id == workspace_id, OutboxRow.replaces == key)
    last = session.exec(changes.order_by(col(OutboxRow.id).desc()).limit(1)).first()
    return decode(dict(last.notice)) if last is not None else what_was_said(session, workspace_id, key)


def never_said(session: Session, keys: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of `keys` (workspace id, key) whose message was dropped or refused, so that nobody ever read it."""
    lost = col(OutboxRow.status).in_([OutboxStatus.DROPPED, OutboxStatus.FAILED])
    named = col(OutboxRow.key).in_([key for _, key in keys])
    places = col(OutboxRow.workspace_id).in_({workspace_id for workspace_id, _ in keys})
    found = session.exec(select(OutboxRow).where(places, named, lost))
    return {(row.workspace_id, row.key) for row in found} & set(keys)


def to_reader(session: Session, workspace_id: str, to: str, since: datetime) -> list[OutboxRow]:
    """The messages of their own that a reader got, or will get, at `since` or later; changes to them do not count."""
    mine = select(OutboxRow).where(OutboxRow.workspace_id == workspace_id, OutboxRow.to == to)
    kept = col(OutboxRow.status).notin_([OutboxStatus.DROPPED, OutboxStatus.FAILED])
    moment = func.coalesce(OutboxRow.sent_at, OutboxRow.due_at)
    return list(session.exec(mine.where(kept, col(OutboxRow.replaces).is_(None), moment >= since)))


def listen(engine: Engine, act: Callable[[], object]) -> Callable[[], object]:
    """Call `act` after each commit that enqueued something; one listener an engine. The answer ends it."""
    _listeners[engine] = act
    return lambda: _listeners.pop(engine, None)


def next_due(session: Session) -> datetime | None:
    """When there will be something to send or to look up; a moment past means now; None when nothing waits."""
    rows = session.exec(select(OutboxRow).where(UNFINISHED).order_by(*IN_ORDER)).all()
    patience: dict[str, datetime] = {}
    first: dict[tuple[str, str], OutboxRow] = {}
    for row in rows:
        first.setdefault((row.workspace_id, row.to), row)
        if row.owner is None and row.lease_until is not None:
            patience[row.workspace_id] = max(row.lease_until, patience.get(row.workspace_id, row.lease_until))
    return min((_ready_at(row, patience.get(row.workspace_id)) for row in first.values()), default=None)


def _ready_at(row: OutboxRow, patience: datetime | None) -> datetime:
    return max(row.due_at, row.lease_until or row.due_at, patience or row.due_at)


def _insert(session: Session) -> Callable[[type[OutboxRow]], postgresql.Insert | sqlite.Insert]:
    return sqlite.insert if _engine(session).dialect.name == "sqlite" else postgresql.insert


def _engine(session: Session) -> Engine:
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine
