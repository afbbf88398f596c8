"""The tables of lessons offered and taken. Read them as `storage.tables`, which holds them all."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class LessonTaken(SQLModel, table=True):
    """A person went through a lesson to its end. `useful`: 1 to 5 taps of theirs, seen as a mean of many alone."""

    __tablename__: ClassVar[Any] = "lesson_taken"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    lesson: int = Field(primary_key=True)
    taken_at: datetime = Field(sa_type=UtcDateTime)
    useful: int | None = None


class LessonOffered(SQLModel, table=True):
    """A lesson that stood in the message of a person's local week (its Monday): one a week, over all programs."""

    __tablename__: ClassVar[Any] = "lesson_offered"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    week: date = Field(primary_key=True)
    lesson: int
