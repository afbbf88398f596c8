"""Calls the heartbeat every minute, and knows no business schedule (DESIGN.md, "One tick")."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import SystemClock, elapsed

JOB = "heartbeat"
MISSED = 1.5
"""So many intervals without a tick, and the schedule is made anew."""

log = logging.getLogger(__name__)


class Ticker:
    """One job a minute in a thread of its own, the first at once. An error is logged and the next minute comes.

    The scheduler waits for a time of day, so after the clock was set back an hour it would wait an hour. A watchdog
    that counts seconds instead notices, and ticking goes on within three intervals.
    """

    def __init__(self, tick: Callable[[], object], seconds: float = 60) -> None:
        self._tick, self._seconds = tick, seconds
        self._began = elapsed()
        self._ticking = threading.Lock()
        self._stopping = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(1)})
        self._scheduler.add_job(
            self._tick_once,
            "interval",
            seconds=seconds,
            next_run_time=SystemClock().now(),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            id=JOB,
        )

    def start(self) -> None:
        """Begin to tick."""
        self._began = elapsed()
        self._scheduler.start()
        self._watchdog.start()

    @property
    def is_at_work(self) -> bool:
        """Whether ticks go on to come."""
        return self._watchdog.is_alive() and bool(self._scheduler.running)

    def stop(self) -> None:
        """End, after the tick that is running."""
        self._stopping.set()
        if self._watchdog.is_alive():
            self._watchdog.join()
        self._scheduler.shutdown(wait=True)

    def _tick_once(self) -> None:
        with self._ticking:
            self._began = elapsed()
            self._tick()

    def _watch(self) -> None:
        while not self._stopping.wait(self._seconds / 2):
            late = elapsed() - self._began > MISSED * self._seconds
            if late and not self._ticking.locked():
                log.warning("The clock was set back: ticking goes on from now.")
                self._began = elapsed()
                self._scheduler.reschedule_job(JOB, trigger="interval", seconds=self._seconds)
                self._scheduler.modify_job(JOB, next_run_time=SystemClock().now())
