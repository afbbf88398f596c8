"""Everything the bot can say on its own account, as data: a closed union.

A notice holds the facts and people's own words, unescaped; `bot/views/messages.py` finds the sentences and the buttons.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Literal

from bot.domain.checkins import CheckInState, StuckReason
from bot.domain.kudos import Consent
from bot.domain.matching.sentences import LeftoverReason, Segment
from bot.domain.milestones import MilestoneKind
from bot.domain.pairs import PairEnding


class Policy(StrEnum):
    """What to do when nobody knows whether Slack took a message (STACK.md, "Outbox")."""

    LOOK_UP = "look_up"
    AGAIN = "again"
    ONCE = "once"


@dataclass(frozen=True)
class Introduction:
    """To the pair's group DM, once, when the match is released. `closed`: the pair ended, so the buttons are gone."""

    program: str
    pair_id: int
    names: tuple[str, ...]
    reason: tuple[Segment, ...]
    overlap: str
    days: int
    closed: bool = False
    kind: Literal["introduction"] = "introduction"


@dataclass(frozen=True)
class CheckInQuestion:
    """The weekly question. `weeks` since the last meeting, or None before the first; `step` is the rung, 1 to 3.

    `diary`: the day this person had in the diary, now past.
    """

    program: str
    nudge_id: int
    first_name: str
    partners: tuple[str, ...]
    step: int
    weeks: int | None
    diary: date | None = None
    kind: Literal["check_in_question"] = "check_in_question"


@dataclass(frozen=True)
class CheckInAnswered:
    """Replaces the question once it is answered. `ask_again`: the next question's first day."""

    check_in_id: int
    pair_id: int
    partners: tuple[str, ...]
    state: CheckInState
    on_date: date | None
    minutes: int | None
    ask_again: date | None
    told_organizers: bool = False
    kind: Literal["check_in_answered"] = "check_in_answered"


@dataclass(frozen=True)
class QuestionClosed:
    """Replaces a question that no longer needs an answer, because the pair ended."""

    partners: tuple[str, ...]
    kind: Literal["question_closed"] = "question_closed"


@dataclass(frozen=True)
class WeeklyPart:
    """One question of a week's message, or what it has become."""

    nudge_id: int
    said: CheckInQuestion | CheckInAnswered | QuestionClosed


@dataclass(frozen=True)
class Weekly:
    """The one message of a week where several questions are due, over all programs of a person."""

    parts: tuple[WeeklyPart, ...]
    kind: Literal["weekly"] = "weekly"


@dataclass(frozen=True)
class PairClosed:
    """To each partner who did not end the pair, with no fault and no reason that would hurt."""

    program: str
    partner: str
    ending: PairEnding
    enrollment_id: int
    kind: Literal["pair_closed"] = "pair_closed"


@dataclass(frozen=True)
class PairFinished:
    """The last week is over: what the two did, seen by them alone."""

    program: str
    first_name: str
    partners: tuple[str, ...]
    meetings: int
    enrollment_id: int
    kind: Literal["pair_finished"] = "pair_finished"


@dataclass(frozen=True)
class NoMatch:
    """To someone without a partner this round: the reason, what would change it, and when they come first."""

    program: str
    reason: LeftoverReason
    priority_on: date
    enrollment_id: int
    kind: Literal["no_match"] = "no_match"


@dataclass(frozen=True)
class PossibleLine:
    """Someone the reader might be matched with, why, and whether the reader would rather not."""

    possible_id: int
    name: str
    why: tuple[Segment, ...]
    rather_not: bool = False


@dataclass(frozen=True)
class ConsideringAsked:
    """Before a match: anyone the reader would rather not meet? It is drawn anew whenever they change an answer."""

    program: str
    considered_id: int
    first_name: str
    possible: tuple[PossibleLine, ...]
    suggested: tuple[str, ...]
    until: datetime
    timezone: str
    answered: bool
    kind: Literal["considering_asked"] = "considering_asked"


