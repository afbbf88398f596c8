"""A sandbox, the bot and an empty app, each in a process of its own, as they are in earnest."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / "manifest.yml"
COMPANY = ROOT / "sandbox" / "seeds" / "company.yaml"
MENTOR = str(Path(sys.executable).parent / "mentor")
READY = "Connected"


@contextmanager
def sandbox_process() -> Iterator[dict[str, str]]:
    """A sandbox on a free port; yields SLACK_API_URL, SLACK_BOT_TOKEN and SLACK_APP_TOKEN, and its `url`."""
    with _process(sys.executable, "-m", "sandbox", str(MANIFEST), "--seed", str(COMPANY)) as process:
        lines = [_line(process) for _ in range(4)]
        slack = dict(line.split("=", 1) for line in lines[1:])
        yield slack | {"url": lines[0].rpartition(" ")[2]}


@contextmanager
def bot_process(slack: Mapping[str, str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`mentor run` on its SQLite file in `folder`; not waited for."""
    own = {"MENTOR_DATA_FOLDER": str(folder), "MENTOR_ORGANIZERS": "", "DATABASE_URL": ""}
    with _process(MENTOR, "run", environ={**_connecting(slack), **own}) as process:
        yield process


@contextmanager
def empty_process(slack: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The app of bench/empty.py; not waited for."""
    with _process(sys.executable, "-m", "bench.empty", environ=_connecting(slack)) as process:
        yield process


@contextmanager
def plain_process(slack: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The app of bench/plain_socket.py; not waited for."""
    with _process(sys.executable, "-m", "bench.plain_socket", environ=_connecting(slack)) as process:
        yield process


@contextmanager
def answering_process() -> Iterator[str]:
    """The server of bench/takes_everything.py; yields its address."""
    with _process(sys.executable, "-m", "bench.takes_everything") as process:
        yield _line(process).split()[-2] + "/"


def told_by(*arguments: str) -> dict[str, float]:
    """Run a module of bench/ to its end; the JSON it prints. CalledProcessError where it fails."""
    done = subprocess.run((sys.executable, "-m", *arguments), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


class Interrupted:
    """A module at work on `question`, its standard input, inside `under_way` alone; else it is stopped."""

    def __init__(self, module: str, question: str = "") -> None:
        self._command, self._question = (sys.executable, "-m", module), question
        self._worker: subprocess.Popen[str] | None = None

    @contextmanager
    def under_way(self) -> Iterator[subprocess.Popen[str]]:
        """Let it go on, or begin anew where it has ended."""
        if self._worker is None or self._worker.poll() is not None:
            self._worker = self._begun()
        self._worker.send_signal(signal.SIGCONT)
        yield self._worker
        self._worker.send_signal(signal.SIGSTOP)

    def end(self) -> None:
        """Nobody waits for it."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()

    def _begun(self) -> subprocess.Popen[str]:
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        worker = subprocess.Popen(self._command, cwd=ROOT, stdin=pipe, stdout=nowhere, text=True)
        assert worker.stdin is not None
        worker.stdin.write(self._question)
        worker.stdin.close()
        return worker


def wait_until_connected(process: subprocess.Popen[str]) -> None:
    """Read what the process says until it is connected. Raises RuntimeError when it ends before."""
    while not (line := _line(process)).startswith(READY):
        if not line:
            raise RuntimeError(f"{process.args!r} ended with {process.wait()} before it was connected")


def _connecting(slack: Mapping[str, str]) -> dict[str, str]:
    return {name: slack[name] for name in ("SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")}


@contextmanager
def _process(*arguments: str, environ: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(("MENTOR_", "SLACK_"))}
    process = subprocess.Popen(
        arguments,
        cwd=ROOT,
        env={**inherited, **(environ or {}), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)
        _stdout(process).close()


def _line(process: subprocess.Popen[str]) -> str:
    return _stdout(process).readline().strip()


def _stdout(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout
