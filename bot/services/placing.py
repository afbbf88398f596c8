"""Which day is whose: of what others or dates cause a person hears one message a day, and what matters most first."""

from datetime import date, datetime

from sqlmodel import Session

from bot.domain.budget import COSTS, IMPORTANCE, Cost, OfADay, on_days_of_their_own
from bot.domain.cadence import WorkingHours, local_date, start_of_day
from bot.domain.notices import Notice, PairClosed
from bot.services import introducing
from bot.services.deferring import defer
from bot.services.reaching import hours_in_workspace
from storage import outbox
from storage.outbox import WAITS
from storage.tables import OutboxRow, OutboxStatus

NO_MOMENT_LEFT = "no working time was left before it expired"
NEW = 2**63
"""The number of a message that is yet to be written: after all others."""


def say(
    session: Session,
    workspace_id: str,
    user_id: str,
    notice: Notice,
    *,
    key: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Say a message of a day to a person: on the first day that nothing said or as important takes; what matters less
    makes way."""
    due_at = next_moment_for(session, workspace_id, user_id, type(notice), now=now)
    outbox.enqueue(session, workspace_id, notice, key=key, to=f"user:{user_id}", due_at=due_at, expires_at=expires_at)
    make_way(session, workspace_id, user_id, hours_in_workspace(session, workspace_id, user_id), now=now)


def next_moment_for(
    session: Session, workspace_id: str, user_id: str, what: type[Notice], *, now: datetime
) -> datetime:
    """When a person would hear a new message of a day: in their working time."""
    hours = hours_in_workspace(session, workspace_id, user_id)
    rows = _of_days(session, workspace_id, user_id, hours, now)
    new = OfADay(NEW, IMPORTANCE[what.kind], now)
    waiting = [_waiting(row, now) for row in rows if row.status in WAITS]
    return on_days_of_their_own([*waiting, new], hours, _taken(rows, hours))[NEW]


def make_way(
    session: Session, workspace_id: str, user_id: str, hours: WorkingHours, *, now: datetime
) -> dict[int, datetime]:
    """What waits moves where its day is another's; when each goes, by the id of its row. What is due at `now` or was
    before, and may go now, stays as it is."""
    rows = _of_days(session, workspace_id, user_id, hours, now)
    waiting = [row for row in rows if row.status in WAITS]
    moments = on_days_of_their_own([_waiting(row, now) for row in waiting], hours, _taken(rows, hours))
    for row in waiting:
        if row.status is OutboxStatus.PENDING:
            postpone(session, row, moments[row.id], max(row.due_at, now))
    return moments


def come_forward(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """What waited for the end of a break waits no longer: each comes on the first day that is its own."""
    session.flush()
    hours = hours_in_workspace(session, workspace_id, user_id)
    rows = _of_days(session, workspace_id, user_id, hours, now)
    waiting = [row for row in rows if row.status is OutboxStatus.PENDING]
    for row in waiting:
        row.due_at = min(row.due_at, now)
    moments = make_way(session, workspace_id, user_id, hours, now=now)
    for row in waiting:
        _go_at(session, row, moments[row.id])


def postpone(session: Session, row: OutboxRow, moment: datetime, since: datetime) -> None:
    """It goes at `moment`, where that is later than `since`, or not at all, where that is too late."""
    if moment > row.due_at:
        defer(session, row, moment)
    if row.expires_at is not None and moment >= row.expires_at:
        outbox.let_go(row, NO_MOMENT_LEFT)
    elif moment > since:
        _go_at(session, row, moment)


def _go_at(session: Session, row: OutboxRow, moment: datetime) -> None:
    """With the word that a pair has ended goes what its group DM shows of that: neither tells of it alone."""
    row.due_at = moment
    if row.notice["kind"] == PairClosed.kind:
        closings = introducing.closings_of(row.notice["pair_id"])
        outbox.go_together(session, row.workspace_id, closings, moment)


def is_of_a_day(row: OutboxRow) -> bool:
    """Whether its reader hears at most one such message a day."""
    return COSTS[row.notice["kind"]] is Cost.DAILY


def _of_days(session: Session, workspace_id: str, user_id: str, hours: WorkingHours, now: datetime) -> list[OutboxRow]:
    """The messages of a day that were said today, or wait."""
    today = start_of_day(local_date(now, hours.timezone), hours.timezone)
    return [row for row in outbox.to_reader(session, workspace_id, f"user:{user_id}", today) if is_of_a_day(row)]


def _waiting(row: OutboxRow, now: datetime) -> OfADay:
    under_way = row.status is OutboxStatus.SENDING
    return OfADay(row.id, IMPORTANCE[row.notice["kind"]], max(row.due_at, now), under_way)


def _taken(rows: list[OutboxRow], hours: WorkingHours) -> set[date]:
    """The days on which something was said, or may have been."""
    return {local_date(row.sent_at or row.due_at, hours.timezone) for row in rows if row.status not in WAITS}
