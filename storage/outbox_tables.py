"""The tables of what the bot says: the outbox, its audits, and how fast it may go."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime, choice


class Pace(SQLModel, table=True):
    """How a workspace's Slack wants to be spoken to, for all workers.

    `rate`: messages a second, as learned until `changed_at`. `posts_at`, `looks_at`, `openings_at`: when the next of
    each is free. `held_at` to `held_until`: Slack asked for patience. `lost`: answers that were lost in a row.
    """

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    rate: float | None = None
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    posts_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looks_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    openings_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    held_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lost: int = 0


class OutboxStatus(StrEnum):
    """`sending` holds a lease; `uncertain` may or may not have been posted; `dropped` has its reason in `error`."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    DROPPED = "dropped"


UNFINISHED = "status IN ('pending', 'sending')"
"""Spelled out, so that a partial index can serve a query that says the same."""
TROUBLE = "status IN ('uncertain', 'failed')"


def _unfinished(name: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(UNFINISHED), postgresql_where=text(UNFINISHED))


class OutboxRow(SQLModel, table=True):
    """One thing to say, kept as data so that it can be rendered again.

    `key` makes it once: `weekly:U7:2026-W14`. `to` is `user:U7`, `pair:42` or `channel:C3`. `lane` 0 goes
    before 1. `good_until`: its reader is at work up to then, as far as was looked; `not_before`: it is in doubt, and is
    not looked up sooner, as it may have to be posted then. `replaces` is the key of the message this one updates in
    place. `posted_at`: when a post of it was last tried. `ts` and `channel_id` say where it stands once sent. `told`:
    organizers were told that it was not.
    """

    __tablename__: ClassVar[Any] = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        _unfinished("ix_outbox_pending", "lane", "due_at", "id"),
        _unfinished("ix_outbox_place", "workspace_id", "to", "due_at", "id"),
        _unfinished("ix_outbox_due", "due_at", "id"),
        _unfinished("ix_outbox_lease", "lease_until"),
        Index("ix_outbox_reader", "workspace_id", "to", "due_at"),
        Index("ix_outbox_posted", "posted_at"),
        Index("ix_outbox_replaces", "replaces", "workspace_id"),
        Index("ix_outbox_trouble", "id", sqlite_where=text(TROUBLE), postgresql_where=text(TROUBLE)),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    key: str
    to: str
    notice: dict[str, Any] = Field(sa_type=JSON)
    replaces: str | None = None
    lane: int = 1
    due_at: datetime = Field(sa_type=UtcDateTime)
    good_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status: OutboxStatus = Field(default=OutboxStatus.PENDING, sa_type=choice(OutboxStatus, "status"))
    attempt: int = 0
    owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel_id: str | None = None
    ts: str | None = None
    error: str | None = None
    told: bool = False


class OutboxAudit(SQLModel, table=True):
    """A post that outlived its lease: somebody else may have posted `key` too, and one of the two has to go.

    `ts`: our own, unless its answer was lost.
    """

    __tablename__: ClassVar[Any] = "outbox_audit"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    key: str
    channel_id: str | None = None
    ts: str | None = None
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
