"""What could not be delivered: organizers are told once, and decide. Who has a message waiting, never what it says."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from bot.content import delivering as words
from bot.domain.cadence import local_date
from bot.domain.notices import Undelivered
from bot.domain.people import Actor
from bot.errors import NotPossibleNow
from bot.services.administering import check_organizer
from bot.services.reaching import working_moment_for
from bot.views.models import Letter
from storage import letters, outbox, pairs, people, programs
from storage.tables import OutboxRow, OutboxStatus, Program

OURS = "undelivered"
"""The kind of the notice that tells of trouble; trouble with it is not told, or it would never end."""
SOON = timedelta(minutes=1)


class Verdict(StrEnum):
    """What an organizer says of a message that could not be delivered."""

    AGAIN = "again"
    THERE = "there"
    LET_GO = "let_go"


def undelivered(session: Session, program: Program) -> list[Letter]:
    """What waits for a decision in a program, oldest first."""
    return [_letter(session, row, program) for row in _mine(session, program)]


def how_many(session: Session, program: Program) -> int:
    """How many of them there are."""
    return len(_mine(session, program))


def _mine(session: Session, program: Program) -> list[OutboxRow]:
    known = programs.programs_of(session, program.workspace_id)
    return [row for row in letters.in_trouble(session, program.workspace_id) if program in _about(row, known)]


def decide(session: Session, actor: Actor, row_id: int | None, verdict: Verdict, *, now: datetime) -> Program:
    """Say it again, take it as said, or let it go. NotAllowed unless the actor runs the program it is about;
    NotPossibleNow when it was decided before."""
    row = letters.letter(session, actor.workspace_id, row_id) if row_id else None
    if row is None:
        raise NotPossibleNow(words.DECIDED_ALREADY)
    about = _about(row, programs.programs_of(session, actor.workspace_id))
    mine = [one for one in about if programs.runs_program(session, one.id, actor.user_id)]
    program = mine[0] if mine else check_organizer(session, actor, about[0].id if about else 0)
    match verdict:
        case Verdict.AGAIN:
            letters.say_again(row, _moment_for(session, row, now))
        case Verdict.THERE:
            letters.stands(row, now)
        case Verdict.LET_GO:
            letters.let_go(row, words.ORGANIZER_LET_IT_GO)
    session.add(row)
    session.flush()
    return program


def tell_organizers(session: Session, *, now: datetime) -> None:
    """Tell the organizers of what got into trouble since they were last told, all of it in one message."""
    rows = letters.untold(session)
    for workspace_id in {row.workspace_id for row in rows}:
        fresh = [row for row in rows if row.workspace_id == workspace_id and row.notice["kind"] != OURS]
        known = programs.programs_of(session, workspace_id)
        for program in known:
            mine = [row for row in fresh if program in _about(row, known)]
            if mine:
                _tell(session, program, mine, now=now)
    for row in rows:
        row.told = True
        session.add(row)


def next_telling(session: Session, *, now: datetime) -> datetime | None:
    """When organizers are to be told of something; None when there is nothing."""
    return now + SOON if letters.untold(session) else None


def _tell(session: Session, program: Program, rows: list[OutboxRow], *, now: datetime) -> None:
    for organizer in programs.organizers_of(session, program.id):
        outbox.enqueue(
            session,
            program.workspace_id,
            Undelivered(program.name, program.id, len(rows)),
            key=f"undelivered:program-{program.id}:{organizer}:{rows[-1].id}:{now.isoformat()}",
            to=f"user:{organizer}",
            due_at=working_moment_for(session, program.workspace_id, organizer, now=now),
        )


def _about(row: OutboxRow, known: list[Program]) -> list[Program]:
    """A notice that names no program, or one that is called otherwise now, concerns all of them."""
    named = [program for program in known if program.name == row.notice.get("program")]
    return named or known


def _moment_for(session: Session, row: OutboxRow, now: datetime) -> datetime:
    kind, _, name = row.to.partition(":")
    return working_moment_for(session, row.workspace_id, name, now=now) if kind == "user" else now


def _letter(session: Session, row: OutboxRow, program: Program) -> Letter:
    return Letter(
        row_id=row.id,
        to=_readers(session, row, program),
        day=local_date(row.due_at, program.timezone),
        in_channel=row.to.startswith("channel:"),
        uncertain=row.status is OutboxStatus.UNCERTAIN,
        error=(row.error or "").split(":")[0],
    )


def _readers(session: Session, row: OutboxRow, program: Program) -> tuple[str, ...]:
    kind, _, name = row.to.partition(":")
    if kind == "channel":
        return (f"#{program.channel_name}",) if name == program.channel_id else (words.A_CHANNEL,)
    members = [name] if kind == "user" else pairs.members_of(session, int(name))
    known = people.people_named(session, row.workspace_id, members)
    return tuple(known[user_id].name if user_id in known else words.SOMEONE for user_id in members)
