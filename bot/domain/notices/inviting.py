"""What someone hears who is invited to a program."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.inviting import InvitationStatus


@dataclass(frozen=True)
class Invited:
    """Personal, to each. `told_more`: they asked what it is; `reminder`: the second and last message about it;
    `until`: the last local day on which an answer counts."""

    program: str
    invitation_id: int
    first_name: str
    inviter: str
    length_weeks: int
    cadence_weeks: int
    until: date
    told_more: bool = False
    reminder: bool = False
    kind: Literal["invited"] = "invited"


@dataclass(frozen=True)
class InvitationClosed:
    """Replaces an invitation that was answered, or that lapsed."""

    program: str
    outcome: InvitationStatus
    kind: Literal["invitation_closed"] = "invitation_closed"
