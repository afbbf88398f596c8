"""The bot's listeners at a desk of their own: payloads come in by hand, a real sandbox Slack hears what they answer."""

import json
from pathlib import Path
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

import handlers
from bot.clock import TravelClock
from bot.domain.considering_apart import considered
from bot.domain.matching import Inputs
from bot.runtime.directory import SlackDirectory
from bot.runtime.slack import sending_client
from handlers.deps import Consider, Deps, Directory, Solve
from sandbox.client import Control
from sandbox.server import Sandbox
from tests.at_once import AtOnce
from tests.builders import MONDAY, TEAM, World

PAYLOADS = Path(__file__).parent / "payloads"
GENERAL = "C0GENERAL"
Json = dict[str, Any]


class Desk:
    """One app, its database and the Slack it speaks to."""

    def __init__(
        self,
        sandbox: Sandbox,
        world: World,
        *,
        directory: Directory | None = None,
        solve: Solve = Inputs.plan,
        consider: Consider = considered,
    ) -> None:
        self.sandbox, self.world = sandbox, world
        self.control = Control(sandbox.url)
        self.client = sending_client(sandbox.bot_token, sandbox.slack_api_url)
        self.app = App(client=self.client, token_verification_enabled=False, listener_executor=AtOnce())
        asked = directory or SlackDirectory(self.client, "Department", "Manager")
        self.clock = TravelClock(MONDAY)
        self.deps = Deps(world.engine, self.clock, asked, TEAM, "U0MENTOR", "mentor", solve=solve, consider=consider)
        handlers.register(self.app, self.deps)

    def hear(self, payload: str, user: str = "U0ANA", **blanks: Any) -> BoltResponse:
        """Dispatch one of payloads/, its blanks filled in; triggers and response_urls are fresh ones of the sandbox."""
        permits, place = self.sandbox.workspace.permits, blanks.get("channel", GENERAL)
        secret = permits.response(place, user, blanks.get("message_ts"))
        given = {
            "user": user,
            "trigger_id": permits.trigger(user),
            "response_url": f"{self.sandbox.url}/response/{secret}",
            "value": "",
            "view_id": "V1",
            **blanks,
        }
        body = json.loads((PAYLOADS / f"{payload}.json").read_text(encoding="utf-8"))
        answer = self.app.dispatch(BoltRequest(mode="socket_mode", body=filled(body, given)))
        assert answer.status == 200, answer.body
        return answer

    def command(self, text: str, user: str = "U0ANA") -> BoltResponse:
        return self.hear("slash_command", user, text=text)

    def submit(self, callback_id: str, values: Json, about: Json | None = None, user: str = "U0ANA") -> Json:
        """What a submission is answered with."""
        answer = self.hear("submitted", user, callback_id=callback_id, values=values, about=json.dumps(about or {}))
        return dict(json.loads(answer.body or "{}"))

    def press(self, action_id: str, value: str = "", user: str = "U0ANA") -> BoltResponse:
        """Press a button of a message in the person's DM with the bot."""
        channel = self.dm(user)
        posted = self.client.chat_postMessage(channel=channel, text="How does it stand?")
        place = {"channel": channel, "message_ts": posted["ts"]}
        return self.hear("pressed_in_message", user, action_id=action_id, value=value, **place)

    def dm(self, user: str = "U0ANA") -> str:
        return str(self.client.conversations_open(users=[user])["channel"]["id"])

    def said(self, channel: str = GENERAL) -> str:
        """The text of the last message somebody can read there."""
        return str(self.control.messages(channel)[-1]["text"])

    def open_view(self, user: str = "U0ANA") -> Json:
        """The modal on top."""
        view = self.control.view(user)
        assert view is not None
        return view


def filled(part: Any, given: Json) -> Any:
    """`part` with every string `$name` replaced by what is given for it."""
    if isinstance(part, dict):
        return {name: filled(value, given) for name, value in part.items()}
    if isinstance(part, list):
        return [filled(item, given) for item in part]
    return given[part[1:]] if isinstance(part, str) and part.startswith("$") else part
