"""python -m bench.one_job_each URL COUNT: what one would write first, a job per person that posts directly.

All are due in the same minute, as in bench/one_tick.py. Prints JSON: seconds from due to the last post, megabytes
before and with all jobs, posts made. URL is that of a server which takes everything (bench/takes_everything.py).
"""

import json
import sys
import threading
from datetime import UTC, timedelta
from time import perf_counter, sleep

import psutil
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk import WebClient

from bot.clock import SystemClock

THREADS = 10
SETTLING = timedelta(seconds=2)
LONGEST = 1800.0
MEGABYTE = 1024 * 1024


class Rival:
    """Counts its posts."""

    def __init__(self, url: str) -> None:
        self._client = WebClient("xoxb-1", base_url=url)
        self._lock = threading.Lock()
        self.posts = 0

    def ask(self, user_id: str) -> None:
        """The job of one person."""
        self._client.chat_postMessage(channel=user_id, text=f"Morning {user_id}. How does it stand?")
        with self._lock:
            self.posts += 1


def main() -> None:
    """Add the jobs, start, wait for the last post, and tell."""
    url, count = sys.argv[1], int(sys.argv[2])
    rival, process = Rival(url), psutil.Process()
    before = process.memory_info().rss / MEGABYTE
    scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(THREADS)})
    began = perf_counter()
    scheduler.start(paused=True)
    due = SystemClock().now() + timedelta(seconds=count / 2000) + SETTLING
    for number in range(count):
        scheduler.add_job(
            rival.ask,
            "cron",
            args=[f"U{number:06}"],
            day_of_week="tue",
            hour=10,
            next_run_time=due,
            misfire_grace_time=None,
            coalesce=True,
        )
    adding = perf_counter() - began
    held = process.memory_info().rss / MEGABYTE
    scheduler.resume()
    sleep(max(0.0, (due - SystemClock().now()).total_seconds()))
    began = perf_counter()
    while rival.posts < count and perf_counter() - began < LONGEST:
        sleep(0.05)
    told = {"seconds": perf_counter() - began, "adding": adding, "before": before, "held": held, "posts": rival.posts}
    scheduler.shutdown(wait=False)
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
