"""What people of a program will get, shown to its organizer before anything is saved: the real messages, with made-up
names, their buttons in words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.content import forms
from bot.content import setup as words
from bot.content.lessons import lessons
from bot.domain.matching import Segment
from bot.domain.matching.sentences import Skill
from bot.domain.milestones import MilestoneKind
from bot.domain.notices import (
    Celebrated,
    CheckInQuestion,
    Introduction,
    LessonOffer,
    Notice,
    Preparation,
    RoundUp,
    Thanks,
)
from bot.domain.program_dates import days_to_meet
from bot.domain.setups import Setup
from bot.domain.templates import in_order
from bot.views.ids import View
from bot.views.kit import counted, day_words, escape, grey, section, unmarked
from bot.views.messages import render
from bot.views.modals import Drawn, modal

ANA, BEN = words.SAMPLE_NAMES


def preview(setup: Setup, today: date, kept: Mapping[str, object]) -> Drawn:
    """The third page of the set-up. `kept`: the form as it came, to be read again when it is saved."""
    channel, thanks = escape(setup.channel_name), Thanks(ANA, BEN, words.SAMPLE_THANKS)
    halfway = Celebrated(MilestoneKind.HALFWAY, (ANA, BEN))
    told: dict[str, Notice] = {
        words.INTRODUCTION: _introduction(setup, today),
        words.QUESTION: _question(setup),
        words.ROUND_UP.format(channel=channel): RoundUp(setup.name, (thanks,), (halfway,)),
    }
    blocks: list[Block] = [section(_in_words(setup))]
    for heading, notice in told.items():
        blocks += [DividerBlock(), section(heading), *without_buttons(notice)]
    return modal(View.SETUP_PREVIEW, words.PREVIEW_TITLE, blocks, submit=words.SAVE, close=forms.BACK, about=kept)


def _in_words(setup: Setup) -> str:
    """The program in a few sentences."""
    dates = ((words.JOINED_BY, setup.join_by), (words.STARTS, setup.starts_on))
    dated = [sentence.format(day=day_words(day)) for sentence, day in dates if day]
    return words.PREVIEW_WORDS.format(
        name=unmarked(setup.name),
        channel=escape(setup.channel_name),
        weeks=counted(setup.length_weeks, "week"),
        cadence="week" if setup.cadence_weeks == 1 else f"{setup.cadence_weeks} weeks",
        rounds=" ".join([words.ROUNDS[setup.rounds], *dated]),
    )


def _introduction(setup: Setup, today: date) -> Introduction:
    asked, wanted = map(Skill, words.SAMPLE_SKILLS)
    why: tuple[Segment, ...] = (
        *(f"{BEN} can help with ", asked, f", which {ANA} asked for; {ANA} offers ", wanted, f", which {BEN} wants."),
    )
    days = days_to_meet(setup.starts_on, today)
    return Introduction(setup.name, 1, (ANA, BEN), why, words.SAMPLE_OVERLAP, days, purpose=setup.purpose)


def _question(setup: Setup) -> CheckInQuestion:
    """As it is after a first meeting, with the second lesson."""
    course = in_order(lessons(), setup.lessons)
    lesson = course[1 if len(course) > 1 else 0]
    extras = (LessonOffer(lesson.number, lesson.title), Preparation(1, BEN, mine=False))
    return CheckInQuestion(setup.name, 1, ANA, (BEN,), 1, setup.cadence_weeks, extras=extras, purpose=setup.purpose)


def without_buttons(notice: Notice) -> Iterator[Block]:
    """The message as it is drawn; what can be pressed stands in words, in grey."""
    for block in render(notice).blocks:
        labels = [label for element in _pressed(block) for label in [str(element["text"]["text"])]]
        if block["type"] != "actions":
            yield from Block.parse_all([{name: part for name, part in block.items() if name != "accessory"}])
        if labels:
            yield grey(" ".join(f"[{escape(label)}]" for label in labels))


def _pressed(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    elements = block.get("elements", ()) if block["type"] == "actions" else [block.get("accessory") or {}]
    return [element for element in elements if element.get("type") == "button"]
