"""The sandbox as a whole: who may talk to it, how time passes in it, and what it keeps."""

import http.client
import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import Control
from sandbox.clock import OffsetClock
from sandbox.errors import SlackError
from sandbox.permits import RESPONSE_SECONDS, TRIGGER_SECONDS, Permits
from sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, ROOT, SMALL, web_client

Json = dict[str, Any]
MONDAY = datetime(2026, 1, 12, 9, tzinfo=UTC)


def asked(
    sandbox: Sandbox, path: str, headers: dict[str, str], verb: str = "POST", body: str = "{}"
) -> tuple[int, Any]:
    connection = http.client.HTTPConnection(sandbox.url.removeprefix("http://"))
    connection.request(verb, path, body, {"Content-Type": "application/json", **headers})
    answer = connection.getresponse()
    content = answer.status, answer.read()
    connection.close()
    return content


# Who may talk to it


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
@pytest.mark.parametrize("path", ["/_control/reset", "/api/auth.test", "/"])
def test_a_foreign_page_is_refused(sandbox: Sandbox, headers: dict[str, str], path: str) -> None:
    status, content = asked(sandbox, path, headers, "GET" if path == "/" else "POST")
    assert (status, json.loads(content)["error"]) == (403, "foreign_origin")


def test_the_page_of_the_sandbox_itself_is_let_in(sandbox: Sandbox) -> None:
    assert asked(sandbox, "/_control/reset", {"Origin": sandbox.url})[0] == 200
    with urllib.request.urlopen(sandbox.url) as page:
        assert page.status == 200


def test_it_listens_on_loopback_only(sandbox: Sandbox) -> None:
    assert sandbox.url.startswith("http://127.0.0.1:")


def test_a_taken_port_is_an_os_error(sandbox: Sandbox) -> None:
    port = int(sandbox.url.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="in use"):
        Sandbox(SMALL, MANIFEST, port=port).start()


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [("{", 200, "invalid_json"), ("[]", 200, "json_not_object"), ("{}", 400, "invalid_arguments")],
)
def test_a_control_call_says_what_it_misses(sandbox: Sandbox, body: str, status: int, error: str) -> None:
    answered, content = asked(sandbox, "/_control/message", {}, body=body)
    assert (answered, json.loads(content)["error"]) == (status, error)


def test_the_state_is_slack_shaped(control: Control) -> None:
    state = control.state()
    assert state["team"]["id"] == "T0SMALL"
    assert datetime.fromisoformat(state["now"]) - MONDAY < timedelta(minutes=1)
    assert {channel["id"] for channel in state["channels"]} == {"C0GENERAL", "C0PEERMENTORING"}
    everyone = next(channel for channel in state["channels"] if channel["id"] == "C0GENERAL")["members"]
    assert "U0NADIA" not in everyone, "a guest is not part of all"
    assert state["apps"][0]["commands"][0] == {
        "command": "/parrot",
        "description": "Repeats",
        "usage_hint": "[words]",
    }
    assert control.view("U0ANA") is None
    assert control.home("U0ANA") is None


# Protocol timers


def test_triggers_and_response_urls_run_out_in_real_time() -> None:
    seconds = [0.0]
    permits = Permits(lambda: seconds[0])
    fresh, late = permits.trigger("U0ANA"), permits.trigger("U0BEN")
    url = permits.response("C0GENERAL", "U0ANA")
    seconds[0] = TRIGGER_SECONDS
    assert permits.exchange(fresh) == "U0ANA"
    seconds[0] += 0.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        permits.exchange(late)
    seconds[0] = RESPONSE_SECONDS
    assert permits.use_response(url).uses == 1
    seconds[0] += 0.1
    with pytest.raises(SlackError, match="expired_url"):
        permits.use_response(url)


# Time


