"""Questions about lessons: who took which. Only the person is told; everyone else gets counts."""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from storage.tables import Enrollment, LessonTaken


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
    """For everyone enrolled who took at least one of `lessons`, how many of them; in no order that tells."""
    counts = session.exec(
        select(func.count())
        .select_from(LessonTaken)
        .join(
            Enrollment,
            (col(Enrollment.workspace_id) == LessonTaken.workspace_id)
            & (col(Enrollment.user_id) == LessonTaken.user_id),
        )
        .where(Enrollment.program_id == program_id, Enrollment.status != "left", col(LessonTaken.lesson).in_(lessons))
        .group_by(col(LessonTaken.user_id))
    )
    return sorted(counts)
