"""Who runs a program, what it is called, where it lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.content import refusals
from bot.domain.cadence import local_date
from bot.domain.notices import ChannelLost
from bot.domain.people import Actor, ChannelFacts
from bot.domain.programs import CADENCE_WEEKS, DEFAULT_NAME, LENGTH_WEEKS, Rounds
from bot.errors import NotAllowed, NotPossibleNow
from bot.services.reaching import working_moment_for
from storage import outbox, people, programs
from storage.tables import Organizer, Program


@dataclass(frozen=True)
class Setup:
    """What the setup modal says of a program. `joined`: the bot is a member of the channel."""

    name: str
    channel_id: str
    channel_name: str
    joined: bool
    length_weeks: int = LENGTH_WEEKS
    cadence_weeks: int = CADENCE_WEEKS
    asks_first: bool = False
    rounds: Rounds = Rounds.RELEASE


def organized_program(session: Session, actor: Actor, first: Sequence[str], *, now: datetime) -> Program:
    """The program the actor runs. The first organizers are the ids in `first`, else any workspace admin or owner:
    they become one by asking, and the first to ask starts the default program in their own zone."""
    known = programs.programs_of(session, actor.workspace_id)
    for program in known:
        if programs.runs_program(session, program.id, actor.user_id):
            return program
    person = people.person(session, actor.workspace_id, actor.user_id)
    may = actor.user_id in first if first else person is not None and person.is_admin
    if not may or person is None or person.is_gone:
        raise NotAllowed(refusals.NOT_ORGANIZER.format(who=_who_can(session, known, first)))
    program = known[0] if known else _default_program(session, actor, person.timezone, now=now)
    session.add(Organizer(program_id=program.id, user_id=actor.user_id, workspace_id=actor.workspace_id))
    return program


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


def set_up(session: Session, actor: Actor, program_id: int, setup: Setup, *, now: datetime) -> Program:
    """Change a program's name, channel and rhythm. What already runs keeps its dates; weeks count from today on."""
    program = check_organizer(session, actor, program_id)
    program.name = setup.name
    program.channel_id, program.channel_name, program.channel_joined = (
        setup.channel_id,
        setup.channel_name,
        setup.joined,
    )
    program.length_weeks, program.cadence_weeks = setup.length_weeks, setup.cadence_weeks
    if program.rounds is Rounds.RELEASE:
        program.weekly_on = local_date(now, program.timezone)
    program.asks_first, program.rounds = setup.asks_first, setup.rounds
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
