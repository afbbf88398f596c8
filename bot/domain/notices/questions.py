"""The weekly message: how does it stand, what became of each question, and what else is due to its reader."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.domain.checkins import CheckInState, Moment, StuckReason
from bot.domain.templates import Purpose


@dataclass(frozen=True)
class LessonOffer:
    """The lesson of a week. `title` is plain, ours or the organization's."""

    number: int
    title: str
    kind: Literal["lesson_offer"] = "lesson_offer"


@dataclass(frozen=True)
class GoalResting:
    """A goal of the pair that has not moved for two cadences; `text` is the partners' own."""

    goal_id: int
    text: str
    kind: Literal["goal_resting"] = "goal_resting"


@dataclass(frozen=True)
class Preparation:
    """Before a pair's next meeting: who drives it; `mine` when that is the reader."""

    pair_id: int
    driver: str
    mine: bool
    kind: Literal["preparation"] = "preparation"


@dataclass(frozen=True)
class AgreementOffer:
    """After the first meeting: a pair that has not agreed on anything yet may do so."""

    pair_id: int
    kind: Literal["agreement_offer"] = "agreement_offer"


@dataclass(frozen=True)
class AgreementDue:
    """The day has come on which a pair wants to look at its agreement again."""

    pair_id: int
    kind: Literal["agreement_due"] = "agreement_due"


Extra = LessonOffer | AgreementDue | GoalResting | Preparation | AgreementOffer
"""What a weekly message may hold beside its questions, in the order of importance of PRODUCT.md, "one message"."""


@dataclass(frozen=True)
class CheckInQuestion:
    """The weekly question. `weeks` since the last meeting, or None before the first; `step` is the rung, 1 to 3.

    `diary`: the day this person had in the diary, now past, `moment` its hour where they knew it; `tried`: what they
    wanted to try after the last meeting.
    """

    program: str
    nudge_id: int
    first_name: str
    partners: tuple[str, ...]
    step: int
    weeks: int | None
    diary: date | None = None
    tried: str = ""
    extras: tuple[Extra, ...] = ()
    purpose: Purpose = Purpose.SKILLS
    moment: Moment | None = None
    kind: Literal["check_in_question"] = "check_in_question"


@dataclass(frozen=True)
class CheckInAnswered:
    """Replaces the question once it is answered. `ask_again`: the first working day on which the next may come;
    `settled`: its author chose when. `diary`: a day that stays there though they met before it, `moment`: the hour in
    the diary, where it is known. `told`: the organizer who hears that they are stuck, `organizers` those who could.
    `again_id`: their enrollment, for what comes next, where they have ended the pairing since."""

    check_in_id: int
    pair_id: int
    partners: tuple[str, ...]
    state: CheckInState
    on_date: date | None
    minutes: int | None
    ask_again: date | None
    settled: bool = False
    stuck: StuckReason | None = None
    told: str = ""
    organizers: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    moment: Moment | None = None
    again_id: int | None = None
    diary: date | None = None
    kind: Literal["check_in_answered"] = "check_in_answered"


@dataclass(frozen=True)
class CalendarFile:
    """To who pressed for it: a meeting as a file for their calendar. `start` is None where only the day is known.

    `uid` is the same whenever the same pair's meeting of that day is meant, so a calendar that has it changes it.
    """

    uid: str
    program: str
    names: tuple[str, ...]
    partners: tuple[str, ...]
    on: date
    start: datetime | None
    minutes: int
    timezone: str
    made_at: datetime
    kind: Literal["calendar_file"] = "calendar_file"


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
    """The one message of a week where several questions are due, or none, over all programs of a person.

    Without a question it greets its reader (`first_name`) and names the `program` it came from.
    """

    parts: tuple[WeeklyPart, ...]
    extras: tuple[Extra, ...] = ()
    first_name: str = ""
    program: str = ""
    kind: Literal["weekly"] = "weekly"
