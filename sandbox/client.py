"""A thin client of the control API, for scripts and tests. Synchronous, no dependencies."""

import http.client
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sandbox.shapes import Json


class Control:
    """One method per endpoint of the sandbox at `url`; each answers the JSON as it came."""

    def __init__(self, url: str) -> None:
        self._place = urlsplit(url).netloc

    def message(self, channel: str, user: str, text: str, **more: object) -> Json:
        return self._post("message", channel=channel, user=user, text=text, **more)

    def command(self, channel: str, user: str, command: str, text: str = "", **more: object) -> Json:
        return self._post("command", channel=channel, user=user, command=command, text=text, **more)

    def interact(self, channel: str, message_ts: str, user: str, action: Json, **more: object) -> Json:
        """Press in a message; `values=` what else stands in its inputs, `forged=True` to send `action` unchecked."""
        return self._post("interact", channel=channel, messageTs=message_ts, user=user, action=action, **more)

    def home_action(self, user: str, action: Json, **more: object) -> Json:
        return self._post("home-action", user=user, action=action, **more)

    def view_action(self, user: str, action: Json, **more: object) -> Json:
        return self._post("view-action", user=user, action=action, **more)

    def submit_view(self, user: str, values: Json | None = None, **more: object) -> Json:
        return self._post("submit-view", user=user, values=values or {}, **more)

    def close_view(self, user: str, **more: object) -> Json:
        return self._post("close-view", user=user, **more)

    def open_home(self, user: str, **more: object) -> Json:
        return self._post("open-home", user=user, **more)

    def options(self, user: str, action_id: str, value: str = "", block_id: str | None = None, **more: object) -> Json:
        return self._post("options", user=user, action_id=action_id, block_id=block_id, value=value, **more)

    def invite(self, channel: str, user: str, **more: object) -> Json:
        return self._post("invite", channel=channel, user=user, **more)

    def remove(self, channel: str, user: str, **more: object) -> Json:
        return self._post("remove", channel=channel, user=user, **more)

    def archive(self, channel: str, **more: object) -> Json:
        return self._post("archive", channel=channel, **more)

    def create_channel(self, name: str, members: list[str], **more: object) -> Json:
        return self._post("channels", name=name, members=members, **more)

    def change_user(self, id: str, **changes: object) -> Json:  # noqa: A002
        return self._post("users", id=id, **changes)

    def faults(self, **fault: object) -> Json:
        return self._post("faults", **fault)

    def play(self, *users: str) -> Json:
        """Exactly these people are played from now on; the autopilot may move all others."""
        return self._post("play", users=list(users))

    def travel(self, to: str, *, autopilot: bool = True) -> Json:
        """Skip to an ISO instant."""
        return self._post("clock", to=to, autopilot=autopilot)

    def advance(self, by: str, *, autopilot: bool = True) -> Json:
        """Skip by an ISO duration such as P7D."""
        return self._post("clock", advance=by, autopilot=autopilot)

    def reset(self) -> Json:
        return self._post("reset")

    def state(self) -> Json:
        return dict(self._get("state"))

    def log(self, since: int = 0) -> list[Json]:
        return list(self._get(f"log?since={since}")["log"])

    def messages(self, channel: str) -> list[Json]:
        return list(self._get(f"messages/{channel}")["messages"])

    def view(self, user: str) -> Json | None:
        found: Json | None = self._get(f"view/{user}")
        return found

    def home(self, user: str) -> Json | None:
        found: Json | None = self._get(f"home/{user}")
        return found

    def until(self, found: Callable[[], Any], seconds: float = 5.0) -> Any:
        """Ask again and again until `found()` is truthy, and return it. Raises TimeoutError after real `seconds`."""
        deadline = time.monotonic() + seconds
        while not (result := found()):
            if time.monotonic() > deadline:
                raise TimeoutError("It did not come about.")
            time.sleep(0.01)
        return result

    def _post(self, act: str, /, **body: object) -> Json:
        return dict(self._ask("POST", act, json.dumps(body)))

    def _get(self, path: str) -> Any:
        return self._ask("GET", path, None)

    def _ask(self, verb: str, path: str, body: str | None) -> Any:
        connection = http.client.HTTPConnection(self._place)
        try:
            connection.request(verb, f"/_control/{path}", body, {"Content-Type": "application/json"})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()
