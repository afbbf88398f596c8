"""What the bot will say: written in the transaction of the change that causes it; `claims.py` has it sent."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Any
from weakref import WeakKeyDictionary

from pydantic import Field, TypeAdapter
from sqlalchemy import Engine, case, func, text
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from bot.domain.notices import Lane, Notice, lane
from storage import outbox_tables, pacing
from storage.addresses import check_address
from storage.engine import engine_of, insert, on_commit
from storage.tables import OutboxRow, OutboxStatus, Pace

UNFINISHED = text(f"outbox.{outbox_tables.UNFINISHED}")
WAITS = (OutboxStatus.PENDING, OutboxStatus.SENDING)
LONG_AGO = timedelta(days=36500)
IN_ORDER = (col(OutboxRow.due_at), col(OutboxRow.id))

Saying = dict[str, Any]
"""The columns of a row that is yet to be written: a row of the ORM takes four times as long to make."""

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
    said = saying(workspace_id, notice, key=key, to=to, due_at=due_at, expires_at=expires_at, replaces=replaces)
    session.flush()
    adding = insert(session)(OutboxRow).values(said).on_conflict_do_nothing().returning(col(OutboxRow.id))
    added = session.exec(adding).first() is not None
    if added and said["lane"] == Lane.ANSWER:
        _hurry(session, workspace_id, to, due_at)
    _wake_after(session)
    return added


def saying(
    workspace_id: str,
    notice: Notice,
    *,
    key: str,
    to: str,
    due_at: datetime,
    expires_at: datetime | None = None,
    replaces: str | None = None,
) -> Saying:
    """A row to `enqueue_all`; ValueError for an address that is none."""
    check_address(to)
    return {
        "workspace_id": workspace_id,
        "key": key,
        "to": to,
        "notice": encode(notice),
        "replaces": replaces,
        "lane": lane(notice),
        "due_at": due_at,
        "expires_at": expires_at,
        "status": OutboxStatus.PENDING,
        "attempt": 0,
        "told": False,
    }


def enqueue_all(session: Session, sayings: Sequence[Saying]) -> None:
    """Many messages that are no answers, at once; those whose key was said or is waiting already are passed over."""
    if sayings:
        session.flush()
        session.connection().execute(insert(session)(OutboxRow).on_conflict_do_nothing(), sayings)
        _wake_after(session)


def _wake_after(session: Session) -> None:
    listener = _listeners.get(engine_of(session))
    if listener is not None:
        on_commit(session, listener)


def _hurry(session: Session, workspace_id: str, to: str, due_at: datetime) -> None:
    """One place hears things in order, so what it has yet to hear before an answer goes as fast as the answer."""
    before = update(OutboxRow).where(UNFINISHED, col(OutboxRow.workspace_id) == workspace_id)
    before = before.where(col(OutboxRow.to) == to, col(OutboxRow.due_at) <= due_at)
    session.exec(before.values(lane=Lane.ANSWER))


def withdraw(session: Session, workspace_id: str, key: str) -> bool:
    """What has not been sent yet and is no longer true is not sent; False when it was too late for that."""
    waiting = update(OutboxRow).where(col(OutboxRow.workspace_id) == workspace_id, col(OutboxRow.key) == key)
    dropped = session.exec(
        waiting.where(col(OutboxRow.status) == OutboxStatus.PENDING).values(
            status=OutboxStatus.DROPPED, error="no longer true"
        )
    )
    return dropped.rowcount == 1


def withdraw_all(session: Session, workspace_id: str, beginning: str) -> None:
    """The same of everything whose key begins so."""
    waiting = update(OutboxRow).where(UNFINISHED, col(OutboxRow.workspace_id) == workspace_id)
    named = waiting.where(col(OutboxRow.key).startswith(beginning, autoescape=True))
    session.exec(
        named.where(col(OutboxRow.status) == OutboxStatus.PENDING).values(
            status=OutboxStatus.DROPPED, error="no longer true"
        )
    )


def rewrite(session: Session, workspace_id: str, key: str, notice: Notice, expires_at: datetime | None = None) -> bool:
    """Say something else instead, at the same moment, and not after `expires_at`, where it is another now; False when
    it was too late for that."""
    waiting = update(OutboxRow).where(col(OutboxRow.workspace_id) == workspace_id, col(OutboxRow.key) == key)
    waiting = waiting.where(col(OutboxRow.status) == OutboxStatus.PENDING)
    values = {"notice": encode(notice), **({"expires_at": expires_at} if expires_at else {})}
    return session.exec(waiting.values(**values)).rowcount == 1


def waits_until(session: Session, workspace_id: str, key: str) -> datetime | None:
    """When the message enqueued as `key` goes; None where it is on its way, or was sent or dropped."""
    named = select(OutboxRow.due_at).where(OutboxRow.workspace_id == workspace_id, OutboxRow.key == key)
    return session.exec(named.where(OutboxRow.status == OutboxStatus.PENDING)).first()


def last_of(session: Session, workspace_id: str, keys: Collection[str]) -> datetime | None:
    """When the last of `keys` goes that waits; None where none does."""
    moments = [waits_until(session, workspace_id, key) for key in keys]
    return max((moment for moment in moments if moment is not None), default=None)


def what_was_said(session: Session, workspace_id: str, key: str) -> Notice | None:
    """The notice enqueued as `key`, sent or not."""
    named = select(OutboxRow.notice).where(OutboxRow.workspace_id == workspace_id, OutboxRow.key == key)
    written = session.exec(named).first()
    return decode(dict(written)) if written is not None else None


def said_already(session: Session, keys: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of `keys` (workspace id, key) that were enqueued, sent or not."""
    named = col(OutboxRow.key).in_([key for _, key in keys])
    places = col(OutboxRow.workspace_id).in_({workspace_id for workspace_id, _ in keys})
    return set(session.exec(select(OutboxRow.workspace_id, OutboxRow.key).where(places, named))) & set(keys)


