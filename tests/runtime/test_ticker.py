"""The heartbeat's caller."""

import logging
import threading
import time

import pytest

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
