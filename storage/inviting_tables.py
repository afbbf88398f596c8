"""The table of invitations. Read it as `storage.tables`, which holds them all."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.inviting import InvitationStatus
from storage.types import UtcDateTime, choice


class Invitation(SQLModel, table=True):
    """Someone was invited to a program; what they said is theirs, and organizers see totals alone.

    `invited_at`: when the message is due; `lapses_at`: the end of the last local day on which an answer counts; `times`
    counts how often they were asked, half a year apart. Before `look_at` there is nothing to do, and None is never.
    """

    __table_args__ = (
        UniqueConstraint("program_id", "user_id"),
        Index("ix_invitation_look_at", "look_at"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    program_id: int = Field(foreign_key="program.id")
    user_id: str
    inviter_id: str
    status: InvitationStatus = Field(default=InvitationStatus.OPEN, sa_type=choice(InvitationStatus, "status"))
    times: int = 0
    invited_at: datetime = Field(sa_type=UtcDateTime)
    lapses_at: datetime = Field(sa_type=UtcDateTime)
    look_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
