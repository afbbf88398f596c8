"""How time passes in the simulated year: it leaps to where people act or the bot has something to do."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, select

from bench.year.company import DAY, HOUR, PROGRAMS, START, Company
from bench.year.journeys import Journeys
from bench.year.people import People
from bench.year.seeded_slack import SeededSlack
from bot.clock import TravelClock
from bot.domain.pairs import PairStatus
from bot.runtime.sender import Sender
from bot.services import heartbeat
from bot.views import messages
from storage import outbox
from storage.claims import USUAL
from storage.engine import reading_scope, session_scope
from storage.tables import Pair

A_SECOND, A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Year:
    """The bot and its people, from the first Monday to the last."""

    def __init__(self, company: Company) -> None:
        """A sender as the bot has it, but for its pace: how fast Slack wants it is tried elsewhere."""
        self.company, self.people = company, People(company)
        self.slack = SeededSlack(company.slack_seed, self._is_silent, START)
        self._journeys = Journeys(company, self.slack, self.people) if len(company.programs) == len(PROGRAMS) else None
        terms = replace(USUAL, rates=None)
        self._sender = Sender(company.engine, TravelClock(START), self.slack, messages.render, _nobody_gone, terms)
        self._promised: dict[int, tuple[datetime, datetime | None]] = {}
        self._tick_at = self._send_at = START

    def _is_silent(self, now: datetime) -> bool:
        return any(start <= now < end for start, end in self.company.slack_away)

    def live(self) -> None:
        """The bot ticks and speaks, and people act by the hour."""
        now = START
        while now < self.company.end:
            away = next((stretch for stretch in self.company.bot_away if stretch[0] <= now < stretch[1]), None)
            now = self._moment(now) if away is None else away[1]
        self._sender.stop()

    def _moment(self, now: datetime) -> datetime:
        acted = now == this_hour(now) and self._people_act(now)
        due = now >= min(self._tick_at, self._send_at)
        if due:
            self._tick(now)  # what waited too long is held back before it is sent
        if acted or due:
            self._speak(now)
            self._look_ahead(now)
        return min(self._tick_at, self._send_at, this_hour(now) + HOUR)

    def _speak(self, now: datetime) -> None:
        """Where nothing is due, nobody need try."""
        with reading_scope(self.company.engine) as session:
            waits = outbox.next_due(session, now)
        if waits is not None and waits <= now:
            self.slack.now = now
            self._sender.drain(now)

    def _people_act(self, now: datetime) -> bool:
        with session_scope(self.company.engine) as session:
            answered = self._journeys is not None and self._journeys.answer(session, now)
            return self.people.act(session, now) or answered

    def _tick(self, now: datetime) -> None:
        more = True
        while more:
            with session_scope(self.company.engine) as session:
                more = heartbeat.tick(session, now=now)
        self.people.may_have_heard = True

    def _look_ahead(self, now: datetime) -> None:
        """Who lets time pass may leap to where the bot has something to do (tests/services/test_leaping.py); it ticks
        on full minutes."""
        with reading_scope(self.company.engine) as session:
            self._note_promises(session, now)
            self._tick_at = next_minute(now, heartbeat.next_due(session, now=now))
            self._send_at = next_minute(now, outbox.next_due(session, now))

    def _note_promises(self, session: Session, now: datetime) -> None:
        """What the checker must know of each pair from now on: when it may be asked, and its last answer."""
        running = select(Pair.id, Pair.ask_from, Pair.answered_at).where(Pair.status == PairStatus.ACTIVE)
        for pair_id, ask_from, answered_at in session.exec(running):
            promised = ask_from, answered_at
            if self._promised.get(pair_id) != promised:
                self._promised[pair_id] = promised
                self.company.promises.append((pair_id, now, *promised))


def _nobody_gone(_session: Session, _workspace_id: str, to: str, error: str, _now: datetime) -> None:
    raise RuntimeError(f"{to} is not gone, though the sender says {error}")


def this_hour(now: datetime) -> datetime:
    """The full hour."""
    return now.replace(minute=0, second=0, microsecond=0)


def next_minute(now: datetime, due: datetime | None) -> datetime:
    """The first full minute after `now` at which something is due; a day later where nothing is."""
    moment = max(due or now + DAY, now + A_SECOND)
    full = moment.replace(second=0, microsecond=0)
    return full if full == moment else full + A_MINUTE
