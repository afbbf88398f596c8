"""The only place of the sandbox that asks what time it is.

Two times live here. The workspace's clock can travel and stamps everything people see. Protocol timers (acks, triggers,
response_urls, rate limits) run on real seconds, which `elapsed` counts.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sandbox.errors import SlackError


class WorkspaceClock(Protocol):
    """What the sandbox asks of a clock; an app may bring its own so that both share one."""

    def now(self) -> datetime: ...

    def travel(self, to: datetime) -> None: ...

    def start_at(self, moment: datetime) -> None: ...


class OffsetClock:
    """The machine's clock plus an offset."""

    def __init__(self) -> None:
        self._offset = timedelta(0)

    def now(self) -> datetime:
        """The present instant of the workspace, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def travel(self, to: datetime) -> None:
        """Move forward to `to` (aware); a moment already past leaves the clock as it is."""
        self._offset = max(self._offset, to.astimezone(UTC) - datetime.now(UTC))

    def start_at(self, moment: datetime) -> None:
        """Set the clock to `moment` (aware), earlier or later: for a fresh world."""
        self._offset = moment.astimezone(UTC) - datetime.now(UTC)


def elapsed() -> float:
    """Real seconds on a clock that never goes back."""
    return time.monotonic()


def microseconds(moment: datetime) -> int:
    """`moment` as whole microseconds since 1970, without the rounding of floats."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def instant(text: str) -> datetime:
    """An ISO 8601 instant with its zone. Raises SlackError("invalid_arguments")."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SlackError("invalid_arguments", [f"[ERROR] not an instant: {text}"]) from None
    if moment.tzinfo is None:
        raise SlackError("invalid_arguments", ["[ERROR] an instant needs its zone, such as a final Z"])
    return moment
