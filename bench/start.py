"""From `mentor run` to connected, as the workspace sees it, and what the process holds then."""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.ack import memory
from bench.figures import Figure, below
from bench.processes import COMPANY, MANIFEST, bot_process
from sandbox.server import Sandbox

RUNS = 5
LONGEST = 30.0
SETTLING = 1.0
Start = tuple[float, list[Figure]]


def measure() -> list[Figure]:
    """The first start makes the database; the later ones find it. The very first one here only warms the disk up."""
    with TemporaryDirectory() as folder:
        _start(Path(folder) / "warm", "")
        first = [_start(Path(folder) / str(number), "once connected for the first time") for number in range(RUNS)]
        later = [_start(Path(folder) / "0", "once connected") for _ in range(RUNS)]
    return [
        below("start to connected", median(seconds for seconds, _ in later), "s", 2),
        below("first start, with migrations, to connected", median(seconds for seconds, _ in first), "s", 2),
        *_middle(later),
        *_middle(first),  # and Alembic, until the bot is started again
    ]


def _middle(starts: list[Start]) -> list[Figure]:
    """The memory after the start that took the median of it."""
    return sorted((figures for _, figures in starts), key=lambda figures: figures[0].value)[len(starts) // 2]


def _start(folder: Path, when: str) -> Start:
    """Seconds to connected, and the memory a moment later."""
    sandbox = Sandbox(COMPANY, MANIFEST)
    sandbox.start()
    slack = {
        "SLACK_API_URL": sandbox.slack_api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
    }
    began = perf_counter()
    with bot_process(slack, folder) as bot:
        while not sandbox.sockets.connections:
            if bot.poll() is not None or perf_counter() - began > LONGEST:
                raise RuntimeError("the bot did not connect")
            time.sleep(0.002)
        seconds = perf_counter() - began
        time.sleep(SETTLING)
        held = memory(when, bot.pid)
    sandbox.stop()
    return seconds, held
