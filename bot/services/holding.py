"""What waited longer than it should, because Slack or the bot was away, still goes only when its reader works."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.budget import COSTS, Cost
from bot.domain.cadence import WorkingHours, is_working_time, next_working_moment, rest_begins
from bot.services.reaching import hours_in_workspace, hours_of_readers, next_moment_for
from storage import outbox
from storage.tables import OutboxRow, OutboxStatus

OVERDUE = timedelta(minutes=1)
AT_ONCE = 200
NO_MOMENT_LEFT = "no working time was left before it expired"


def hold_back(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Move what is overdue to its reader's next allowed moment, or drop it with a reason where that is too late; so
    many at a time, and whether there may be more.

    Within a minute of its moment everything is as it was decided. Changes to messages that stand are no messages.
    What may go now is looked at again when its reader's working day ends.
    """
    rows = outbox.overdue(session, now - OVERDUE, now, most)
    hours = hours_of_readers(session, {(row.workspace_id, _reader(row)) for row in rows})
    for row in rows:
        _move(session, row, hours[row.workspace_id, _reader(row)], now)
    return len(rows) == most


def plan_anew(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """Someone takes a break, moves or changes their hours: what waits for them waits for their next allowed moment."""
    session.flush()
    hours = hours_in_workspace(session, workspace_id, user_id)
    for row in outbox.waiting_for(session, workspace_id, f"user:{user_id}"):
        _move(session, row, hours, max(row.due_at, now))


def _move(session: Session, row: OutboxRow, hours: WorkingHours, since: datetime) -> None:
    moment = _moment_of(session, row, hours, since)
    if row.status is OutboxStatus.SENDING:  # nobody knows whether it was posted: to look it up may end in posting it
        row.not_before = moment if moment > since else None
    elif row.expires_at is not None and moment >= row.expires_at:
        outbox.let_go(row, NO_MOMENT_LEFT)
    elif moment > since:
        row.due_at = moment
    row.good_until = rest_begins(since, hours) if moment == since and is_working_time(since, hours) else None
    session.add(row)


def _moment_of(session: Session, row: OutboxRow, hours: WorkingHours, since: datetime) -> datetime:
    if COSTS[row.notice["kind"]] is Cost.DAILY:
        return next_moment_for(session, row.workspace_id, _reader(row), now=since, but=row.id)
    return next_working_moment(since, hours)


def _reader(row: OutboxRow) -> str:
    return row.to.removeprefix("user:")
