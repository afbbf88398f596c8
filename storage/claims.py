"""How a row of the outbox becomes a message (STACK.md, "Outbox").

    pending --claim--> sending --> sent
       ^                 |-------> failed      ours: Slack refused it
       |---429, untried--|-------> dropped     too late, replaced, or nobody there
                         |-------> (left alone: nobody knows whether it was posted)
    sending whose lease is over, by the notice's policy: LOOK_UP and AGAIN are claimed again, ONCE becomes uncertain

`pending` was surely never posted. While `lease_until` lies ahead nobody may touch the row; without an `owner` it means
that Slack asked for patience, and the whole workspace waits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlmodel import Session, col, or_, select, update

from bot.domain.notices import Notice, Policy, policy
from storage.addresses import Address, address_of
from storage.outbox import IN_ORDER, UNFINISHED, decode
from storage.tables import OutboxRow, OutboxStatus

LEASE = timedelta(seconds=60)
BATCH = 20
WINDOW = 200
REPLACED = "replaced before it was sent"
TOO_LATE = "too late to say"
NOBODY = "nobody is there any more"
IN_DOUBT = "nobody knows whether Slack took it"
NOTHING_THERE = "the message it replaces was never posted"


@dataclass(frozen=True)
class Claim:
    """A row that is ours to send until its lease ends. `attempt` and `owner` tell our claim from a later one.

    `standing` is the (channel, ts) of the message to update in place. `unknown_before`: an earlier attempt may have
    been posted, so look for `key` first where `look_up` says that one can. `too_late`: only that attempt still counts.
    """

    id: int
    workspace_id: str
    key: str
    to: str
    address: Address
    notice: Notice
    owner: str
    attempt: int
    due_at: datetime
    replaces: str | None
    standing: tuple[str, str] | None
    unknown_before: bool
    look_up: bool
    too_late: bool


def claim(session: Session, owner: str, now: datetime) -> list[Claim]:
    """What may be sent now, at most BATCH rows, each leased to `owner`; an empty list when nothing is due.

    To one place things are said in the order they became due. What can be repaired after a crash comes in batches;
    the rest is claimed alone, so that a crash leaves doubt about one message at most.
    """
    batch: list[_Ready] = []
    for ready in _sendable(session, now):
        if batch and not ready.repairable:
            break
        batch.append(ready)
        if len(batch) == BATCH or not ready.repairable:
            break
    return [_lease(ready, owner, now) for ready in batch]


def mark_sent(session: Session, claim: Claim, channel_id: str, ts: str, now: datetime) -> bool:
    """It stands at `channel_id`, `ts`. False when our lease is over and somebody else has claimed or settled it."""
    return _settle(session, claim, status=OutboxStatus.SENT, channel_id=channel_id, ts=ts, sent_at=now, error=None)


def hold(session: Session, claim: Claim, until: datetime) -> bool:
    """Slack did not take it and asks for patience: the whole workspace waits until then, with every worker."""
    return _settle(session, claim, status=_still(claim), lease_until=until)


def release(session: Session, claim: Claim) -> bool:
    """It was not tried: anyone may claim it at once."""
    return _settle(session, claim, status=_still(claim))


def drop(session: Session, claim: Claim, reason: str) -> bool:
    """It will not be said, through no fault of ours."""
    return _settle(session, claim, status=OutboxStatus.DROPPED, error=reason)


def fail(session: Session, claim: Claim, error: str) -> bool:
    """It cannot be said as it is: a mistake of ours."""
    return _settle(session, claim, status=OutboxStatus.FAILED, error=error)


@dataclass(frozen=True)
class _Ready:
    """A row that nothing keeps from being claimed."""

    row: OutboxRow
    notice: Notice
    address: Address
    standing: tuple[str, str] | None
    too_late: bool

    @property
    def policy(self) -> Policy:
        """The notice's own; but `im:history` is the only history scope, so outside a DM nothing can be looked up."""
        wanted = policy(self.notice)
        return Policy.ONCE if wanted is Policy.LOOK_UP and not self.row.to.startswith("user:") else wanted

    @property
    def repairable(self) -> bool:
        """Updating a message twice does no harm, and a DM can be looked up."""
        return self.standing is not None or self.policy is Policy.LOOK_UP


def _sendable(session: Session, now: datetime) -> Iterator[_Ready]:
    """The first row of every place that may be claimed, oldest first. Rows found hopeless are settled on the way."""
    rows = _due(session, now)
    held = {row.workspace_id for row in rows if row.owner is None and row.lease_until and row.lease_until > now}
    busy: set[tuple[str, str]] = set()
    for row in rows:
        place = (row.workspace_id, row.to)
        if row.workspace_id in held or place in busy:
            continue
        leased = row.lease_until is not None and row.lease_until > now
        ready = None if leased else _prepare(session, row, now)
        if row.status in (OutboxStatus.PENDING, OutboxStatus.SENDING):
            busy.add(place)
        if ready is not None:
            yield ready


