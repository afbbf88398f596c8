"""The disk is full, the database is locked, or its server is killed.

What was acknowledged stays, the person is told, and everything goes on by itself afterwards.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from bot.clock import SystemClock
from bot.domain.notices import WelcomeBack
from bot.runtime.sender import Sender
from bot.runtime.slack import SlackGateway, sending_client
from bot.runtime.ticker import Ticker
from bot.services import heartbeat
from sandbox.client import Control
from sandbox.server import Sandbox
from storage import outbox
from storage.claims import Terms
from storage.engine import make_engine, session_scope
from storage.migrate import upgrade
from storage.tables import Enrollment, OutboxRow, OutboxStatus
from tests.builders import TEAM, World
from tests.conftest import sqlite_url
from tests.handlers.desk import Desk
from tests.postgres import SERVER_FOLDER, server_in, url_in
from tests.runtime.conftest import in_plain_text
from tests.runtime.little_slack import LittleSlack, little_slack
from tests.sandbox.conftest import ROOT, SMALL

TOO_SLOW = "That took me too long"
CANNOT_WRITE = "I cannot write anything down at the moment"
PEOPLE = 150
SMALL_DISK = "8m"
LOCKED_SECONDS = 10.0


@pytest.fixture(scope="module")
def small_works() -> Iterator[Sandbox]:
    sandbox = Sandbox(SMALL, ROOT / "manifest.yml")
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def slack() -> Iterator[LittleSlack]:
    with little_slack() as slack:
        slack.epoch = int(SystemClock().now().timestamp())
        yield slack


def desk_on(sandbox: Sandbox, engine: Engine) -> Desk:
    Control(sandbox.url).reset()
    return Desk(sandbox, World(engine))


def sender_to(slack: LittleSlack, engine: Engine) -> Sender:
    gateway = SlackGateway(sending_client("xoxb-1", slack.url))
    return Sender(engine, SystemClock(), gateway, in_plain_text, nobody_is_gone, Terms(rates=None))


def nobody_is_gone(*told: object) -> None:
    raise AssertionError(told)


def say(engine: Engine, numbers: range, ballast: str = "") -> None:
    """Messages to channels, each acknowledged by its commit."""
    with session_scope(engine) as session:
        for number in numbers:
            notice = WelcomeBack(f"k{number}", ballast, ())
            due = SystemClock().now()
            outbox.enqueue(session, TEAM, notice, key=f"k{number}", to=f"user:UK{number}", due_at=due)


def say_each(engine: Engine, numbers: range) -> None:
    """One after the other, each long."""
    for number in numbers:
        say(engine, range(number, number + 1), "x" * 50_000)


def people_for(world: World, count: int) -> None:
    for number in range(count):
        world.person(f"UK{number}", enrolled=False)


def until(found: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def all_sent(world: World) -> bool:
    with suppress(OperationalError):
        return all(row.status is OutboxStatus.SENT for row in world.rows(OutboxRow) if row.key.startswith("k"))
    return False


def each_once(slack: LittleSlack, count: int) -> bool:
    return all(slack.texts(f"DUK{number}") == [f"k{number}"] for number in range(count))


class Disk:
    """A small disk of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)

    def make_room(self) -> None:
        (self.folder / "filler").unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Needs the right to mount one, as root in a plain container has."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no small disk may be mounted here")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_on_a_full_disk_what_was_acknowledged_stays_and_the_person_is_told(
    disk: Disk, sqlite_template: Path, small_works: Sandbox, slack: LittleSlack
) -> None:
    file = Path(shutil.copy(sqlite_template, disk.folder / "mentor.db"))
    engine = make_engine(sqlite_url(file), pool_size=3)
    desk = desk_on(small_works, engine)
    people_for(desk.world, PEOPLE)
    say(engine, range(5))
    sender = sender_to(slack, engine)
    disk.fill()
    with pytest.raises(OperationalError, match="full"):
        say_each(engine, range(5, PEOPLE))
    acknowledged = [row.key for row in desk.world.rows(OutboxRow)]
    sender.start()
    desk.command("avoid <@U0BEN|ben>")
    assert CANNOT_WRITE in desk.said()
    assert [row.key for row in desk.world.rows(OutboxRow)] == acknowledged
    disk.make_room()
    until(lambda: all_sent(desk.world))
    desk.command("avoid <@U0BEN|ben>")
    assert "You will not be matched" in desk.said()
    sender.stop()
    assert len(acknowledged) >= 5
    assert each_once(slack, len(acknowledged))
    engine.dispose()


