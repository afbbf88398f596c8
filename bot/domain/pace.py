"""How fast the bot may speak: a rate that follows Slack's patience, meters, and what an outage teaches. Pure.

Slack allows "several hundred messages a minute" to a workspace without naming the number, so the rate is learned: it
halves when Slack asks for patience and grows slowly while it does not (https://docs.slack.dev/apis/web-api/rate-limits).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

BROKEN_AFTER = 3
"""So many answers in a row were lost: nothing more is said before Slack answers a probe."""
FIRST_PROBE = timedelta(seconds=15)
LONGEST_PROBE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
CLOCKS_DIFFER = timedelta(seconds=10)  # between the machines of several workers


@dataclass(frozen=True)
class Rates:
    """Messages a second to a workspace (`first`, then between `least` and `most`; `growth` more each quiet minute), at
    most `burst` at once; and between two posts to one place, and lookups and openings a minute."""

    first: float = 5.0
    least: float = 0.25
    most: float = 10.0
    growth: float = 0.5
    burst: int = 20
    place_gap: timedelta = timedelta(seconds=1)
    looks_a_minute: int = 25
    openings_a_minute: int = 50


def room(since: datetime | None, now: datetime, per_second: float, burst: int) -> int:
    """How many may go now, when the next was free at `since` (None: it never was used)."""
    step = timedelta(seconds=1 / per_second)
    ahead = now - _not_ahead(since, now, step, burst)
    return max(0, min(burst, ahead // step + 1))


def used(since: datetime | None, now: datetime, per_second: float, burst: int, count: int) -> datetime:
    """When the next is free, after `count` went now."""
    step = timedelta(seconds=1 / per_second)
    return _not_ahead(since, now, step, burst) + step * count


def _not_ahead(since: datetime | None, now: datetime, step: timedelta, burst: int) -> datetime:
    """Idle time saves up one burst; what lies further ahead than honest use leads to was written before the clock was
    set back."""
    earliest = now - step * (burst - 1)
    if since is None:
        return earliest
    return now if since > now + step + CLOCKS_DIFFER else max(since, earliest)


def grown(rate: float, changed_at: datetime, now: datetime, rates: Rates) -> float:
    """The rate after a while without a complaint."""
    quiet = max(0.0, (now - changed_at) / MINUTE)
    return min(rates.most, rate + rates.growth * quiet)


def halved(rate: float, rates: Rates) -> float:
    """The rate after a 429."""
    return max(rates.least, rate / 2)


def next_probe(lost: int, first: timedelta = FIRST_PROBE) -> timedelta:
    """How long to wait before Slack is asked whether it is back, after `lost` answers and probes."""
    doublings = min(10, max(0, lost - BROKEN_AFTER))
    return min(LONGEST_PROBE, first * float(1 << doublings))
