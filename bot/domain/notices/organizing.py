"""What whoever runs a program must hear."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.checkins import StuckReason


@dataclass(frozen=True)
class WeeklyMatched:
    """To the organizers of a rolling program that matches by itself: what went out this week."""

    program: str
    pairs: int
    waiting: int
    kind: Literal["weekly_matched"] = "weekly_matched"


@dataclass(frozen=True)
class MatchReady:
    """To the organizers of a rolling program that asks for approval: a match to look at. `blocked`: it cannot go out
    by itself for that reason."""

    program: str
    program_id: int
    pairs: int
    waiting: int
    blocked: str | None = None
    kind: Literal["match_ready"] = "match_ready"


@dataclass(frozen=True)
class RoundEnded:
    """To the organizers, once, in counts: a round is over. `pairs`: that lasted until then, as why others ended is
    theirs; `waiting`: people who had no partner at the end of it; `ready`: people who are free for the next match."""

    program: str
    program_id: int
    pairs: int
    waiting: int
    ready: int
    kind: Literal["round_ended"] = "round_ended"


@dataclass(frozen=True)
class StuckShared:
    """To the organizers, because the author chose to show it."""

    program: str
    person: str
    reason: StuckReason
    note: str
    kind: Literal["stuck_shared"] = "stuck_shared"


@dataclass(frozen=True)
class ChannelLost:
    """To the organizers, once: the bot can no longer post in the program's channel."""

    program: str
    channel: str
    bot: str
    kind: Literal["channel_lost"] = "channel_lost"


@dataclass(frozen=True)
class Undelivered:
    """To the organizers, once for each: so many messages could not be delivered and wait for somebody's decision."""

    program: str
    program_id: int
    messages: int
    kind: Literal["undelivered"] = "undelivered"
