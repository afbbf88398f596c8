"""Calls the heartbeat every minute, and knows no business schedule (DESIGN.md, "One tick")."""

from collections.abc import Callable
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import SystemClock


class Ticker:
    """One job a minute in a thread of its own, the first at once. An error is logged and the next minute comes."""

    def __init__(self, tick: Callable[[], object], seconds: float = 60) -> None:
        self._scheduler = BackgroundScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(1)})
        self._scheduler.add_job(
            tick,
            "interval",
            seconds=seconds,
            next_run_time=SystemClock().now(),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            id="heartbeat",
        )

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    def stop(self) -> None:
        """End, after the tick that is running."""
        self._scheduler.shutdown(wait=True)
