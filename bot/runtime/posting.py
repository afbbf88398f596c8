"""One claim becomes one message in Slack, or a reason why not.

Whoever kills the process chooses the moment. The crash points name the moments that matter, and tests end the process
at each of them: `after claim`, `before post`, `after post`, `before sent`.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from slack_sdk.errors import SlackObjectFormationError
from sqlalchemy import Engine

from bot.clock import elapsed
from bot.domain.notices import Notice
from bot.domain.pace import BROKEN_AFTER
from bot.runtime.slack import GiveUp, MessageGone, Retry, SlackGateway, SlackTrouble, Unknown, Unreached
from bot.views.kit import Attached
from storage import pacing
from storage.addresses import remember_address
from storage.claims import TOO_LATE, Claim
from storage.engine import reading_scope, session_scope

CLOCKS_DIFFER = timedelta(hours=1)
DRAWING_FAULTS = (
    *(ArithmeticError, AttributeError, ImportError, LookupError, OSError, TypeError, ValueError),
    SlackObjectFormationError,
)
POINTS = ("after claim", "before post", "after post", "before sent")

log = logging.getLogger(__name__)


class Drawn(Protocol):
    """A notice as Slack shows it."""

    @property
    def text(self) -> str: ...

    @property
    def blocks(self) -> list[dict[str, Any]]: ...

    @property
    def file(self) -> Attached | None: ...


Render = Callable[[Notice], Drawn]
CrashPoint = Callable[[str], object]


@dataclass(frozen=True)
class Said:
    """It stands in Slack; where a file came with it nobody tells its `ts`."""

    channel_id: str
    ts: str | None


@dataclass(frozen=True)
class Untried:
    """It was claimed, and there was no time or no leave to say it."""


Outcome = Said | Untried | SlackTrouble


class Poster:
    """Says what was claimed. `crash_point` is told where we are, for tests that end the process there."""

    def __init__(self, engine: Engine, gateway: SlackGateway, render: Render, crash_point: CrashPoint) -> None:
        self._engine, self._gateway, self._render = engine, gateway, render
        self._crash_point = crash_point

    def speak(self, batch: Sequence[Claim], now: datetime, until: float) -> list[Outcome]:
        """One outcome a claim. Once Slack asks any worker for patience or falls silent, or at `until` (as `elapsed`
        tells it), the rest is left untried."""
        outcomes: list[Outcome] = []
        began = elapsed()
        for claim in batch:
            then = now + timedelta(seconds=elapsed() - began)
            stop = _enough(outcomes) or elapsed() > until or (outcomes and self._is_held(claim, then))
            outcomes.append(Untried() if stop else self._try(claim, until))
        return outcomes

    def _is_held(self, claim: Claim, now: datetime) -> bool:
        with reading_scope(self._engine) as session:
            return pacing.is_held(session, claim.workspace_id, now)

    def _try(self, claim: Claim, until: float) -> Outcome:
        try:
            drawn = self._render(claim.notice)
            content = drawn.file.draw() if drawn.file else b""
        except DRAWING_FAULTS as error:
            log.exception("The notice %s cannot be drawn.", claim.key)
            return GiveUp(f"cannot be drawn: {error!r}")
        try:
            return self._say(claim, drawn, content, until)
        except SlackTrouble as trouble:
            return trouble

    def _say(self, claim: Claim, drawn: Drawn, content: bytes, until: float) -> Outcome:
        if claim.standing is not None:
            channel_id, ts = claim.standing
            first_key = claim.replaces or claim.key
            return Said(
                channel_id, self._change(self._gateway.update, channel_id, ts, drawn.text, drawn.blocks, first_key)
            )
        channel_id = claim.address.channel_id or self._open(claim)
        if claim.unknown_before and claim.look_up:
            found = self._gateway.find(channel_id, claim.key, claim.due_at - CLOCKS_DIFFER)
            if found is not None:
                return Said(channel_id, found)
        if claim.too_late:
            return MessageGone(TOO_LATE)
        file_id = self._gateway.upload(drawn.file.name, content, drawn.file.alt_text) if drawn.file else None
        if elapsed() > until:  # opening and looking took time, and another may have claimed it by now
            return Untried()
        if drawn.file and file_id:
            self._change(self._gateway.share, channel_id, file_id, drawn.file.title, drawn.blocks)
            return Said(channel_id, None)
        return Said(channel_id, self._change(self._gateway.post, channel_id, drawn.text, drawn.blocks, claim.key))

    def _change(self, act: Callable[..., str], *what: Any) -> str:
        """Every change to what people see in Slack, with its crash points."""
        self._crash_point("before post")
        ts = act(*what)
        self._crash_point("after post")
        return ts

    def _open(self, claim: Claim) -> str:
        """Open the conversation and keep its id at once: after a post of unknown outcome it says where to look."""
        try:
            channel_id = self._gateway.open_group(list(claim.address.user_ids))
        except Unknown as trouble:
            raise Unreached(trouble.error) from trouble  # nothing was posted, and opening twice does no harm
        with session_scope(self._engine) as session:
            remember_address(session, claim.workspace_id, claim.to, channel_id)
        return channel_id


def _enough(outcomes: Sequence[Outcome]) -> bool:
    """Slack asked for patience, or its last few answers were lost."""
    last = outcomes[-BROKEN_AFTER:]
    silent = len(last) == BROKEN_AFTER and all(isinstance(outcome, Unknown) for outcome in last)
    return silent or any(isinstance(outcome, Retry | Untried) for outcome in outcomes)
