"""Rolling programs: every Monday whoever waits is matched, by themselves or once an organizer agreed.

As ever a match is prepared, solved outside of any transaction, and kept (bot/runtime/weekly.py does the three in turn).
It is made in the name of the organizer who runs the program and chose so.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from bot.domain.matching import MatchPlan
from bot.domain.notices import MatchReady, WeeklyMatched
from bot.domain.people import Actor
from bot.domain.programs import Rounds
from bot.domain.rolling import due_week, next_week
from bot.services import matchmaking, waiting
from bot.services.matchmaking import Draft
from bot.services.reaching import working_moment_for
from storage import outbox, programs
from storage.tables import Program


@dataclass(frozen=True)
class DueWeek:
    """A program whose Monday has come, and the ids of those who wait for a partner."""

    workspace_id: str
    program_id: int
    monday: date
    waiting: tuple[str, ...]


def due(session: Session, *, now: datetime) -> list[DueWeek]:
    """The programs that are to be matched now, each once a week."""
    found = []
    for program in _rolling(session):
        monday = due_week(now, program.timezone, program.weekly_on)
        if monday is not None and _may_match(session, program, monday):
            free = matchmaking.gather(session, program, now=now).candidates
            ids = tuple(candidate.id for candidate in free)
            found.append(DueWeek(program.workspace_id, program.id, monday, ids))
    return found


def next_due(session: Session, *, now: datetime) -> datetime | None:
    """The next Monday at nine of any rolling program."""
    return min((next_week(now, program.timezone) for program in _rolling(session)), default=None)


def prepare(session: Session, week: DueWeek, *, now: datetime) -> Draft:
    """Everyone who waits, for a solver."""
    program = programs.its_program(session, week.workspace_id, week.program_id)
    return Draft(program.id, matchmaking.gather(session, program, now=now))


def keep(session: Session, week: DueWeek, draft: Draft, plan: MatchPlan, *, now: datetime) -> None:
    """Release the week's match and tell the organizers, or show it to them where they want to agree first.

    Nothing is sent twice for one Monday. NotPossibleNow where someone came or went while it was solved: the next tick
    tries again.
    """
    program = programs.its_program(session, week.workspace_id, week.program_id)
    if due_week(now, program.timezone, program.weekly_on) != week.monday or program.rounds is Rounds.RELEASE:
        return
    program.weekly_on = week.monday
    if not plan.pairs:
        waiting.tell(session, program, plan, None, now=now)
        return
    actor = Actor(program.workspace_id, programs.organizers_of(session, program.id)[0])
    run = matchmaking.keep(session, actor, draft, plan, now=now)
    blocked = matchmaking.what_blocks(session, program)
    counts = (len(plan.pairs), len(plan.leftover))
    if program.rounds is Rounds.WEEKLY and blocked is None:
        matchmaking.release(session, actor, run.id, now=now)
        _tell_organizers(session, program, WeeklyMatched(program.name, *counts), week.monday, now=now)
    else:
        _tell_organizers(session, program, MatchReady(program.name, program.id, *counts, blocked), week.monday, now=now)


def _may_match(session: Session, program: Program, monday: date) -> bool:
    """Somebody runs the program, and its week is not a quiet one."""
    return bool(programs.organizers_of(session, program.id)) and monday not in programs.quiet_weeks(session, program.id)


def _rolling(session: Session) -> list[Program]:
    return list(session.exec(select(Program).where(Program.rounds != Rounds.RELEASE)))


def _tell_organizers(
    session: Session, program: Program, notice: WeeklyMatched | MatchReady, monday: date, *, now: datetime
) -> None:
    for organizer in programs.organizers_of(session, program.id):
        outbox.enqueue(
            session,
            program.workspace_id,
            notice,
            key=f"weekly-match:program-{program.id}:{monday}:{organizer}",
            to=f"user:{organizer}",
            due_at=working_moment_for(session, program.workspace_id, organizer, now=now),
        )
