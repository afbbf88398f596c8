"""What may become of what: a table for each thing that has a status, drawn in docs/lifecycle.md.

A move that is not in its table is refused, each with its own sentence (bot/content/moves.py). Statuses are changed by
bot/services/moving.py alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.domain.checkins import CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.inviting import InvitationStatus
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneStatus
from bot.domain.pairs import PairEnding, PairStatus
from bot.domain.programs import CycleStatus, RunStatus

State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)


@dataclass(frozen=True)
class Machine(Generic[State, Act]):
    """A table of moves: state and act -> state. The state None is before there was any; `begins`: in which states it
    may come into being otherwise. `column` holds the state in its row."""

    name: str
    about: str
    acts: type[Act]
    begins: tuple[State, ...]
    moves: Mapping[tuple[State | None, Act], State]
    column: str = "status"

    @property
    def states(self) -> tuple[State | None, ...]:
        """Every state, in the order of the table."""
        known: tuple[State | None, ...] = (*(state for state, _ in self.moves), *self.begins, *self.moves.values())
        return tuple(dict.fromkeys(known))

    @property
    def illegal(self) -> tuple[tuple[State | None, Act], ...]:
        """Every move that is refused."""
        return tuple((state, act) for state in self.states for act in self.acts if (state, act) not in self.moves)


class EnrollmentAct(StrEnum):
    """What a person does about a program. Someone who is gone from Slack leaves; a break may end by itself."""

    JOIN = "join"
    PAUSE = "pause"
    RESUME = "resume"
    MATCH_AGAIN = "match_again"
    LEAVE = "leave"


_IN, _AWAY, _OUT = EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED, EnrollmentStatus.LEFT

ENROLLMENT = Machine(
    name="enrollment",
    about="One person in one program. Who joins again while taking part, or on a break, changes what they said.",
    acts=EnrollmentAct,
    begins=(),
    moves={
        (None, EnrollmentAct.JOIN): _IN,
        (_IN, EnrollmentAct.JOIN): _IN,
        (_IN, EnrollmentAct.PAUSE): _AWAY,
        (_IN, EnrollmentAct.MATCH_AGAIN): _IN,
        (_IN, EnrollmentAct.LEAVE): _OUT,
        (_AWAY, EnrollmentAct.JOIN): _AWAY,
        (_AWAY, EnrollmentAct.PAUSE): _AWAY,
        (_AWAY, EnrollmentAct.RESUME): _IN,
        (_AWAY, EnrollmentAct.MATCH_AGAIN): _IN,
        (_AWAY, EnrollmentAct.LEAVE): _OUT,
        (_OUT, EnrollmentAct.JOIN): _IN,
    },
)


class PairAct(StrEnum):
    """What partners, the calendar and organizers do about a pair."""

    ANSWER = "answer"
    WRAP_UP = "wrap_up"
    NOT_A_FIT = "not_a_fit"
    LEAVE = "leave"
    GO = "go_from_slack"
    FINISH = "finish"
    TAKE_BACK = "take_back"


BY_ENDING = {
    PairEnding.WRAPPED_UP: PairAct.WRAP_UP,
    PairEnding.NOT_A_FIT: PairAct.NOT_A_FIT,
    PairEnding.LEFT: PairAct.LEAVE,
    PairEnding.GONE: PairAct.GO,
    PairEnding.FINISHED: PairAct.FINISH,
    PairEnding.TAKEN_BACK: PairAct.TAKE_BACK,
}
"""What makes a pair end so."""

PAIR = Machine(
    name="pair",
    about="Partners of one round. When one of three goes, the other two go on as a new pair.",
    acts=PairAct,
    begins=(PairStatus.ACTIVE,),
    moves={
        (PairStatus.ACTIVE, PairAct.ANSWER): PairStatus.ACTIVE,
        **{(PairStatus.ACTIVE, act): PairStatus.ENDED for act in BY_ENDING.values()},
    },
)


class QuestionStatus(StrEnum):
    """Whether a question still has its buttons."""

    OPEN = "open"
    CLOSED = "closed"


class QuestionAct(StrEnum):
    ANSWER = "answer"
    PAIR_ENDS = "pair_ends"


QUESTION = Machine(
    name="question",
    about='"How does it stand?", asked of one partner, once in a week at most and three times without an answer.',
    acts=QuestionAct,
    begins=(QuestionStatus.OPEN,),
    moves={
        (QuestionStatus.OPEN, QuestionAct.ANSWER): QuestionStatus.CLOSED,
        (QuestionStatus.OPEN, QuestionAct.PAIR_ENDS): QuestionStatus.CLOSED,
    },
)


class CheckInAct(StrEnum):
    """What an answer leads to. A time that is chosen is an answer of its own, as any new answer is."""

    ADD_DETAILS = "add_details"
    ASK_ANOTHER_DAY = "ask_another_day"
    FIND_A_TIME = "find_a_time"
    TELL_ORGANIZER = "tell_organizer"


CHECK_IN = Machine(
    name="check-in",
    about="One person's answer. What each does to the schedule is in the table below; the last one counts.",
    acts=CheckInAct,
    begins=tuple(CheckInState),
    moves={
        (CheckInState.MET, CheckInAct.ADD_DETAILS): CheckInState.MET,
        (CheckInState.NOT_YET, CheckInAct.ASK_ANOTHER_DAY): CheckInState.NOT_YET,
        (CheckInState.NOT_YET, CheckInAct.FIND_A_TIME): CheckInState.NOT_YET,
        (CheckInState.STUCK, CheckInAct.ASK_ANOTHER_DAY): CheckInState.STUCK,
        (CheckInState.STUCK, CheckInAct.FIND_A_TIME): CheckInState.STUCK,
        (CheckInState.STUCK, CheckInAct.TELL_ORGANIZER): CheckInState.STUCK,
    },
    column="state",
)


def does_to_pair(answer: CheckInState) -> PairAct:
    """What an answer does to the pair: all but one leave it as it is."""
    return PairAct.WRAP_UP if answer is CheckInState.WRAP_UP else PairAct.ANSWER


class ConsentAct(StrEnum):
    """The answer to "OK to post?". It lapses on its Friday, or when there is nothing left to post."""

    SAY_YES = "say_yes"
    SAY_NO = "say_no"
    LAPSE = "lapse"


BY_CONSENT = {
    Consent.GIVEN: ConsentAct.SAY_YES,
    Consent.REFUSED: ConsentAct.SAY_NO,
    Consent.EXPIRED: ConsentAct.LAPSE,
}
"""What makes it so."""

CONSENT = Machine(
    name="consent",
    about="Whether the channel may hear of thanks or of a milestone. Who said beforehand what they want is not asked.",
    acts=ConsentAct,
    begins=tuple(Consent),
    moves={(Consent.ASKED, act): said for said, act in BY_CONSENT.items()},
    column="consent",
)


class MilestoneAct(StrEnum):
    ALL_AGREE = "all_agree"
    NOT_ALL_AGREE = "not_all_agree"


MILESTONE = Machine(
    name="milestone",
    about="What a pair reached, or a person alone: the channel hears of it when everyone it names said yes.",
    acts=MilestoneAct,
    begins=(MilestoneStatus.ASKING,),
    moves={
        (MilestoneStatus.ASKING, MilestoneAct.ALL_AGREE): MilestoneStatus.SHARED,
        (MilestoneStatus.ASKING, MilestoneAct.NOT_ALL_AGREE): MilestoneStatus.PRIVATE,
    },
)


class MatchAct(StrEnum):
    """What an organizer does with a match. It is replaced by every change, and by a newer one."""

    RELEASE = "release"
    REPLACE = "replace"
    TAKE_BACK = "take_back"


MATCH = Machine(
    name="match",
    about="A computed match, from its preview on.",
    acts=MatchAct,
    begins=(RunStatus.PREVIEWED,),
    moves={
        (RunStatus.PREVIEWED, MatchAct.RELEASE): RunStatus.RELEASED,
        (RunStatus.PREVIEWED, MatchAct.REPLACE): RunStatus.SUPERSEDED,
        (RunStatus.RELEASED, MatchAct.TAKE_BACK): RunStatus.TAKEN_BACK,
    },
)


class RoundAct(StrEnum):
    FINISH = "finish"
    TAKE_BACK = "take_back"


ROUND = Machine(
    name="round",
    about="One round of a program, from the release of its match to its last week.",
    acts=RoundAct,
    begins=(CycleStatus.RUNNING,),
    moves={
        (CycleStatus.RUNNING, RoundAct.FINISH): CycleStatus.FINISHED,
        (CycleStatus.RUNNING, RoundAct.TAKE_BACK): CycleStatus.TAKEN_BACK,
    },
)


class InvitationAct(StrEnum):
    """What becomes of an invitation. Who joins without having been asked, or after a no, has joined all the same."""

    JOIN = "join"
    SAY_NO = "say_no"
    LAPSE = "lapse"
    INVITE_AGAIN = "invite_again"


_WAITS, _SILENT = InvitationStatus.OPEN, InvitationStatus.LAPSED

INVITATION = Machine(
    name="invitation",
    about="One person's to one program. No answer means no for half a year; a no, or having left before, means no.",
    acts=InvitationAct,
    begins=(_WAITS, InvitationStatus.DECLINED),
    moves={
        (_WAITS, InvitationAct.JOIN): InvitationStatus.JOINED,
        (_WAITS, InvitationAct.SAY_NO): InvitationStatus.DECLINED,
        (_WAITS, InvitationAct.LAPSE): _SILENT,
        (_SILENT, InvitationAct.JOIN): InvitationStatus.JOINED,
        (_SILENT, InvitationAct.INVITE_AGAIN): _WAITS,
        (InvitationStatus.DECLINED, InvitationAct.JOIN): InvitationStatus.JOINED,
        (InvitationStatus.JOINED, InvitationAct.JOIN): InvitationStatus.JOINED,
    },
)


MACHINES: tuple[Machine[Any, Any], ...] = (
    *(ENROLLMENT, PAIR, QUESTION, CHECK_IN, CONSENT, MILESTONE, MATCH, ROUND),
    INVITATION,
)
"""All of them, in the order in which they are drawn."""
