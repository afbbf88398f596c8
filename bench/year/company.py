"""Who is in the simulated year, and what the checker is told of them."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from bench.year.naive_calendar import Habits, Promise, Stretch
from bench.year.naive_consent import Consents
from bot.domain.enrollment import Celebration
from bot.domain.people import Actor, PersonFacts
from bot.services import quieting, remembering
from storage import people
from storage.engine import session_scope
from storage.tables import Cycle, Enrollment, MatchRun, Organizer, Program

TEAM, ORGANIZER, CHANNEL = "T1", "UORG", "C1"
START = datetime(2026, 1, 5, 6, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
CYCLE_WEEKS = 12
QUIET = (date(2026, 2, 16), date(2026, 6, 22), date(2026, 12, 21))
PROGRAMS = ("Peer mentoring", "Leadership", "Onboarding buddies")
COUNTRIES = {
    "Europe/Lisbon": "PT",
    "Europe/Berlin": "DE",
    "Europe/Oslo": "NO",
    "America/New_York": "US",
    "America/Sao_Paulo": "BR",
    "America/Mexico_City": "MX",
    "Africa/Cairo": "EG",
    "Africa/Lagos": "NG",
    "Asia/Kolkata": "IN",
    "Asia/Tokyo": "JP",
    "Asia/Kathmandu": "NP",
    "Pacific/Auckland": "NZ",
}


@dataclass
class Company:
    """Its people and programs, when they work and rest, what their pairs were promised, and who is away when."""

    engine: Engine
    dice: random.Random
    people: list[str]
    end: datetime
    slack_seed: int
    programs: list[int] = field(default_factory=list)
    habits: dict[str, list[Habits]] = field(default_factory=dict)
    breaks: dict[str, list[Stretch]] = field(default_factory=dict)
    silences: dict[str, list[Stretch]] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    consents: Consents = field(default_factory=Consents)
    bot_away: list[Stretch] = field(default_factory=list)
    slack_away: list[Stretch] = field(default_factory=list)


def found(engine: Engine, seed: int, count: int, weeks: int, programs: int) -> Company:
    """A company with so many programs. Of two, a tenth is in both; of three, a third is in two and some in all."""
    dice = random.Random(seed)
    people = [f"U{number:03}" for number in range(count)]
    company = Company(engine, dice, people, START + weeks * WEEK, slack_seed=dice.randrange(10**9))
    with session_scope(engine) as session:
        remembering.remember_workspace(session, TEAM, "Year Works", "UBOT", "mentor")
        remembering.remember(session, TEAM, facts(ORGANIZER, "Europe/Lisbon"), now=START)
        company.programs = [_new_program(session, name) for name in PROGRAMS[:programs]]
        for number, user_id in enumerate(company.people):
            _settle_in(session, company, number, user_id)
    company.consents.organizers.add(ORGANIZER)
    _choose_quiet_weeks(company)
    company.bot_away = [_away(dice, weeks, 4, 24 * 5) for _ in range(weeks // 8)]
    company.slack_away = [_away(dice, weeks, 2, 30) for _ in range(weeks // 8)]
    return company


def facts(user_id: str, zone: str) -> PersonFacts:
    """What Slack says of someone."""
    return PersonFacts(user_id, user_id.title(), "", zone, None, None, is_admin=False, is_gone=False, may_join=True)


def _settle_in(session: Session, company: Company, number: int, user_id: str) -> None:
    zone = sorted(COUNTRIES)[number % len(COUNTRIES)]
    start = company.dice.randint(7, 11)
    remembering.remember(session, TEAM, facts(user_id, zone), now=START)
    if len(company.programs) == len(PROGRAMS):
        _wish(session, company, number, user_id)
    for program_id in _takes_part_in(company.programs, number):
        enrollment = Enrollment(workspace_id=TEAM, program_id=program_id, user_id=user_id, joined_at=START)
        enrollment.hours_from, enrollment.hours_to = time(start), time(start + 8)
        session.add(enrollment)
    company.habits[user_id] = [Habits(START - WEEK, zone, COUNTRIES[zone], time(start), time(start + 8))]


def _wish(session: Session, company: Company, number: int, user_id: str) -> None:
    """What some have said in their profile about being celebrated; the others are asked each time."""
    wish = {3: Celebration.CHANNEL, 5: Celebration.PRIVATE, 8: Celebration.NEVER}.get(number % 10, Celebration.ASK)
    people.its_person(session, TEAM, user_id).celebration = wish
    if wish is Celebration.CHANNEL:
        company.consents.always.add(user_id)
    if wish is Celebration.NEVER:
        company.consents.nothing.add(user_id)


def _takes_part_in(programs: list[int], number: int) -> list[int]:
    if len(programs) < 3:
        return programs if number % 10 == 0 else programs[:1]
    first = number % len(programs)
    mine = 3 if number % 12 == 0 else 2 if number % 3 == 1 else 1
    return [programs[(first + n) % len(programs)] for n in range(mine)]


def _new_program(session: Session, name: str) -> int:
    program = Program(
        workspace_id=TEAM,
        name=name,
        timezone="Europe/Lisbon",
        channel_id=CHANNEL,
        channel_name="peers",
        channel_joined=True,
        created_at=START,
    )
    session.add(program)
    session.flush()
    session.add(Organizer(program_id=program.id, user_id=ORGANIZER, workspace_id=TEAM))
    return program.id


def new_cycle(session: Session, program_id: int, now: datetime) -> Cycle:
    """The next round of a program, as a release begins it."""
    run = MatchRun(workspace_id=TEAM, program_id=program_id, made_at=now, made_by=ORGANIZER, seed=1)
    session.add(run)
    session.flush()
    number = len(session.exec(select(Cycle.id).where(Cycle.program_id == program_id)).all()) + 1
    cycle = Cycle(
        workspace_id=TEAM,
        program_id=program_id,
        run_id=run.id,
        number=number,
        starts_on=now.date(),
        ends_on=now.date() + CYCLE_WEEKS * WEEK,
    )
    session.add(cycle)
    session.flush()
    return cycle


def _choose_quiet_weeks(company: Company) -> None:
    """The same in all programs, as the organizer of all does."""
    for monday in QUIET:
        then = datetime.combine(monday - WEEK, time(9), UTC)
        with session_scope(company.engine) as session:
            for program_id in company.programs:
                chosen = [*(week for week in QUIET if week <= monday)]
                quieting.choose_quiet_weeks(session, Actor(TEAM, ORGANIZER), program_id, chosen, now=then)


def _away(dice: random.Random, weeks: int, least: int, most: int) -> Stretch:
    """Some hours in the year."""
    start = START + dice.randint(24, weeks * 168) * HOUR
    return start, start + dice.randint(least, most) * HOUR
