"""One tick over everybody at once: how long, how much memory, how far the database grows, and who waits meanwhile.

Beside it in the same run are two: as many bare rows written by turns with it (bench/bare_rows.py), and what one would
write first, one APScheduler job per person that posts directly.
"""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from sqlmodel import col, update

from bench.ack import Crowd, memory
from bench.figures import Figure, below, beside, quantile
from bench.population import TEAM, populate
from bench.processes import (
    answering_process,
    bot_process,
    sandbox_process,
    told_by,
    wait_until_connected,
)
from bot.clock import SystemClock
from storage.engine import make_engine, session_scope
from storage.migrate import upgrade
from storage.tables import Enrollment, Pace, Person
from tests.postgres import embedded_server

MEGABYTE = 1024 * 1024
ENROLLED = (30, 3_000, 20_000)
MOST_JOBS = 20_000
LONGEST_TICK = {100_000: 60.0}
"""People -> the seconds that a tick over them may take on SQLite."""
BARE_PROCESSOR, BARE_SECONDS = 11.0, 10.0
"""How many times as long as as many bare rows a tick may take: on SQLite of the processor, which a busy machine hardly
changes (measured 8.6 to 9); on PostgreSQL altogether (5 to 6.5), enough to see a plan that reads whole tables."""
MOST_DELAY_MS = 50.0
SINGLES, FEWEST = 300, 50
PATIENCE = 300  # tenths of a second


def measure() -> list[Figure]:
    """What fits in a minute: a tick over 3,000, and the memory of a bot that knows 30 and 3,000."""
    return [*_ticks(3_000), *_knowing(30), *_knowing(3_000)]


def measure_all() -> list[Figure]:
    """Everything, up to 100,000; of one job each up to 20,000, whose posts take a minute then."""
    figures = [*_clicks_meanwhile(100_000)]
    figures += [figure for count in (3_000, 20_000, 100_000) for figure in _ticks(count)]
    return figures + [figure for count in ENROLLED for figure in _knowing(count)]


def _ticks(count: int) -> list[Figure]:
    """Everyone is due in the same minute."""
    with TemporaryDirectory() as folder:
        told = told_by("bench.one_tick", f"sqlite+pysqlite:///{folder}/mentor.db", str(count))
    name = f"tick over {count:,}, SQLite"
    figures = [*_figures(name, count, told, LONGEST_TICK.get(count))]
    processor = told["processor"], told["bare_processor"] * count
    figures += [beside(f"{name}: of the processor, against bare rows", *processor, "s", BARE_PROCESSOR)]
    if count <= MOST_JOBS:
        figures += _beside_one_job_each(name, count, told)
    with _postgres(f"bench_{count}") as url:
        told = told_by("bench.one_tick", url, str(count))
    name = f"tick over {count:,}, PostgreSQL"
    figures += _figures(name, count, told)
    return [*figures, beside(f"{name}: against bare rows", told["seconds"], told["bare"] * count, "s", BARE_SECONDS)]


def _figures(name: str, count: int, told: dict[str, float], limit: float | None = None) -> list[Figure]:
    if told["enqueued"] != count:
        raise RuntimeError(f"{told['enqueued']:g} of {count} were asked")
    return [
        below(f"{name}: decide and enqueue", told["seconds"], "s", limit),
        below(f"{name}: longest transaction", told["longest"] * 1000, "ms"),
        below(f"{name}: nothing due", told["idle"] * 1000, "ms"),
        below(f"{name}: memory it took", told["peak"] - told["before"], "MB"),
        below(f"{name}: growth of the database", told["grown"] / MEGABYTE, "MB"),
    ]


def _beside_one_job_each(name: str, count: int, told: dict[str, float]) -> list[Figure]:
    """The rival keeps nothing, so it schedules everyone at every start, and loses or doubles what a kill interrupts."""
    with answering_process() as url:
        rival = told_by("bench.one_job_each", url, str(count))
    memory_taken = told["peak"] - told["before"], rival["held"] - rival["before"]
    return [
        beside(f"{name}: against one job each, due to last post", told["seconds"], rival["seconds"], "s"),
        beside(f"{name}: memory it took, against one job each", *memory_taken, "MB"),
        below(f"one job each of {count:,}: to schedule, at every start", rival["adding"], "s"),
    ]


