"""How a row of the outbox becomes a message (STACK.md, "Outbox").

    pending --claim--> sending --> sent
       ^                 |-------> failed      ours: Slack refused it
       |---429, untried--|-------> dropped     too late, replaced, or nobody there
                         |-------> (left alone: nobody knows whether it was posted)
    sending whose lease is over, by the notice's policy: LOOK_UP and AGAIN are claimed again, ONCE becomes uncertain

`pending` was surely never posted. While `lease_until` lies ahead nobody else may touch the row. How much may be claimed
at a time is storage/pacing.py's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from pydantic import ValidationError
from sqlalchemy import BindParameter, Update, bindparam, union_all
from sqlmodel import Session, col, or_, select, update
from sqlmodel.sql.expression import Select, SelectOfScalar

from bot.domain.notices import Lane, Notice, Policy, policy
from bot.domain.pace import CLOCKS_DIFFER, FIRST_PROBE, Rates
from storage import addresses, pacing
from storage.addresses import Address, address_of
from storage.outbox import IN_ORDER, UNFINISHED, decode, first_of_its_place
from storage.pacing import Allowance
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
class Terms:
    """How long a claim is ours, how soon a silent Slack is asked whether it is back, and how fast we may speak; without
    `rates` as fast as we can."""

    lease: timedelta = LEASE
    first_probe: timedelta = FIRST_PROBE
    rates: Rates | None = field(default_factory=Rates)


USUAL = Terms()


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


def claim(session: Session, owner: str, now: datetime, terms: Terms = USUAL) -> list[Claim]:
    """What may be sent now, at most BATCH rows, each leased to `owner`; an empty list when nothing is due or allowed.

    To one place things are said in the order they became due; what answers somebody goes before what goes out to many.
    What can be repaired after a crash comes in batches; the rest is claimed alone, so that a crash leaves doubt about
    one message at most.
    """
    allowed = pacing.allowances(session, now, terms.rates)
    batch: list[Claim] = []
    for ready in _sendable(session, now, list(allowed), terms):
        if (batch and not ready.repairable) or all(allowance.posts.is_over for allowance in allowed.values()):
            break
        if not allowed[ready.row.workspace_id].take(look=ready.needs_look, opening=ready.needs_opening):
            continue
        batch.append(_lease(ready, owner, now, terms))
        if len(batch) == BATCH or not ready.repairable:
            break
    if batch and terms.rates:
        _spend(session, allowed, now, terms.rates)
    return batch


def _spend(session: Session, allowed: dict[str, Allowance], now: datetime, rates: Rates) -> None:
    for workspace_id, allowance in allowed.items():
        pacing.spend(session, workspace_id, allowance, now, rates)


def mark_sent(session: Session, claim: Claim, channel_id: str, ts: str | None, now: datetime) -> bool:
    """It stands at `channel_id`, `ts` (None for a file, as nobody tells it). False when our lease is over and somebody
    else has claimed or settled it."""
    where: dict[str, object] = {"channel_id": channel_id, "ts": ts, "sent_at": now}
    if claim.standing is None:
        where["posted_at"] = now
    return _settle(session, claim, status=OutboxStatus.SENT, error=None, **where)


def release(session: Session, claim: Claim) -> bool:
    """It was surely not posted: anyone may claim it as soon as the workspace's pace allows."""
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

    @property
    def needs_opening(self) -> bool:
        return self.standing is None and self.address.channel_id is None

    @property
    def needs_look(self) -> bool:
        in_doubt = self.row.status is OutboxStatus.SENDING
        return in_doubt and self.standing is None and self.policy is Policy.LOOK_UP


def _sendable(session: Session, now: datetime, workspaces: Sequence[str], terms: Terms) -> Iterator[_Ready]:
    """The first row of every place that may be claimed, answers first, then oldest first.

    Rows found hopeless are settled on the way, and what they held up follows.
    """
    hopeless = bool(workspaces)
    while hopeless:
        hopeless = False
        for lane in Lane:
            rows = _first_rows(session, now, workspaces, lane, terms.lease)
            for row in addresses.with_readers(session, rows):
                ready = _prepare(session, row, now)
                hopeless |= row.status not in (OutboxStatus.PENDING, OutboxStatus.SENDING)
                if ready is not None and not (terms.rates and _just_heard(session, ready, now, terms.rates)):
                    yield ready


def _first_rows(
    session: Session, now: datetime, workspaces: Sequence[str], lane: Lane, lease: timedelta
) -> Sequence[OutboxRow]:
    """Locked on PostgreSQL; what another transaction holds is left for the next look: nobody waits in a ring.

    A lease that ends later than an honest one was taken before the clock was set back, and is over.
    """
    bounds = {"lane": lane, "now": now, "impossible": now + lease + CLOCKS_DIFFER, "workspaces": workspaces}
    return session.exec(_free_rows(), params=bounds).all()


