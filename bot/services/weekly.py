"""The one message of a person's local week: a question, or several in one, each changed in place once answered, with
the lesson of the week, or that alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.budget import week_name
from bot.domain.checkins import CheckInState
from bot.domain.notices import (
    AgreementDue,
    CheckInAnswered,
    CheckInQuestion,
    Extra,
    LessonOffer,
    Notice,
    QuestionClosed,
    Weekly,
    WeeklyPart,
)
from storage import outbox
from storage.tables import Nudge, OutboxStatus


def key_of(user_id: str, week: date) -> str:
    """What makes a person's message of a local week (its Monday) once."""
    return f"weekly:{user_id}:{week_name(week)}"


def of_questions(questions: Sequence[CheckInQuestion], extras: tuple[Extra, ...] = ()) -> CheckInQuestion | Weekly:
    """One question is itself, with all that goes with it; several are one message, without what is about one alone."""
    if len(questions) == 1:
        return replace(questions[0], extras=(*extras, *questions[0].extras))
    parts = (WeeklyPart(question.nudge_id, replace(question, tried="", extras=())) for question in questions)
    return Weekly(tuple(parts), extras)


def change(
    session: Session, nudge: Nudge, said: CheckInAnswered | QuestionClosed, *, reason: str, now: datetime
) -> None:
    """The question becomes what came of it, where it stands; `reason` makes the change once.

    A question that is still waiting to be sent alone, and has nothing left to answer, is not sent at all.
    """
    key = nudge.message_key
    alone = not isinstance(outbox.what_was_said(session, nudge.workspace_id, key), Weekly)
    if isinstance(said, QuestionClosed) and alone and outbox.withdraw(session, nudge.workspace_id, key):
        return
    standing = outbox.standing(session, nudge.workspace_id, key)
    outbox.enqueue(
        session,
        nudge.workspace_id,
        _with_part(standing, nudge.id, said) if isinstance(standing, Weekly) else _with_lesson(standing, said),
        key=f"{key}:pair-{nudge.pair_id}:{reason}",
        to=f"user:{nudge.user_id}",
        due_at=now,
        replaces=key,
    )


def looked_at(session: Session, nudges: Sequence[Nudge], *, now: datetime) -> None:
    """A partner looked at the agreement that these questions bring up: they do so no more, wherever they stand."""
    for nudge in nudges:
        asked = outbox.standing(session, nudge.workspace_id, nudge.message_key)
        if isinstance(asked, CheckInQuestion) and any(isinstance(extra, AgreementDue) for extra in asked.extras):
            others = tuple(extra for extra in asked.extras if not isinstance(extra, AgreementDue))
            _restate(session, nudge, replace(asked, extras=others), now=now)


def _restate(session: Session, nudge: Nudge, asked: CheckInQuestion, *, now: datetime) -> None:
    key = nudge.message_key
    if not outbox.rewrite(session, nudge.workspace_id, key, asked):
        outbox.enqueue(
            session,
            nudge.workspace_id,
            asked,
            key=f"{key}:pair-{nudge.pair_id}:looked-at",
            to=f"user:{nudge.user_id}",
            due_at=now,
            replaces=key,
        )


def let_lesson_go(session: Session, workspace_id: str, user_id: str) -> None:
    """Someone has no partner any more: a lesson alone that waits to be sent is not sent."""
    for row in outbox.waiting_for(session, workspace_id, f"user:{user_id}"):
        said = outbox.decode(row.notice)
        if isinstance(said, Weekly) and not said.parts and row.status is OutboxStatus.PENDING:
            outbox.let_go(row, "no longer true")


def _with_part(weekly: Weekly, nudge_id: int, said: CheckInAnswered | QuestionClosed) -> Weekly:
    parts = [replace(part, said=said) if part.nudge_id == nudge_id else part for part in weekly.parts]
    return replace(weekly, parts=tuple(parts))


def _with_lesson(standing: Notice | None, said: CheckInAnswered | QuestionClosed) -> CheckInAnswered | QuestionClosed:
    """The lesson of the week stays where its question was answered, unless the pair has ended."""
    if isinstance(said, QuestionClosed) or said.state is CheckInState.WRAP_UP or said.again_id is not None:
        return said
    before = standing.extras if isinstance(standing, CheckInQuestion | CheckInAnswered) else ()
    lesson = tuple(extra for extra in before if isinstance(extra, LessonOffer))
    return replace(said, extras=(*lesson, *said.extras))
