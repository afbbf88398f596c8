"""Slash commands through a real Bolt app: how their text arrives, and how their answers look."""

import pytest

from sandbox.client import Control
from sandbox.server import Sandbox
from sandbox.workspace import BOT_USER_ID
from tests.sandbox.bolt.parrot import Parrot

COMMAND_TEXTS = [
    ("/parrot", "kudos @Ben & <b>", "kudos <@U0BEN|ben> &amp; &lt;b&gt;"),
    ("/parrot", "thank @Ana Conceição, please", "thank <@U0ANA|ana>, please"),
    ("/parrot", "<@U0BEN> in #general", "<@U0BEN|ben> in <#C0GENERAL|general>"),
    ("/parrot", "@nobody and #nowhere", "@nobody and #nowhere"),
    ("/parrot", "see https://a.example/b", "see <https://a.example/b>"),
    ("/plain", "kudos @Ben & <b>", "kudos @Ben & <b>"),
    ("/plain", "<@U0BEN> in <#C0GENERAL>", "@ben in #general"),
]


@pytest.mark.parametrize(("command", "written", "received"), COMMAND_TEXTS)
def test_a_commands_text_is_escaped_when_the_manifest_says_so(
    control: Control, parrot: Parrot, command: str, written: str, received: str
) -> None:
    assert control.command("C0GENERAL", "U0ANA", command, written)["ok"]
    heard = parrot.last("command")
    assert heard is not None
    assert heard["text"] == received


@pytest.mark.parametrize(
    ("where", "name"), [(BOT_USER_ID, "directmessage"), ("C0GENERAL", "general"), ("private", "privategroup")]
)
def test_a_command_says_where_it_was_typed(control: Control, parrot: Parrot, where: str, name: str) -> None:
    if where == "private":
        where = control.create_channel("board", ["U0ANA"], is_private=True)["channel"]["id"]
    control.command(where, "U0ANA", "/parrot", "hi")
    heard = parrot.last("command")
    assert heard is not None
    assert heard["channel_name"] == name


def test_slack_itself_answers_what_is_no_command_of_the_app(control: Control) -> None:
    assert "is not a valid command" in control.command("C0GENERAL", "U0ANA", "/nope")["shown"]
    threaded = control.command("C0GENERAL", "U0ANA", "/parrot", "hi", thread_ts="1.1")
    assert threaded["shown"] == "/parrot is not supported in threads. Sorry!"
    assert control.messages("C0GENERAL")[-1]["user"] == "USLACKBOT"


def test_a_response_url_serves_five_times(control: Control, parrot: Parrot) -> None:
    control.command("C0GENERAL", "U0ANA", "/parrot", "answers")
    statuses = control.until(lambda: [body["status"] for kind, body in parrot.heard if kind == "response"][5:])
    assert statuses == [404]
    shown = [message["text"] for message in control.messages("C0GENERAL")]
    assert shown == [f"answer {number}" for number in range(5)]


def test_a_response_url_can_speak_to_the_whole_channel(control: Control, parrot: Parrot) -> None:
    control.command("C0GENERAL", "U0ANA", "/parrot", "aloud")
    said = control.until(lambda: control.messages("C0GENERAL"))[-1]
    assert (said["text"], "is_ephemeral" in said) == ("everybody hears", False)


def test_a_refreshed_client_comes_back_by_itself(sandbox: Sandbox, control: Control, parrot: Parrot) -> None:
    control.faults(socket="refresh_requested", close=True)
    control.until(lambda: sandbox.sockets.connections == 1, seconds=8)
    control.until(lambda: control.command("C0GENERAL", "U0ANA", "/parrot", "back?")["ok"], seconds=8)
