"""What an organizer brings of people: the form, and what became of it, row by row where something is wrong."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.content import forms
from bot.content import importing as words
from bot.domain.matching.roster import Problem
from bot.views import fields
from bot.views.ids import View
from bot.views.kit import counted, escape, fitted, grey, section
from bot.views.modals import modal, plain

LONGEST_TABLE = 3000
"""Slack's own limit of a text field."""
MOST_PROBLEMS = 15


def form(program_id: int, table: str = "", problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """A place to paste a table; after a mistake with what is wrong above what was pasted."""
    lead: list[Block] = [section(_report(problems))] if problems else [section(words.WORDS)]
    table_field = fields.note(
        "table",
        words.ROWS,
        most=LONGEST_TABLE,
        placeholder=words.PLACEHOLDER,
        value=table,
        optional=False,
        hint=words.ROWS_HINT,
    )
    about = {"program": program_id}
    return modal(View.IMPORT, words.TITLE, [*lead, table_field, grey(words.GREY)], submit=words.SUBMIT, about=about)


def _report(problems: Sequence[Problem]) -> str:
    head = words.NOTHING_KEPT.format(problems=counted(len(problems), "thing"))
    lines = [words.LINE.format(problem=escape(str(problem))) for problem in problems[:MOST_PROBLEMS]]
    more = len(problems) - MOST_PROBLEMS
    return fitted("\n".join([head, *lines, *([words.MORE.format(count=more)] if more > 0 else [])]))


def importing() -> dict[str, Any]:
    """While people are looked up."""
    return plain(words.TITLE, words.IMPORTING)


def done(people: int, changed: int, *, previewed: bool) -> dict[str, Any]:
    """How many rows were taken, and how many said something new; `previewed`: a match was, that may change with it."""
    said = words.DONE.format(people=counted(people, "person", "people"), changed=changed, same=people - changed)
    return plain(forms.DONE_TITLE, said, words.NEXT_PREVIEW if changed and previewed else words.NEXT)
