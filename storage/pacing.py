"""How fast each workspace may be spoken to, shared by all workers through the database.

A claim locks the workspace's pace first, so that all workers together keep to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from bot.domain import pace
from bot.domain.pace import BROKEN_AFTER, CLOCKS_DIFFER, FIRST_PROBE, Rates
from storage.engine import insert
from storage.tables import Pace, Workspace


@dataclass
class Use:
    """Posts, or lookups, or openings: how many there is room for now (None: no limit), and how many were taken."""

    room: int | None = None
    taken: int = 0

    @property
    def is_over(self) -> bool:
        return self.room is not None and self.taken >= self.room


@dataclass
class Allowance:
    """What may be claimed for one workspace now."""

    posts: Use = field(default_factory=Use)
    looks: Use = field(default_factory=Use)
    openings: Use = field(default_factory=Use)

    def take(self, *, look: bool, opening: bool) -> bool:
        """Use one post, and a lookup or an opening where it needs one; False when there is no room."""
        needed = [self.posts, *([self.looks] if look else []), *([self.openings] if opening else [])]
        if any(use.is_over for use in needed):
            return False
        for use in needed:
            use.taken += 1
        return True


def allowances(session: Session, now: datetime, rates: Rates | None) -> dict[str, Allowance]:
    """Workspace -> what it may be told now; one that Slack asked patience for is left out. Locks their paces."""
    open_now = [each for each in _paces(session) if not waits(each, now)]
    return {each.workspace_id: _allowance(each, now, rates) if rates else Allowance() for each in open_now}


def spend(session: Session, workspace_id: str, allowance: Allowance, now: datetime, rates: Rates) -> None:
    """Note what was taken of an allowance."""
    row = session.get_one(Pace, workspace_id)
    rate = current_rate(row, now, rates)
    row.posts_at = pace.used(row.posts_at, now, rate, rates.burst, allowance.posts.taken)
    row.looks_at = _used_of_a_minute(row.looks_at, now, rates.looks_a_minute, allowance.looks)
    row.openings_at = _used_of_a_minute(row.openings_at, now, rates.openings_a_minute, allowance.openings)


def may_look(session: Session, workspace_id: str, now: datetime, rates: Rates | None) -> bool:
    """Take one lookup, if there is room for it."""
    allowance = allowances(session, now, rates).get(workspace_id)
    if allowance is None or allowance.looks.is_over:
        return False
    allowance.looks.taken += 1
    if rates:
        spend(session, workspace_id, allowance, now, rates)
    return True


def hold(session: Session, workspace_id: str, now: datetime, after: timedelta, rates: Rates | None = None) -> None:
    """Slack asks for patience: nobody speaks to this workspace before `now + after`. With `rates`: and then slower."""
    row = _pace(session, workspace_id)
    if rates and not waits(row, now):
        row.rate, row.changed_at = pace.halved(current_rate(row, now, rates), rates), now
    if not waits(row, now) or row.held_until is None or row.held_until < now + after:
        row.held_at, row.held_until = now, now + after


def lost(session: Session, workspace_id: str, now: datetime, first_probe: timedelta = FIRST_PROBE) -> None:
    """An answer was lost. After the third in a row nothing is said until a probe is answered."""
    row = _pace(session, workspace_id)
    row.lost += 1
    if row.lost >= BROKEN_AFTER:
        row.held_at, row.held_until = now, now + pace.next_probe(row.lost, first_probe)


def heard(session: Session, workspace_id: str) -> None:
    """Slack answers."""
    silent = update(Pace).where(col(Pace.workspace_id) == workspace_id, col(Pace.lost) > 0)
    session.exec(silent.values(lost=0))


def to_probe(session: Session, now: datetime, first_probe: timedelta = FIRST_PROBE) -> Sequence[str]:
    """The workspaces whose Slack went silent, and is to be asked now whether it is back. Each worker asks in turn."""
    silent = select(Pace).where(Pace.lost >= BROKEN_AFTER).with_for_update(skip_locked=True)
    due = [row for row in session.exec(silent) if not _held(row, now)]
    for row in due:
        row.held_at, row.held_until = now, now + pace.next_probe(row.lost, first_probe)
    return [row.workspace_id for row in due]


def probe_failed(session: Session, workspace_id: str) -> None:
    """Slack is still silent: the next probe comes later."""
    session.exec(update(Pace).where(col(Pace.workspace_id) == workspace_id).values(lost=col(Pace.lost) + 1))


def slack_is_back(session: Session, workspace_id: str) -> None:
    """A probe was answered."""
    back = update(Pace).where(col(Pace.workspace_id) == workspace_id)
    session.exec(back.values(lost=0, held_at=None, held_until=None))


def is_held(session: Session, workspace_id: str, now: datetime) -> bool:
    """Whether another worker was just told to wait."""
    row = session.get(Pace, workspace_id)
    return row is not None and waits(row, now)


def waits(row: Pace, now: datetime) -> bool:
    """Whether nobody may speak: Slack asked for patience, or was not heard of since it went silent."""
    return row.lost >= BROKEN_AFTER or _held(row, now)


def current_rate(row: Pace, now: datetime, rates: Rates) -> float:
    """Messages a second."""
    return pace.grown(row.rate or rates.first, row.changed_at or now, now, rates)


def _held(row: Pace, now: datetime) -> bool:
    """A hold that begins in the future was written before the clock was set back, and is over."""
    if row.held_until is None or row.held_at is None:
        return False
    return row.held_at <= now + CLOCKS_DIFFER and now < row.held_until


def _allowance(row: Pace, now: datetime, rates: Rates) -> Allowance:
    return Allowance(
        Use(pace.room(row.posts_at, now, current_rate(row, now, rates), rates.burst)),
        _room_of_a_minute(row.looks_at, now, rates.looks_a_minute),
        _room_of_a_minute(row.openings_at, now, rates.openings_a_minute),
    )


def _room_of_a_minute(since: datetime | None, now: datetime, limit: int) -> Use:
    """Never more than `limit` in any minute."""
    return Use(pace.room(since, now, *_spread(limit)))


def _used_of_a_minute(since: datetime | None, now: datetime, limit: int, use: Use) -> datetime:
    return pace.used(since, now, *_spread(limit), use.taken)


def _spread(limit: int) -> tuple[float, int]:
    """Two fifths of a minute's share may go at once; the rest is spread over the minute: so many a second."""
    at_once = limit * 2 // 5
    return (limit - at_once) / 60, at_once


def _paces(session: Session) -> Sequence[Pace]:
    """Those of all workspaces; begun with the first claim, or with `begin`."""
    begun = session.exec(select(Pace).order_by(col(Pace.workspace_id)).with_for_update()).all()
    return begun or [_pace(session, workspace_id) for workspace_id in session.exec(select(Workspace.id)).all()]


def begin(session: Session, workspace_id: str) -> None:
    """A workspace was added. Two workers may say so at once."""
    session.exec(insert(session)(Pace).values(workspace_id=workspace_id, lost=0).on_conflict_do_nothing())


def _pace(session: Session, workspace_id: str) -> Pace:
    """A workspace's pace, begun when it has none; locked."""
    found = session.get(Pace, workspace_id, with_for_update=True)
    if found is not None:
        return found
    begin(session, workspace_id)
    return session.get_one(Pace, workspace_id, with_for_update=True)
