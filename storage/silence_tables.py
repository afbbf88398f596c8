"""The tables of what was not said, and why. Read them as `storage.tables`, which holds them all."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.domain.nudges import Withheld
from storage.types import UtcDateTime, choice


class QuietWeek(SQLModel, table=True):
    """A week, named by its Monday, in which a program writes to nobody on its own account."""

    __tablename__: ClassVar[Any] = "quiet_week"

    program_id: int = Field(primary_key=True, foreign_key="program.id")
    monday: date = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class WithheldQuestion(SQLModel, table=True):
    """A question that was due and was not asked in its local week (its Monday), and why."""

    __tablename__: ClassVar[Any] = "withheld_question"
    __table_args__ = (
        UniqueConstraint("pair_id", "user_id", "week"),
        Index("ix_withheld_question_person", "workspace_id", "user_id"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    pair_id: int = Field(foreign_key="pair.id")
    user_id: str
    week: date
    reason: Withheld = Field(sa_type=choice(Withheld, "reason"))
    noticed_at: datetime = Field(sa_type=UtcDateTime)
