"""Takes back what was said twice: a worker frozen for longer than its lease may post what another posted too."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.domain.pace import Rates
from bot.runtime.posting import CLOCKS_DIFFER
from bot.runtime.slack import MessageGone, SlackGateway, SlackTrouble
from storage import audits, pacing
from storage.audits import Audit
from storage.engine import session_scope

AGAIN_AFTER = timedelta(minutes=1)

log = logging.getLogger(__name__)


class Auditor:
    """Sees to it that each audited key stands once, where that can be seen."""

    def __init__(self, engine: Engine, gateway: SlackGateway, rates: Rates | None) -> None:
        self._engine, self._gateway, self._rates = engine, gateway, rates

    def look_into(self, audit: Audit, now: datetime) -> int:
        """Carry out an audit, if there is room for a lookup now; returns how many messages were taken back."""
        with session_scope(self._engine) as session:
            if not pacing.may_look(session, audit.workspace_id, now, self._rates):
                return 0
        try:
            taken_back = self._take_back(audit)
        except SlackTrouble as trouble:
            log.warning("The audit of %s was put off: %s", audit.key, trouble.error)
            with session_scope(self._engine) as session:
                audits.put_off(session, audit, now + AGAIN_AFTER)
            return 0
        with session_scope(self._engine) as session:
            audits.finish(session, audit)
        return taken_back

    def _take_back(self, audit: Audit) -> int:
        seen = {audit.ts} if audit.ts else set()
        if audit.look_up:
            seen |= set(self._gateway.find_all(audit.channel_id, audit.key, audit.since - CLOCKS_DIFFER))
        twice = seen - {audit.recorded}
        for ts in sorted(twice):
            self._delete(audit, ts)
        return len(twice)

    def _delete(self, audit: Audit, ts: str) -> None:
        log.warning("%s stood twice: the message %s was taken back.", audit.key, ts)
        try:
            self._gateway.delete(audit.channel_id, ts)
        except MessageGone:
            log.info("It was gone already.")
