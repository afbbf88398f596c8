"""The table of what pairs agree on. Read it as `storage.tables`, which holds them all."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from bot.domain.agreements import MeetingPlace
from bot.domain.programs import MEETING_MINUTES
from storage.types import UtcDateTime, choice


class PairAgreement(SQLModel, table=True):
    """What a pair agreed on beside its goals, which are `pair_goal`'s. Only its partners ever see it.

    `review_on` is None once they have looked at it again; `changes` counts redrawn messages.
    """

    __tablename__: ClassVar[Any] = "pair_agreement"

    pair_id: int = Field(primary_key=True, foreign_key="pair.id")
    workspace_id: str = Field(foreign_key="workspace.id")
    meets: str
    minutes: int = MEETING_MINUTES
    place: MeetingPlace | None = Field(default=None, sa_type=choice(MeetingPlace, "place"))
    confidential: str
    off_limits: str = ""
    review_on: date | None = None
    agreed_at: datetime = Field(sa_type=UtcDateTime)
    changes: int = 0