def _due(session: Session, now: datetime) -> Sequence[OutboxRow]:
    """Locked on PostgreSQL, so that two workers see the same order; on SQLite the writer is alone anyway."""
    due = select(OutboxRow).where(UNFINISHED, OutboxRow.due_at <= now).order_by(*IN_ORDER).limit(WINDOW)
    return session.exec(due.with_for_update()).all()


def _prepare(session: Session, row: OutboxRow, now: datetime) -> _Ready | None:
    """All that is needed to send the row; None when it has to wait or was settled as hopeless."""
    notice = _readable(row)
    address = address_of(session, row.workspace_id, row.to)
    too_late = row.expires_at is not None and row.expires_at < now
    if notice is None:
        return None
    if address is None:
        _finish(row, OutboxStatus.DROPPED, NOBODY)
        return None
    if too_late and row.status is OutboxStatus.PENDING:
        _finish(row, OutboxStatus.DROPPED, TOO_LATE)
        return None
    standing = _standing(session, row)
    if row.replaces is not None and standing is None and not _takes_its_place(session, row):
        return None
    ready = _Ready(row, notice, address, standing, too_late)
    if row.status is OutboxStatus.SENDING and not ready.repairable and ready.policy is Policy.ONCE:
        _finish(row, OutboxStatus.UNCERTAIN, IN_DOUBT)
        return None
    return ready


def _readable(row: OutboxRow) -> Notice | None:
    try:
        return decode(row.notice)
    except ValidationError as error:
        _finish(row, OutboxStatus.FAILED, f"cannot be read: {error}")
        return None


def _standing(session: Session, row: OutboxRow) -> tuple[str, str] | None:
    """Where the message to be updated stands: as it was sent, or as an earlier replacement was."""
    if row.replaces is None:
        return None
    statement = (
        select(OutboxRow.channel_id, OutboxRow.ts)
        .where(OutboxRow.workspace_id == row.workspace_id, OutboxRow.status == OutboxStatus.SENT)
        .where(or_(OutboxRow.key == row.replaces, OutboxRow.replaces == row.replaces))
        .order_by(col(OutboxRow.sent_at).desc(), col(OutboxRow.id).desc())
    )
    channel_id, ts = session.exec(statement).first() or (None, None)
    return (channel_id, ts) if channel_id and ts else None


def _takes_its_place(session: Session, row: OutboxRow) -> bool:
    """Whether `row` is posted anew, because what it replaces was not sent yet; if that is on its way, `row` waits."""
    named = select(OutboxRow).where(OutboxRow.workspace_id == row.workspace_id, OutboxRow.key == row.replaces)
    original = session.exec(named).first()
    if original is not None and original.status is OutboxStatus.PENDING:
        _finish(original, OutboxStatus.DROPPED, REPLACED)
    if original is not None and original.status is OutboxStatus.SENDING:
        return False
    if original is not None and original.error == REPLACED:
        return True
    _finish(row, OutboxStatus.DROPPED, NOTHING_THERE)
    return False


def _finish(row: OutboxRow, status: OutboxStatus, reason: str) -> None:
    row.status, row.error, row.owner, row.lease_until = status, reason, None, None


def _lease(ready: _Ready, owner: str, now: datetime) -> Claim:
    row = ready.row
    unknown_before = row.status is OutboxStatus.SENDING
    row.status, row.owner, row.lease_until, row.attempt = OutboxStatus.SENDING, owner, now + LEASE, row.attempt + 1
    return Claim(
        id=row.id,
        workspace_id=row.workspace_id,
        key=row.key,
        to=row.to,
        address=ready.address,
        notice=ready.notice,
        owner=owner,
        attempt=row.attempt,
        due_at=row.due_at,
        replaces=row.replaces,
        standing=ready.standing,
        unknown_before=unknown_before,
        look_up=ready.policy is Policy.LOOK_UP,
        too_late=ready.too_late,
    )


def _still(claim: Claim) -> OutboxStatus:
    """`pending` was surely never posted, so a row in doubt stays `sending`."""
    return OutboxStatus.SENDING if claim.unknown_before else OutboxStatus.PENDING


def _settle(session: Session, claim: Claim, **values: object) -> bool:
    ours = update(OutboxRow).where(
        col(OutboxRow.id) == claim.id,
        col(OutboxRow.status) == OutboxStatus.SENDING,
        col(OutboxRow.owner) == claim.owner,
        col(OutboxRow.attempt) == claim.attempt,
    )
    return session.exec(ours.values({"owner": None, "lease_until": None, **values})).rowcount == 1
