"""Socket Mode: one connection to Slack, noticed quickly when it breaks, never deaf after a refresh."""

import socket

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk.socket_mode.builtin.client import SocketModeClient

PING_SECONDS = 1.0
"""Measured: a broken connection is noticed after 0.6-6 s at 1, after 9-57 s at the default of 10 (SLACK.md)."""
DEAF_SECONDS = 0.3
"""How long a read waits: at the built-in 3 s a refresh leaves the client deaf for as long."""


def connection(app: App, app_token: str, concurrency: int) -> SocketModeHandler:
    """A handler whose `connect()` and `close()` the caller holds; the app's answers go out on `concurrency` threads."""
    handler = SocketModeHandler(app, app_token, ping_interval=PING_SECONDS, concurrency=concurrency)
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
