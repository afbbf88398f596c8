"""The tables of what organizers said about skills. Read them as `storage.tables`, which holds them all.

A `key` is a phrase in its normal form (bot/domain/matching/people.py).
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class SkillAlias(SQLModel, table=True):
    """Whoever writes `key` means `wording`: an organizer merged them."""

    __tablename__: ClassVar[Any] = "skill_alias"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    key: str = Field(primary_key=True)
    wording: str
    merged_by: str
    merged_at: datetime = Field(sa_type=UtcDateTime)


class SkillApart(SQLModel, table=True):
    """Two phrases that look alike and are not one; `key` comes before `other`."""

    __tablename__: ClassVar[Any] = "skill_apart"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    key: str = Field(primary_key=True)
    other: str = Field(primary_key=True)


class SkillApproved(SQLModel, table=True):
    """A phrase that is suggested to everyone, however few wrote it."""

    __tablename__: ClassVar[Any] = "skill_approved"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    key: str = Field(primary_key=True)
    wording: str
    approved_by: str
    approved_at: datetime = Field(sa_type=UtcDateTime)
