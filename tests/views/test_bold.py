"""A star in somebody's name, or in a program's, ends no bold: it is left out there, and only there."""

import re
from collections.abc import Iterator

import pytest

from bot.views.kit import beside_bold, counted, emphasised, in_words, unmarked
from bot.views.messages import render
from tests.views.notices import Words, notices
from tests.views.surfaces import answers_of, homes, modals_of
from tests.views.test_limits import texts

BOLD = re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])")
PLAIN = Words(
    names=("Annika", "Benno", "Chlodwig"),
    skills=("Sailing",),
    line="knots and sails",
    program="The harbour",
    channel="harbour",
)
STARRED = Words(
    names=("An*nika", "*Benno*", "Chlod`wig"),
    skills=("Sail*ing",),
    line="knots *and sails*",
    program="The *harbour",
    channel="harbour",
)


def drawn(words: Words) -> dict[str, list[str]]:
    """Everything that Slack reads as mrkdwn, by where it stands."""
    said = {name: render(one).blocks for name, one in notices(words).items()}
    said |= {name: one.blocks for name, one in answers_of(words).items()}
    shown = {**said, **modals_of(words), **homes(words)}
    return {name: [*texts(part, "mrkdwn")] for name, part in shown.items()}


def bold_that_breaks() -> Iterator[tuple[str, str]]:
    starred = drawn(STARRED)
    for name, said in drawn(PLAIN).items():
        for plain, text in zip(said, starred[name], strict=True):
            yield from ((name, bold) for bold in BOLD.findall(plain) if f"*{bold}*" not in text)


def test_what_is_bold_stays_so_whatever_people_are_called() -> None:
    assert [*bold_that_breaks()] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [("Ana", "*Ana*"), (" *A*na ", "*Ana*"), ("a\nb", "*a b*"), ("A & B", "*A &amp; B*"), ("***", "***"), ("", "")],
)
def test_words_in_bold_are_one_line_without_the_marks_that_end_it(said: str, shown: str) -> None:
    assert emphasised(said) == shown
    assert unmarked(said) == (shown.strip("*"))


LABELLED = re.compile(r"^\*[^*\n]+:\*.*$", re.MULTILINE)


def test_beside_a_label_in_bold_people_s_stars_mark_nothing() -> None:
    """A goal of "2 * 3" would end the bold of its label, or begin one of its own."""
    assert beside_bold("2 * 3 < *7*\nand on") == "2 \u2217 3 &lt; \u22177\u2217 and on"
    found = [(name, line) for name, said in drawn(STARRED).items() for text in said for line in LABELLED.findall(text)]
    assert any("My goal" in line and "\u2217and sails\u2217" in line for _, line in found)
    people = [name for name, line in found if name.startswith(("agreed", "paired", "waiting", "agreement"))]
    assert people
    assert [(name, line) for name, line in found if name in people and line.count("*") != 2] == []


def test_numbers_are_written_one_way() -> None:
    assert (counted(1, "pair"), counted(3000, "pair")) == ("1 pair", "3,000 pairs")
    assert [in_words(count) for count in (1, 12, 13, 3000)] == ["one", "twelve", "13", "3,000"]
