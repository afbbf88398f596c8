"""Commands and presses are acknowledged before anything else: their ack says nothing that has to be found out first.

Slack waits three seconds. Inside a listener the ack waits for a free thread, and the threads wait for Slack's answers:
with 200 commands at once that took 1.3 s on two cores, here it takes 0.1 s (bench/ack.py). Forms and menus answer with
their ack, so theirs is left to them.
"""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from handlers.deps import Body


def register(app: App) -> None:
    """Before every listener, in the thread that read the request."""

    @app.middleware
    def acknowledge_at_once(body: Body, ack: Callable[..., Any], next: Callable[[], Any]) -> None:  # noqa: A002
        if "command" in body or body.get("type") == "block_actions":
            ack()
        next()
