"""Slack's client does not submit a form that is not complete or not well filled in."""

from typing import Any

import pytest

from sandbox.validation.answers import ANSWER_KEYS, refused_answers
from sandbox.validation.elements import IN_INPUT

REQUIRED = "Please complete this required field."


def plain(words: str = "words") -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


OPTIONS = [{"text": plain(), "value": "a"}, {"text": plain(), "value": "b"}]


def form(kind: str, optional: bool = False, **fields: Any) -> dict[str, Any]:
    element = {"type": kind, "action_id": "a", **fields}
    block = {"type": "input", "block_id": "b", "label": plain(), "element": element, "optional": optional}
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": [{"type": "divider"}, block]}


def answered(kind: str, answer: Any) -> dict[str, Any]:
    return {"b": {"a": {"type": kind, ANSWER_KEYS[kind]: answer}}}


def test_every_element_of_an_input_has_a_place_for_its_answer() -> None:
    assert set(IN_INPUT) == set(ANSWER_KEYS)


@pytest.mark.parametrize("kind", IN_INPUT)
def test_a_required_field_may_not_be_blank_and_an_optional_one_may(kind: str) -> None:
    unanswered: list[dict[str, Any]] = [{}, {"b": {}}, {"b": None}]
    blank: list[Any] = [None, [], " "]
    for values in [*unanswered, *(answered(kind, answer) for answer in blank)]:
        assert refused_answers(form(kind), values) == {"b": REQUIRED}
        assert refused_answers(form(kind, optional=True), values) == {}


ANSWERS: list[tuple[dict[str, Any], Any, str]] = [
    (form("plain_text_input", max_length=3), "abc", ""),
    (form("plain_text_input", max_length=3), "abcd", "Please enter no more than 3 characters."),
    (form("plain_text_input"), "x" * 3001, "Please enter no more than 3000 characters."),
    (form("plain_text_input", min_length=3), "ab", "Please enter at least 3 characters."),
    (form("number_input", is_decimal_allowed=False), "45", ""),
    (form("number_input", is_decimal_allowed=False), "4.5", "Please enter a valid number."),
    (form("number_input", is_decimal_allowed=True), "many", "Please enter a valid number."),
    (form("number_input", is_decimal_allowed=False, min_value="1"), "0", "Please enter a number of at least 1."),
    (form("number_input", is_decimal_allowed=False, max_value="9"), "10", "Please enter a number of at most 9."),
    (form("email_text_input"), "ana", "Please enter a valid email address."),
    (form("url_text_input"), "example", "Please enter a valid URL."),
    (form("datepicker"), "2026-02-30", "Please enter a valid date."),
    (form("timepicker"), "25:00", "Please enter a valid time."),
    (form("static_select", options=OPTIONS), OPTIONS[0], ""),
    (form("static_select", options=OPTIONS), {"value": "forged"}, "Please choose one of the options."),
    (form("radio_buttons", options=OPTIONS), "a", "Please choose one of the options."),
    (form("multi_static_select", options=OPTIONS, max_selected_items=2), OPTIONS, ""),
    (form("multi_static_select", options=OPTIONS, max_selected_items=1), OPTIONS, "Please select no more than 1."),
    (form("multi_users_select", max_selected_items=1), ["U1", "U2"], "Please select no more than 1."),
]


@pytest.mark.parametrize(("view", "answer", "sentence"), ANSWERS)
def test_the_sentence_stands_under_the_field_it_is_about(view: dict[str, Any], answer: Any, sentence: str) -> None:
    kind = view["blocks"][1]["element"]["type"]
    assert refused_answers(view, answered(kind, answer)) == ({"b": sentence} if sentence else {})
