"""The ladder: asked at the first slot once a meeting is due, again at the next slot, at the third keep, pause or wrap
up, then silence. Any answer by either partner starts it anew (PRODUCT.md, "ladder")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.cadence import WorkingHours, local_date, nudge_slot
from bot.domain.programs import QUIET_DAYS

RUNGS = 3
LATE = timedelta(days=1)
"""A question that missed its slot by more waits for the next one: nothing piles up."""


@dataclass(frozen=True)
class Asked:
    """A question already asked of one partner."""

    on: date
    at: datetime


@dataclass(frozen=True)
class Due:
    """A question to ask: its slot, the local date that makes it once, its rung."""

    slot: datetime
    asked_on: date
    step: int


def next_question(
    ask_from: datetime, answered_at: datetime | None, asked: Sequence[Asked], hours: WorkingHours, now: datetime
) -> Due | None:
    """The partner's next question, at a slot not much before `now`; None when the ladder has been climbed.

    `asked` are this partner's questions for the pair; those before the last answer of either partner no longer count.
    """
    climbed = [q for q in asked if answered_at is None or q.at > answered_at]
    if len(climbed) >= RUNGS:
        return None
    slot = nudge_slot(max(ask_from, now - LATE), hours)
    while any(q.on == local_date(slot, hours.timezone) for q in asked):
        slot = nudge_slot(slot + timedelta(minutes=1), hours)
    return Due(slot, local_date(slot, hours.timezone), len(climbed) + 1)


def is_quiet(answered_at: datetime | None, asked: Sequence[Asked], now: datetime) -> bool:
    """Whether 28 days have passed since the first unanswered question of the ladder."""
    open_since = min((q.at for q in asked if answered_at is None or q.at > answered_at), default=None)
    return open_since is not None and now - open_since >= timedelta(days=QUIET_DAYS)