def is_said(session: Session, workspace_id: str, key: str) -> bool:
    """Whether the message enqueued as `key` stands where its reader can see it."""
    named = select(OutboxRow.id).where(OutboxRow.workspace_id == workspace_id, OutboxRow.key == key)
    return session.exec(named.where(OutboxRow.status == OutboxStatus.SENT)).first() is not None


def key_at(session: Session, workspace_id: str, to: str, ts: str) -> str | None:
    """What makes the message once that a reader sees at `ts`; None where it was not said from here."""
    mine = select(OutboxRow).where(OutboxRow.workspace_id == workspace_id, OutboxRow.to == to, OutboxRow.ts == ts)
    row = session.exec(mine.limit(1)).first()
    return None if row is None else row.replaces or row.key


def go_together(session: Session, workspace_id: str, keys: Collection[str], due_at: datetime) -> None:
    """Those of `keys` that wait go at `due_at`."""
    waiting = update(OutboxRow).where(col(OutboxRow.workspace_id) == workspace_id, col(OutboxRow.key).in_(keys))
    session.exec(waiting.where(col(OutboxRow.status) == OutboxStatus.PENDING).values(due_at=due_at))


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
    return set(session.exec(select(OutboxRow.workspace_id, OutboxRow.key).where(places, named, lost))) & set(keys)


def to_reader(session: Session, workspace_id: str, to: str, since: datetime, *, lost: bool = False) -> list[OutboxRow]:
    """The messages of their own that a reader got at `since` or later, or is still to get; changes to them do not
    count. With `lost` those too that were dropped or refused."""
    mine = select(OutboxRow).where(OutboxRow.workspace_id == workspace_id, OutboxRow.to == to)
    kept = col(OutboxRow.status).notin_([OutboxStatus.DROPPED, OutboxStatus.FAILED])
    waits = case((col(OutboxRow.not_before) > col(OutboxRow.due_at), OutboxRow.not_before), else_=OutboxRow.due_at)
    moment = func.coalesce(OutboxRow.sent_at, waits)
    mine = mine if lost else mine.where(kept)
    return list(session.exec(mine.where(col(OutboxRow.replaces).is_(None), or_(moment >= since, UNFINISHED))))


def overdue(session: Session, before: datetime, now: datetime, most: int) -> list[OutboxRow]:
    """Messages to people and pairs that should have been sent by `before`, or are in doubt since, and of which it is
    not known that `now` is a good time; at most so many."""
    waiting = select(OutboxRow).where(UNFINISHED, OutboxRow.due_at < before)
    mine = waiting.where(col(OutboxRow.to).not_like("channel:%"), col(OutboxRow.replaces).is_(None))
    stale = or_(col(OutboxRow.good_until).is_(None), col(OutboxRow.good_until) <= now)
    return list(session.exec(mine.where(stale).order_by(*IN_ORDER).limit(most)))


