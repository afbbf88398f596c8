"""Modals through a real Bolt app: what Slack refuses, what the app answers, what stays open."""

import pytest
from slack_sdk import WebClient

from sandbox.client import Control
from sandbox.modal_acts import TROUBLE
from tests.sandbox.bolt.parrot import (
    FORM,
    WORD,
    Json,
    Parrot,
    choices,
    entry,
    modal,
    plain,
    typed,
)

REFUSED_FIELDS = [
    ({}, {"word": "Please complete this required field."}),
    (typed("far too long a word"), {"word": "far too long"}),
    (typed("ok", mail={"mail": {"type": "email_text_input", "value": "no"}}), {"mail": "valid email"}),
    (
        typed("ok", skill={"skill": {"type": "external_select", "selected_option": choices("never")[0]}}),
        {"skill": "Choose one"},
    ),
]


@pytest.mark.parametrize(("values", "errors"), REFUSED_FIELDS)
def test_what_slacks_client_refuses_never_reaches_the_app(
    control: Control, parrot: Parrot, form: Json, values: Json, errors: dict[str, str]
) -> None:
    answer = control.submit_view("U0ANA", values)
    assert answer["ok"] is False
    assert set(answer["errors"]) == set(errors)
    shown = control.view("U0ANA")
    assert shown is not None
    assert shown["errors"] == answer["errors"]
    assert parrot.last("submission") is None


def test_a_submission_carries_the_state_and_closes_the_modal(control: Control, parrot: Parrot, form: Json) -> None:
    found = control.options("U0ANA", "skill", "spe")["options"]
    assert [option["value"] for option in found] == ["spe", "sql"]
    values = typed("hello", skill={"skill": {"type": "external_select", "selected_option": found[1]}})
    assert control.submit_view("U0ANA", values) == {"ok": True}
    body = control.until(lambda: parrot.last("submission"))
    state = body["view"]["state"]["values"]
    assert state["word"]["word"]["value"] == "hello"
    assert state["mail"]["mail"] == {"type": "email_text_input", "value": None}
    assert state["skill"]["skill"]["selected_option"]["value"] == "sql"
    assert state["acts"]["day"]["selected_option"]["value"] == "mon", "initial values are part of it"
    assert (body["view"]["id"], body["view"]["callback_id"]) == (form["id"], "form")
    assert control.view("U0ANA") is None


def test_fields_the_view_does_not_have_are_refused_unless_forged(control: Control, parrot: Parrot, form: Json) -> None:
    strange = {"other": {"word": {"type": "plain_text_input", "value": "x"}}}
    assert control.submit_view("U0ANA", strange)["error"] == "no_such_input"
    assert control.submit_view("U0ANA", strange, forged=True)["ok"]
    body = control.until(lambda: parrot.last("submission"))
    assert "other" in body["view"]["state"]["values"]


def test_what_was_typed_survives_an_action_and_an_update(
    control: Control, parrot: Parrot, client: WebClient, form: Json
) -> None:
    assert control.view_action("U0ANA", {"action_id": "more"}, values=typed("kept"))["ok"]
    body = control.until(lambda: parrot.last("pressed"))
    assert body["view"]["state"]["values"]["word"]["word"]["value"] == "kept"
    client.views_update(view_id=form["id"], view={**FORM, "blocks": [FORM["blocks"][0]]})
    shown = control.view("U0ANA")
    assert shown is not None
    assert shown["state"]["values"] == typed("kept")


@pytest.mark.parametrize(
    ("answer", "top"),
    [
        ({"response_action": "update", "view": modal("second", entry("word", WORD))}, "second"),
        ({"response_action": "push", "view": modal("third", entry("word", WORD))}, "third"),
        ({"response_action": "clear"}, None),
        ({}, None),
    ],
)
def test_a_submission_is_answered_with_a_response_action(
    control: Control, parrot: Parrot, form: Json, answer: Json, top: str | None
) -> None:
    parrot.answer = answer
    assert control.submit_view("U0ANA", typed("hello"))["ok"]
    shown = control.view("U0ANA")
    assert (shown and shown["callback_id"]) == top
    if top == "third":
        control.close_view("U0ANA")
        below = control.view("U0ANA")
        assert below is not None
        assert below["id"] == form["id"]


def test_the_apps_errors_are_shown_in_place_until_the_next_try(control: Control, parrot: Parrot, form: Json) -> None:
    parrot.answer = {"response_action": "errors", "errors": {"word": "Not that one."}}
    assert control.submit_view("U0ANA", typed("hello")) == {"ok": False, "errors": {"word": "Not that one."}}
    shown = control.view("U0ANA")
    assert shown is not None
    assert shown["errors"] == {"word": "Not that one."}
    assert shown["state"]["values"]["word"]["word"]["value"] == "hello"
    parrot.answer = {}
    assert control.submit_view("U0ANA") == {"ok": True}


BAD_ANSWERS: list[Json] = [
    {"response_action": "errors", "errors": {"acts": "not an input"}},
    {"response_action": "update", "view": {**modal("x"), "title": plain("far too long for the title of a modal")}},
    {"response_action": "dance"},
]


@pytest.mark.parametrize("answer", BAD_ANSWERS)
def test_an_answer_slack_cannot_use_leaves_the_modal_with_its_trouble(
    control: Control, parrot: Parrot, form: Json, answer: Json
) -> None:
    parrot.answer = answer
    result = control.submit_view("U0ANA", typed("hello"))
    assert (result["ok"], result["shown"]) == (False, TROUBLE)
    shown = control.view("U0ANA")
    assert shown is not None
    assert shown["id"] == form["id"]


def test_closing_tells_the_app_when_it_asked_to_know(control: Control, parrot: Parrot, form: Json) -> None:
    control.close_view("U0ANA")
    closed = control.until(lambda: parrot.last("closed"))
    assert (closed["view"]["id"], closed["is_cleared"]) == (form["id"], False)
    assert control.view("U0ANA") is None
