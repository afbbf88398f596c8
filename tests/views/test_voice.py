"""How the bot speaks: complete by itself, one ask, no guilt, the way out visible (PRODUCT.md, "Voice")."""

import re
from typing import Any

import pytest

from bot.views.kit import Message
from bot.views.messages import render
from tests.views.notices import Words, notices
from tests.views.surfaces import answers_of, homes, modals_of
from tests.views.test_limits import buttons, texts

SAID = {name: render(notice) for name, notice in notices(Words()).items()}
ANSWERED = {name: answer for name, answer in answers_of(Words()).items() if not name.startswith("help")}
EMOJI = re.compile(r":[a-z][a-z0-9_+-]*:|[\U0001F300-\U0001FAFF\u2600-\u27BF]")
GUILT = re.compile(r"you failed|you forgot|you have not|overdue|reminder:|still waiting for you", re.IGNORECASE)


@pytest.mark.parametrize("name", [*SAID, *ANSWERED])
def test_a_message_holds_at_most_one_emoji(name: str) -> None:
    shown = {**SAID, **ANSWERED}[name]
    assert len(EMOJI.findall(shown.text)) <= 1
    assert len(EMOJI.findall(" ".join(texts(shown.blocks, "mrkdwn")))) <= 1


@pytest.mark.parametrize("name", SAID)
def test_the_text_alone_says_who_it_is_about(name: str) -> None:
    """Screen readers and notifications have nothing but the text."""
    shown = SAID[name]
    assert shown.text == shown.text.strip()
    assert shown.text[-1] in ".?!:)”_" or shown.text.endswith(":tada:")
    assert not re.search(r"\{|\}|None|  ", shown.text)


@pytest.mark.parametrize("name", SAID)
def test_a_message_with_an_ask_says_why_it_came(name: str) -> None:
    shown = SAID[name]
    if [*buttons(shown.blocks)] and not name.startswith("answered_"):
        assert shown.blocks[-1]["type"] == "context"


@pytest.mark.parametrize("name", [name for name in SAID if name.startswith(("question_before", "question_again"))])
def test_a_question_always_shows_the_way_out(name: str) -> None:
    assert "open_pause" in {button["action_id"] for button in buttons(SAID[name].blocks)}


def test_nobody_is_made_to_feel_guilty() -> None:
    said: list[Message] = [*SAID.values(), *ANSWERED.values()]
    views: list[Any] = [*modals_of(Words()).values(), *homes(Words()).values()]
    spoken = [text for view in views for kind in ("mrkdwn", "plain_text") for text in texts(view, kind)]
    assert not [text for text in (*spoken, *(one.text for one in said)) if GUILT.search(text)]


def test_what_ends_something_asks_first_and_only_once() -> None:
    ending = ("not_a_fit", "wrap_up", "leave")
    questions = ("leave_sure", "leave_sure_of_three", "leave_one_sure")
    assert not any("confirm" in button for name in questions for button in buttons(ANSWERED[name].blocks))
    shown = [one.blocks for name, one in (*SAID.items(), *ANSWERED.items()) if name not in questions]
    found = [button for button in buttons([*shown, *homes(Words()).values()]) if button["action_id"] in ending]
    assert {button["action_id"] for button in found} == set(ending)
    assert all("confirm" in button for button in found)


def test_a_closed_pairing_is_never_the_partner_s_fault_to_read() -> None:
    for name in ("pair_closed_not_a_fit", "pair_closed_left"):
        assert not re.search(r"not a fit|rather not|left the program", SAID[name].text, re.IGNORECASE)
    reasons = {SAID[name].text for name in ("pair_closed_not_a_fit", "pair_closed_left")}
    assert len(reasons) == 1, "a partner could tell by the words which of the two it was"


def test_what_a_partner_decided_is_never_told() -> None:
    refused, expired = SAID["milestone_answered_refused"], SAID["milestone_answered_expired"]
    assert not re.search(r"Ben (said|refused|declined|did not)", refused.text + expired.text)
