"""python -m bench.year: live through a year and look it over. Exit code 1 when a promise was broken; the seed shows it
again."""

import argparse
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from bench.year.company import CHANNEL, DAY, PROGRAMS, QUIET, found
from bench.year.naive_calendar import Checker, Record, look_over
from bench.year.naive_consent import look_over_consent
from bench.year.passing import Year
from bench.year.seeded_slack import SeededSlack
from bot.interpreter import spare_what_stays
from storage.engine import make_engine
from storage.migrate import upgrade
from storage.tables import OutboxRow, OutboxStatus


def run(seed: int, count: int, weeks: int, programs: int = 2) -> Record:
    """Live through it and look it over."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite+pysqlite:///{Path(folder) / 'year.db'}", pool_size=2)
        _need_no_disk(engine)
        upgrade(engine)
        year = Year(found(engine, seed, count, weeks, programs))
        year.live()
        record = _looked_over(year)
        engine.dispose()
    return record


def _need_no_disk(engine: Engine) -> None:
    """Nothing here loses its power: what survives that is tried in tests/chaos and tests/runtime/test_disasters.py."""
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = off").close())


def _looked_over(year: Year) -> Record:
    company = year.company
    checker = Checker(company.habits, company.breaks, QUIET, company.silences)
    with Session(company.engine) as session:
        record = look_over(session, checker, company.promises, company.end)
        record.trace = _traced(session)
        channel = [seen for seen in year.slack.seen if seen.channel == CHANNEL]
        look_over_consent(company.consents, channel, [s for s in year.slack.seen if s.channel != CHANNEL], record)
        _count_deliveries(session, year.slack, company.end, record)
    return record


def _count_deliveries(session: Session, slack: SeededSlack, end: datetime, record: Record) -> None:
    """What was to be said and does not stand in Slack, and what stands in a DM twice."""
    stands = Counter(post.key for post in slack.standing.values())
    for row in session.exec(select(OutboxRow).where(col(OutboxRow.replaces).is_(None), OutboxRow.due_at < end - DAY)):
        if not stands[row.key] and row.status not in (OutboxStatus.DROPPED, OutboxStatus.UNCERTAIN):
            record.lost += 1
            record.lines.append(f"lost: {row.key}, {row.status}")
        if stands[row.key] > 1 and row.to.startswith("user:"):
            record.doubled += 1
            record.lines.append(f"doubled: {row.key}")


def _traced(session: Session) -> list[tuple[str, str, str]]:
    """All that was to be said, in the order in which it was decided."""
    rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))
    return [(row.key, row.status, f"{row.sent_at or row.due_at:%Y-%m-%d %H:%M}") for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description="A year, looked over.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--programs", type=int, default=2, choices=(1, 2, 3))
    given = parser.parse_args(arguments)
    began, worked = perf_counter(), process_time()
    record = run(given.seed, given.people, given.weeks, given.programs)
    for line in record.lines[:20]:
        print(line)
    print(f"seed {given.seed}: {given.people} people in {given.programs} programs, {given.weeks} weeks")
    print(f"{record.spent}, {record.told}")
    print(f"{record.delivered}, {perf_counter() - began:.0f} s, {process_time() - worked:.0f} s of processor")
    print(record.consented)
    print(record.whole_verdict if given.programs == len(PROGRAMS) else record.verdict)
    return int(record.broken)


if __name__ == "__main__":
    logging.getLogger("bot").setLevel(logging.CRITICAL)  # of Slack's bad days
    spare_what_stays()
    sys.exit(main())
