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


def measure() -> list[Figure]:
    """The first start makes the database; the later ones find it. The very first one here only warms the disk up."""
    with TemporaryDirectory() as folder:
        _start(Path(folder) / "warm")
        first = [_start(Path(folder) / str(number))[0] for number in range(RUNS)]
        later = [_start(Path(folder) / "0") for _ in range(RUNS)]
    held = sorted((figures for _, figures in later), key=lambda figures: figures[0].value)[RUNS // 2]
    return [
        below("start to connected", median(seconds for seconds, _ in later), "s", 2),
        below("first start, with migrations, to connected", median(first), "s", 2),
        *held,
    ]


def _start(folder: Path) -> tuple[float, list[Figure]]:
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
        held = memory("once connected", bot.pid)
    sandbox.stop()
    return seconds, held
