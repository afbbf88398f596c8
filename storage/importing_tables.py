"""The table of what organizers brought. Read it as `storage.tables`, which holds them all."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime


class Brought(SQLModel, table=True):
    """What an organizer brought of a person that Slack does not know, or knows otherwise; None is nothing.

    `slack_...`: what Slack's profile said when it was read last (`slack_read`: at all). What changes there later is the
    later word, and ends what was brought. `brought_by`: a user's id, or "" for the command line.
    """

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    department: str | None = None
    manager_id: str | None = None
    level: int | None = None
    location: str | None = None
    started_on: date | None = None
    slack_read: bool = False
    slack_department: str | None = None
    slack_manager_id: str | None = None
    brought_at: datetime = Field(sa_type=UtcDateTime)
    brought_by: str = ""
