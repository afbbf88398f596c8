"""What needs no answer is acknowledged at once; what answers with its ack is left to its listener."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from handlers import acks

WHO = {"team_id": "T1", "user_id": "U1"}
COMMAND = WHO | {"command": "/mentor", "text": "", "channel_id": "C1"}
PRESS = WHO | {"type": "block_actions", "actions": [{"action_id": "press", "block_id": "b", "type": "button"}]}
FORM = WHO | {"type": "view_submission", "view": {"type": "modal", "callback_id": "form"}}


@pytest.fixture
def told() -> threading.Event:
    """Set once the listener may go on."""
    return threading.Event()


@pytest.fixture
def app(told: threading.Event) -> Iterator[App]:
    """An app whose one thread is busy until `told`; its listeners acknowledge too, as ours do."""
    bot = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U0")
    with ThreadPoolExecutor(1) as executor:
        executor.submit(told.wait)
        app = App(authorize=lambda: bot, listener_executor=executor)
        acks.register(app)
        app.command("/mentor")(lambda ack: ack())
        app.action("press")(lambda ack: ack())
        app.view("form")(lambda ack: ack(response_action="clear"))
        yield app
        told.set()


def dispatch(app: App, body: dict[str, Any]) -> tuple[int, str]:
    answer = app.dispatch(BoltRequest(mode="socket_mode", body=body))
    return answer.status, answer.body


@pytest.mark.parametrize("body", [COMMAND, PRESS], ids=["command", "press"])
def test_a_command_or_a_press_is_acknowledged_while_every_thread_is_busy(app: App, body: dict[str, Any]) -> None:
    assert dispatch(app, body) == (200, "")


def test_a_form_waits_for_what_its_listener_has_to_say(app: App, told: threading.Event) -> None:
    told.set()
    assert dispatch(app, FORM) == (200, '{"response_action": "clear"}')


def test_an_unknown_command_stays_unheard_of(app: App) -> None:
    assert dispatch(app, COMMAND | {"command": "/other"})[0] == 404
