"""Lessons: what a person has taken, and how many have."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.content import refusals
from bot.content.lessons import lessons
from bot.domain.milestones import MilestoneKind
from bot.domain.people import Actor
from bot.domain.templates import in_order
from bot.domain.training import LEAST_USEFUL, MOST_USEFUL, Lesson, mean_of_many, next_lesson
from bot.errors import NotPossibleNow
from bot.services import celebrating
from bot.views.models import Learning, LearningTotals, Marked
from storage import pairs, people, programs, training
from storage.tables import LessonTaken


def learning(session: Session, actor: Actor) -> Learning:
    """Where a person stands in the course, for their own eyes."""
    taken = {one.lesson for one in training.taken_by(session, actor.workspace_id, actor.user_id)}
    coming = next_lesson(lessons(), taken)
    return Learning(
        lessons=tuple((lesson.number, lesson.title, lesson.number in taken) for lesson in lessons()),
        next=coming.number if coming else None,
    )


def lesson(number: int | None) -> Lesson:
    """The lesson with this number. NotPossibleNow, naming those there are."""
    found = next((one for one in lessons() if one.number == number), None)
    if found is None:
        raise NotPossibleNow(refusals.NO_LESSON.format(first=lessons()[0].number, last=lessons()[-1].number))
    return found


def lesson_for(session: Session, actor: Actor, number: int | None) -> Lesson:
    """The lesson with this number, with what its reader can try today: they may have no partner yet."""
    read = lesson(number)
    alone = read.to_try_alone and not pairs.active_pairs_of(session, actor.workspace_id, actor.user_id)
    return replace(read, to_try=read.to_try_alone) if alone else read


def take(
    session: Session, actor: Actor, number: int | None, answers: Mapping[int, int], useful: int | None, *, now: datetime
) -> Marked:
    """A person went through a lesson: `answers` is question -> choice, from 0. What they chose is shown to them and not
    kept. Taken again, `useful` is replaced where it is said, from 1 to 5."""
    read = lesson(number)
    person = people.person(session, actor.workspace_id, actor.user_id)
    if person is None or person.is_gone:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    mine = {one.lesson: one for one in training.taken_by(session, actor.workspace_id, actor.user_id)}
    kept = mine.get(read.number) or LessonTaken(
        workspace_id=actor.workspace_id, user_id=actor.user_id, lesson=read.number, taken_at=now
    )
    if useful is not None and LEAST_USEFUL <= useful <= MOST_USEFUL:
        kept.useful = useful
    session.add(kept)
    taken = {*mine, read.number}
    if len(taken) > len(mine):
        _celebrate(session, actor, read.number, taken, now=now)
    coming = next_lesson(lessons(), taken)
    return Marked(read, tuple(answers.get(at) for at in range(len(read.questions))), coming)


def _celebrate(session: Session, actor: Actor, number: int, taken: Collection[int], *, now: datetime) -> None:
    """Lesson `number` may have been the last of those that a program of theirs offers."""
    for enrollment in programs.enrollments_of(session, actor.workspace_id, actor.user_id):
        program = programs.its_program(session, actor.workspace_id, enrollment.program_id)
        offered = {one.number for one in in_order(lessons(), program.lessons)}
        if number in offered and offered.issubset(taken):
            celebrating.reach_alone(session, program, actor.user_id, MilestoneKind.LESSONS_DONE, now=now)


def totals(session: Session, program_id: int) -> LearningTotals:
    """How many have begun, and how many have taken all, of everyone who is or was in a program."""
    numbers = [one.number for one in lessons()]
    counts = training.how_many_took(session, program_id, numbers)
    useful = mean_of_many(training.how_useful(session, program_id, numbers))
    through = sum(count == len(numbers) for count in counts)
    return LearningTotals(begun=len(counts), all_of_them=through, useful=useful)
