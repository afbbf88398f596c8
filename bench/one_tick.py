"""python -m bench.one_tick URL COUNT: one tick over so many people who are all due at once, in a process of its own.

Prints JSON: seconds, those of the processor, the longest transaction, megabytes before and at most, messages enqueued,
bytes the database grew. And the seconds of a bare row: as many are written by turns with the transactions of the tick,
so that what else the machine does hits both.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time

import psutil
from sqlalchemy import Engine, text

from bench.bare_rows import BareRows
from bench.population import populate
from bot.domain import calendars
from bot.interpreter import spare_what_stays
from bot.services import heartbeat, nudging
from storage import outbox
from storage.engine import make_engine, reading_scope, session_scope, sqlite_path
from storage.migrate import upgrade

SLOT = datetime(2026, 1, 27, 10, tzinfo=UTC)
"""A Tuesday at ten where everyone is: the worst minute of the week."""

ZONE = "Europe/London"
SINCE = SLOT - timedelta(days=15)
MEGABYTE = 1024 * 1024


def transactions(engine: Engine, now: datetime) -> Iterator[float]:
    """Tick as the bot does; the seconds of each transaction."""
    more = True
    while more:
        began = perf_counter()
        with session_scope(engine) as session:
            more = heartbeat.tick(session, now=now)
        yield perf_counter() - began


def size(engine: Engine) -> int:
    """Bytes the database takes."""
    path = sqlite_path(engine)
    with engine.connect() as connection:
        if path is None:
            return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
        connection.exec_driver_sql("COMMIT").close()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
        connection.exec_driver_sql("BEGIN").close()
    return path.stat().st_size


def memory() -> float:
    """Megabytes this process holds just now."""
    return float(psutil.Process().memory_info().rss) / MEGABYTE


def main() -> None:
    """Fill the database, tick, and tell."""
    url, count = sys.argv[1], int(sys.argv[2])
    engine = make_engine(url)
    upgrade(engine)
    populate(engine, count, since=SINCE, ask_from=SLOT - timedelta(days=1), zones=[ZONE])
    next(transactions(engine, SINCE))
    calendars.weekend(calendars.usual_place(ZONE))  # imports the library, once a start
    spare_what_stays()
    told = _ticked(engine, BareRows(url))
    idle = list(transactions(engine, SLOT + timedelta(seconds=30)))
    with reading_scope(engine) as session:
        enqueued = outbox.last_row(session)
    print(json.dumps({**told, "idle": sum(idle), "enqueued": enqueued}))
    engine.dispose()


def _ticked(engine: Engine, bare: BareRows) -> dict[str, float]:
    before, bytes_before, peak, times = memory(), size(engine), 0.0, list[float]()
    processor, began = 0.0, process_time()
    for seconds in transactions(engine, SLOT):
        processor += process_time() - began
        times.append(seconds)
        peak = max(peak, memory())
        bare.write(nudging.AT_ONCE)
        began = process_time()
    bare.end()
    return {
        "seconds": sum(times),
        "processor": processor,
        "longest": max(times),
        "before": before,
        "peak": peak,
        "grown": size(engine) - bytes_before,
        "bare": bare.seconds / bare.count,
        "bare_processor": bare.processor / bare.count,
    }


if __name__ == "__main__":
    main()
