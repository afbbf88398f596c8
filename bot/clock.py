"""The only place that asks what time it is. Everything else takes `now`."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class TravelClock:
    """The machine's clock plus an offset, so that twelve weeks can be walked through in seconds.

    It only travels forward: what people did stays done. `start` puts it at another moment from the beginning.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta(0)
        if start is not None:
            self.start_at(start)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def start_at(self, moment: datetime) -> None:
        """Set the clock to `moment` (aware), earlier or later: for a fresh world."""
        self._offset = moment.astimezone(UTC) - datetime.now(UTC)

    def travel(self, to: datetime) -> None:
        """Move forward to `to` (aware); a moment already past leaves the clock as it is."""
        self._offset = max(self._offset, to.astimezone(UTC) - datetime.now(UTC))


def elapsed() -> float:
    """Seconds since some moment: never set back, and the machine's sleep counts where it can be known."""
    return time.clock_gettime(_ELAPSING) if _ELAPSING is not None else time.monotonic()


_ELAPSING = getattr(time, "CLOCK_BOOTTIME", None)
