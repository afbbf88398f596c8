"""Several programs in one workspace: which one is meant."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.content import programs as words
from bot.errors import NotPossibleNow
from bot.views.ids import Action, Ref, Spoken
from bot.views.kit import Message, button, emphasised, escape, grey, message, section
from bot.views.models import ProgramChoice

LONGEST_VALUE = 2000
MOST_OTHERS = 10


def which(choices: Sequence[ProgramChoice], said: str) -> Message:
    """A button for each program an organizer runs; `said` is carried out about the one they choose."""
    if any(len(str(_spoken(choice, said))) > LONGEST_VALUE for choice in choices):
        raise NotPossibleNow(words.WORDS_TOO_LONG.format(program=choices[0].name))
    rows = [
        section(_row(choice), button(words.THIS_ONE, Action.CHOOSE_PROGRAM, _spoken(choice, said)))
        for choice in choices
    ]
    return message(words.WHICH, *rows)


def other_programs(others: Sequence[ProgramChoice]) -> list[Block]:
    """The way to the other programs that someone runs."""
    if not others:
        return []
    named = words.OTHERS.format(program=escape(others[0].name))
    rows = [
        section(emphasised(other.name), button(words.SWITCH, Action.CHOOSE_PROGRAM, _spoken(other, "admin")))
        for other in others[:MOST_OTHERS]
    ]
    return [*rows, grey(named)]


def _spoken(choice: ProgramChoice, said: str) -> Spoken:
    return Spoken(Ref("program", choice.program_id), said)


def _row(choice: ProgramChoice) -> str:
    return f"{emphasised(choice.name)}\n{choice.line}" if choice.line else emphasised(choice.name)
