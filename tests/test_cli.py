"""What the engineer meets on the command line: one sentence, the next step, and an exit code."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import time
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.domain.notices import ChannelLost
from bot.rehearsal import MANIFEST, SEEDS
from bot.services import remembering
from sandbox.client import Control
from sandbox.server import Sandbox
from storage import outbox
from storage.engine import make_engine, session_scope
from storage.migrate import upgrade
from storage.tables import Enrollment, Person, Program
from tests.builders import MONDAY, person_facts

MENTOR = Path(sys.executable).with_name("mentor")


LETTERS = 30
WEEK = list(range(7))


def environment(folder: Path, **settings: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**kept, "HOME": str(folder), "MENTOR_DATA_FOLDER": str(folder / "data"), **settings}


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


def test_asked_to_end_it_says_what_it_can_within_ten_seconds_and_the_rest_after_the_next_start(
    tmp_path: Path, slack: Sandbox
) -> None:
    """A fan-out is under way, Slack answers slowly, and one call will not come back at all."""
    control = Control(slack.url)
    control.reset()
    tokens = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.slack_api_url,
    }
    fan_out(tmp_path / "data", slack.workspace.team["id"], [user["id"] for user in control.state()["users"]][:6])
    control.faults(method="chat.postMessage", latency=0.4)
    control.faults(method="views.publish", latency=60)
    with running(tmp_path, tokens) as first:
        control.until(lambda: len(posted(control)) > 2)
        control.open_home("U0ANA")
        assert ended_within(first, 10) == 0
    assert len(posted(control)) > 2
    control.faults(clear=True)
    with running(tmp_path, tokens) as second:
        control.until(lambda: len(posted(control)) == LETTERS, 40)
        assert ended_within(second, 10) == 0
    assert posted(control) == sorted(f"letter-{number}" for number in range(LETTERS))


def fan_out(folder: Path, workspace_id: str, people: Sequence[str]) -> None:
    """What waits in the outbox when the bot starts, for people who work day and night."""
    folder.mkdir()
    engine = make_engine(f"sqlite+pysqlite:///{folder / 'mentor.db'}", pool_size=1)
    upgrade(engine)
    now = SystemClock().now()
    with session_scope(engine) as session:
        remembering.remember_workspace(session, workspace_id, "Small Works", "U0SANDBOX01", "mentor")
        session.flush()
        program = Program(workspace_id=workspace_id, name="Peers", timezone="UTC", created_at=now)
        session.add(program)
        session.flush()
        for user in people:
            session.add(Person(workspace_id=workspace_id, user_id=user, place="", weekdays=WEEK))
            session.add(
                Enrollment(
                    workspace_id=workspace_id,
                    program_id=program.id,
                    user_id=user,
                    hours_from=time(0),
                    hours_to=time(23, 59),
                    joined_at=now,
                )
            )
        session.flush()
        for number in range(LETTERS):
            notice, to = ChannelLost("Peers", f"letter-{number}", "mentor"), f"user:{people[number % len(people)]}"
            outbox.enqueue(session, workspace_id, notice, key=f"letter:{number}", to=to, due_at=now)
    engine.dispose()


@contextmanager
def running(folder: Path, tokens: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """`mentor run`, connected; killed where a test fails."""
    pipes = subprocess.PIPE, subprocess.DEVNULL
    said = environment(folder, **tokens)
    with subprocess.Popen([MENTOR, "run"], env=said, cwd=folder, stdout=pipes[0], stderr=pipes[1], text=True) as bot:
        try:
            assert bot.stdout is not None
            assert "Connected to" in bot.stdout.readline()
            yield bot
        finally:
            bot.kill()


def ended_within(bot: subprocess.Popen[str], seconds: float) -> int:
    """Ask it to end; its exit code."""
    bot.send_signal(signal.SIGTERM)
    return bot.wait(seconds)


def posted(control: Control) -> list[str]:
    """The letters that stand in Slack, in any order."""
    places = [channel["id"] for channel in control.state()["channels"] if channel.get("is_im")]
    said = [message["text"] for place in places for message in control.messages(place)]
    return sorted(found[0] for text in said if (found := re.search(r"letter-\d+", text)))


def doctor(folder: Path, **settings: str) -> tuple[int, list[str]]:
    """The exit code and the findings."""
    done = subprocess.run(
        [MENTOR, "doctor"], env=environment(folder, **settings), cwd=folder, capture_output=True, text=True, timeout=30
    )
    return done.returncode, done.stdout.splitlines()


def test_the_doctor_finds_a_fresh_start_well_and_changes_nothing(tmp_path: Path) -> None:
    code, found = doctor(tmp_path)
    assert code == 0
    assert [line.partition(": OK")[0] for line in found] == ["Data folder", "Database", "Lessons", "Slack"]
    assert not [file for file in (tmp_path / "data").rglob("*") if file.is_file()]


def test_the_doctor_names_the_lines_of_a_lesson_that_cannot_be_shown(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "2-asking.md").write_text("# Asking\n\nWhy.\n\n---\n", encoding="utf-8")
    code, found = doctor(tmp_path, MENTOR_LESSONS_FOLDER="ours")
    assert code == 1
    assert any(line.startswith("ours/2-asking.md:5: Slack cannot show this") for line in found)
    assert any(line.startswith("Slack: OK") for line in found), "and it goes on"


def test_the_doctor_asks_slack_who_the_bot_is(tmp_path: Path, slack: Sandbox) -> None:
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    code, found = doctor(tmp_path, SLACK_API_URL=slack.slack_api_url, **tokens)
    assert (code, found[-1].startswith("Slack: OK (")) == (0, True), found
    code, found = doctor(tmp_path, SLACK_API_URL=slack.slack_api_url, **{**tokens, "SLACK_BOT_TOKEN": "xoxb-1-2-3"})
    assert (code, found[-1].partition(" (")[0]) == (1, "Slack: Slack refused SLACK_BOT_TOKEN")


def test_the_doctor_says_how_to_reach_a_database_that_is_not_there(tmp_path: Path) -> None:
    code, found = doctor(tmp_path, DATABASE_URL="postgresql://mentor:secret@127.0.0.1:9/mentor")
    assert code == 1
    assert any(line.startswith("Database: ") and "correct DATABASE_URL" in line for line in found)
    assert not any("secret" in line for line in found)


def look(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and all that was said."""
    command = [str(MENTOR), *arguments]
    done = subprocess.run(command, env=environment(folder), cwd=folder, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout + done.stderr


def test_support_looks_at_a_database_and_changes_nothing(tmp_path: Path) -> None:
    assert look(tmp_path, "tick") == (
        1,
        "There is no database of this version yet. Start the bot once, or run: mentor migrate\n",
    )
    assert not (tmp_path / "data" / "mentor.db").exists()
    assert look(tmp_path, "migrate") == (0, "Upgraded.\n")
    code, said = look(tmp_path, "tick", "--at", "2026-04-07T09:00Z")
    assert (code, said.splitlines()) == (
        0,
        ["A tick at Tue 07 Apr 2026 09:00 UTC. Nothing was sent and nothing changed.", "There is nothing to do."],
    )
    code, said = look(tmp_path, "calendar", "@ana", "--weeks", "4")
    assert (code, said) == (
        1,
        "Nobody the bot has met is called @ana. Use the name Slack shows, or the user id.\n",
    )


def test_support_looks_at_the_sandbox_by_its_clock_until_a_slack_is_connected(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "sandbox"
    folder.mkdir(parents=True)
    (folder / "workspace.json").write_text('{"now": "2026-01-20T09:00:00+00:00"}')
    _meet_ana(folder / "mentor.db")
    told = f"This is the sandbox, {folder}: no Slack is connected yet."
    assert look(tmp_path, "migrate") == (0, "Upgraded.\n")
    code, said = look(tmp_path, "tick")
    assert (code, said.splitlines()[0], told in said) == (
        *(0, "A tick at Tue 20 Jan 2026 09:00 UTC. Nothing was sent and nothing changed."),
        True,
    )
    code, said = look(tmp_path, "calendar", "@ana")
    assert (code, "Ana Reis (UANA)" in said, "Nothing until Tue 17 Feb" in said) == (0, True, True)
    _meet_ana(tmp_path / "data" / "mentor.db")
    code, said = look(tmp_path, "calendar", "@ana")
    assert (code, "Ana Reis (UANA)" in said, told in said) == (0, True, False)


def test_a_moment_that_is_none_is_told_before_a_database_that_is_not_there(tmp_path: Path) -> None:
    for words in (("tick",), ("calendar", "@ana")):
        code, said = look(tmp_path, *words, "--at", "foo")
        assert (code, said.startswith("'foo' is no moment.")) == (1, True)


def _meet_ana(file: Path) -> None:
    engine = make_engine(f"sqlite+pysqlite:///{file}", pool_size=1)
    upgrade(engine)
    with session_scope(engine) as session:
        remembering.remember_workspace(session, "T1", "Small Works", "UBOT", "mentor")
        remembering.remember(session, "T1", person_facts("UANA", "Ana Reis"), now=MONDAY)
    engine.dispose()
