"""What waited longer than it should, because Slack or the bot was away, still goes only when its readers work."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.budget import COSTS, Cost
from bot.domain.cadence import WorkingHours, is_working_time, rest_begins, shared_working_moment
from bot.services.reaching import hours_in_workspace, hours_of_readers, next_moment_for
from storage import outbox, pairs
from storage.tables import OutboxRow, OutboxStatus

OVERDUE = timedelta(minutes=1)
AT_ONCE = 200
NO_MOMENT_LEFT = "no working time was left before it expired"


def hold_back(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Move what is overdue to the next moment allowed to its reader, to all of them where it goes to a pair, or drop it
    with a reason where that is too late; so many at a time, and whether there may be more.

    Within a minute of its moment everything is as it was decided. Changes to messages that stand are no messages.
    What may go now is looked at again when the first reader's working day ends.
    """
    rows = outbox.overdue(session, now - OVERDUE, now, most)
    readers = {row.id: _readers(session, row) for row in rows}
    hours = hours_of_readers(session, {(row.workspace_id, user_id) for row in rows for user_id in readers[row.id]})
    for row in rows:
        _move(session, row, [hours[row.workspace_id, user_id] for user_id in readers[row.id]], now)
    return len(rows) == most


def plan_anew(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """Someone takes a break, moves or changes their hours: what waits for them waits for their next allowed moment."""
    session.flush()
    hours = hours_in_workspace(session, workspace_id, user_id)
    for row in outbox.waiting_for(session, workspace_id, f"user:{user_id}"):
        _move(session, row, [hours], max(row.due_at, now))


def _move(session: Session, row: OutboxRow, hours: Sequence[WorkingHours], since: datetime) -> None:
    moment = _moment_of(session, row, hours, since)
    if row.status is OutboxStatus.SENDING:  # nobody knows whether it was posted: to look it up may end in posting it
        row.not_before = moment if moment > since else None
    elif row.expires_at is not None and moment >= row.expires_at:
        outbox.let_go(row, NO_MOMENT_LEFT)
    elif moment > since:
        row.due_at = moment
    ends = [rest_begins(since, one) for one in hours if moment == since and is_working_time(since, one)]
    row.good_until = min(ends, default=None)
    session.add(row)


def _moment_of(session: Session, row: OutboxRow, hours: Sequence[WorkingHours], since: datetime) -> datetime:
    if COSTS[row.notice["kind"]] is Cost.DAILY:
        return next_moment_for(session, row.workspace_id, _reader(row), now=since, but=row.id)
    return shared_working_moment(since, hours)


def _reader(row: OutboxRow) -> str:
    return row.to.removeprefix("user:")


def _readers(session: Session, row: OutboxRow) -> list[str]:
    kind, _, name = row.to.partition(":")
    members = pairs.members_of(session, int(name)) if kind == "pair" else []
    return members or [name]
