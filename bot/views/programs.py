"""Several programs in one workspace: which one is meant."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.content import programs as words
from bot.errors import NotPossibleNow
from bot.views.ids import Action, Ref, Spoken
from bot.views.kit import Message, actions, button, confirm, emphasised, escape, fitted, grey, message, section
from bot.views.models import InProgram, ProgramChoice

Drawn = dict[str, Any]
LONGEST_VALUE = 2000
LONGEST_LABEL = 75
LONGEST_NAME = 200  # escaped: the question before leaving may have 300 characters
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


def headed(shown: Message, program: str) -> Message:
    """An answer to an organizer under its program's name; as it is where `program` is empty, as there is no other."""
    if not program:
        return shown
    return Message(f"{escape(program)}: {shown.text}", [grey(emphasised(program)).to_dict(), *shown.blocks], shown.file)


def headed_view(view: Drawn, program: str) -> Drawn:
    """The same of a modal."""
    return {**view, "blocks": [grey(emphasised(program)).to_dict(), *view["blocks"]]} if program else view


def other_programs(others: Sequence[ProgramChoice]) -> list[Block]:
    """The way to the other programs that someone runs."""
    if not others:
        return []
    named = words.OTHERS.format(program=escape(others[0].name))
    rows = [
        section(emphasised(other.name), button(words.SWITCH, Action.CHOOSE_PROGRAM, _spoken(other, "admin")))
        for other in others[:MOST_OTHERS]
    ]
    return [DividerBlock(), *rows, grey(named)]


def to_join(choices: Sequence[ProgramChoice]) -> Message:
    """What each program that is open to someone is for, and a button that opens its form."""
    return message(words.TO_JOIN, *[_opens(choice, Action.OPEN_JOIN) for choice in choices])


def to_change(choices: Sequence[ProgramChoice]) -> Message:
    """A button for each program someone is in, which opens what they said in it."""
    return message(words.TO_CHANGE, *[_opens(choice, Action.OPEN_PROFILE) for choice in choices])


def to_leave(choices: Sequence[ProgramChoice]) -> Message:
    """A way out of each program someone is in, behind a question; or a break from them all."""
    rows = [section(_row(choice), _leaves(choice)) for choice in choices]
    return message(words.TO_LEAVE, *rows, actions(button(words.TAKE_A_BREAK, Action.OPEN_PAUSE)))


def break_is_from_all(choice: ProgramChoice) -> Message:
    """Someone wanted a break from one of their programs: a break from all, or a way out of that one."""
    text = words.BREAK_IS_FROM_ALL.format(program=escape(choice.name))
    away = button(words.BREAK_FROM_ALL, Action.OPEN_PAUSE, primary=True)
    return message(text, actions(away, _leaves(choice, words.LEAVE_THIS)))


def at_home(one: InProgram, said: Sequence[str]) -> list[Block]:
    """What someone said in one of their programs, a line each, a way to change it and a way out."""
    choice = ProgramChoice(one.program_id, one.name)
    change = button(words.CHANGE, Action.OPEN_PROFILE, Ref("program", one.program_id))
    return [section("\n".join([emphasised(one.name), *said])), actions(change, _leaves(choice, words.LEAVE))]


def in_short(one: InProgram) -> Block:
    """A way out of one program more than can be shown."""
    choice = ProgramChoice(one.program_id, one.name)
    return section(_row(choice), _leaves(choice, words.LEAVE))


def _leaves(choice: ProgramChoice, label: str = "") -> ButtonElement:
    name = _label(choice.name)
    sure = confirm(
        words.SURE, words.SURE_OF.format(program=fitted(escape(name), LONGEST_NAME)), words.LEAVE, danger=True
    )
    return button(label or name, Action.LEAVE, Ref("program", choice.program_id), confirm=sure)


def _opens(choice: ProgramChoice, action: Action) -> Block:
    """What a program is for, beside the button that opens its form."""
    return section(_row(choice), button(_label(choice.name), action, Ref("program", choice.program_id)))


def _label(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"


def _spoken(choice: ProgramChoice, said: str) -> Spoken:
    return Spoken(Ref("program", choice.program_id), said)


def _row(choice: ProgramChoice) -> str:
    return f"{emphasised(choice.name)}\n{choice.line}" if choice.line else emphasised(choice.name)
