"""When a person may be reached: in their own zone, days and hours; not on a holiday, in a quiet week or on a break."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.cadence import WorkingHours, local_date, next_working_moment, start_of_day
from bot.domain.calendars import usual_place, weekend
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.people import Actor
from storage import people, programs
from storage.readers import Reader
from storage.tables import Enrollment, Person, Program

WHOLE_WEEK = frozenset(range(7))


def place_of(person: Person) -> str:
    """Whose public holidays a person keeps: their own word, else the country their zone lies in."""
    return person.place if person.place is not None else usual_place(person.timezone)


def weekdays_of(person: Person) -> frozenset[int]:
    """The days a person works: their own word, else all but the weekend of the place they are in."""
    return frozenset(person.weekdays or usual_weekdays(place_of(person)))


def usual_weekdays(place: str) -> frozenset[int]:
    """The days people work in a place."""
    return WHOLE_WEEK - weekend(place)


def hours_of(person: Person, enrollment: Enrollment | None) -> WorkingHours:
    """A person's zone and days with the hours they gave in a program, or nine to five; breaks are not in it."""
    hours = WorkingHours(person.timezone, weekdays=weekdays_of(person), place=place_of(person))
    if person.undisturbed_from is not None and person.undisturbed_until is not None:
        hours = replace(hours, undisturbed=(person.undisturbed_from, person.undisturbed_until))
    if enrollment is None:
        return hours
    return replace(hours, start=enrollment.hours_from, end=enrollment.hours_to)


def hours_in_workspace(session: Session, workspace_id: str, user_id: str) -> WorkingHours:
    """When someone can be reached, whichever programs they are in; a stranger in UTC office hours.

    On a break means on a break everywhere; a quiet week is one of all their programs.
    """
    return hours_of_readers(session, [(workspace_id, user_id)])[workspace_id, user_id]


def hours_of_readers(session: Session, readers: Collection[Reader]) -> dict[Reader, WorkingHours]:
    """`hours_in_workspace` for many people, in three questions."""
    known = people.of_readers(session, readers)
    mine = programs.enrollments_of_readers(session, readers)
    quiet = programs.quiet_weeks_in(session, {one.program_id for all_mine in mine.values() for one in all_mine})
    return {reader: _hours(known.get(reader), mine.get(reader, []), quiet) for reader in readers}


def _hours(person: Person | None, mine: Sequence[Enrollment], quiet: Mapping[int, frozenset[date]]) -> WorkingHours:
    if person is None:
        return WorkingHours("UTC")
    hours = hours_of(person, mine[0] if mine else None)
    weeks = [quiet.get(enrollment.program_id, frozenset()) for enrollment in mine]
    return replace(hours, back_on=_back_on(mine), quiet=frozenset.intersection(*weeks) if weeks else frozenset())


def _back_on(mine: Sequence[Enrollment]) -> date | None:
    if not mine or any(enrollment.status is not EnrollmentStatus.PAUSED for enrollment in mine):
        return None
    return min((one.paused_until for one in mine if one.paused_until is not None), default=None)


def hours_of_program(session: Session, program: Program) -> WorkingHours:
    """When a program's channel can be written to: the days of the country it is in, but for its quiet weeks."""
    return hours_of_programs(session, [program])[program.id]


def hours_of_programs(session: Session, some: Sequence[Program]) -> dict[int, WorkingHours]:
    """`hours_of_program` for many, in one question: program id -> hours."""
    quiet = programs.quiet_weeks_in(session, [program.id for program in some])
    return {program.id: _channel_hours(program, quiet.get(program.id, frozenset())) for program in some}


def _channel_hours(program: Program, quiet: frozenset[date]) -> WorkingHours:
    place = usual_place(program.timezone)
    return WorkingHours(program.timezone, weekdays=usual_weekdays(place), place=place, quiet=quiet)


def working_moment_for(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> datetime:
    """`now` in the person's working time, else their next start of work: for what an organizer must hear."""
    return next_working_moment(now, hours_in_workspace(session, workspace_id, user_id))


def working_day_of(day: date, hours: WorkingHours) -> date:
    """`day`, or the next on which that person works: on another nothing comes."""
    return local_date(next_working_moment(start_of_day(day, hours.timezone), hours), hours.timezone)


def today_of(session: Session, actor: Actor, *, now: datetime) -> date:
    """The calendar date where the actor is."""
    person = people.person(session, actor.workspace_id, actor.user_id)
    return local_date(now, person.timezone if person else "UTC")


def may_take_part(person: Person | None) -> bool:
    """Whether someone is here and a full member."""
    return person is not None and person.may_join and not person.is_gone
