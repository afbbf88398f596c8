"""Who runs a program, which one they mean, and whether the bot is in its channel."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.content import programs as words
from bot.content import refusals
from bot.domain.notices import ChannelLost
from bot.domain.people import Actor, ChannelFacts
from bot.domain.programs import DEFAULT_NAME
from bot.errors import NotAllowed, NotPossibleNow
from bot.services.reaching import working_moment_for
from bot.views.kit import escape
from bot.views.models import ProgramChoice
from storage import outbox, people, programs
from storage.tables import Organizer, Person, Program


class WhichProgram(NotPossibleNow):
    """The actor runs several programs and has not said which one they mean."""

    def __init__(self, choices: Sequence[Program]) -> None:
        super().__init__(words.WHICH_IN_WORDS.format(program=escape(choices[0].name)))
        self.choices = tuple(ProgramChoice(program.id, program.name) for program in choices)


def organized_program(
    session: Session, actor: Actor, first: Sequence[str], *, now: datetime, program_id: int | None = None
) -> Program:
    """The program an organizer's act is about: the one a button names, else the only one they run, else the one they
    chose last. WhichProgram where nothing says so.

    The first organizers are the ids in `first`, else any workspace admin or owner: they become one by asking, and the
    first to ask starts the default program in their own zone.
    """
    mine = programs.run_by(session, actor.workspace_id, actor.user_id)
    if mine and program_id is not None:
        return choose(session, actor, program_id, now=now)
    if mine:
        return _meant(mine)
    known = programs.programs_of(session, actor.workspace_id)
    person = _first_organizer(session, actor, first)
    program = _to_run(known, program_id) or _default_program(session, actor, person.timezone, now=now)
    session.add(Organizer(program_id=program.id, user_id=actor.user_id, workspace_id=actor.workspace_id))
    return program


def check_may_organize(session: Session, actor: Actor, first: Sequence[str]) -> None:
    """Who runs a program may start another, and so may the first organizers. NotAllowed for everyone else."""
    if not programs.run_by(session, actor.workspace_id, actor.user_id):
        _first_organizer(session, actor, first)


def _first_organizer(session: Session, actor: Actor, first: Sequence[str]) -> Person:
    person = people.person(session, actor.workspace_id, actor.user_id)
    may = actor.user_id in first if first else person is not None and person.is_admin
    if not may or person is None or person.is_gone:
        known = programs.programs_of(session, actor.workspace_id)
        raise NotAllowed(refusals.NOT_ORGANIZER.format(who=_who_can(session, known, first)))
    return person


def choose(session: Session, actor: Actor, program_id: int, *, now: datetime) -> Program:
    """What the actor asks from now on is about this program, until they choose another."""
    program = check_organizer(session, actor, program_id)
    row = programs.organizer(session, program_id, actor.user_id)
    assert row is not None
    row.chosen_at = now
    return program


def name_among_several(session: Session, program: Program) -> str:
    """The program's name where the workspace has several, else nothing: what could be about two says about which."""
    return program.name if len(programs.programs_of(session, program.workspace_id)) > 1 else ""


def _to_run(known: Sequence[Program], program_id: int | None) -> Program | None:
    """The program a new organizer begins to run: the one named, else the only one; None where there is none."""
    chosen = [program for program in known if program_id in (None, program.id)]
    if known and not chosen:
        raise NotPossibleNow(refusals.NO_PROGRAM)
    if len(chosen) > 1:
        raise WhichProgram(known)
    return chosen[0] if chosen else None


def _meant(mine: Sequence[tuple[Program, datetime | None]]) -> Program:
    chosen = [(chosen_at, program.id, program) for program, chosen_at in mine if chosen_at is not None]
    if len(mine) > 1 and not chosen:
        raise WhichProgram([program for program, _ in mine])
    return max(chosen)[-1] if chosen and len(mine) > 1 else mine[0][0]


def _default_program(session: Session, actor: Actor, timezone: str, *, now: datetime) -> Program:
    program = Program(workspace_id=actor.workspace_id, name=DEFAULT_NAME, timezone=timezone, created_at=now)
    session.add(program)
    session.flush()
    return program


def _who_can(session: Session, known: Sequence[Program], first: Sequence[str]) -> str:
    organizers = [user for program in known for user in programs.organizers_of(session, program.id)] or list(first)
    if not organizers:
        return refusals.ASK_AN_ADMIN
    return refusals.ASK_THESE.format(names=", ".join(f"<@{user}>" for user in dict.fromkeys(organizers)))


def check_organizer(session: Session, actor: Actor, program_id: int) -> Program:
    """The program, if the actor runs it: checked wherever an organizer's act is carried out."""
    program = programs.program(session, actor.workspace_id, program_id)
    if program is None:
        raise NotPossibleNow(refusals.NO_PROGRAM)
    if not programs.runs_program(session, program_id, actor.user_id):
        raise NotAllowed(refusals.NOT_ORGANIZER.format(who=_who_can(session, [program], ())))
    return program


def bot_joined_channel(session: Session, workspace_id: str, channel_id: str) -> None:
    """Someone invited the bot: releases and shoutouts may begin."""
    for program in programs.programs_with_channel(session, workspace_id, channel_id):
        program.channel_joined = True


def channel_is(
    session: Session, workspace_id: str, channel_id: str, facts: ChannelFacts | None, *, now: datetime
) -> None:
    """Bring a channel to what Slack says of it: what an event would have told, had it come. None: we may not see it."""
    for program in programs.programs_with_channel(session, workspace_id, channel_id):
        program.channel_name = facts.name if facts and facts.name else program.channel_name
    if facts is not None and facts.joined:
        bot_joined_channel(session, workspace_id, channel_id)
    else:
        channel_lost(session, workspace_id, channel_id, now=now)


def channel_lost(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """The bot was removed, or the channel archived: each organizer is told once."""
    bot = people.workspace(session, workspace_id).bot_name
    for program in programs.programs_with_channel(session, workspace_id, channel_id):
        if not program.channel_joined:
            continue
        program.channel_joined = False
        for organizer in programs.organizers_of(session, program.id):
            outbox.enqueue(
                session,
                workspace_id,
                ChannelLost(program.name, program.channel_name, bot),
                key=f"channel-lost:program-{program.id}:{organizer}:{now.isoformat()}",
                to=f"user:{organizer}",
                due_at=working_moment_for(session, workspace_id, organizer, now=now),
            )
