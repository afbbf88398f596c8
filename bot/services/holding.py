"""What waited longer than it should, because Slack or the bot was away, still goes only when its readers work."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.cadence import WorkingHours, is_working_time, rest_begins, shared_working_moment
from bot.services.placing import is_of_a_day, make_way, postpone
from bot.services.reaching import hours_in_workspace, hours_of_readers
from storage import outbox, pairs
from storage.tables import OutboxRow, OutboxStatus

OVERDUE = timedelta(minutes=1)
AT_ONCE = 200


def hold_back(session: Session, *, now: datetime, most: int = AT_ONCE) -> bool:
    """Move what is overdue to the next moment allowed to its reader, to all of them where it goes to a pair, or drop it
    with a reason where that is too late; so many at a time, and whether there may be more.

    Within a minute of its moment everything is as it was decided. Changes to messages that stand are no messages.
    What may go now is looked at again when the first reader's working day ends.
    """
    rows = outbox.overdue(session, now - OVERDUE, now, most)
    if not rows:
        return False
    readers = {row.id: _readers(session, row) for row in rows}
    hours = hours_of_readers(session, {(row.workspace_id, user_id) for row in rows for user_id in readers[row.id]})
    moments: dict[int, datetime] = {}
    for place, user_id in sorted({(row.workspace_id, readers[row.id][0]) for row in rows if is_of_a_day(row)}):
        moments |= make_way(session, place, user_id, hours[place, user_id], now=now)
    for row in rows:
        theirs = [hours[row.workspace_id, user_id] for user_id in readers[row.id]]
        _move(session, row, theirs, moments.get(row.id), now)
    return len(rows) == most


def plan_anew(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> None:
    """Someone takes a break, moves or changes their hours: what waits for them waits for their next allowed moment."""
    session.flush()
    hours = hours_in_workspace(session, workspace_id, user_id)
    waiting = [(row, max(row.due_at, now)) for row in outbox.waiting_for(session, workspace_id, f"user:{user_id}")]
    moments = make_way(session, workspace_id, user_id, hours, now=now)
    for row, since in waiting:
        _move(session, row, [hours], moments.get(row.id), since)


def _move(
    session: Session, row: OutboxRow, hours: Sequence[WorkingHours], day: datetime | None, since: datetime
) -> None:
    """`day`: when it goes if it is one of its reader's messages of a day."""
    moment = day or shared_working_moment(since, hours)
    if row.status is OutboxStatus.SENDING:  # nobody knows whether it was posted: to look it up may end in posting it
        row.not_before = moment if moment > since else None
    else:
        postpone(session, row, moment, since)
    ends = [rest_begins(since, one) for one in hours if moment == since and is_working_time(since, one)]
    row.good_until = min(ends, default=None)
    session.add(row)


def _readers(session: Session, row: OutboxRow) -> list[str]:
    kind, _, name = row.to.partition(":")
    members = pairs.members_of(session, int(name)) if kind == "pair" else []
    return members or [name]
