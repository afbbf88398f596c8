"""What waited longer than it should, because Slack or the bot was away, still goes only when its reader works."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.budget import COSTS, Cost
from bot.domain.cadence import next_working_moment
from bot.services.reaching import hours_in_workspace, next_moment_for
from storage import outbox
from storage.tables import OutboxRow

OVERDUE = timedelta(minutes=1)
NO_MOMENT_LEFT = "no working time was left before it expired"


def hold_back(session: Session, *, now: datetime) -> None:
    """Move what is overdue to its reader's next allowed moment, or drop it with a reason where that is too late.

    Within a minute of its moment everything is as it was decided. Changes to messages that stand are no messages.
    """
    for row in outbox.overdue(session, now - OVERDUE):
        _move(session, row, now)


def plan_anew(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """Someone takes a break, moves or changes their hours: what waits for them waits for their next allowed moment."""
    session.flush()
    for row in outbox.waiting_for(session, workspace_id, f"user:{user_id}"):
        _move(session, row, max(row.due_at, now))


def _move(session: Session, row: OutboxRow, since: datetime) -> None:
    moment = _moment_of(session, row, since)
    if row.expires_at is not None and moment >= row.expires_at:
        outbox.let_go(row, NO_MOMENT_LEFT)
    elif moment > since:
        row.due_at = moment
    session.add(row)


def _moment_of(session: Session, row: OutboxRow, now: datetime) -> datetime:
    user_id = row.to.removeprefix("user:")
    hours = hours_in_workspace(session, row.workspace_id, user_id)
    if COSTS[row.notice["kind"]] is Cost.DAILY:
        return next_moment_for(session, row.workspace_id, user_id, now=now, but=row.id)
    return next_working_moment(now, hours)
