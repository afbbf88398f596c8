"""Setting a program up in three pages: what it is for, its details, a preview of what people will get."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    Option,
    PlainTextObject,
    RadioButtonsElement,
)

from bot.content import considering as matching
from bot.content import setup as words
from bot.content import templates
from bot.content.lessons import lessons
from bot.domain.setups import Setup
from bot.domain.templates import Purpose, in_order
from bot.views import fields
from bot.views.ids import Action, Ref, View
from bot.views.kit import actions, button, section, unmarked
from bot.views.modals import Drawn, modal
from bot.views.models import ProgramChoice

MOST_COPIES = 5
"""Slack shows at most ten choices."""
LONGEST_OPTION = 75


@dataclass(frozen=True)
class SetupPage:
    """The details of a program. `program_id`: the one that is changed, None for a new one; `like`: the one it is a
    copy of."""

    setup: Setup
    program_id: int | None = None
    like: ProgramChoice | None = None


def template(program_id: int | None, chosen: Purpose, to_copy: Sequence[ProgramChoice] = ()) -> Drawn:
    """The first page. `program_id`: the program that is set up, None for another one, which may be a copy."""
    options = [_option(purpose, templates.LABELS[purpose], templates.LINES[purpose]) for purpose in Purpose]
    options += [
        _option(str(Ref("program", one.program_id)), words.COPY.format(program=one.name), words.COPY_LINE)
        for one in to_copy[:MOST_COPIES]
    ]
    initial = next(option for option in options if option.value == chosen)
    element = RadioButtonsElement(action_id="template", options=options, initial_option=initial)
    blocks: list[Block] = [
        section(words.TEMPLATE_WORDS),
        InputBlock(block_id="template", label=words.TEMPLATE, element=element),
    ]
    about = {"program": program_id} if program_id else None
    return modal(View.SETUP_TEMPLATE, words.TEMPLATE_TITLE, blocks, submit=words.NEXT, about=about)


def _option(value: str, label: str, line: str) -> Option:
    description = PlainTextObject(text=line[:LONGEST_OPTION])
    return Option(value=value, text=PlainTextObject(text=label[:LONGEST_OPTION]), description=description)


def details(page: SetupPage) -> Drawn:
    """The second page: everything the template filled in, to be changed."""
    setup = page.setup
    channel = ConversationSelectElement(
        action_id="channel",
        initial_conversation=setup.channel_id or None,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    blocks = [
        *_heading(page),
        fields.line("name", words.NAME, setup.name, optional=False),
        fields.field(words.CHANNEL, channel, optional=False, hint=words.CHANNEL_HINT),
        fields.number("length_weeks", words.LENGTH, setup.length_weeks, fields.LENGTH, optional=False),
        fields.number("cadence_weeks", words.CADENCE, setup.cadence_weeks, fields.CADENCE, optional=False),
        fields.choose("rounds", matching.ROUNDS, matching.ROUNDS_CHOICES, setup.rounds, optional=False),
        fields.choose(
            *("asks_first", matching.ASKS_FIRST, matching.ASKS_FIRST_CHOICES, "ask" if setup.asks_first else "match"),
            optional=False,
            hint=matching.ASKS_FIRST_HINT,
        ),
        fields.day("join_by", words.JOIN_BY, setup.join_by, optional=True, hint=words.JOIN_BY_HINT),
        fields.day("starts_on", words.STARTS_ON, setup.starts_on, optional=True, hint=words.STARTS_ON_HINT),
        *_lesson_fields(page),
        *_ways_on(page),
    ]
    title = words.TITLE if page.program_id else words.ANOTHER_TITLE
    return modal(View.SETUP, title, blocks, submit=words.PREVIEW, about=_about(page))


def _about(page: SetupPage) -> dict[str, object]:
    about: dict[str, object] = {"purpose": page.setup.purpose}
    about |= {"program": page.program_id} if page.program_id else {}
    return about | ({"like": page.like.program_id} if page.like else {})


def _heading(page: SetupPage) -> list[Block]:
    """What was chosen on the first page, and the way back to it."""
    about = Ref("program", page.program_id) if page.program_id else ""
    again = button(words.OTHER_TEMPLATE, Action.CHOOSE_TEMPLATE, about)
    label, line = templates.LABELS[page.setup.purpose], templates.LINES[page.setup.purpose]
    copied = [section(words.COPIED.format(program=unmarked(page.like.name)))] if page.like else []
    return [section(words.PURPOSE.format(label=label, line=line), again), *copied]


def _lesson_fields(page: SetupPage) -> list[Block]:
    known = {str(lesson.number): f"{lesson.number} {lesson.title}"[:LONGEST_OPTION] for lesson in lessons()}
    chosen = [str(lesson.number) for lesson in in_order(lessons(), page.setup.lessons)]
    first, second = (lesson.number for lesson in lessons()[:2])
    choices = {name: said.format(first=first, second=second) for name, said in words.LESSONS_FIRST_CHOICES.items()}
    needed = "first" if page.setup.lessons_first else "none"
    return [
        fields.some("lessons", words.LESSONS, known, chosen, words.LESSONS_PLACEHOLDER, hint=words.LESSONS_HINT),
        fields.choose("lessons_first", words.LESSONS_FIRST, choices, needed, optional=False),
    ]


def _ways_on(page: SetupPage) -> list[Block]:
    """From a program that is there to another one."""
    if page.program_id is None:
        return []
    ref = Ref("program", page.program_id)
    return [
        actions(
            button(words.ANOTHER, Action.ANOTHER_PROGRAM, ref),
            button(words.COPY_THIS, Action.COPY_PROGRAM, ref),
        )
    ]
