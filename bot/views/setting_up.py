"""Setting a program up in three pages: what it is for, its details, a preview of what people will get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
from bot.domain.programs import Rounds
from bot.domain.templates import Purpose, in_order
from bot.views import fields
from bot.views.ids import Action, Ref, View
from bot.views.kit import actions, button, escape, section
from bot.views.modals import Drawn, modal
from bot.views.models import ProgramChoice

MOST_COPIES = 5
"""Slack shows at most ten choices."""
LONGEST_OPTION = 75


@dataclass(frozen=True)
class SetupForm:
    """A program as its organizer sees it, or is to. `program_id`: the one that is changed, None for a new one;
    `like`: the one it is a copy of."""

    name: str
    purpose: Purpose
    channel_id: str | None
    length_weeks: int
    cadence_weeks: int
    asks_first: bool = False
    rounds: Rounds = Rounds.RELEASE
    lessons: tuple[int, ...] = ()
    lessons_first: bool = False
    join_by: date | None = None
    starts_on: date | None = None
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


def details(form: SetupForm) -> Drawn:
    """The second page: everything the template filled in, to be changed."""
    channel = ConversationSelectElement(
        action_id="channel",
        initial_conversation=form.channel_id,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    blocks = [
        *_heading(form),
        fields.line("name", words.NAME, form.name, optional=False),
        fields.field(words.CHANNEL, channel, optional=False, hint=words.CHANNEL_HINT),
        fields.number("length_weeks", words.LENGTH, form.length_weeks, fields.LENGTH, optional=False),
        fields.number("cadence_weeks", words.CADENCE, form.cadence_weeks, fields.CADENCE, optional=False),
        fields.choose("rounds", matching.ROUNDS, matching.ROUNDS_CHOICES, form.rounds, optional=False),
        fields.choose(
            *("asks_first", matching.ASKS_FIRST, matching.ASKS_FIRST_CHOICES, "ask" if form.asks_first else "match"),
            optional=False,
            hint=matching.ASKS_FIRST_HINT,
        ),
        fields.day("join_by", words.JOIN_BY, form.join_by, optional=True, hint=words.JOIN_BY_HINT),
        fields.day("starts_on", words.STARTS_ON, form.starts_on, optional=True, hint=words.STARTS_ON_HINT),
        *_lesson_fields(form),
        *_ways_on(form),
    ]
    title = words.TITLE if form.program_id else words.ANOTHER_TITLE
    return modal(View.SETUP, title, blocks, submit=words.PREVIEW, about=_about(form))


def _about(form: SetupForm) -> dict[str, object]:
    about: dict[str, object] = {"purpose": form.purpose}
    about |= {"program": form.program_id} if form.program_id else {}
    return about | ({"like": form.like.program_id} if form.like else {})


def _heading(form: SetupForm) -> list[Block]:
    """What was chosen on the first page, and the way back to it."""
    about = Ref("program", form.program_id) if form.program_id else ""
    again = button(words.OTHER_TEMPLATE, Action.CHOOSE_TEMPLATE, about)
    label, line = templates.LABELS[form.purpose], templates.LINES[form.purpose]
    copied = [section(words.COPIED.format(program=escape(form.like.name)))] if form.like else []
    return [section(words.PURPOSE.format(label=label, line=line), again), *copied]


def _lesson_fields(form: SetupForm) -> list[Block]:
    known = {str(lesson.number): f"{lesson.number} {lesson.title}"[:LONGEST_OPTION] for lesson in lessons()}
    chosen = [str(lesson.number) for lesson in in_order(lessons(), form.lessons)]
    first, second = (lesson.number for lesson in lessons()[:2])
    choices = {name: said.format(first=first, second=second) for name, said in words.LESSONS_FIRST_CHOICES.items()}
    needed = "first" if form.lessons_first else "none"
    return [
        fields.some("lessons", words.LESSONS, known, chosen, words.LESSONS_PLACEHOLDER, hint=words.LESSONS_HINT),
        fields.choose("lessons_first", words.LESSONS_FIRST, choices, needed, optional=False),
    ]


def _ways_on(form: SetupForm) -> list[Block]:
    """From a program that is there to another one."""
    if form.program_id is None:
        return []
    ref = Ref("program", form.program_id)
    return [
        actions(
            button(words.ANOTHER, Action.ANOTHER_PROGRAM, ref),
            button(words.COPY_THIS, Action.COPY_PROGRAM, ref),
        )
    ]
