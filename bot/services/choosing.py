"""Which of several programs a member means: those open to them, those they are in, and what each is for."""

import re
from collections.abc import Iterable

from sqlmodel import Session

from bot.content import refusals
from bot.content.templates import LINES
from bot.domain.people import Actor
from bot.errors import NotPossibleNow
from bot.views.kit import escape
from bot.views.models import ProgramChoice
from storage import programs
from storage.tables import Program


def to_join(session: Session, actor: Actor) -> tuple[ProgramChoice, ...]:
    """The programs someone may still join, where the workspace has several; none where it is plain which is meant."""
    known, mine = programs.programs_of(session, actor.workspace_id), _ids_of(session, actor)
    return _choices(program for program in known if program.id not in mine) if len(known) > 1 else ()


def among_mine(session: Session, actor: Actor) -> tuple[ProgramChoice, ...]:
    """The programs someone is in, where they are several; none where it is plain which is meant."""
    mine = _choices_of(session, actor)
    return mine if len(mine) > 1 else ()


def besides(session: Session, actor: Actor, program_id: int) -> tuple[str, ...]:
    """The names of the other programs someone is in."""
    return tuple(choice.name for choice in _choices_of(session, actor) if choice.program_id != program_id)


def named(session: Session, actor: Actor, name: str | None) -> Program | None:
    """The workspace's program of that name, whatever the case, and however it is led up to, as in "from the Leadership
    program"; None for other words."""
    said = (name or "").strip().casefold()
    known = programs.programs_of(session, actor.workspace_id)
    exactly = next((program for program in known if program.name.casefold() == said), None)
    return exactly or next((program for program in known if _core(program.name) == _core(said)), None)


def check_named(session: Session, actor: Actor, note: str) -> None:
    """Refuse a note that is nothing but "in the Gardening program", where there is none; "in person" is a note."""
    found = re.fullmatch(r"in (?:the )?(.+) program(?:me)?[.!]?", note.strip(), re.IGNORECASE)
    if found and named(session, actor, found[1]) is None:
        raise NotPossibleNow(refusals.NO_SUCH_PROGRAM.format(name=escape(found[1])))


def _core(name: str) -> str:
    """ "leadership" of "in the Leadership programme"."""
    return re.sub(r"^(?:(?:in|from|of) )?(?:the )?|(?: program(?:me)?)?$", "", name.strip().casefold())


def chosen(session: Session, actor: Actor, program_id: int) -> Program:
    """The program a button names; NotPossibleNow where the workspace has no such program."""
    program = programs.program(session, actor.workspace_id, program_id)
    if program is None:
        raise NotPossibleNow(refusals.NO_PROGRAM)
    return program


def _ids_of(session: Session, actor: Actor) -> set[int]:
    return {one.program_id for one in programs.enrollments_of(session, actor.workspace_id, actor.user_id)}


def _choices_of(session: Session, actor: Actor) -> tuple[ProgramChoice, ...]:
    mine = _ids_of(session, actor)
    return _choices(program for program in programs.programs_of(session, actor.workspace_id) if program.id in mine)


def _choices(found: Iterable[Program]) -> tuple[ProgramChoice, ...]:
    return tuple(ProgramChoice(program.id, program.name, LINES[program.purpose]) for program in found)
