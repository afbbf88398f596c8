"""Posts that outlived their lease: what stands in Slack twice is taken back until one is left, the recorded one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from storage.claims import LEASE, Claim
from storage.tables import OutboxAudit, OutboxRow, OutboxStatus

ENOUGH = 5


@dataclass(frozen=True)
class Audit:
    """Whether `key` stands twice. `ts` is one post of it in `channel_id`, None when its answer was lost; `recorded` is
    the one that stays. `look_up`: it is a DM, where we can see for ourselves what was posted since `since`."""

    id: int
    workspace_id: str
    key: str
    channel_id: str
    ts: str | None
    recorded: str
    look_up: bool
    since: datetime


def begin(session: Session, claim: Claim, channel_id: str | None, ts: str | None, now: datetime) -> None:
    """Our post of `claim` came after its lease: look into it as soon as whoever has it now is done."""
    row = OutboxAudit(workspace_id=claim.workspace_id, key=claim.key, channel_id=channel_id, ts=ts, due_at=now)
    session.add(row)


def due(session: Session, now: datetime, lease: timedelta = LEASE) -> Sequence[Audit]:
    """What can be looked into now, a few at a time. What is still on its way is put off until its lease is over."""
    waiting = select(OutboxAudit).where(OutboxAudit.due_at <= now).order_by(col(OutboxAudit.due_at)).limit(ENOUGH)
    found = [_prepared(session, row, now, lease) for row in session.exec(waiting).all()]
    return [audit for audit in found if audit is not None]


def finish(session: Session, audit: Audit) -> None:
    """One is left."""
    session.exec(delete(OutboxAudit).where(col(OutboxAudit.id) == audit.id))


def put_off(session: Session, audit: Audit, until: datetime) -> None:
    """Slack could not be asked."""
    session.exec(update(OutboxAudit).where(col(OutboxAudit.id) == audit.id).values(due_at=until))


def _prepared(session: Session, row: OutboxAudit, now: datetime, lease: timedelta) -> Audit | None:
    named = select(OutboxRow).where(OutboxRow.workspace_id == row.workspace_id, OutboxRow.key == row.key)
    said = session.exec(named).one()
    if said.status in (OutboxStatus.SENDING, OutboxStatus.PENDING):
        row.due_at = now + lease
        return None
    if said.status is not OutboxStatus.SENT and row.ts:
        said.status, said.channel_id, said.ts, said.sent_at = OutboxStatus.SENT, row.channel_id, row.ts, now
    channel_id = row.channel_id or said.channel_id
    if said.status is not OutboxStatus.SENT or said.ts is None or channel_id is None:
        session.delete(row)
        return None
    look_up = said.to.startswith("user:")
    return Audit(row.id, row.workspace_id, row.key, channel_id, row.ts, said.ts, look_up, said.due_at)
