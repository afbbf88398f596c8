"""The values of a program: one place where an organizer edits them, and which of them someone's thanks may carry."""

from sqlmodel import Session

from bot.content import thanking as words
from bot.domain.kudos import LONGEST_VALUE, MOST_VALUES, is_a_word, values_in
from bot.domain.people import Actor
from bot.errors import WrongWords
from bot.services.administering import check_organizer
from storage import programs
from storage.tables import Program


def offered(session: Session, actor: Actor) -> tuple[str, ...]:
    """The values of the programs someone is in; of the workspace's first, for who is in none."""
    known = programs.programs_of(session, actor.workspace_id)
    mine = {one.program_id for one in programs.enrollments_of(session, actor.workspace_id, actor.user_id)}
    theirs = [program for program in known if program.id in mine] or known[:1]
    first = {value.casefold(): value for program in reversed(theirs) for value in program.values}
    return tuple(dict.fromkeys(first[value.casefold()] for program in theirs for value in program.values))


def choose(session: Session, actor: Actor, program_id: int, text: str) -> Program:
    """Keep what an organizer wrote as the program's values; none are none. WrongWords for what is no value."""
    program = check_organizer(session, actor, program_id)
    values = values_in(text)
    if len(values) > MOST_VALUES:
        raise WrongWords("values", words.TOO_MANY.format(count=len(values), most=MOST_VALUES))
    for value in values:
        _check(value)
    program.values = values
    return program


def _check(value: str) -> None:
    if not is_a_word(value):
        raise WrongWords("values", words.NOT_A_WORD.format(value=value[:LONGEST_VALUE]))
    if len(value) > LONGEST_VALUE:
        raise WrongWords("values", words.TOO_LONG.format(value=value[:LONGEST_VALUE], most=LONGEST_VALUE))