def look_again(session: Session, workspace_id: str) -> None:
    """Something about everyone's time changed: what waits is looked at anew."""
    waiting = update(OutboxRow).where(UNFINISHED, col(OutboxRow.workspace_id) == workspace_id)
    session.exec(waiting.values(good_until=None).execution_options(synchronize_session=False))


def waiting_for(session: Session, workspace_id: str, to: str) -> list[OutboxRow]:
    """The messages of their own that wait for a reader, in order; those in doubt may be posted yet, too."""
    mine = select(OutboxRow).where(OutboxRow.workspace_id == workspace_id, OutboxRow.to == to, UNFINISHED)
    return list(session.exec(mine.where(col(OutboxRow.replaces).is_(None)).order_by(*IN_ORDER)))


def unfinished(session: Session) -> dict[int, datetime]:
    """What waits or is on its way: id -> when it is due."""
    return dict(session.exec(select(OutboxRow.id, OutboxRow.due_at).where(UNFINISHED)).all())


def since_row(session: Session, ids: Collection[int], last: int) -> list[OutboxRow]:
    """The rows of these ids, and all that were written after the row `last`, in order."""
    wanted = select(OutboxRow).where(or_(col(OutboxRow.id) > last, col(OutboxRow.id).in_(ids)))
    return list(session.exec(wanted.order_by(*IN_ORDER)))


def last_row(session: Session) -> int:
    """The id of the row written last; 0 before there is any."""
    return session.exec(select(func.max(OutboxRow.id))).one() or 0


def let_go(row: OutboxRow, reason: str) -> None:
    """It will not be said, through no fault of ours."""
    row.status, row.error = OutboxStatus.DROPPED, reason


def listen(engine: Engine, act: Callable[[], object]) -> Callable[[], object]:
    """Call `act` after each commit that enqueued something; one listener an engine. The answer ends it."""
    _listeners[engine] = act
    return lambda: _listeners.pop(engine, None)


def next_due(session: Session, now: datetime) -> datetime | None:
    """When there will be something to send or to look up; a moment past means now; None when nothing waits.

    Sometimes early, never late.
    """
    first = session.exec(_first_ready()).one()
    return None if first is None else max(first, _patience(session, now))


@cache
def _first_ready() -> SelectOfScalar[datetime | None]:
    free = case((col(OutboxRow.lease_until) > col(OutboxRow.due_at), OutboxRow.lease_until), else_=OutboxRow.due_at)
    ready = case((col(OutboxRow.not_before) > free, OutboxRow.not_before), else_=free)
    return select(func.min(ready)).where(UNFINISHED, first_of_its_place())


def something_is_due(session: Session, now: datetime) -> bool:
    """Whether anything could be claimed now if the pace allowed it."""
    free = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) <= now)
    allowed = or_(col(OutboxRow.not_before).is_(None), col(OutboxRow.not_before) <= now)
    due = select(OutboxRow.id).where(UNFINISHED, OutboxRow.due_at <= now, free, allowed, first_of_its_place())
    return _patience(session, now) <= now and session.exec(due.limit(1)).first() is not None


@cache
def first_of_its_place() -> ColumnElement[bool]:
    """Nothing else that the same place has to hear comes before this row, which is unfinished.

    One step in the index a row, on a PostgreSQL that knows nothing of the table yet too: NOT EXISTS took 4,880.
    """
    rival = aliased(OutboxRow, name="rival")
    same = (col(rival.workspace_id) == OutboxRow.workspace_id) & (col(rival.to) == OutboxRow.to)
    first = select(rival.id).where(text(f"rival.{outbox_tables.UNFINISHED}"), same)
    ordered = first.order_by(col(rival.due_at), col(rival.id)).limit(1)
    return col(OutboxRow.id) == ordered.correlate(OutboxRow).scalar_subquery()


def _patience(session: Session, now: datetime) -> datetime:
    """When the first workspace may be spoken to again."""
    holds = [row.held_until if pacing.waits(row, now) else None for row in session.exec(select(Pace))]
    return min((until or now - LONG_AGO for until in holds), default=now - LONG_AGO)