@cache
def _free_rows() -> SelectOfScalar[OutboxRow]:
    """Made once: it takes longer to write down than to answer."""
    now: BindParameter[datetime] = bindparam("now")
    until = col(OutboxRow.lease_until)
    free = or_(until.is_(None), until <= now, until > bindparam("impossible"))
    allowed = or_(col(OutboxRow.not_before).is_(None), col(OutboxRow.not_before) <= now)
    due = select(OutboxRow).where(UNFINISHED, col(OutboxRow.lane) == bindparam("lane"), col(OutboxRow.due_at) <= now)
    places = col(OutboxRow.workspace_id).in_(bindparam("workspaces", expanding=True))
    ours = due.where(free, allowed, places, first_of_its_place()).order_by(*IN_ORDER).limit(WINDOW)
    return ours.with_for_update(of=OutboxRow, skip_locked=True)


def _just_heard(session: Session, ready: _Ready, now: datetime, rates: Rates) -> bool:
    """Whether its place heard something a moment ago. Slack limits posts to a channel; updates it does not."""
    if ready.standing is not None:
        return False
    place = select(OutboxRow.id).where(OutboxRow.workspace_id == ready.row.workspace_id, OutboxRow.to == ready.row.to)
    recently = col(OutboxRow.posted_at) > now - rates.place_gap, col(OutboxRow.posted_at) <= now
    return session.exec(place.where(*recently).limit(1)).first() is not None


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
    which = {"workspace_id": row.workspace_id, "first": row.replaces}
    channel_id, ts = session.exec(_last_standing(), params=which).first() or (None, None)
    return (channel_id, ts) if channel_id and ts else None


@cache
def _last_standing() -> Select[str | None, str | None]:
    """Each half has its index: for an OR of both SQLite reads the whole workspace."""
    first: BindParameter[str] = bindparam("first")
    here = select(col(OutboxRow.id)).where(col(OutboxRow.workspace_id) == bindparam("workspace_id"))
    either = union_all(here.where(col(OutboxRow.key) == first), here.where(col(OutboxRow.replaces) == first))
    return (
        select(col(OutboxRow.channel_id), col(OutboxRow.ts))
        .where(col(OutboxRow.id).in_(either), OutboxRow.status == OutboxStatus.SENT)
        .order_by(col(OutboxRow.sent_at).desc(), col(OutboxRow.id).desc())
        .limit(1)
    )


def _takes_its_place(session: Session, row: OutboxRow) -> bool:
    """Whether `row` is posted anew, because what it replaces was not sent yet; if that is on its way, `row` waits."""
    named = select(OutboxRow).where(*_named(row))
    original = session.exec(named.with_for_update(skip_locked=True)).first()
    if original is None and session.exec(select(OutboxRow.id).where(*_named(row))).first() is not None:
        return False  # somebody else is at it
    if original is not None and original.status is OutboxStatus.PENDING:
        _finish(original, OutboxStatus.DROPPED, REPLACED)
    if original is not None and original.status is OutboxStatus.SENDING:
        return False
    if original is not None and original.error == REPLACED:
        return True
    _finish(row, OutboxStatus.DROPPED, NOTHING_THERE)
    return False


def _named(row: OutboxRow) -> tuple[bool, bool]:
    return OutboxRow.workspace_id == row.workspace_id, OutboxRow.key == row.replaces


def _finish(row: OutboxRow, status: OutboxStatus, reason: str) -> None:
    row.status, row.error, row.owner, row.lease_until = status, reason, None, None


def _lease(ready: _Ready, owner: str, now: datetime, terms: Terms) -> Claim:
    row = ready.row
    unknown_before = row.status is OutboxStatus.SENDING
    row.status, row.owner, row.lease_until, row.attempt = (
        OutboxStatus.SENDING,
        owner,
        now + terms.lease,
        row.attempt + 1,
    )
    if ready.standing is None:
        row.posted_at = now
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
    held = {"held_id": claim.id, "held_owner": claim.owner, "held_attempt": claim.attempt}
    return session.connection().execute(_settling(tuple(values)), {**held, **values}).rowcount == 1


@cache
def _settling(names: tuple[str, ...]) -> Update:
    """The statement that settles a claim with values of these names: made once, as twenty are settled at a time."""
    ours = update(OutboxRow).where(
        col(OutboxRow.id) == bindparam("held_id"),
        col(OutboxRow.status) == OutboxStatus.SENDING,
        col(OutboxRow.owner) == bindparam("held_owner"),
        col(OutboxRow.attempt) == bindparam("held_attempt"),
    )
    return ours.values({"owner": None, "lease_until": None, **{name: bindparam(name) for name in names}})