def test_a_database_that_somebody_locks_for_ten_seconds_costs_nothing_but_the_wait(
    sqlite_file: Path, small_works: Sandbox, slack: LittleSlack
) -> None:
    engine = make_engine(sqlite_url(sqlite_file), pool_size=5)
    desk = desk_on(small_works, engine)
    people_for(desk.world, 5)
    sender, ticks = sender_to(slack, engine), threading.Semaphore(0)
    ticker = Ticker(lambda: tick(engine, ticks), 0.5)
    sender.start()
    ticker.start()
    say(engine, range(5))
    holder = sqlite3.connect(sqlite_file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    typing = threading.Thread(target=desk.command, args=("join",))
    typing.start()
    time.sleep(LOCKED_SECONDS)
    holder.execute("ROLLBACK")
    holder.close()
    typing.join()
    assert time.monotonic() - began < LOCKED_SECONDS + 3
    assert TOO_SLOW in desk.said(), "Slack lets a form open within three seconds"
    desk.command("join")
    assert "Join" in str(desk.open_view()["title"])
    until(lambda: all_sent(desk.world))
    while ticks.acquire(blocking=False):
        pass
    assert ticks.acquire(timeout=3)
    ticker.stop()
    sender.stop()
    assert each_once(slack, 5)
    engine.dispose()


def tick(engine: Engine, ticks: threading.Semaphore) -> None:
    with session_scope(engine) as session:
        heartbeat.tick(session, now=SystemClock().now())
    ticks.release()


@pytest.fixture(scope="module")
def doomed_server() -> Iterator[object]:
    """A PostgreSQL that nobody else speaks to."""
    with server_in(SERVER_FOLDER / "doomed") as server:
        yield server


def kill(server: object) -> None:
    """All its processes at once, as when the machine loses its power."""
    postmaster = psutil.Process(server.get_pid())  # type: ignore[attr-defined]
    for process in [postmaster, *postmaster.children(recursive=True)]:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    postmaster.wait(5)


def test_a_postgresql_killed_at_work_loses_nothing_and_the_bot_goes_on_without_a_restart(
    doomed_server: object, small_works: Sandbox, slack: LittleSlack
) -> None:
    engine = make_engine(url_in(doomed_server, "postgres"), pool_size=5)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    upgrade(engine)
    desk = desk_on(small_works, engine)
    people_for(desk.world, 40)
    desk.command("")
    sender, ticks = sender_to(slack, engine), threading.Semaphore(0)
    ticker = Ticker(lambda: tick(engine, ticks), 0.3)
    slack.before = lambda method: time.sleep(0.01)
    say(engine, range(40))
    sender.start()
    ticker.start()
    until(lambda: slack.calls.count("chat.postMessage") > 5)
    kill(doomed_server)
    desk.command("pause 2w")
    assert CANNOT_WRITE in desk.said()
    time.sleep(0.5)
    doomed_server.start()  # type: ignore[attr-defined]
    until(lambda: desk.command("") and CANNOT_WRITE not in desk.said())
    rescue(engine)
    until(lambda: all_sent(desk.world))
    while ticks.acquire(blocking=False):
        pass
    assert ticks.acquire(timeout=3)
    ticker.stop()
    sender.stop()
    assert each_once(slack, 40)
    assert desk.world.rows(Enrollment) == []
    engine.dispose()


def rescue(engine: Engine) -> None:
    """A minute passes: what was in hand when the server died is free again."""
    with session_scope(engine) as session:
        session.connection().execute(text("UPDATE outbox SET lease_until = now() WHERE status = 'sending'"))
