"""When a person may be reached: in their own zone and hours."""

from datetime import date, datetime

from sqlmodel import Session

from bot.domain.cadence import WorkingHours, local_date, next_working_moment
from bot.domain.people import Actor
from storage import people, programs
from storage.tables import Enrollment, Person


def hours_of(person: Person, enrollment: Enrollment | None) -> WorkingHours:
    """A person's zone with the hours they gave in a program, or nine to five."""
    if enrollment is None:
        return WorkingHours(person.timezone)
    return WorkingHours(person.timezone, enrollment.hours_from, enrollment.hours_to)


def hours_in_workspace(session: Session, workspace_id: str, user_id: str) -> WorkingHours:
    """The hours to reach someone in, whichever program they are in; a stranger's are UTC office hours."""
    person = people.person(session, workspace_id, user_id)
    if person is None:
        return WorkingHours("UTC")
    enrollments = programs.enrollments_of(session, workspace_id, user_id)
    return hours_of(person, enrollments[0] if enrollments else None)


def next_moment_for(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> datetime:
    """`now` in the person's working time, else their next start of work."""
    return next_working_moment(now, hours_in_workspace(session, workspace_id, user_id))


def today_of(session: Session, actor: Actor, *, now: datetime) -> date:
    """The calendar date where the actor is."""
    person = people.person(session, actor.workspace_id, actor.user_id)
    return local_date(now, person.timezone if person else "UTC")
