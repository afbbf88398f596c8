"""Who is asking, and what Slack says of people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Actor:
    """The person who typed or pressed: a Slack user in a workspace."""

    workspace_id: str
    user_id: str


@dataclass(frozen=True)
class PersonFacts:
    """What users.info and users.profile.get say. None is unknown, and neutral.

    `may_join` is false for bots, guests, invited people and strangers from shared channels. `also`: what else
    Slack calls them, their real name and their handle, for tables that come from elsewhere.
    """

    user_id: str
    name: str
    title: str
    timezone: str
    department: str | None
    manager_id: str | None
    is_admin: bool
    is_gone: bool
    may_join: bool
    also: tuple[str, ...] = ()


class Those(StrEnum):
    """Of everyone in a program, some that an organizer may want to look at. `quiet`: whose pair is."""

    UNMATCHED = "unmatched"
    PAUSED = "paused"
    QUIET = "quiet"


Stretch = tuple[datetime, datetime]
"""From an instant to another."""


@dataclass(frozen=True)
class ChannelFacts:
    """What conversations.info says of a channel; `joined`: the bot is a member and may write there."""

    name: str
    joined: bool


def first_name(name: str) -> str:
    """The word to greet someone by; a display name without one is used whole."""
    return name.split()[0] if name.split() else name
