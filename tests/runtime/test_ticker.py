"""The heartbeat's caller."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from bot.clock import SystemClock
from bot.runtime.ticker import Ticker


def test_it_ticks_at_once_and_then_regularly() -> None:
    ticks = threading.Semaphore(0)
    ticker = Ticker(ticks.release, seconds=0.05)
    ticker.start()
    assert all(ticks.acquire(timeout=2) for _ in range(3))
    ticker.stop()


def test_an_error_does_not_stop_it(caplog: pytest.LogCaptureFixture) -> None:
    ticks = threading.Semaphore(0)

    def fail() -> None:
        ticks.release()
        raise ValueError("a bug")

    ticker = Ticker(fail, seconds=0.05)
    with caplog.at_level(logging.CRITICAL, logger="apscheduler"):
        ticker.start()
        assert all(ticks.acquire(timeout=2) for _ in range(3))
        ticker.stop()


def test_two_ticks_never_overlap_and_a_stop_waits_for_the_last() -> None:
    inside, most = 0, 0

    def tick() -> None:
        nonlocal inside, most
        inside, most = inside + 1, max(most, inside + 1)
        time.sleep(0.15)
        inside -= 1

    ticker = Ticker(tick, seconds=0.05)
    ticker.start()
    time.sleep(0.4)
    ticker.stop()
    assert (inside, most) == (0, 1)


class SteppedClock(datetime):
    """The machine's clock as the scheduler reads it, which somebody can set."""

    step = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "SteppedClock":
        return cls.fromtimestamp(datetime.now(UTC).timestamp() + cls.step.total_seconds(), tz)


@pytest.mark.parametrize("hours", [-24, -1, 1, 24])
def test_a_clock_that_is_set_stops_no_tick_for_three_intervals(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    """Between two ticks the scheduler and everything it asks live at another time of day."""
    monkeypatch.setattr(SteppedClock, "step", timedelta(0))
    for module in (base, interval):
        monkeypatch.setattr(module, "datetime", SteppedClock)
    monkeypatch.setattr(SystemClock, "now", lambda self: SteppedClock.now(UTC))
    ticks = threading.Semaphore(0)
    seconds = 2.5  # so long that the moods of a busy machine are short beside it
    ticker = Ticker(ticks.release, seconds)
    ticker.start()
    assert ticks.acquire(timeout=2)
    monkeypatch.setattr(SteppedClock, "step", timedelta(hours=hours))
    began = time.monotonic()
    assert ticks.acquire(timeout=30)
    assert time.monotonic() - began < 3 * seconds
    assert ticks.acquire(timeout=3 * seconds)
    ticker.stop()