@contextmanager
def _postgres(name: str) -> Iterator[str]:
    """An empty database on the embedded server."""
    with embedded_server() as at:
        admin = make_engine(at("postgres"), pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)').close()
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"').close()
        yield at(name)
        with admin.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)').close()
        admin.dispose()


def _knowing(count: int) -> list[Figure]:
    """The memory of a bot that has so many people in pairs, once connected."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        _populated(folder, count, ask_from=SystemClock().now() + timedelta(days=10))
        bot = stack.enter_context(bot_process(stack.enter_context(sandbox_process()), folder))
        wait_until_connected(bot)
        asyncio.run(asyncio.sleep(2))
        return memory(f"with {count:,} enrolled", bot.pid)


def _populated(folder: Path, count: int, ask_from: datetime) -> Path:
    engine = make_engine(f"sqlite+pysqlite:///{folder / 'mentor.db'}")
    upgrade(engine)
    since = SystemClock().now() - timedelta(days=14)
    populate(engine, count, since=since, ask_from=ask_from, zones=["Etc/UTC"])
    now = SystemClock().now()
    with session_scope(engine) as session:
        start, end = _around(now)
        session.exec(update(Enrollment).values(hours_from=start, hours_to=end))
        session.exec(update(Person).values(weekdays=[now.weekday()]))
        silent = {"held_at": now, "held_until": now + timedelta(days=1)}  # nothing is posted meanwhile
        session.exec(update(Pace).where(col(Pace.workspace_id) == TEAM).values(**silent))
    engine.dispose()
    return folder / "mentor.db"


def _around(now: datetime) -> tuple[time, time]:
    """Hours of the present day whose weekly moment has just passed."""
    minute = now.hour * 60 + now.minute
    start, end = max(0, minute - 60), min(24 * 60 - 1, minute + 25)
    return time(*divmod(start, 60)), time(*divmod(end, 60))


def _clicks_meanwhile(count: int) -> list[Figure]:
    """Acks of single commands while nothing is due, and while everyone is asked."""
    idle, busy = asyncio.run(_acks(count, due=False)), asyncio.run(_acks(count, due=True))
    delay = quantile(busy, 0.99) - quantile(idle, 0.99)
    name = f"while {count:,} are asked"
    return [
        below("ack with nothing due, p99", quantile(idle, 0.99), "ms"),
        below(f"ack {name}, p99", quantile(busy, 0.99), "ms"),
        below(f"delay of an ack {name}, p99", delay, "ms", MOST_DELAY_MS),
    ]


async def _acks(count: int, *, due: bool) -> list[float]:
    """Milliseconds to each ack. Raises RuntimeError where the tick was over before the commands were."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        sandbox = stack.enter_context(sandbox_process())
        file = _populated(folder, count, SystemClock().now() + timedelta(days=-1 if due else 10))
        wait_until_connected(stack.enter_context(bot_process(sandbox, folder)))
        crowd = Crowd(sandbox["url"], answers=True)
        async with aiohttp.ClientSession() as http:
            await crowd.settle(http)
            await crowd.type_at_once(http, 30)
            await _until_it_began(file, due)
            samples: list[float] = []
            while len(samples) < SINGLES and (not due or 0 < _asked(file) < count):
                samples += await crowd.type_at_once(http, 1)
    if len(samples) < FEWEST:
        raise RuntimeError(f"The tick was over after {len(samples)} commands")
    return samples


async def _until_it_began(file: Path, due: bool) -> None:
    for _ in range(PATIENCE if due else 0):
        if _asked(file):
            return
        await asyncio.sleep(0.1)


def _asked(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM nudge").fetchone()[0])
