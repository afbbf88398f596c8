"""App Home: the next step first, then the partner, thanks and settings; for organizers the program's health."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, HeaderBlock, PlainTextObject
from slack_sdk.models.views import View

from bot.content import answers as words
from bot.content import forms, home
from bot.content import programs as programs_words
from bot.views import goals, learning, programs
from bot.views.answers import (
    leave_button,
    next_buttons,
    next_step,
    organizer_blocks,
    organizer_buttons,
    organizer_step,
    pairs_below_each_other,
)
from bot.views.celebrations import one_line, with_values
from bot.views.ids import Action
from bot.views.kit import actions, beside_bold, button, day_words, escape, grey, section
from bot.views.models import InProgram, Standing

MOST_TOLD = 10


def draw(here: Standing, bot: str) -> dict[str, Any]:
    """The Home tab as a JSON-ready view; `bot` is the name people type after /invite @."""
    buttons = next_buttons(here)
    blocks: list[Block] = [heading(home.NEXT), section(next_step(here)), *([actions(*buttons)] if buttons else [])]
    if here.status is not None:
        blocks += [*_partner(here), *_goals(here), *_lessons(here), *_thanks(here), *_settings(here)]
    if here.organizer is not None:
        step = organizer_step(here.organizer, bot)
        blocks += [
            DividerBlock(),
            heading(home.ORGANIZING.format(program=here.organizer.program)[:150]),
            *organizer_blocks(here.organizer),
            section(step),
            *organizer_buttons(here.organizer, leads=not any_primary(buttons)),
            *programs.other_programs(here.organizer.others),
        ]
    blocks += [DividerBlock(), grey(home.TRUST)]
    return View(type="home", blocks=blocks).to_dict()


def any_primary(buttons: Sequence[ButtonElement]) -> bool:
    """Whether one of them is the green one: a page has one."""
    return any(one.style == "primary" for one in buttons)


def heading(text: str) -> Block:
    """A header line."""
    return HeaderBlock(text=PlainTextObject(text=text))


def _partner(here: Standing) -> list[Block]:
    if not here.pairs:
        return []
    title = home.PARTNER if sum(len(pair.partners) for pair in here.pairs) == 1 else home.PARTNERS
    return [DividerBlock(), heading(title), *pairs_below_each_other(here.pairs, primary=False)]


def _goals(here: Standing) -> list[Block]:
    return goals.at_home(here.pairs) if here.pairs else []


def _lessons(here: Standing) -> list[Block]:
    return learning.at_home(here.learning) if here.learning else []


def _thanks(here: Standing) -> list[Block]:
    if not here.thanks:
        return []
    told = [(with_values(f"_{one_line(one.why)}_", one.why, one.values), escape(one.giver)) for one in here.thanks]
    lines = [f"• {why} ({giver})" for why, giver in told]
    return [DividerBlock(), heading(home.THANKS), section("\n".join(lines))]


def _settings(here: Standing) -> list[Block]:
    of_person = [_line(forms.CELEBRATE, forms.CELEBRATIONS[here.celebration])]
    of_person += [home.BREAK.format(day=day_words(here.paused_until))] if here.paused_until else []
    shown = _of_each(here.each, of_person) if here.each else _of_one(here, of_person)
    return [DividerBlock(), heading(home.SETTINGS), *shown, grey(words.PRIVACY_LINE)]


def _of_one(here: Standing, of_person: Sequence[str]) -> list[Block]:
    change = [button(programs_words.CHANGE, Action.OPEN_PROFILE)]
    change += [leave_button(here.program_id)] if here.program_id else []
    return [section("\n".join([*_said(here), *of_person])), actions(*change)]


def _of_each(each: Sequence[InProgram], of_person: Sequence[str]) -> list[Block]:
    """What is the same in all of them, then each with what was said in it; Home has room for a hundred blocks."""
    told = [block for one in each[:MOST_TOLD] for block in programs.at_home(one, _said(one))]
    return [section("\n".join(of_person)), *told, *map(programs.in_short, each[MOST_TOLD:])]


def _said(one: Standing | InProgram) -> list[str]:
    listed = [
        (forms.OFFERS, ", ".join(one.offers)),
        (forms.ASKS, ", ".join(one.asks)),
        (home.GOAL, one.goal),
        (home.HOURS, one.hours),
    ]
    return [_line(label, said) for label, said in listed]


def _line(label: str, said: str) -> str:
    return f"*{label}:* {beside_bold(said) if said else home.NOTHING_SAID}"
