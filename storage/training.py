"""Questions about lessons: who was offered and took which. Only the person is told; everyone else gets counts."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Session, col, func, select

from storage.engine import insert
from storage.readers import Reader, among
from storage.tables import Enrollment, LessonOffered, LessonTaken

Offer = tuple[Reader, date, int]
"""Whom a lesson is offered, in which week (its Monday), and its number."""


def taken_by(session: Session, workspace_id: str, user_id: str) -> list[LessonTaken]:
    """The lessons a person took, by number."""
    return list(
        session.exec(
            select(LessonTaken)
            .where(LessonTaken.workspace_id == workspace_id, LessonTaken.user_id == user_id)
            .order_by(col(LessonTaken.lesson))
        )
    )


def how_many_took(session: Session, program_id: int, lessons: Collection[int]) -> list[int]:
    """For everyone who is or was in the program and took at least one of `lessons`, how many of them; in no order
    that tells. Who left keeps counting: else the count after a leaving would tell whether they had begun."""
    counts = session.exec(
        select(func.count())
        .select_from(LessonTaken)
        .join(
            Enrollment,
            (col(Enrollment.workspace_id) == LessonTaken.workspace_id)
            & (col(Enrollment.user_id) == LessonTaken.user_id),
        )
        .where(Enrollment.program_id == program_id, col(LessonTaken.lesson).in_(lessons))
        .group_by(col(LessonTaken.user_id))
    )
    return sorted(counts)


def how_useful(session: Session, program_id: int, lessons: Collection[int]) -> list[float]:
    """For everyone who is or was in the program and said how useful lessons were, their own mean; in no order that
    tells. Who left keeps counting: else the mean after a leaving would tell theirs."""
    theirs = (col(Enrollment.workspace_id) == LessonTaken.workspace_id) & (
        col(Enrollment.user_id) == LessonTaken.user_id
    )
    said = select(func.avg(LessonTaken.useful)).select_from(LessonTaken).join(Enrollment, theirs)
    said = said.where(Enrollment.program_id == program_id)
    said = said.where(col(LessonTaken.useful).is_not(None), col(LessonTaken.lesson).in_(lessons))
    return sorted(float(mean) for mean in session.exec(said.group_by(col(LessonTaken.user_id))))


def taken_by_readers(session: Session, readers: Collection[Reader]) -> dict[Reader, set[int]]:
    """The numbers of the lessons these people took; nobody who took none."""
    mine = among(LessonTaken, readers)
    rows = session.exec(select(LessonTaken.workspace_id, LessonTaken.user_id, LessonTaken.lesson).where(mine))
    found: dict[Reader, set[int]] = {}
    for workspace_id, user_id, lesson in rows:
        found.setdefault((workspace_id, user_id), set()).add(lesson)
    return found


def offered_to(session: Session, readers: Collection[Reader]) -> dict[Reader, Counter[int]]:
    """How often each lesson was offered to these people; nobody who was offered none."""
    mine = among(LessonOffered, readers)
    rows = session.exec(select(LessonOffered.workspace_id, LessonOffered.user_id, LessonOffered.lesson).where(mine))
    found: dict[Reader, Counter[int]] = {}
    for workspace_id, user_id, lesson in rows:
        found.setdefault((workspace_id, user_id), Counter())[lesson] += 1
    return found


def remember_offers(session: Session, offers: Sequence[Offer]) -> None:
    """Remember once which lesson a week's message holds."""
    values = [
        {"workspace_id": workspace_id, "user_id": user_id, "week": week, "lesson": lesson}
        for (workspace_id, user_id), week, lesson in offers
    ]
    if values:
        session.connection().execute(insert(session)(LessonOffered).on_conflict_do_nothing(), values)


def last_offered(session: Session, workspace_id: str, user_id: str) -> int:
    """The number of the lesson a person was offered last; 0 before the first."""
    mine = select(LessonOffered.lesson).where(
        LessonOffered.workspace_id == workspace_id, LessonOffered.user_id == user_id
    )
    return session.exec(mine.order_by(col(LessonOffered.week).desc()).limit(1)).first() or 0
