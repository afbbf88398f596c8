"""Which lesson stands in a week's message, as domain/lesson_weeks.py decides; for many people at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from bot.content.lessons import lessons
from bot.domain.lesson_weeks import Term, next_offer
from bot.domain.notices import LessonOffer
from bot.domain.nudges import Footing
from bot.domain.templates import in_order
from bot.domain.training import Lesson
from storage import programs, training
from storage.questions import Partner
from storage.readers import Reader

Week = tuple[Reader, date]
"""A person's local week, named by its Monday."""
Of = TypeVar("Of")


def term_of(partner: Partner, footing: Footing) -> Term:
    """What decides a partner's lessons; their breaks and quiet weeks are those of their questions."""
    return Term(partner.pair.started_at, partner.member.learned, footing.paused, footing.quiet)


def choose(session: Session, weeks: Mapping[Week, Sequence[int]]) -> dict[Week, LessonOffer]:
    """The lesson of each of these weeks, remembered as offered; none for who has nothing left. `weeks`: week -> the
    programs that have one in it, which offer theirs in their order."""
    if not weeks:
        return {}
    readers = {reader for reader, _ in weeks}
    taken, offered = training.taken_by_readers(session, readers), training.offered_to(session, readers)
    courses, found = _courses(session, weeks), {}
    for reader, week in sorted(weeks):
        lesson = next_offer(courses[reader, week], taken.get(reader, ()), offered.get(reader, {}))
        if lesson is not None:
            found[reader, week] = LessonOffer(lesson.number, lesson.title)
    training.remember_offers(session, [(reader, week, offer.number) for (reader, week), offer in found.items()])
    return found


def coming(session: Session, reader: Reader, weeks: Mapping[date, Sequence[int]]) -> Iterator[tuple[date, Lesson]]:
    """The lesson of each of these weeks, by the programs that have one in it, if its reader takes none of them."""
    taken = training.taken_by_readers(session, [reader]).get(reader, set())
    offered = dict(training.offered_to(session, [reader]).get(reader, {}))
    courses = _courses(session, weeks)
    for week in sorted(weeks):
        lesson = next_offer(courses[week], taken, offered)
        if lesson is not None:
            offered[lesson.number] = offered.get(lesson.number, 0) + 1
            yield week, lesson


def _courses(session: Session, weeks: Mapping[Of, Sequence[int]]) -> dict[Of, list[Lesson]]:
    """What the programs of each week offer, in their order, one program after the other."""
    named = programs.named(session, {number for numbers in weeks.values() for number in numbers})
    return {
        of: [one for at in numbers for one in in_order(lessons(), named[at].lessons)] for of, numbers in weeks.items()
    }
