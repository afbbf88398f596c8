"""The floor of a tick: as many rows as it enqueues, each inserted by itself, with nothing read and nothing decided."""

from time import perf_counter, process_time
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Engine, Integer, MetaData, String, Table, UniqueConstraint

from bench.population import TEAM
from bot.clock import SystemClock
from storage.engine import is_sqlite, make_engine

ROWS = Table(
    "bare",
    MetaData(),
    Column("id", Integer, primary_key=True),
    *(Column(name, String, nullable=False) for name in ("workspace_id", "key", "to", "status")),
    Column("notice", JSON, nullable=False),
    Column("lane", Integer, nullable=False),
    *(Column(name, DateTime(timezone=True)) for name in ("due_at", "good_until", "expires_at")),
    Column("told", Boolean, nullable=False),
    UniqueConstraint("workspace_id", "key"),
)


class BareRows:
    """Written through an engine like the tick's; `seconds` and `processor` add up."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = make_engine(f"{url}.bare" if is_sqlite(url) else url)
        ROWS.create(self._engine)
        self.seconds, self.processor, self.count = 0.0, 0.0, 0

    def write(self, number: int) -> None:
        """So many in a transaction."""
        began, before = perf_counter(), process_time()
        with self._engine.begin() as connection:
            for _ in range(number):
                self.count += 1
                connection.execute(ROWS.insert(), _row(self.count))
        self.seconds += perf_counter() - began
        self.processor += process_time() - before

    def end(self) -> None:
        """Leave nothing behind."""
        ROWS.drop(self._engine)
        self._engine.dispose()


def _row(number: int) -> dict[str, Any]:
    user, now = f"U{number:06}", SystemClock().now()
    return {
        **{"workspace_id": TEAM, "key": f"weekly:{user}:2026-W05", "to": f"user:{user}", "status": "pending"},
        "notice": {"kind": "weekly", "to": user, "pair": number, "asked": True, "partners": [f"Person {number}"]},
        **{"lane": 1, "due_at": now, "good_until": now, "expires_at": now, "told": False},
    }