@dataclass(frozen=True)
class ConsideringClosed:
    """Replaces the question once answers cannot count any more: the same whatever was said."""

    program: str
    kind: Literal["considering_closed"] = "considering_closed"


@dataclass(frozen=True)
class AnswersIn:
    """To the organizers, once: how many answered, and who was suggested that is not in the program."""

    program: str
    program_id: int
    asked: int
    answered: int
    to_invite: tuple[str, ...]
    kind: Literal["answers_in"] = "answers_in"


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
class TakenBack:
    """Replaces an introduction, or the word that there was no match, when an organizer took the release back."""

    program: str
    introduction: bool
    kind: Literal["taken_back"] = "taken_back"


@dataclass(frozen=True)
class KudosConsentAsked:
    """ "OK to post?": to the receiver, before anyone else hears of it."""

    kudos_id: int
    giver: str
    why: str
    channel: str
    decide_by: date
    kind: Literal["kudos_consent_asked"] = "kudos_consent_asked"


@dataclass(frozen=True)
class KudosDelivered:
    """The thanks as the receiver keeps them; replaces the question once it is answered or its Friday has come."""

    giver: str
    why: str
    channel: str
    consent: Consent
    never_again: bool
    kind: Literal["kudos_delivered"] = "kudos_delivered"


@dataclass(frozen=True)
class MilestoneConsentAsked:
    """To each partner: may the channel celebrate this?"""

    milestone_id: int
    milestone: MilestoneKind
    partners: tuple[str, ...]
    channel: str
    decide_by: date
    kind: Literal["milestone_consent_asked"] = "milestone_consent_asked"


@dataclass(frozen=True)
class MilestoneConsentAnswered:
    """Replaces the question. What the partner answered is not told; `shared`: the channel has heard of it."""

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
class Thanks:
    """One line of the round-up."""

    giver: str
    receiver: str
    why: str


@dataclass(frozen=True)
class RoundUp:
    """To the channel on Friday: the week's consented kudos."""

    program: str
    thanks: tuple[Thanks, ...]
    kind: Literal["round_up"] = "round_up"


@dataclass(frozen=True)
class WelcomeBack:
    """A pause ended by itself: a plain sign of it."""

    program: str
    first_name: str
    partners: tuple[str, ...]
    kind: Literal["welcome_back"] = "welcome_back"


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


Notice = (
    Introduction
    | CheckInQuestion
    | CheckInAnswered
    | QuestionClosed
    | Weekly
    | PairClosed
    | PairFinished
    | NoMatch
    | ConsideringAsked
    | ConsideringClosed
    | AnswersIn
    | WeeklyMatched
    | MatchReady
    | TakenBack
    | KudosConsentAsked
    | KudosDelivered
    | MilestoneConsentAsked
    | MilestoneConsentAnswered
    | MilestoneShoutout
    | RoundUp
    | WelcomeBack
    | StuckShared
    | ChannelLost
    | Undelivered
)


class Lane(IntEnum):
    """Who goes first. What answers somebody's own act never waits behind what goes out to thousands."""

    ANSWER = 0
    ORDINARY = 1


ANSWERS = (
    CheckInAnswered
    | KudosConsentAsked
    | KudosDelivered
    | MilestoneConsentAsked
    | MilestoneConsentAnswered
    | StuckShared
    | ChannelLost
    | AnswersIn
    | MatchReady
)


def lane(notice: Notice) -> Lane:
    """Its lane in the outbox."""
    return Lane.ANSWER if isinstance(notice, ANSWERS) else Lane.ORDINARY


def policy(notice: Notice) -> Policy:
    """DMs can be looked up, an introduction may come twice, a channel never hears the same thing twice."""
    if isinstance(notice, Introduction):
        return Policy.AGAIN
    if isinstance(notice, MilestoneShoutout | RoundUp):
        return Policy.ONCE
    return Policy.LOOK_UP
