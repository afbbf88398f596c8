"""A Bolt app as small as the page's tests allow: one command, a message with buttons, a modal that refuses, a Home."""

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.server import Sandbox

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Tiny"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Tiny"},
        "slash_commands": [
            {
                "command": "/tiny",
                "description": "Does small things",
                "usage_hint": "[hello | form | dm @x | hang]",
                "should_escape": True,
            }
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "users:read", "channels:read"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "member_joined_channel"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
FRUIT = ["Apple", "Apricot", "Banana", "Cherry"]


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def _option(text: str) -> dict[str, Any]:
    return {"text": _plain(text), "value": text.lower()}


def _button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": _plain(text), "value": action_id, **more}


def _input(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label),
        "element": {"action_id": "a", **element},
        **more,
    }


def _section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def greeting(pressed: int) -> list[dict[str, Any]]:
    """Two buttons and a menu under a line that counts."""
    sure = {
        "title": _plain("Really?"),
        "text": _plain("It will be gone."),
        "confirm": _plain("Remove"),
        "deny": _plain("Keep"),
    }
    menu = {"type": "overflow", "action_id": "more", "options": [_option("Louder"), _option("Softer")]}
    buttons = [
        _button("Press me", "press", style="primary"),
        _button("Remove", "remove", style="danger", confirm=sure),
        menu,
    ]
    return [_section(f"*Hello!* Pressed {pressed} times."), {"type": "actions", "elements": buttons}]


def form(title: str = "A small form") -> dict[str, Any]:
    """One of each kind of question."""
    mode = {"options": [_option("Fast"), _option("Slow")]}
    return {
        "type": "modal",
        "callback_id": "form",
        "notify_on_close": True,
        "title": _plain(title),
        "submit": _plain("Save"),
        "blocks": [
            _input("name", "Your name", {"type": "plain_text_input", "max_length": 40}),
            _input("fruit", "Fruit", {"type": "external_select", "min_query_length": 0}),
            _input("mode", "Mode", {"type": "radio_buttons", **mode}),
            _input("speed", "Speed", {"type": "static_select", **mode}, optional=True),
            _input("people", "People", {"type": "multi_users_select"}, optional=True),
            _input("day", "Day", {"type": "datepicker", "initial_date": "2026-01-20"}, optional=True),
            _input("note", "Note", {"type": "plain_text_input", "multiline": True}, optional=True),
            {"type": "actions", "elements": [_button("Next page", "push")]},
        ],
    }


class TinyApp:
    """The app and what it was told."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.url = sandbox.url
        self.saved: list[dict[str, Any]] = []
        self.closed = 0
        self.pressed = 0
        self.app = App(client=WebClient(token=sandbox.bot_token, base_url=sandbox.slack_api_url))
        self._handler = SocketModeHandler(self.app, sandbox.app_token)
        self._listen()

    def connect(self) -> None:
        self._handler.connect()

    def close(self) -> None:
        self._handler.close()

    def forget(self) -> None:
        self.saved, self.closed, self.pressed = [], 0, 0

    def _listen(self) -> None:
        self.app.command("/tiny")(self.typed)
        self.app.action("press")(self.pressed_button)
        self.app.action("remove")(self.removed)
        self.app.action("more")(self.chose)
        self.app.action("push")(self.pushed)
        self.app.options("a")(self.suggested)
        self.app.view("form")(self.submitted)
        self.app.view_closed("form")(self.left)
        self.app.event("app_home_opened")(self.opened_home)
        self.app.event("member_joined_channel")(self.joined)

    def typed(self, ack: Ack, command: dict[str, Any], client: WebClient, respond: Respond) -> None:
        text = command["text"]
        if text == "hang":
            return
        ack()
        if text == "form":
            client.views_open(trigger_id=command["trigger_id"], view=form())
        elif text.startswith("dm <@"):
            client.chat_postMessage(channel=text[5:].split("|")[0], text="A *word* for you", blocks=greeting(0))
        elif text == "hello":
            respond(text="Hello", blocks=greeting(0))
        else:
            respond(text=f"You said: {text}")

    def pressed_button(self, ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        self.pressed += 1
        if "view" in body:
            self._publish(client, body["user"]["id"])
        else:
            respond(text="Hello", blocks=greeting(self.pressed), replace_original=True)

    def removed(self, ack: Ack, respond: Respond) -> None:
        ack()
        respond(delete_original=True)

    def chose(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        respond(text=f"Now {chosen}", replace_original=False)

    def pushed(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        above = {"type": "modal", "title": _plain("Second page"), "blocks": [_section("On top")]}
        client.views_push(trigger_id=body["trigger_id"], view=above)

    def suggested(self, ack: Ack, body: dict[str, Any]) -> None:
        ack(options=[_option(fruit) for fruit in FRUIT if body["value"].lower() in fruit.lower()])

    def submitted(self, ack: Ack, body: dict[str, Any]) -> None:
        values = body["view"]["state"]["values"]
        if values["name"]["a"]["value"] == "nobody":
            ack(response_action="errors", errors={"name": "Nobody is not a name."})
            return
        if values["name"]["a"]["value"] == "twice":
            ack(response_action="update", view={**form("Once more"), "submit": _plain("Save again")})
            return
        ack()
        self.saved.append(values)

    def left(self, ack: Ack) -> None:
        ack()
        self.closed += 1

    def opened_home(self, event: dict[str, Any], client: WebClient) -> None:
        if event["tab"] == "home":
            self._publish(client, event["user"])

    def joined(self, event: dict[str, Any], client: WebClient) -> None:
        if event["user"] == self.app.client.auth_test()["user_id"]:
            client.chat_postMessage(channel=event["channel"], text="Thanks for having me")

    def _publish(self, client: WebClient, user: str) -> None:
        blocks = [
            _section(f"Home, sweet home ({self.pressed})"),
            {"type": "actions", "elements": [_button("Press me", "press")]},
        ]
        client.views_publish(user_id=user, view={"type": "home", "blocks": blocks})
