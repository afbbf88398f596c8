"""What one person will be sent in the weeks to come, when, and why not: for support. Nothing is changed.

It supposes that nobody answers and that everything else stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.cadence import DAY, WEEK, Rest, WorkingHours, local_date, why_not_on
from bot.domain.calendars import public_holidays
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.lesson_weeks import weeks_ahead
from bot.domain.nudges import RUNGS, Breaks, Verdict, Withheld, forecast
from bot.services import nudging, offering, weekly
from bot.services.finishing import end_of
from bot.services.nudging import Place
from bot.services.reaching import hours_in_workspace
from storage import outbox, pairs, people, programs, questions
from storage.tables import Cycle, OutboxRow, OutboxStatus

LOOKING_BACK = 4 * WEEK


@dataclass(frozen=True)
class Question:
    """A question that will be asked, or that will not be, for a reason. `step`: its rung, 1 to 3."""

    week: date
    at: datetime
    partners: tuple[str, ...]
    step: int
    why_not: Withheld | None


@dataclass(frozen=True)
class LessonToCome:
    """A lesson that will stand in a week's message."""

    week: date
    at: datetime
    number: int
    title: str


@dataclass(frozen=True)
class DayOff:
    """A working day on which nobody writes to them; a holiday has a name."""

    on: date
    why: Rest
    name: str = ""


@dataclass(frozen=True)
class Foresight:
    """`waiting` and `not_sent` are rows of the outbox; `ends` the last days of the rounds they are in, where they are
    to come, and `is_over`: none is. `is_silent`: they were asked as often as anybody is, and none answered."""

    name: str
    user_id: str
    is_paired: bool
    is_over: bool
    is_silent: bool
    hours: WorkingHours
    waiting: tuple[OutboxRow, ...]
    questions: tuple[Question, ...]
    lessons: tuple[LessonToCome, ...]
    days_off: tuple[DayOff, ...]
    ends: tuple[datetime, ...]
    not_sent: tuple[OutboxRow, ...]
    not_asked: tuple[tuple[date, Withheld], ...]


def foresee(session: Session, workspace_id: str, user_id: str, *, now: datetime, weeks: int) -> Foresight:
    """Everything up to so many weeks from now, and what was held back in the four before. NoResultFound for a
    stranger."""
    person = people.its_person(session, workspace_id, user_id)
    hours, until = hours_in_workspace(session, workspace_id, user_id), now + weeks * WEEK
    places = nudging.looked_at(session, [(workspace_id, user_id)], now=now)
    to = [f"user:{user_id}", *(f"pair:{place.partner.pair.id}" for place in places)]
    dropped = outbox.to_reader(session, workspace_id, f"user:{user_id}", now - LOOKING_BACK, lost=True)
    held = questions.withheld_from(session, workspace_id, user_id)
    ends = sorted({_end(session, place) for place in places})
    since = local_date(now - LOOKING_BACK, hours.timezone)
    return Foresight(
        name=person.name,
        user_id=user_id,
        is_paired=bool(places),
        is_over=all(end <= now for end in ends),
        is_silent=bool(places) and all(place.footing.climbed >= RUNGS for place in places),
        hours=hours,
        waiting=tuple(row for place in to for row in outbox.waiting_for(session, workspace_id, place)),
        questions=tuple(_questions(session, places, now, until)),
        lessons=tuple(_lessons(session, places, now, until)),
        days_off=tuple(_days_off(hours, local_date(now, hours.timezone), weeks)),
        ends=tuple(end for end in ends if now < end <= until),
        not_sent=tuple(row for row in dropped if row.status in (OutboxStatus.DROPPED, OutboxStatus.FAILED)),
        not_asked=tuple((one.week, one.reason) for one in held if one.week >= since),
    )


def _questions(session: Session, places: Sequence[Place], now: datetime, until: datetime) -> list[Question]:
    foreseen = [
        (place, verdict)
        for place in places
        for verdict in forecast(
            place.footing, place.hours, now, min(until, _end(session, place)), _breaks(session, place)
        )
    ]
    taken = _taken(session, places, {verdict.week for _, verdict in foreseen})
    asked = [_question(session, place, verdict, taken) for place, verdict in foreseen]
    return sorted(asked, key=lambda question: (question.week, question.at, question.partners))


def _lessons(session: Session, places: Sequence[Place], now: datetime, until: datetime) -> list[LessonToCome]:
    """Over all programs one a week, in weeks that had no message yet."""
    moments: dict[date, datetime] = {}
    offers: dict[date, list[int]] = {}
    for place in places:
        term, ends = offering.term_of(place.partner, place.footing), min(until, _end(session, place))
        for week, at in weeks_ahead(term, place.hours, now, ends, _breaks(session, place)):
            moments.setdefault(week, at)
            offers.setdefault(week, []).append(place.partner.pair.program_id)
    taken = _taken(session, places, set(moments))
    weeks = {week: offers[week] for week in moments if week not in taken}
    found = offering.coming(session, places[0].partner.reader, weeks) if weeks else ()
    return [LessonToCome(week, moments[week], lesson.number, lesson.title) for week, lesson in found]


def _question(session: Session, place: Place, verdict: Verdict, taken: set[date]) -> Question:
    pair, me = place.partner.pair, place.partner.person.user_id
    others = [user_id for user_id in pairs.members_of(session, pair.id) if user_id != me]
    known = people.people_named(session, pair.workspace_id, others)
    one_a_week = Withheld.ONE_A_WEEK if verdict.week in taken else None
    names = tuple(known[user_id].name for user_id in others)
    return Question(verdict.week, verdict.moment, names, verdict.step, verdict.withheld or one_a_week)


def _taken(session: Session, places: Sequence[Place], weeks: set[date]) -> set[date]:
    """Those of the weeks that have had their one message already."""
    if not places or not weeks:
        return set()
    workspace_id, user_id = places[0].partner.reader
    keys = {(workspace_id, weekly.key_of(user_id, week)): week for week in weeks}
    return {keys[key] for key in outbox.said_already(session, set(keys))}


def _breaks(session: Session, place: Place) -> Breaks:
    """Until when those of a pair are on a break."""
    pair = place.partner.pair
    everyone = [(pair.workspace_id, user_id) for user_id in pairs.members_of(session, pair.id)]
    until: dict[bool, list[date]] = {True: [], False: []}
    for (_, user_id), theirs in programs.enrollments_of_readers(session, everyone).items():
        for one in theirs:
            if one.program_id == pair.program_id and one.status is EnrollmentStatus.PAUSED:
                until[user_id == place.partner.person.user_id].append(one.paused_until or date.max)
    return Breaks(max(until[True], default=None), max(until[False], default=None))


def _end(session: Session, place: Place) -> datetime:
    cycle = session.get_one(Cycle, place.partner.pair.cycle_id)
    return end_of(cycle, programs.its_program(session, cycle.workspace_id, cycle.program_id))


def _days_off(hours: WorkingHours, today: date, weeks: int) -> list[DayOff]:
    days = [today + number * DAY for number in range(weeks * 7)]
    found = [DayOff(day, why, _name(day, hours, why)) for day in days if (why := why_not_on(day, hours)) is not None]
    return [off for off in found if off.on.weekday() in hours.weekdays]


def _name(day: date, hours: WorkingHours, why: Rest) -> str:
    return public_holidays(hours.place, day.year)[day] if why is Rest.HOLIDAY else ""
