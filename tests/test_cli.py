"""What the engineer meets on the command line: one sentence, the next step, and an exit code."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.rehearsal import MANIFEST, SEEDS
from sandbox.server import Sandbox

MENTOR = Path(sys.executable).with_name("mentor")


def environment(folder: Path, **settings: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "MENTOR_DATA_FOLDER": str(folder / "data"), **settings}


def mentor(folder: Path, command: str, **settings: str) -> tuple[int, str]:
    """The exit code and what was said on stderr."""
    done = subprocess.run(
        [MENTOR, command], env=environment(folder, **settings), cwd=folder, capture_output=True, text=True, timeout=30
    )
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    sandbox = Sandbox(SEEDS / "small.yaml", MANIFEST)
    sandbox.start()
    yield sandbox
    sandbox.stop()


def test_running_without_tokens_names_both_ways_on(tmp_path: Path) -> None:
    code, said = mentor(tmp_path, "run")
    assert code == 1
    assert "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set" in said
    assert "mentor sandbox" in said


@pytest.mark.parametrize(
    ("settings", "fragment"),
    [
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xapp-2"}, "xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is missing"),
        ({"MENTOR_DATA_FOLDER": "/proc/nowhere"}, "cannot be written to"),
    ],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, settings: dict[str, str], fragment: str) -> None:
    code, said = mentor(tmp_path, "start", **settings)
    assert code == 1
    assert fragment in said
    assert said.count("\n") == 1


def test_a_token_that_slack_refuses_says_where_to_find_the_right_one(tmp_path: Path, slack: Sandbox) -> None:
    wrong_bot = mentor(
        tmp_path, "run", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN=slack.app_token, SLACK_API_URL=slack.slack_api_url
    )
    wrong_app = mentor(
        tmp_path, "run", SLACK_BOT_TOKEN=slack.bot_token, SLACK_APP_TOKEN="xapp-1", SLACK_API_URL=slack.slack_api_url
    )
    assert wrong_bot[0] == wrong_app[0] == 1
    assert "Slack refused SLACK_BOT_TOKEN (invalid_auth)" in wrong_bot[1]
    assert "Slack refused SLACK_APP_TOKEN (invalid_auth)" in wrong_app[1]


def test_a_taken_port_names_another(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = mentor(tmp_path, "sandbox", PORT=str(port))
    assert code == 1
    assert f"Port {port} is taken" in said


def test_a_second_runner_on_the_same_file_is_refused_and_the_first_ends_when_asked(
    tmp_path: Path, slack: Sandbox
) -> None:
    tokens = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.slack_api_url,
    }
    first = subprocess.Popen(
        [MENTOR, "run"], env=environment(tmp_path, **tokens), cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    try:
        assert "Connected to" in first.stdout.readline()
        code, said = mentor(tmp_path, "run", **tokens)
        assert code == 1
        assert "Another mentor is already running" in said
        first.send_signal(signal.SIGTERM)
        assert first.wait(10) == 0
    finally:
        first.kill()
        first.wait()
        first.stdout.close()
