"""Whatever people typed, Slack takes what we draw, and reads their words as words."""

import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.kit import Message
from bot.views.messages import render
from sandbox.validation import check_message, check_view
from tests.views.notices import Words, notices
from tests.views.surfaces import answers_of, homes, modals_of

ALPHABETS = {
    "plain": "word ",
    "markup": "&<>",
    "thai": "ที่",
    "emoji": "👩🏽‍💻",
    "chinese": "汉字",
    "lines": "a\n",
    "marks": "*_`~",
}


def filled(text: str, length: int) -> str:
    return (text * length)[:length].strip()


def longest(alphabet: str) -> Words:
    """Names of 80 characters, 5 skills of 60, thanks of 500, notes of 1000, 8 values of 24, a program of 300 people."""
    name = filled(alphabet, 80)
    return Words(
        names=(name, name, name),
        skills=tuple(filled(f"{n}{alphabet}", 60) for n in range(5)),
        line=filled(alphabet, 150),
        thanks=filled(alphabet, 500),
        note=filled(alphabet, 1000),
        program=filled(alphabet, 150),
        channel=filled(alphabet, 80),
        many=300,
        values=tuple(f"{number}{'w' * 23}" for number in range(8)),
    )


@functools.cache
def messages(words: Words) -> dict[str, Message]:
    return {**{name: render(notice) for name, notice in notices(words).items()}, **answers_of(words)}


def check_all(words: Words) -> None:
    for shown in messages(words).values():
        check_message({"text": shown.text, "blocks": shown.blocks})
    for view in modals_of(words).values():
        check_view(view, "modal")
    for view in homes(words).values():
        check_view(view, "home")


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_the_longest_words_in_any_script_are_never_refused(alphabet: str) -> None:
    check_all(longest(alphabet))


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_a_section_is_never_cut_inside_an_escaped_sign(alphabet: str) -> None:
    for text in marked_up(longest(alphabet)):
        assert re.search(r"&(?!amp;|lt;|gt;)", text) is None


def texts(part: Any, kind: str) -> Iterator[str]:
    """Every text object of a kind in a tree of blocks."""
    if isinstance(part, list):
        for item in part:
            yield from texts(item, kind)
    elif isinstance(part, dict):
        if part.get("type") == kind:
            yield part["text"]
        for item in part.values():
            yield from texts(item, kind)


def marked_up(words: Words) -> Iterator[str]:
    """Every text that Slack reads as mrkdwn: those of blocks, and each message's own."""
    for shown in messages(words).values():
        yield shown.text
        yield from texts(shown.blocks, "mrkdwn")
    for view in (*modals_of(words).values(), *homes(words).values()):
        yield from texts(view, "mrkdwn")


OURS = re.compile(r"<@U[A-Z0-9]+>|<!date\^\d+\^[^<>|]+\|[^<>]*>|&amp;|&lt;|&gt;")
typed = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)
hostile = st.sampled_from(["<!channel>", "<!here>", "<@U0BEN>", "<http://evil.example|here>", "a & b", "x > y", "&lt;"])


@st.composite
def anything_typed(draw: st.DrawFn) -> Words:
    word = typed | hostile
    return Words(
        names=(draw(word), draw(word), draw(word)),
        skills=(draw(word),),
        line=draw(word),
        thanks=draw(word),
        note=draw(word),
        program=draw(word),
        channel=draw(word),
    )


@given(words=anything_typed())
@settings(max_examples=40)
def test_what_people_typed_is_escaped_wherever_slack_would_read_it_as_markup(words: Words) -> None:
    for text in marked_up(words):
        quoting = re.sub(r"^> ?", "", text, flags=re.MULTILINE)
        assert not set("<>&") & set(OURS.sub("", quoting)), text


@given(words=anything_typed())
@settings(max_examples=20)
def test_nothing_people_typed_calls_the_channel_or_a_person(words: Words) -> None:
    spelled = [*marked_up(words)]
    assert not [text for text in spelled if "<!channel" in text or "<!here" in text or "<http" in text]
    assert {name for text in spelled for name in re.findall(r"<@(\w+)>", text)} <= {"U0BEN"}


def test_plain_text_is_left_as_people_typed_it() -> None:
    words = Words(names=("A & B", "C < D", "E"), line="R & D", thanks="x > y", program="P & Q", skills=("C & C++",))
    drawn = json.dumps([modals_of(words), homes(words)], ensure_ascii=False)
    plain = [
        text for view in (*modals_of(words).values(), *homes(words).values()) for text in texts(view, "plain_text")
    ]
    assert "P & Q, for organizers" in plain or any("P & Q" in text for text in plain)
    assert '"initial_value": "R & D"' in drawn
    assert '"value": "C & C++"' in drawn
    assert not [text for text in plain if "&amp;" in text or "&lt;" in text]


def buttons(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, list):
        for item in part:
            yield from buttons(item)
    elif isinstance(part, dict):
        if part.get("type") == "button":
            yield part
        for item in part.values():
            yield from buttons(item)


@pytest.mark.parametrize("name", messages(Words()))
def test_a_message_has_at_most_one_primary_button(name: str) -> None:
    assert sum(one.get("style") == "primary" for one in buttons(messages(Words())[name].blocks)) <= 1


@pytest.mark.parametrize("name", homes(Words()))
def test_home_has_at_most_one_primary_button(name: str) -> None:
    assert sum(one.get("style") == "primary" for one in buttons(homes(Words())[name])) <= 1


@pytest.mark.parametrize("name", messages(Words()))
def test_a_button_says_what_it_does_in_a_few_words(name: str) -> None:
    assert all(0 < len(one["text"]["text"]) <= 75 for one in buttons(messages(Words())[name].blocks))
