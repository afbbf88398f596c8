"""Kudos and milestones: the question first, then the channel."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.journeys import Journey
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneKind


@dataclass(frozen=True)
class KudosConsentAsked:
    """ "OK to post?": to the receiver, before anyone else hears of it."""

    kudos_id: int
    giver: str
    why: str
    channel: str
    decide_by: date
    values: tuple[str, ...] = ()
    kind: Literal["kudos_consent_asked"] = "kudos_consent_asked"


@dataclass(frozen=True)
class KudosDelivered:
    """The thanks as the receiver keeps them; replaces the question once it is answered or its Friday has come."""

    giver: str
    why: str
    channel: str
    consent: Consent
    never_again: bool
    values: tuple[str, ...] = ()
    kind: Literal["kudos_delivered"] = "kudos_delivered"


@dataclass(frozen=True)
class MilestoneConsentAsked:
    """To each partner, or to the one whose own it is: may the channel celebrate this?"""

    milestone_id: int
    milestone: MilestoneKind
    partners: tuple[str, ...]
    channel: str
    decide_by: date
    kind: Literal["milestone_consent_asked"] = "milestone_consent_asked"


@dataclass(frozen=True)
class MilestoneConsentAnswered:
    """Replaces the question. What the partner answered is not told; `shared`: the channel has heard of it, or will in
    the round-up."""

    milestone: MilestoneKind
    partners: tuple[str, ...]
    channel: str
    consent: Consent
    never_again: bool
    shared: bool = False
    kind: Literal["milestone_consent_answered"] = "milestone_consent_answered"


@dataclass(frozen=True)
class MilestoneShoutout:
    """To the channel, after every partner said yes."""

    program: str
    milestone: MilestoneKind
    names: tuple[str, ...]
    kind: Literal["milestone_shoutout"] = "milestone_shoutout"


@dataclass(frozen=True)
class CertificateReady:
    """To someone who asked for it, with a picture: what they took part in, naming nobody else."""

    program: str
    workspace: str
    name: str
    first_name: str
    began: date
    ended: date
    journey: Journey
    kind: Literal["certificate_ready"] = "certificate_ready"


@dataclass(frozen=True)
class Thanks:
    """One line of the round-up. `values`: those of the program that it carries."""

    giver: str
    receiver: str
    why: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Celebrated:
    """A milestone in the round-up, with those who have all said yes to being named."""

    milestone: MilestoneKind
    names: tuple[str, ...]


@dataclass(frozen=True)
class RoundUp:
    """To the channel on Friday: the week's consented kudos and those milestones that are no messages of their own."""

    program: str
    thanks: tuple[Thanks, ...]
    celebrated: tuple[Celebrated, ...] = ()
    kind: Literal["round_up"] = "round_up"
