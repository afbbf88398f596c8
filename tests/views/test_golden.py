"""The words and blocks of everything the bot shows, as JSON a person can review.

`UPDATE_GOLDEN=1 pytest tests/views` writes the files anew; read the difference before committing it.
"""

import functools
import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.views.kit import Message
from bot.views.messages import render
from tests.views.notices import Words, notices
from tests.views.surfaces import answers_of, homes, modals_of

GOLDEN = Path(__file__).parent / "golden"
WORDS = Words()


@functools.cache
def everything() -> dict[str, Any]:
    """The path of each golden file without its ending, and what is drawn."""
    said = {f"notices/{name}": render(notice) for name, notice in notices(WORDS).items()}
    said |= {f"answers/{name}": answer for name, answer in answers_of(WORDS).items()}
    views = {f"modals/{name}": view for name, view in modals_of(WORDS).items()}
    views |= {f"homes/{name}": view for name, view in homes(WORDS).items()}
    return {**{name: message_of(one) for name, one in said.items()}, **views}


def message_of(shown: Message) -> dict[str, Any]:
    """A message, and what is said of the file that comes with it."""
    drawn: dict[str, Any] = {"text": shown.text, "blocks": shown.blocks}
    if shown.file:
        drawn["file"] = {"name": shown.file.name, "title": shown.file.title, "alt_text": shown.file.alt_text}
    return drawn


def file_of(name: str) -> Path:
    return GOLDEN / f"{name}.json"


def as_reviewed(drawn: Any) -> str:
    return json.dumps(drawn, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", everything())
def test_what_is_shown_is_what_was_reviewed(name: str) -> None:
    drawn, file = as_reviewed(everything()[name]), file_of(name)
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    assert file.is_file(), "new: write it with UPDATE_GOLDEN=1 and read it"
    assert drawn == file.read_text(encoding="utf-8"), "changed: write it with UPDATE_GOLDEN=1 and read the difference"


def test_no_golden_file_is_left_of_something_that_is_no_longer_shown() -> None:
    kept = {str(file.relative_to(GOLDEN).with_suffix("")) for file in GOLDEN.rglob("*.json")}
    assert kept == set(everything())
