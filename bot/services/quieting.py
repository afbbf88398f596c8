"""The weeks in which a program writes to nobody, and the public holidays its people have before them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.domain.cadence import local_date, week_of
from bot.domain.calendars import name_of, public_holidays
from bot.domain.people import Actor
from bot.services.administering import check_organizer
from bot.services.reaching import place_of
from storage import outbox, people, programs
from storage.tables import Program, QuietWeek

WEEKS_AHEAD = 26
DAYS_AHEAD = 28


@dataclass(frozen=True)
class Holiday:
    """A public holiday and the places that keep it, by name."""

    on: date
    name: str
    places: tuple[str, ...]


def weeks_to_choose(program: Program, *, now: datetime) -> tuple[date, ...]:
    """The Mondays of this week and those of half a year."""
    monday = week_of(local_date(now, program.timezone))
    return tuple(monday + timedelta(weeks=number) for number in range(WEEKS_AHEAD))


def coming_holidays(session: Session, program: Program, *, now: datetime) -> tuple[Holiday, ...]:
    """The holidays of the next four weeks wherever people of the program are, in order."""
    taking_part = [enrollment.user_id for enrollment in programs.enrolled(session, program.id)]
    known = people.people_named(session, program.workspace_id, taking_part)
    today = local_date(now, program.timezone)
    kept: dict[tuple[date, str], set[str]] = {}
    for place in sorted({place_of(person) for person in known.values()}):
        for day in (today + timedelta(days=number) for number in range(DAYS_AHEAD)):
            if day in (holidays := public_holidays(place, day.year)):
                kept.setdefault((day, holidays[day]), set()).add(name_of(place))
    return tuple(Holiday(day, name, tuple(sorted(places))) for (day, name), places in sorted(kept.items()))


def choose_quiet_weeks(
    session: Session, actor: Actor, program_id: int, mondays: Iterable[date], *, now: datetime
) -> Program:
    """The organizer's choice among the weeks to come; weeks gone by stay as they were."""
    program = check_organizer(session, actor, program_id)
    wanted, kept = set(mondays), programs.quiet_weeks(session, program_id)
    for monday in weeks_to_choose(program, now=now):
        if monday in wanted and monday not in kept:
            session.add(QuietWeek(program_id=program_id, monday=monday, workspace_id=program.workspace_id))
        if monday in kept and monday not in wanted:
            session.delete(session.get_one(QuietWeek, (program_id, monday)))
    outbox.look_again(session, program.workspace_id)
    return program
