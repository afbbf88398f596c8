"""The weekly match of rolling programs, beside the tick: its solving would hold the tick's transaction for seconds."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from bot.domain.matching import Inputs, MatchPlan
from bot.errors import MentorError
from bot.services import rolling
from bot.services.rolling import DueWeek
from storage.engine import reading_scope, session_scope

log = logging.getLogger(__name__)


class WeeklyMatch:
    """`read_anew` asks Slack about a person: custom profile fields send no event, so they are read before a match."""

    def __init__(
        self, engine: Engine, solve: Callable[[Inputs], MatchPlan], read_anew: Callable[[str, datetime], None]
    ) -> None:
        self._engine, self._solve, self._read_anew = engine, solve, read_anew

    def match_due(self, now: datetime) -> None:
        """Match every program whose Monday has come. What cannot be done now is logged, and tried at the next tick."""
        with reading_scope(self._engine) as session:
            weeks = rolling.due(session, now=now)
        for week in weeks:
            try:
                self._match(week, now)
            except MentorError as refused:
                log.warning("Program %d is not matched yet: %s", week.program_id, refused.user_message)

    def _match(self, week: DueWeek, now: datetime) -> None:
        for user_id in week.waiting:
            self._read_anew(user_id, now)
        with reading_scope(self._engine) as session:
            draft = rolling.prepare(session, week, now=now)
        plan = self._solve(draft.inputs)
        with session_scope(self._engine) as session:
            rolling.keep(session, week, draft, plan, now=now)
