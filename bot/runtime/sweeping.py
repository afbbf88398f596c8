"""The hourly sweep: people and channels as Slack says they are. No event is needed then; lost ones are made up for.

Slack does not deliver again what it could not deliver in an outage (26 February 2025: 9.5 hours).
"""

import logging
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Protocol

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.domain.people import ChannelFacts, PersonFacts
from bot.services import administering, remembering
from storage import people, programs
from storage.engine import reading_scope, session_scope

EVERY = timedelta(hours=1)
EVENTS_KEPT = timedelta(days=1)
PAGES_A_TICK = 10
"""users.list may be asked twenty times a minute (https://docs.slack.dev/reference/methods/users.list, Tier 2)."""

log = logging.getLogger(__name__)


class Directory(Protocol):
    """Reads people and channels from Slack."""

    def people(self, cursor: str) -> tuple[list[PersonFacts], str]: ...
    def channel(self, channel_id: str) -> ChannelFacts | None: ...


class Sweep:
    """Beside the tick, a few pages at a time: a company of 20,000 is looked through in ten minutes."""

    def __init__(self, engine: Engine, directory: Directory, workspace_id: str) -> None:
        self._engine, self._directory, self._workspace_id = engine, directory, workspace_id
        self._cursor: str | None = None

    def sweep_due(self, now: datetime) -> None:
        """Begin when the last sweep is an hour ago, or go on with one; where Slack is silent, at the next tick."""
        if self._cursor is None and not self._begin(now):
            return
        try:
            self._go_on(now)
        except (SlackApiError, OSError, HTTPException) as error:
            log.warning("The sweep of people and channels was interrupted: %s", error)
            if isinstance(error, SlackApiError) and error.response["error"] == "invalid_cursor":
                self._cursor = None

    def _begin(self, now: datetime) -> bool:
        with session_scope(self._engine) as session:
            if not people.begin_sweep(session, self._workspace_id, now, EVERY):
                return False
            people.forget_events(session, now - EVENTS_KEPT)
        self._cursor = ""
        return True

    def _go_on(self, now: datetime) -> None:
        for _ in range(PAGES_A_TICK):
            listed, following = self._directory.people(self._cursor or "")
            with session_scope(self._engine) as session:
                remembering.heal(session, self._workspace_id, listed, now=now)
            self._cursor = following
            if not following:
                self._look_at_channels(now)
                self._cursor = None
                return

    def _look_at_channels(self, now: datetime) -> None:
        with reading_scope(self._engine) as session:
            channels = programs.channels_of(session, self._workspace_id)
        for channel_id in channels:
            facts = self._directory.channel(channel_id)
            with session_scope(self._engine) as session:
                administering.channel_is(session, self._workspace_id, channel_id, facts, now=now)
