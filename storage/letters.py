"""What could not be delivered: refused by Slack for good, or lost so that nobody knows whether it stands there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from storage import outbox_tables
from storage.tables import OutboxRow, OutboxStatus

TROUBLE = text(f"outbox.{outbox_tables.TROUBLE}")
POSTED_AGAIN = "an organizer had it said again"


def in_trouble(session: Session, workspace_id: str) -> list[OutboxRow]:
    """All that waits for somebody's decision, oldest first."""
    mine = select(OutboxRow).where(TROUBLE, OutboxRow.workspace_id == workspace_id)
    return list(session.exec(mine.order_by(col(OutboxRow.id))))


def untold(session: Session) -> Sequence[OutboxRow]:
    """What is in trouble, in every workspace, and no organizer was told of yet."""
    return session.exec(
        select(OutboxRow).where(TROUBLE, col(OutboxRow.told).is_(False)).order_by(col(OutboxRow.id))
    ).all()


def letter(session: Session, workspace_id: str, row_id: int) -> OutboxRow | None:
    """One that is in trouble still; locked, so that two organizers decide it once."""
    mine = select(OutboxRow).where(TROUBLE, OutboxRow.workspace_id == workspace_id, OutboxRow.id == row_id)
    return session.exec(mine.with_for_update()).first()


def say_again(row: OutboxRow, due_at: datetime) -> None:
    """It is sent once more, whatever became of it before."""
    row.status, row.error, row.due_at, row.expires_at, row.told = (
        OutboxStatus.PENDING,
        POSTED_AGAIN,
        due_at,
        None,
        False,
    )


def stands(row: OutboxRow, now: datetime) -> None:
    """Somebody saw it in Slack."""
    row.status, row.error, row.sent_at = OutboxStatus.SENT, None, now


def let_go(row: OutboxRow, reason: str) -> None:
    """It will not be said."""
    row.status, row.error = OutboxStatus.DROPPED, reason
