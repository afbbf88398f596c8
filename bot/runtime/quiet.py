"""Asks Slack who wants quiet, shortly before they would be written to. Events tell of most of it; none is needed."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Protocol

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.domain.people import Stretch
from bot.services import remembering
from storage import people
from storage.engine import reading_scope, session_scope

AHEAD = timedelta(minutes=10)
FRESH = timedelta(minutes=30)
AT_ONCE = 50
STRANGERS = {"user_not_found", "user_not_visible"}
CALLS_A_TICK = 10
"""dnd.teamInfo takes fifty people, twenty times a minute (https://docs.slack.dev/reference/methods/dnd.teamInfo)."""

log = logging.getLogger(__name__)


class Directory(Protocol):
    """Reads from Slack when do-not-disturb is on for some people."""

    def undisturbed(self, user_ids: Sequence[str]) -> dict[str, Stretch | None]: ...


class Quiet:
    """Before the tick. Where Slack is silent, what was known before holds; where it forbids, it is not asked again."""

    def __init__(self, engine: Engine, directory: Directory, workspace_id: str) -> None:
        self._engine, self._directory, self._workspace_id = engine, directory, workspace_id
        self._forbidden = False

    def look_ahead(self, now: datetime) -> None:
        """Look at those who are to be asked or written to within ten minutes, in the order of their ids."""
        if self._forbidden:
            return
        with reading_scope(self._engine) as session:
            most = AT_ONCE * CALLS_A_TICK
            soon = people.written_to_soon(session, self._workspace_id, now + AHEAD, now - FRESH, most)
        for first in range(0, len(soon), AT_ONCE):
            if not self._look(soon[first : first + AT_ONCE], now):
                return

    def _look(self, user_ids: Sequence[str], now: datetime) -> bool:
        try:
            told = self._directory.undisturbed(user_ids)
        except (SlackApiError, OSError, HTTPException) as error:
            self._forbidden = isinstance(error, SlackApiError) and error.response["error"] == "missing_scope"
            log.warning("Slack did not say who wants quiet: %s", error)
            return isinstance(error, SlackApiError) and error.response["error"] in STRANGERS
        with session_scope(self._engine) as session:
            remembering.told_undisturbed(session, self._workspace_id, told, now=now)
        return True