class Chime:
    """An app whose one job is to write at nine every day, by the hooks."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.client = web_client(sandbox)
        self.resets = 0

    def advance(self, to: datetime) -> datetime:
        now = self.sandbox.clock.now()
        due = now.replace(hour=9, minute=0, second=0, microsecond=0)
        due = due if due > now else due + timedelta(days=1)
        reached = min(due, to)
        self.sandbox.clock.travel(reached)
        if reached == due:
            button = {
                "type": "button",
                "style": "primary",
                "action_id": "go",
                "text": {"type": "plain_text", "text": "Go"},
            }
            blocks = [{"type": "actions", "elements": [button]}]
            self.client.chat_postMessage(channel="U0ANA", text=f"{due:%A}", blocks=blocks)
        return reached

    def reset(self) -> None:
        self.resets += 1


@pytest.fixture
def chime(sandbox: Sandbox) -> Iterator[Chime]:
    chime = Chime(sandbox)
    sandbox.register_hooks(chime.advance, chime.reset)
    yield chime
    sandbox.clockwork.advance = None
    sandbox.register_hooks(lambda to: to, lambda: None)
    sandbox.clockwork.advance = None


def test_a_skip_leaps_through_every_due_moment(sandbox: Sandbox, control: Control, chime: Chime) -> None:
    answer = control.advance("P3D", autopilot=False)
    assert answer["ok"]
    im = sandbox.workspace.app_im("U0ANA")["id"]
    messages = control.messages(im)
    assert [message["text"] for message in messages] == ["Tuesday", "Wednesday", "Thursday"]
    stamps = [datetime.fromtimestamp(float(message["ts"]), UTC) for message in messages]
    assert [stamp.replace(microsecond=0, second=0) for stamp in stamps] == [
        MONDAY + timedelta(days=day) for day in (1, 2, 3)
    ]
    assert datetime.fromisoformat(answer["now"]) - MONDAY - timedelta(days=3) < timedelta(minutes=1)


def test_without_hooks_the_clock_jumps(control: Control) -> None:
    assert control.travel("2026-04-07T09:00:00Z")["ok"]
    assert control.state()["now"].startswith("2026-04-07T09:00")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"advance": "a week"}, "invalid_arguments"),
        ({"advance": "P"}, "invalid_arguments"),
        ({"to": "tomorrow"}, "invalid_arguments"),
        ({"to": "2026-02-01T09:00:00"}, "invalid_arguments"),
        ({"to": "2025-01-01T09:00:00Z"}, "time_is_past"),
    ],
)
def test_a_moment_that_makes_no_sense_is_refused(sandbox: Sandbox, body: Json, error: str) -> None:
    _, content = asked(sandbox, "/_control/clock", {}, body=json.dumps(body))
    assert json.loads(content)["error"] == error


def test_a_reset_puts_everything_back_and_tells_the_app(sandbox: Sandbox, control: Control, chime: Chime) -> None:
    control.message("C0GENERAL", "U0ANA", "hi")
    control.faults(method="auth.test", error="fatal_error")
    control.advance("P1D")
    assert control.reset()["ok"]
    assert chime.resets == 1
    assert control.messages("C0GENERAL") == []
    assert control.log() == []
    assert control.state()["played"] == []
    assert datetime.fromisoformat(control.state()["now"]) - MONDAY < timedelta(minutes=1)
    assert web_client(sandbox).auth_test()["ok"]


def test_a_ts_is_unique_however_fast_people_write(control: Control) -> None:
    stamps = [control.message("C0GENERAL", "U0ANA", str(number))["ts"] for number in range(50)]
    assert len(set(stamps)) == 50
    assert stamps == sorted(stamps)


# The people nobody plays


def presses(control: Control) -> list[str]:
    return [entry["payload"]["user"]["id"] for entry in control.log() if entry["kind"] == "interactive"]


def test_people_nobody_plays_act_while_time_is_skipped(sandbox: Sandbox, control: Control, chime: Chime) -> None:
    sandbox.clockwork.alive = True
    control.advance("P10D")
    assert set(presses(control)) == {"U0ANA"}
    assert len(presses(control)) > 5


def test_whoever_acts_is_played_until_told_otherwise(sandbox: Sandbox, control: Control, chime: Chime) -> None:
    sandbox.clockwork.alive = True
    control.message("C0GENERAL", "U0ANA", "I am here")
    control.advance("P5D")
    assert presses(control) == []
    assert control.play()["users"] == []
    control.advance("P5D")
    assert set(presses(control)) == {"U0ANA"}


# Keeping


def test_what_happened_is_kept_and_taken_up_again(tmp_path: Path) -> None:
    kept = tmp_path / "state.json"
    first = Sandbox(SMALL, MANIFEST, state_file=kept)
    first.start()
    control, client = Control(first.url), web_client(first)
    pair = client.conversations_open(users="U0ANA,U0BEN")["channel"]["id"]
    ts = client.chat_postMessage(channel=pair, text="hi")["ts"]
    client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": [{"type": "divider"}]})
    control.change_user("U0BEN", title="Retired")
    control.travel("2026-03-01T09:00:00Z")
    first.stop()

    second = Sandbox(SMALL, MANIFEST, state_file=kept)
    second.start()
    control, client = Control(second.url), web_client(second)
    try:
        assert [message["ts"] for message in control.messages(pair)] == [ts]
        assert client.conversations_open(users="U0BEN,U0ANA")["channel"]["id"] == pair
        assert client.conversations_open(users="U0ANA")["channel"]["id"] != pair
        assert control.state()["now"].startswith("2026-03-01T09:00")
        assert client.users_info(user="U0BEN")["user"]["profile"]["title"] == "Retired"
        assert control.home("U0ANA") is not None
        assert client.chat_postMessage(channel=pair, text="ho")["ts"] > ts
    finally:
        second.stop()


def test_changes_are_written_while_it_runs(tmp_path: Path) -> None:
    kept = tmp_path / "state.json"
    sandbox = Sandbox(SMALL, MANIFEST, state_file=kept)
    sandbox.start()
    try:
        Control(sandbox.url).message("C0GENERAL", "U0ANA", "remember me")
        Control(sandbox.url).until(lambda: kept.exists() and "remember me" in kept.read_text("utf-8"))
    finally:
        sandbox.stop()


def test_a_file_that_holds_no_workspace_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "state.json"
    other.write_text("[]", "utf-8")
    with pytest.raises(ValueError, match="does not hold a workspace"):
        Sandbox(SMALL, MANIFEST, state_file=other).start()


def test_a_shared_clock_is_set_to_the_seeds_morning() -> None:
    clock = OffsetClock()
    Sandbox(SMALL, MANIFEST, clock=clock)
    assert clock.now() - MONDAY < timedelta(minutes=1)


# By itself


def test_it_runs_alone_with_any_manifest() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "sandbox", str(MANIFEST), "--seed", str(SMALL)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip().removeprefix("A Slack workspace: ")
        settings = dict(process.stdout.readline().strip().split("=", 1) for _ in range(3))
        client = WebClient(token=settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"])
        assert client.auth_test()["team"] == "Small Works"
        assert settings["SLACK_API_URL"] == f"{url}/api/"
        process.terminate()
        assert process.wait(timeout=10) == 0


def test_alone_it_says_in_a_sentence_that_its_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "sandbox", str(MANIFEST), "--port", port]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used")
    assert done.stdout == ""
