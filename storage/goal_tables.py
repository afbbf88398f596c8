"""The tables of a pair's goals. Read them as `storage.tables`, which holds them all."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class PairGoal(SQLModel, table=True):
    """A goal that belongs to its pair: every partner sees it and may change it.

    `number`: what they call it by, given once; `version` counts changes of its words; `moved_at`: when a step was added
    or done, or its words changed, last. It is open while neither reached nor dropped.
    """

    __tablename__: ClassVar[Any] = "pair_goal"
    __table_args__ = (UniqueConstraint("pair_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    pair_id: int = Field(foreign_key="pair.id")
    number: int
    text: str
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)
    moved_at: datetime = Field(sa_type=UtcDateTime)
    reached_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class GoalStep(SQLModel, table=True):
    """A step towards a goal; `number` is its place below it."""

    __tablename__: ClassVar[Any] = "goal_step"
    __table_args__ = (UniqueConstraint("goal_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    goal_id: int = Field(foreign_key="pair_goal.id")
    number: int
    text: str
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
