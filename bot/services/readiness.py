"""Lessons before a match: where a program wants them, who has still to read which."""

from collections.abc import Collection, Mapping

from sqlmodel import Session

from bot.content.lessons import lessons
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.pairs import PairStatus
from bot.services.reaching import may_take_part
from storage import pairs, people, programs, training
from storage.tables import Program

FIRST = 2
"""The first two: what this is and what stays between partners, and listening before advising."""


def first_lessons() -> tuple[int, ...]:
    """The numbers of the lessons that may be wanted before a match."""
    return tuple(lesson.number for lesson in lessons()[:FIRST])


def still_to_read(session: Session, program: Program, user_ids: Collection[str]) -> Mapping[str, tuple[int, ...]]:
    """Who is not ready for a match in this program, and the numbers of what they have still to read."""
    if not program.lessons_first or not user_ids:
        return {}
    taken = training.taken_by_readers(session, [(program.workspace_id, user_id) for user_id in user_ids])
    wanted = first_lessons()
    left = {
        user_id: tuple(number for number in wanted if number not in taken.get((program.workspace_id, user_id), ()))
        for user_id in user_ids
    }
    return {user_id: numbers for user_id, numbers in left.items() if numbers}


def not_ready(session: Session, program: Program) -> Mapping[str, tuple[int, ...]]:
    """Who would be matched next if they had read the first lessons, and what they have still to read."""
    if not program.lessons_first:
        return {}
    known = people.everyone_known(session, program.workspace_id)
    history = pairs.pairs_ever(session, program.id)
    partners = pairs.partners_of(session, [pair for pair in history if pair.status is PairStatus.ACTIVE])
    taken = {user_id for users in partners.values() for user_id in users}
    waiting = [
        one.user_id
        for one in programs.enrolled(session, program.id)
        if one.status is EnrollmentStatus.ACTIVE and one.user_id not in taken and may_take_part(known.get(one.user_id))
    ]
    return still_to_read(session, program, waiting)
