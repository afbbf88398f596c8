"""`make chaos`: storm after storm, a line each; ends otherwise than with 0 when a message was lost or stood twice."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import SystemRandom

from storage.engine import make_engine
from storage.migrate import upgrade
from tests.chaos.storm import Weather, blow
from tests.conftest import drop_database, make_database, sqlite_url
from tests.postgres import PostgresAt, embedded_server

PATIENCE = 600.0  # seconds a storm


def main() -> int:
    """Blow as often as asked, on both databases in turn; 0 when everything was said once."""
    asked = arguments()
    held = True
    with ExitStack() as stack:
        url_of = stack.enter_context(embedded_server()) if "postgresql" in asked.databases else None
        for number in range(asked.runs):
            kind = asked.databases[number % len(asked.databases)]
            fresh = on_sqlite() if url_of is None or kind == "sqlite" else on_postgres(url_of)
            with fresh as url:
                weather = weather_of(asked, number // len(asked.databases), 1 if kind == "sqlite" else asked.workers)
                aftermath = blow(url, weather, asked.seed + number)
            print(f"{kind}: {aftermath}", flush=True)
            held &= aftermath.holds
    return 0 if held else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--messages", type=int, default=5000, help="direct messages in one fan-out")
    parser.add_argument("--runs", type=int, default=20, help="storms")
    parser.add_argument("--workers", type=int, default=4, help="processes on PostgreSQL; SQLite has one, started again")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6), help="of the first storm")
    parser.add_argument("--databases", nargs="+", default=["postgresql", "sqlite"], choices=["postgresql", "sqlite"])
    return parser.parse_args()


def weather_of(asked: argparse.Namespace, number: int, workers: int) -> Weather:
    """In turn: kills; crash points; kills, lost answers and impatience together; frozen workers."""
    kinds: list[dict[str, object]] = [
        {"kill_every": (0.08, 0.3)},
        {"crash_share": 0.02},
        {"kill_every": (0.3, 1.0), "accepted_then_lost": 0.02, "lost": 0.02, "limited": 0.02},
        {"freeze_every": (0.3, 1.0)},
    ]
    kind = kinds[number % len(kinds)]
    return Weather(messages=asked.messages, workers=workers, longest=PATIENCE, **kind)  # type: ignore[arg-type]


@contextmanager
def on_sqlite() -> Iterator[str]:
    """The URL of a migrated file."""
    with tempfile.TemporaryDirectory() as folder:
        yield migrated(sqlite_url(Path(folder) / "mentor.db"))


@contextmanager
def on_postgres(url_of: PostgresAt) -> Iterator[str]:
    """The URL of a migrated database."""
    admin = make_engine(url_of("postgres"), pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    make_database(admin, "chaos")
    yield migrated(url_of("chaos"))
    drop_database(admin, "chaos")
    admin.dispose()


def migrated(url: str) -> str:
    engine = make_engine(url, pool_size=1)
    upgrade(engine)
    engine.dispose()
    return url


if __name__ == "__main__":
    sys.exit(main())
