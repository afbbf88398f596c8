"""Socket Mode: one connection to Slack, noticed quickly when it breaks, never deaf after a refresh."""

import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.socket_mode.builtin.client import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

PING_SECONDS = 1.0
"""Measured: a broken connection is noticed after 0.6-6 s at 1, after 9-57 s at the default of 10 (SLACK.md)."""
DEAF_SECONDS = 0.3
"""How long a read waits: at the built-in 3 s a refresh leaves the client deaf for as long."""

ACK_SECONDS = 3.0
"""How long Slack waits for an acknowledgement."""
PATIENCE_SECONDS = 0.25
"""How long the work of an act lets newcomers pass: a stream of clicks must not starve it."""


class Door:
    """Who has typed or pressed and was not acknowledged yet. They come before the work of those inside."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting = 0
        self._forms: set[str] = set()

    @contextmanager
    def taking(self, trigger_id: str) -> Iterator[None]:
        """Someone hands in a form: theirs is the time until its acknowledgement has left."""
        with self._changed:
            self._forms.add(trigger_id)
        try:
            yield
        finally:
            with self._changed:
                self._forms.discard(trigger_id)
                self._changed.notify_all()

    def wait_until_acknowledged(self, trigger_id: str) -> None:
        """Return when the acknowledgement of a form has left, at the latest when Slack no longer waits for it.

        An update of its modal that comes before is covered by the view that the acknowledgement carries.
        """
        with self._changed:
            self._changed.wait_for(lambda: trigger_id not in self._forms, ACK_SECONDS)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Someone stands at the door."""
        with self._changed:
            self._waiting += 1
        try:
            yield
        finally:
            with self._changed:
                self._waiting -= 1
                self._changed.notify_all()

    def wait_until_quiet(self) -> None:
        """Return when nobody waits, or after PATIENCE_SECONDS."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting, PATIENCE_SECONDS)


class _DoorKeeper(SocketModeHandler):
    """Tells the door of every request until it is acknowledged; a form, whose ack needs its work, is no newcomer."""

    door: Door

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        with self._answering(req.payload):
            super().handle(client, req)

    def _answering(self, payload: dict[str, Any]) -> AbstractContextManager[None]:
        match payload.get("type"):
            case "view_submission":
                return self.door.taking(str(payload.get("trigger_id")))
            case "block_suggestion":
                return nullcontext()
        return self.door.answering()


def connection(app: App, app_token: str, concurrency: int, door: Door | None = None) -> SocketModeHandler:
    """A handler whose `connect()` and `close()` the caller holds; the app's answers go out on `concurrency` threads."""
    handler = _DoorKeeper(app, app_token, ping_interval=PING_SECONDS, concurrency=concurrency)
    handler.door = door or Door()
    client = handler.client
    connect = client.connect

    def connect_and_listen() -> None:
        connect()
        _tune(client)

    client.connect = connect_and_listen  # type: ignore[method-assign]
    return handler


def _tune(client: SocketModeClient) -> None:
    """Short reads; and acks leave at once: with Nagle's algorithm one waits some 40 ms for the other side."""
    session = client.current_session
    if session is not None and session.sock is not None:
        session.sock.settimeout(DEAF_SECONDS)
        session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
