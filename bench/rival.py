"""The obvious rival: one APScheduler job a person, which posts directly and notes it afterwards.

python -m bench.rival DATABASE SLACK_URL: sends what the database says was not sent yet, and stays.
"""

import sqlite3
import sys
import time
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk import WebClient

from bot.clock import SystemClock

THREADS = 10  # APScheduler's own default


def prepare(file: str, messages: int) -> None:
    """A message to each of so many people, none sent."""
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE message (key TEXT PRIMARY KEY, place TEXT, sent INTEGER NOT NULL DEFAULT 0)")
        rows = [(f"k{number}", f"DU{number}") for number in range(messages)]
        database.executemany("INSERT INTO message (key, place) VALUES (?, ?)", rows)


def unsent(file: str) -> list[tuple[str, str]]:
    """What is left."""
    with sqlite3.connect(file) as database:
        return list(database.execute("SELECT key, place FROM message WHERE NOT sent ORDER BY key"))


def main(file: str, slack_url: str) -> None:
    """A job for everyone who has not heard yet, now."""
    client = WebClient(token="xoxb-1", base_url=slack_url)
    scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(THREADS)})

    def post(key: str, place: str) -> None:
        client.chat_postMessage(channel=place, text=key, metadata={"event_type": "rival", "event_payload": {}})
        with sqlite3.connect(file, timeout=20) as database:
            database.execute("UPDATE message SET sent = 1 WHERE key = ?", (key,))

    for key, place in unsent(file):
        scheduler.add_job(post, "date", run_date=SystemClock().now(), args=(key, place), misfire_grace_time=None)
    scheduler.start()
    while True:
        time.sleep(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
