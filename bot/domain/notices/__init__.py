"""Everything the bot can say on its own account, as data: a closed union, a room for each of its subjects.

A notice holds the facts and people's own words, unescaped; `bot/views/` finds the sentences and the buttons.
"""

from enum import IntEnum, StrEnum

from bot.domain.notices.celebrating import (
    Celebrated,
    CertificateReady,
    KudosConsentAsked,
    KudosDelivered,
    MilestoneConsentAnswered,
    MilestoneConsentAsked,
    MilestoneShoutout,
    RoundUp,
    Thanks,
)
from bot.domain.notices.considering import AnswersIn, ConsideringAsked, ConsideringClosed, PossibleLine
from bot.domain.notices.inviting import InvitationClosed, Invited
from bot.domain.notices.organizing import ChannelLost, MatchReady, RoundEnded, StuckShared, Undelivered, WeeklyMatched
from bot.domain.notices.pairing import (
    Agreed,
    AskedAgain,
    Introduction,
    NoMatch,
    PairClosed,
    PairFinished,
    StillWaiting,
    TakenBack,
    TimeProposed,
    WelcomeBack,
)
from bot.domain.notices.questions import (
    AgreementDue,
    AgreementOffer,
    CalendarFile,
    CheckInAnswered,
    CheckInQuestion,
    Extra,
    GoalResting,
    LessonOffer,
    Preparation,
    QuestionClosed,
    Weekly,
    WeeklyPart,
)

__all__ = [
    "Agreed",
    "AgreementDue",
    "AgreementOffer",
    "AnswersIn",
    "AskedAgain",
    "CalendarFile",
    "Celebrated",
    "CertificateReady",
    "ChannelLost",
    "CheckInAnswered",
    "CheckInQuestion",
    "ConsideringAsked",
    "ConsideringClosed",
    "Extra",
    "GoalResting",
    "Introduction",
    "InvitationClosed",
    "Invited",
    "KudosConsentAsked",
    "KudosDelivered",
    "Lane",
    "LessonOffer",
    "MatchReady",
    "MilestoneConsentAnswered",
    "MilestoneConsentAsked",
    "MilestoneShoutout",
    "NoMatch",
    "Notice",
    "PairClosed",
    "PairFinished",
    "Policy",
    "PossibleLine",
    "Preparation",
    "QuestionClosed",
    "RoundEnded",
    "RoundUp",
    "StillWaiting",
    "StuckShared",
    "TakenBack",
    "Thanks",
    "TimeProposed",
    "Undelivered",
    "Weekly",
    "WeeklyMatched",
    "WeeklyPart",
    "WelcomeBack",
    "lane",
    "policy",
]


class Policy(StrEnum):
    """What to do when nobody knows whether Slack took a message (STACK.md, "Outbox")."""

    LOOK_UP = "look_up"
    AGAIN = "again"
    ONCE = "once"


Notice = (
    Introduction
    | Agreed
    | TimeProposed
    | CheckInQuestion
    | CheckInAnswered
    | CalendarFile
    | QuestionClosed
    | Weekly
    | PairClosed
    | PairFinished
    | NoMatch
    | ConsideringAsked
    | ConsideringClosed
    | AnswersIn
    | Invited
    | InvitationClosed
    | WeeklyMatched
    | MatchReady
    | RoundEnded
    | StillWaiting
    | TakenBack
    | KudosConsentAsked
    | KudosDelivered
    | MilestoneConsentAsked
    | MilestoneConsentAnswered
    | MilestoneShoutout
    | CertificateReady
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
    CertificateReady
    | CheckInAnswered
    | CalendarFile
    | Agreed
    | TimeProposed
    | KudosConsentAsked
    | KudosDelivered
    | MilestoneConsentAsked
    | MilestoneConsentAnswered
    | StuckShared
    | ChannelLost
    | AnswersIn
    | MatchReady
    | InvitationClosed
)


def lane(notice: Notice) -> Lane:
    """Its lane in the outbox."""
    asked_for = isinstance(notice, ANSWERS) or (isinstance(notice, Invited) and notice.told_more)
    return Lane.ANSWER if asked_for else Lane.ORDINARY


def policy(notice: Notice) -> Policy:
    """DMs can be looked up; what a pair must know, or comes with a file, may come twice; a channel never hears the same
    thing twice."""
    if isinstance(notice, Introduction | Agreed | TimeProposed | CalendarFile | CertificateReady):
        return Policy.AGAIN
    if isinstance(notice, MilestoneShoutout | RoundUp):
        return Policy.ONCE
    return Policy.LOOK_UP
