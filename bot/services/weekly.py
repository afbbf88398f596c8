"""The one message of a person's local week: a question, or several in one, each changed in place once answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.budget import week_name
from bot.domain.notices import CheckInAnswered, CheckInQuestion, QuestionClosed, Weekly, WeeklyPart
from storage import outbox
from storage.tables import Nudge


def key_of(user_id: str, week: date) -> str:
    """What makes a person's message of a local week (its Monday) once."""
    return f"weekly:{user_id}:{week_name(week)}"


def of_questions(questions: Sequence[CheckInQuestion]) -> CheckInQuestion | Weekly:
    """One question is itself; several are one message."""
    if len(questions) == 1:
        return questions[0]
    return Weekly(tuple(WeeklyPart(question.nudge_id, question) for question in questions))


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
        _with_part(standing, nudge.id, said) if isinstance(standing, Weekly) else said,
        key=f"{key}:pair-{nudge.pair_id}:{reason}",
        to=f"user:{nudge.user_id}",
        due_at=now,
        replaces=key,
    )


def _with_part(weekly: Weekly, nudge_id: int, said: CheckInAnswered | QuestionClosed) -> Weekly:
    parts = [replace(part, said=said) if part.nudge_id == nudge_id else part for part in weekly.parts]
    return Weekly(tuple(parts))
