"""Says what waits in the outbox: its own thread, woken by each commit that enqueued something and every second.

No Slack call is made inside a transaction: claim, commit; speak; settle, commit. Whatever happens in between, the
row's lease ends and the next claim finds out what became of it (storage/claims.py).
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

from slack_sdk.errors import SlackObjectFormationError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.clock import Clock
from bot.domain.notices import Notice
from bot.runtime.slack import UNREACHED, GiveUp, Gone, MessageGone, Retry, SlackGateway, SlackTrouble, Unknown
from storage import claims, outbox
from storage.addresses import remember_address
from storage.claims import TOO_LATE, Claim
from storage.engine import session_scope

GIVE_UP_POSTING = 30.0  # seconds after the claim, half its lease: nobody posts what another may have claimed
EVERY = 1.0
CLOCKS_DIFFER = timedelta(hours=1)
DRAWING_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, SlackObjectFormationError)

log = logging.getLogger(__name__)


class Drawn(Protocol):
    """A notice as Slack shows it."""

    @property
    def text(self) -> str: ...

    @property
    def blocks(self) -> list[dict[str, Any]]: ...


Render = Callable[[Notice], Drawn]
OnGone = Callable[[Session, str, str, str, datetime], object]


@dataclass(frozen=True)
class Said:
    """It stands in Slack."""

    channel_id: str
    ts: str


@dataclass(frozen=True)
class Untried:
    """It was claimed, and there was no time or no leave to say it."""


Outcome = Said | Untried | SlackTrouble


class Sender:
    """Drains one database's outbox through one gateway.

    `render` draws a notice. `on_gone(session, workspace_id, to, error, now)` is told in the settling transaction that a
    message could not be said because its reader or its place is gone, or the bot is no longer in it.
    """

    def __init__(self, engine: Engine, clock: Clock, gateway: SlackGateway, render: Render, on_gone: OnGone) -> None:
        self._engine, self._clock, self._gateway = engine, clock, gateway
        self._render, self._on_gone = render, on_gone
        self._owner = uuid4().hex
        self._turn = threading.Lock()
        self._work = threading.Event()
        self._stopping = threading.Event()
        self._last_moment = float("inf")
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)
        self._unlisten = outbox.listen(engine, self.wake)

    def start(self) -> None:
        """Begin to send, in a thread."""
        self._thread.start()

    def wake(self) -> None:
        """Look into the outbox now."""
        self._work.set()

    def stop(self, timeout: float = 10.0) -> bool:
        """Say what is due and end, within `timeout` seconds; False when a Slack call was still out by then.

        No call begins in the second half, which is for the last one to come back. What was not said is said by the
        next start.
        """
        self._unlisten()
        self._last_moment = time.monotonic() + timeout / 2
        self._stopping.set()
        self._work.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def drain(self, now: datetime) -> int:
        """Say everything that is due at `now` (aware) and return how many messages went out.

        Safe beside the running thread. What Slack refuses for the moment stays for later: `outbox.next_due` says when.
        """
        said = 0
        with self._turn:
            while time.monotonic() < self._last_moment:
                went_out = self._send_batch(now)
                if went_out is None:
                    break
                said += went_out
        return said

    def _run(self) -> None:
        stopping = False
        while not stopping:
            self._work.clear()
            stopping = self._stopping.is_set()
            try:
                self.drain(self._clock.now())
            except SQLAlchemyError:
                log.exception("The outbox could not be read or written; the next look is in a second.")
            self._work.wait(0 if stopping else EVERY)

    def _send_batch(self, now: datetime) -> int | None:
        """Claim, speak, settle; how many went out, or None when nothing could be claimed."""
        began = time.monotonic()
        with session_scope(self._engine) as session:
            batch = claims.claim(session, self._owner, now)
        if not batch:
            return None
        outcomes = self._speak(batch, min(began + GIVE_UP_POSTING, self._last_moment))
        then = now + timedelta(seconds=time.monotonic() - began)
        with session_scope(self._engine) as session:
            for claim, outcome in zip(batch, outcomes, strict=True):
                self._settle(session, claim, outcome, then)
        return sum(isinstance(outcome, Said) for outcome in outcomes)

    def _speak(self, batch: Sequence[Claim], until: float) -> list[Outcome]:
        """One outcome a claim. Once Slack asks for patience, or the time is over, the rest is left untried."""
        outcomes: list[Outcome] = []
        for claim in batch:
            waiting = any(isinstance(outcome, Retry) for outcome in outcomes)
            outcomes.append(Untried() if waiting or time.monotonic() > until else self._try(claim))
        return outcomes

    def _try(self, claim: Claim) -> Outcome:
        try:
            drawn = self._render(claim.notice)
        except DRAWING_FAULTS as error:
            log.exception("The notice %s cannot be drawn.", claim.key)
            return GiveUp(f"cannot be drawn: {error!r}")
        try:
            return self._say(claim, drawn)
        except SlackTrouble as trouble:
            return trouble

    def _say(self, claim: Claim, drawn: Drawn) -> Outcome:
        if claim.standing is not None:
            channel_id, ts = claim.standing
            first_key = claim.replaces or claim.key
            return Said(channel_id, self._gateway.update(channel_id, ts, drawn.text, drawn.blocks, first_key))
        channel_id = claim.address.channel_id or self._open(claim)
        if claim.unknown_before and claim.look_up:
            found = self._gateway.find(channel_id, claim.key, claim.due_at - CLOCKS_DIFFER)
            if found is not None:
                return Said(channel_id, found)
        if claim.too_late:
            return MessageGone(TOO_LATE)
        return Said(channel_id, self._gateway.post(channel_id, drawn.text, drawn.blocks, claim.key))

    def _open(self, claim: Claim) -> str:
        """Open the conversation and keep its id at once: after a post of unknown outcome it says where to look."""
        try:
            channel_id = self._gateway.open_group(list(claim.address.user_ids))
        except Unknown as trouble:
            raise Retry(trouble.error, UNREACHED) from trouble  # nothing was posted, and opening twice does no harm
        with session_scope(self._engine) as session:
            remember_address(session, claim.workspace_id, claim.to, channel_id)
        return channel_id

    def _settle(self, session: Session, claim: Claim, outcome: Outcome, now: datetime) -> None:
        match outcome:
            case Said(channel_id, ts):
                ours = claims.mark_sent(session, claim, channel_id, ts, now)
            case Untried():
                ours = claims.release(session, claim)
            case Retry(after=after):
                ours = claims.hold(session, claim, now + after)
            case Unknown():
                log.warning("Nobody knows whether %s was posted: %s", claim.key, outcome.error)
                return
            case Gone():
                ours = claims.drop(session, claim, outcome.error)
                self._on_gone(session, claim.workspace_id, claim.to, outcome.error, now)
            case MessageGone():
                ours = claims.drop(session, claim, outcome.error)
            case _:
                log.error("Slack refuses %s for good: %s", claim.key, outcome.error)
                ours = claims.fail(session, claim, outcome.error)
        if not ours:
            log.warning("The lease of %s was over before it was settled.", claim.key)
