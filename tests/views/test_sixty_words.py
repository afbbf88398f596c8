"""At most sixty words (PRODUCT.md, "Voice"), wherever the bot speaks.

What counts, and how:
- a message or an answer: its text, with what people typed in it, as it is read aloud and shown in a notification; the
  help is a table to look things up in and does not count; with its grey line and labels a notice has thirty more;
- a refusal, and everything else in bot/content and in the grammar: each sentence as it is written;
- a page of a modal: its paragraphs and grey lines together. What people typed does not count (it is drawn as a sign
  here), nor do labels, hints and choices of fields, nor the body of a lesson, which is a text to be read;
- a page of rows (pairs, an agreement's parts, what is wrong in a table, messages shown before they are sent): each line
  for itself, for a list is as long as what there is;
- App Home, a page of rooms: each paragraph for itself.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bot.content
import handlers.grammar
from bot.views.messages import render
from tests.views.notices import Words, notices
from tests.views.surfaces import answers_of, homes, modals_of
from tests.views.test_limits import texts

MOST = 60
LABELS = 30
SIGN = "·"
TYPED = Words(
    names=(SIGN, SIGN, SIGN),
    skills=(SIGN,),
    line=SIGN,
    thanks=SIGN,
    note=SIGN,
    program=SIGN,
    channel=SIGN,
    values=(SIGN,),
)
"""What people typed, as a sign that is no word."""
SAID = {name: render(notice) for name, notice in notices(Words()).items()}
HELP = ("help", "help_organizer", "help_stranger")
ANSWERED = {name: answer for name, answer in answers_of(Words()).items() if name not in HELP}
LESSONS = re.compile(r"lesson_")
ROWS = re.compile(r"match_|agreement_|import_with_|setup_preview|invite_sure")
PAGES = {name: view for name, view in modals_of(TYPED).items() if not LESSONS.match(name)}


def words_in(text: str) -> int:
    """A sign alone is no word."""
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def paragraphs(view: Mapping[str, Any]) -> Iterator[str]:
    """What a page says beside its fields and buttons."""
    for block in view["blocks"]:
        if block["type"] in ("section", "context"):
            yield from texts([block.get("text"), block.get("fields"), block.get("elements")], "mrkdwn")


def written() -> Iterator[tuple[str, str]]:
    """Each sentence of ours: where it stands, and what it says."""
    for module in rooms(bot.content):
        for name, value in vars(module).items():
            if name.isupper():
                yield from ((f"{module.__name__}.{name}", sentence) for sentence in strings(value))
    for module in rooms(handlers.grammar):
        tree = ast.parse(Path(str(module.__file__)).read_text())
        said = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        yield from ((module.__name__, sentence) for sentence in said if "\n" not in sentence)


def rooms(package: ModuleType) -> list[ModuleType]:
    found = [one.name for one in pkgutil.iter_modules(package.__path__) if not one.ispkg]
    return [importlib.import_module(f"{package.__name__}.{name}") for name in found]


def strings(value: object) -> Iterator[str]:
    """The strings in a constant, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (found for part in value.values() for found in strings(part))
    elif isinstance(value, tuple | list | frozenset):
        yield from (found for part in value for found in strings(part))


@pytest.mark.parametrize("name", [*SAID, *ANSWERED])
def test_a_message_is_at_most_sixty_words(name: str) -> None:
    assert 0 < len({**SAID, **ANSWERED}[name].text.split()) <= MOST


@pytest.mark.parametrize("name", SAID)
def test_a_notice_with_its_grey_line_is_hardly_longer(name: str) -> None:
    assert words_in(" ".join(texts(SAID[name].blocks, "mrkdwn"))) <= MOST + LABELS


def test_every_refusal_and_every_other_sentence_is_at_most_sixty_words() -> None:
    found = dict(written())
    assert {"bot.content.refusals.STALE_BUTTON", "bot.content.moves.PAIR"} <= set(found)
    assert len([*written()]) > 500, "the sentences are found where they stand"
    assert [(place, words_in(said)) for place, said in written() if words_in(said) > MOST] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_modal_is_at_most_sixty_words_and_a_page_of_rows_so_many_a_line(name: str) -> None:
    said = [*paragraphs(PAGES[name])]
    counted = [words_in(line) for part in said for line in part.splitlines()]
    assert max(counted, default=0) <= MOST
    if not ROWS.match(name):
        assert sum(counted) <= MOST, said


@pytest.mark.parametrize("name", homes(TYPED))
def test_a_paragraph_of_home_is_at_most_sixty_words(name: str) -> None:
    assert [part for part in paragraphs(homes(TYPED)[name]) if words_in(part) > MOST] == []
