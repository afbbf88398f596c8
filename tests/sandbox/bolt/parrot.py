"""A Bolt app that remembers what it hears and answers as told, and the blocks it speaks in."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from tests.at_once import AtOnce

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, value: str = "1") -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(action_id), "value": value}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "acts", "elements": list(elements)}


def choices(*values: str) -> list[Json]:
    return [{"text": plain(value), "value": value} for value in values]


def entry(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def modal(callback_id: str, *blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


WORD = {"type": "plain_text_input", "action_id": "word", "max_length": 10}
MAIL = {"type": "email_text_input", "action_id": "mail"}
SKILL = {"type": "external_select", "action_id": "skill", "min_query_length": 0}
MON, TUE = choices("mon", "tue")
DAY = {"type": "static_select", "action_id": "day", "options": [MON, TUE], "initial_option": MON}
FORM = modal(
    "form",
    entry("word", WORD),
    entry("mail", MAIL, optional=True),
    entry("skill", SKILL, optional=True),
    actions(button("more"), DAY),
    notify_on_close=True,
)


class Parrot:
    """The app under test: it remembers every body and answers as its `answer` says.

    Its listeners run where the envelope is read: Bolt acknowledges an event before its listener begins, and a test that
    looks as soon as the acknowledgement is in would look too early.
    """

    def __init__(self, client: WebClient) -> None:
        self.heard: list[tuple[str, Json]] = []
        self.answer: Json = {}
        self.app = App(client=client, listener_executor=AtOnce())
        self.app.command("/parrot")(self._command)
        self.app.command("/plain")(self._command)
        self.app.view("form")(self._submission)
        self.app.view_closed("form")(self._acked("closed"))
        self.app.action({"action_id": "go"})(self._pressed)
        self.app.action({"action_id": "open"})(self._opened)
        for action_id in ("more", "day", "word"):
            self.app.action({"action_id": action_id})(self._acked("pressed"))
        self.app.options("skill")(self._suggest)
        for event in ("message", "app_mention", "app_home_opened", "user_change", "team_join"):
            self.app.event(event)(self._acked("event"))
        for event in (
            "member_joined_channel",
            "member_left_channel",
            "channel_left",
            "group_left",
            "channel_archive",
            "dnd_updated_user",
        ):
            self.app.event(event)(self._acked("event"))

    def last(self, kind: str) -> Json | None:
        return next((body for heard, body in reversed(self.heard) if heard == kind), None)

    def events(self, name: str) -> list[Json]:
        return [body["event"] for heard, body in self.heard if heard == "event" and body["event"]["type"] == name]

    def _acked(self, kind: str) -> Callable[..., None]:
        def listener(ack: Callable[..., Any], body: Json) -> None:
            ack()
            self.heard.append((kind, body))

        return listener

    def _command(self, ack: Callable[..., Any], body: Json, client: WebClient, respond: Callable[..., Any]) -> None:
        self.heard.append(("command", body))
        ack()
        if body["text"] == "form":
            client.views_open(trigger_id=body["trigger_id"], view=FORM)
        elif body["text"] == "answers":
            for number in range(6):
                self.heard.append(("response", {"status": respond(f"answer {number}").status_code}))
        elif body["text"] == "aloud":
            respond("everybody hears", response_type="in_channel")

    def _pressed(self, ack: Callable[..., Any], body: Json, respond: Callable[..., Any]) -> None:
        ack()
        self.heard.append(("pressed", body))
        respond(**self.answer)

    def _opened(self, ack: Callable[..., Any], body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    def _submission(self, ack: Callable[..., Any], body: Json) -> None:
        self.heard.append(("submission", body))
        ack(**self.answer)

    def _suggest(self, ack: Callable[..., Any], body: Json) -> None:
        self.heard.append(("suggest", body))
        ack(options=choices(body["value"] or "anything", "sql"))


def typed(word: str, **more: Json) -> Json:
    return {"word": {"word": {"type": "plain_text_input", "value": word}}, **more}
