"""Buttons and menus in messages, ephemerals and on Home, through a real Bolt app."""

import pytest
from slack_sdk import WebClient

from sandbox.client import Control
from sandbox.server import Sandbox
from sandbox.workspace import BOT_USER_ID
from tests.sandbox.bolt.parrot import DAY, TUE, WORD, Json, Parrot, actions, button, choices, entry


def posted(client: WebClient, *elements: Json) -> tuple[str, str]:
    answer = client.chat_postMessage(channel="U0ANA", text="hi", blocks=[actions(*elements)])
    return str(answer["channel"]), str(answer["ts"])


def test_a_press_carries_what_slack_sends(control: Control, parrot: Parrot, client: WebClient) -> None:
    parrot.answer = {"text": "thanks"}
    channel, ts = posted(client, button("go", "42"), DAY)
    chosen = {"acts": {"day": {"type": "static_select", "selected_option": TUE}}}
    assert control.interact(channel, ts, "U0ANA", {"action_id": "go"}, values=chosen)["ok"]
    body = control.until(lambda: parrot.last("pressed"))
    assert body["container"] == {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False}
    assert body["channel"] == {"id": channel, "name": "directmessage"}
    assert body["message"]["ts"] == ts
    assert body["actions"][0]["value"] == "42"
    assert body["actions"][0]["block_id"] == "acts"
    assert body["state"]["values"]["acts"]["day"]["selected_option"]["value"] == "tue"
    assert (body["user"]["username"], body["team"]["domain"]) == ("ana", "small-works")
    assert {"trigger_id", "response_url", "api_app_id"} <= set(body)
    control.until(lambda: control.messages(channel)[0]["text"] == "thanks")
    assert "blocks" not in control.messages(channel)[0], "an answer replaces the message"


ANSWERS = [
    ({"text": "new", "replace_original": False}, ["hi", "new"]),
    ({"text": "new", "replace_original": True}, ["new"]),
    ({"text": "new", "response_type": "ephemeral", "replace_original": False}, ["hi", "new"]),
    ({"delete_original": True}, []),
]


@pytest.mark.parametrize(("answer", "left"), ANSWERS)
def test_a_response_url_replaces_adds_or_deletes(
    control: Control, parrot: Parrot, client: WebClient, answer: Json, left: list[str]
) -> None:
    parrot.answer = answer
    channel, ts = posted(client, button("go"))
    control.interact(channel, ts, "U0ANA", {"action_id": "go"})
    control.until(lambda: [message["text"] for message in control.messages(channel)] == left)


ABSENT = [
    ({"action_id": "gone"}, "no_such_action"),
    ({"action_id": "go", "block_id": "other"}, "no_such_action"),
    ({"action_id": "go", "value": "43"}, "no_such_action"),
    ({"action_id": "go", "type": "static_select"}, "no_such_action"),
    ({"action_id": "day", "selected_option": choices("sun")[0]}, "option_not_offered"),
    ({"action_id": "day"}, "invalid_arguments"),
    ({"action_id": "word"}, "no_such_action"),
]


@pytest.mark.parametrize(("action", "error"), ABSENT)
def test_only_what_is_drawn_can_be_pressed_unless_forged(
    control: Control, parrot: Parrot, client: WebClient, action: Json, error: str
) -> None:
    blocks = [actions(button("go", "42"), DAY), entry("word", WORD)]
    answer = client.chat_postMessage(channel="U0ANA", text="hi", blocks=blocks)
    channel, ts = answer["channel"], answer["ts"]
    assert control.interact(channel, ts, "U0ANA", action)["error"] == error
    assert parrot.last("pressed") is None
    forged = control.interact(channel, ts, "U0ANA", {**action, "action_id": "more"}, forged=True)
    assert forged["ok"]
    assert parrot.last("pressed")


def test_another_persons_message_cannot_be_pressed(control: Control, client: WebClient) -> None:
    channel, ts = posted(client, button("go"))
    assert control.interact(channel, ts, "U0BEN", {"action_id": "go"})["error"] == "not_in_channel"
    control.invite("C0GENERAL", BOT_USER_ID)
    client.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="psst", blocks=[actions(button("go"))])
    psst = control.messages("C0GENERAL")[-1]["ts"]
    assert control.interact("C0GENERAL", psst, "U0BEN", {"action_id": "go"})["error"] == "message_not_found"


def test_an_ephemeral_is_pressed_without_its_message(control: Control, parrot: Parrot, client: WebClient) -> None:
    parrot.answer = {"text": "seen"}
    control.invite("C0GENERAL", BOT_USER_ID)
    client.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="psst", blocks=[actions(button("go"))])
    ts = control.messages("C0GENERAL")[-1]["ts"]
    assert control.interact("C0GENERAL", ts, "U0ANA", {"action_id": "go"})["ok"]
    body = control.until(lambda: parrot.last("pressed"))
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    control.until(lambda: control.messages("C0GENERAL")[-1]["text"] == "seen")


def test_home_is_opened_published_and_pressed(control: Control, parrot: Parrot, client: WebClient) -> None:
    assert control.open_home("U0ANA")["acked"]
    opened = control.until(lambda: parrot.events("app_home_opened"))[0]
    assert (opened["tab"], opened["user"], "view" in opened) == ("home", "U0ANA", False)
    client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": [actions(button("more"), DAY)]})
    chosen = {"action_id": "day", "selected_option": TUE}
    assert control.home_action("U0ANA", chosen)["ok"]
    body = control.until(lambda: parrot.last("pressed"))
    assert body["container"]["type"] == "view"
    assert body["view"]["state"]["values"]["acts"]["day"]["selected_option"]["value"] == "tue"
    control.open_home("U0ANA")
    assert control.until(lambda: parrot.events("app_home_opened")[1:])[0]["view"]["type"] == "home"


def test_the_autopilot_presses_fills_in_and_submits(
    sandbox: Sandbox, control: Control, parrot: Parrot, client: WebClient
) -> None:
    everyone = ["U0ANA", "U0BEN", "U0CHLOE", "U0DEV", "U0EVA", "U0FEMI", "U0GITA", "U0HUGO"]
    for user in everyone:
        client.chat_postMessage(channel=user, text="hi", blocks=[actions({**button("open"), "style": "primary"})])
    control.message("C0GENERAL", "U0ANA", "I am played")
    control.advance("P1D")
    submitted = [body for kind, body in parrot.heard if kind == "submission"]
    people = {body["user"]["id"] for body in submitted}
    assert len(people) >= 4
    assert people <= set(everyone) - {"U0ANA"}
    assert all(body["view"]["state"]["values"]["word"]["word"]["value"] for body in submitted)
    assert [control.view(user) for user in everyone] == [None] * len(everyone)
