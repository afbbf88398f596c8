"""Says what waits in the outbox: its own thread, woken by each commit that enqueued something and every second.

No Slack call is made inside a transaction: claim, commit; speak; settle, commit. Whatever happens in between, the
row's lease ends and the next claim finds out what became of it (storage/claims.py).
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.clock import Clock, elapsed
from bot.runtime.auditing import Auditor
from bot.runtime.posting import CrashPoint, Outcome, Poster, Render, Said, Untried
from bot.runtime.slack import GiveUp, Gone, MessageGone, Retry, SlackGateway, SlackTrouble, Unknown, Unreached
from storage import audits, claims, outbox, pacing
from storage.claims import USUAL, Claim, Terms
from storage.engine import reading_scope, session_scope

EVERY = 1.0
SOON = 0.1  # while something is due that the pace does not allow yet

log = logging.getLogger(__name__)

OnGone = Callable[[Session, str, str, str, datetime], object]


class Sender:
    """Drains one database's outbox through one gateway.

    `render` draws a notice. `on_gone(session, workspace_id, to, error, now)` is told in the settling transaction that a
    message could not be said because its reader or its place is gone, or the bot is no longer in it.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        gateway: SlackGateway,
        render: Render,
        on_gone: OnGone,
        terms: Terms = USUAL,
        crash_point: CrashPoint = lambda point: None,
    ) -> None:
        self._engine, self._clock, self._gateway = engine, clock, gateway
        self._on_gone, self._terms, self._crash_point = on_gone, terms, crash_point
        self._poster = Poster(engine, gateway, render, crash_point)
        self._auditor = Auditor(engine, gateway, terms.rates)
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

    @property
    def is_at_work(self) -> bool:
        """Whether the thread lives: a mistake of ours that nobody foresaw ends it."""
        return self._thread.is_alive()

    def wake(self) -> None:
        """Look into the outbox now."""
        self._work.set()

    def stop(self, timeout: float = 10.0) -> bool:
        """Say what is due and end, within `timeout` seconds; False when a Slack call was still out by then.

        No call begins in the second half, which is for the last one to come back. What was not said is said by the
        next start.
        """
        self._unlisten()
        self._last_moment = elapsed() + timeout / 2
        self._stopping.set()
        self._work.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def drain(self, now: datetime) -> int:
        """Say everything that is due and allowed at `now` (aware) and return how many messages went out.

        Safe beside the running thread. What has to wait stays for later: `outbox.next_due` says when.
        """
        said = 0
        with self._turn:
            began = elapsed()
            self._do_chores(now)
            while elapsed() < self._last_moment:
                moment = (now + timedelta(seconds=elapsed() - began), elapsed()) if said else (now, began)
                went_out = self._send_batch(*moment)
                if went_out is None:
                    break
                said += went_out
        return said

    def something_is_due(self) -> bool:
        """Whether there is something to say now, if the pace allowed it."""
        with reading_scope(self._engine) as session:
            return outbox.something_is_due(session, self._clock.now())

    def _run(self) -> None:
        stopping = False
        while not stopping:
            self._work.clear()
            stopping = self._stopping.is_set()
            try:
                self.drain(self._clock.now())
                pause = SOON if self.something_is_due() else EVERY
            except SQLAlchemyError:
                log.exception("The outbox could not be read or written; the next look is in a second.")
                pause = EVERY
            self._work.wait(0 if stopping else pause)

    def _do_chores(self, now: datetime) -> None:
        """Ask a Slack that went silent whether it is back; take back what was said twice."""
        with session_scope(self._engine) as session:
            silent = pacing.to_probe(session, now, self._terms.first_probe)
            doubtful = audits.due(session, now, self._terms.lease)
        if silent:
            answered = self._is_answered()
            with session_scope(self._engine) as session:
                for workspace_id in silent:
                    (pacing.slack_is_back if answered else pacing.probe_failed)(session, workspace_id)
        for audit in doubtful:
            self._auditor.look_into(audit, now)

    def _is_answered(self) -> bool:
        try:
            self._gateway.probe()
        except (Unknown, Unreached) as trouble:
            log.warning("Slack is still silent: %s", trouble.error)
            return False
        except SlackTrouble:
            return True
        return True

    def _send_batch(self, now: datetime, began: float) -> int | None:
        """Claim, speak, settle; how many went out, or None when nothing could be claimed.

        It was `now` at `began`: chores that took their time must not make Slack's patience end early.
        """
        with session_scope(self._engine) as session:
            batch = claims.claim(session, self._owner, now, self._terms)
        if not batch:
            return None
        self._crash_point("after claim")
        give_up = began + self._terms.lease.total_seconds() / 2  # nobody posts what another may have claimed
        outcomes = self._poster.speak(batch, now, min(give_up, self._last_moment))
        self._crash_point("before sent")
        took = timedelta(seconds=elapsed() - began)
        with session_scope(self._engine) as session:
            self._pace(session, batch, outcomes, now + took)
            for claim, outcome in zip(batch, outcomes, strict=True):
                ours = self._settle(session, claim, outcome, now + took)
                if not ours or took > self._terms.lease:
                    _doubt(session, claim, outcome, now + took)
        return sum(isinstance(outcome, Said) for outcome in outcomes)

    def _pace(self, session: Session, batch: Sequence[Claim], outcomes: Sequence[Outcome], now: datetime) -> None:
        """What Slack's answers mean for how fast we speak; that it answers at all is noted once in a row."""
        heard: str | None = None
        for claim, outcome in zip(batch, outcomes, strict=True):
            match outcome:
                case Untried():
                    continue
                case Unknown() | Unreached():
                    heard = None
                    pacing.lost(session, claim.workspace_id, now, self._terms.first_probe)
                case Retry(after=after, limited=limited):
                    heard = None
                    log.warning("Slack asks for patience (%s): %s", outcome.error, after)
                    pacing.hold(session, claim.workspace_id, now, after, self._terms.rates if limited else None)
                case _ if claim.workspace_id != heard:
                    pacing.heard(session, claim.workspace_id)
                    heard = claim.workspace_id

    def _settle(self, session: Session, claim: Claim, outcome: Outcome, now: datetime) -> bool:
        """Whether the claim was still ours."""
        match outcome:
            case Said(channel_id, ts):
                return claims.mark_sent(session, claim, channel_id, ts, now)
            case Untried() | Retry():
                return claims.release(session, claim)
            case Unknown():
                log.warning("Nobody knows whether %s was posted: %s", claim.key, outcome.error)
                return True
            case Gone():
                self._on_gone(session, claim.workspace_id, claim.to, outcome.error, now)
                return claims.drop(session, claim, outcome.error)
            case MessageGone():
                return claims.drop(session, claim, outcome.error)
            case GiveUp() | SlackTrouble():
                log.error("Slack refuses %s for good: %s", claim.key, outcome.error)
                return claims.fail(session, claim, outcome.error)


def _doubt(session: Session, claim: Claim, outcome: Outcome, now: datetime) -> None:
    """We outlived our lease: somebody else may have said the same. An update said twice does no harm."""
    log.warning("The lease of %s was over before it was settled.", claim.key)
    if claim.standing is not None:
        return
    match outcome:
        case Said(channel_id, ts):
            audits.begin(session, claim, channel_id, ts, now)
        case Unknown():
            audits.begin(session, claim, claim.address.channel_id, None, now)
