"""python -m bench.year: a year of 300 people in 12 countries, under one seed, looked over by somebody who knows none of
the bot's rules for time.

Everything but Slack is the bot itself: its services, heartbeat, database, sender and words. People answer, thank, take
breaks, want quiet and move; the bot is away for hours or days, and so is Slack (bench/seeded_slack.py), which also asks
for patience and loses answers. The checker (bench/naive_calendar.py) is told what was sent.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bench.naive_calendar import Checker, Habits, Promise, Record, Stretch, look_over
from bench.seeded_slack import SeededSlack
from bot.clock import TravelClock
from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.pairs import PairStatus
from bot.domain.people import Actor, PersonFacts
from bot.errors import MentorError
from bot.runtime.sender import Sender
from bot.services import checking_in, enrolling, heartbeat, holding, introducing, quieting, remembering, thanking
from bot.views import messages
from storage import outbox, questions
from storage.claims import USUAL
from storage.engine import make_engine, session_scope
from storage.migrate import upgrade
from storage.tables import Cycle, Enrollment, MatchRun, Nudge, Organizer, OutboxRow, OutboxStatus, Pair, Program

TEAM, ORGANIZER = "T1", "UORG"
START = datetime(2026, 1, 5, 6, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
CYCLE_WEEKS = 12
COUNTRIES = {
    "Europe/Lisbon": "PT",
    "Europe/Berlin": "DE",
    "Europe/Oslo": "NO",
    "America/New_York": "US",
    "America/Sao_Paulo": "BR",
    "America/Mexico_City": "MX",
    "Africa/Cairo": "EG",
    "Africa/Lagos": "NG",
    "Asia/Kolkata": "IN",
    "Asia/Tokyo": "JP",
    "Asia/Kathmandu": "NP",
    "Pacific/Auckland": "NZ",
}
Act = Callable[[Session, str, datetime], None]
"""Something a person does; a MentorError where it is not possible just now."""

STATES = [CheckInState.MET, CheckInState.MET, CheckInState.NOT_YET, CheckInState.STUCK, CheckInState.KEEP]


@dataclass
class Year:
    """One run: who there is, what they do, and what the checker is told."""

    engine: Engine
    dice: random.Random
    people: list[str]
    end: datetime
    programs: list[int] = field(default_factory=list)
    habits: dict[str, list[Habits]] = field(default_factory=dict)
    breaks: dict[str, list[Stretch]] = field(default_factory=dict)
    silences: dict[str, list[Stretch]] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    promised: dict[int, tuple[datetime, datetime | None]] = field(default_factory=dict)
    answers: list[tuple[datetime, str, int]] = field(default_factory=list)
    bot_away: list[Stretch] = field(default_factory=list)
    slack_away: list[Stretch] = field(default_factory=list)
    heard: set[int] = field(default_factory=set)
    due: datetime | None = None
    slack: SeededSlack = field(init=False)
    sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        """A sender as the bot has it, but for its pace: how fast Slack wants it is tried elsewhere."""
        self.slack = SeededSlack(self.dice.randrange(10**9), self._is_silent, START)
        terms = replace(USUAL, rates=None)
        self.sender = Sender(self.engine, TravelClock(START), self.slack, messages.render, _nobody_gone, terms)

    def _is_silent(self, now: datetime) -> bool:
        return any(start <= now < end for start, end in self.slack_away)

    def live(self) -> None:
        """From the first Monday to the last: the bot ticks and speaks, and people act by the hour."""
        now = START
        while now < self.end:
            away = next((stretch for stretch in self.bot_away if stretch[0] <= now < stretch[1]), None)
            if away is not None:
                now = away[1]
                continue
            now = self._moment(now)

    def _moment(self, now: datetime) -> datetime:
        if now.minute == 0:
            with session_scope(self.engine) as session:
                acted = self._act(session, now)
        else:
            acted = False
        if not acted and self.due is not None and now < self.due:
            return min(self.due, next_hour(now))
        self._tick_and_send(now)
        with session_scope(self.engine) as session:
            self._note_promises(session, now)
            unsent = outbox.next_due(session, now)
            waiting = None if unsent is None else max(unsent, now + A_MINUTE)
            due = [heartbeat.next_due(session, now=now), waiting, now + DAY]
        self.due = min(moment for moment in due if moment is not None)
        return min(self.due, next_hour(now))

    def _tick_and_send(self, now: datetime) -> None:
        more = True
        while more:
            with session_scope(self.engine) as session:
                more = heartbeat.tick(session, now=now)
        self.slack.now = now
        self.sender.drain(now)

    def _note_promises(self, session: Session, now: datetime) -> None:
        """What the checker must know of each pair from now on: when it may be asked, and its last answer."""
        running = select(Pair.id, Pair.ask_from, Pair.answered_at).where(Pair.status == PairStatus.ACTIVE)
        for pair_id, ask_from, answered_at in session.exec(running):
            promised = ask_from, answered_at
            if self.promised.get(pair_id) != promised:
                self.promised[pair_id] = promised
                self.promises.append((pair_id, now, *promised))

    def _act(self, session: Session, now: datetime) -> bool:
        """What people do in an hour; whether they did anything."""
        new_round = (now - START) % (CYCLE_WEEKS * WEEK + WEEK) < HOUR
        if new_round:
            self._pair_up(session, now)
        acted = self._answer(session, now) or new_round
        chances = (
            (0.4, self._thank),
            (0.05, self._pause),
            (0.01, self._move),
            (0.01, self._change_hours),
            (0.1, self._want_quiet),
        )
        for chance, act in chances:
            if self.dice.random() < chance * len(self.people) / 300:
                self._try(session, act, now)
                acted = True
        return acted

    def _try(self, session: Session, act: Act, now: datetime) -> None:
        try:
            act(session, self.dice.choice(self.people), now)
        except MentorError:
            return

    def _pair_up(self, session: Session, now: datetime) -> None:
        for program_id in self.programs:
            free = [
                enrollment.user_id
                for enrollment in session.exec(select(Enrollment).where(Enrollment.program_id == program_id))
                if enrollment.status is EnrollmentStatus.ACTIVE
            ]
            self.dice.shuffle(free)
            cycle = new_cycle(session, program_id, now)
            for pair in zip(free[::2], free[1::2], strict=False):
                introducing.pair_up(session, (TEAM, program_id, cycle.id), pair, ("you two are new.",), "", now=now)

    def _answer(self, session: Session, now: datetime) -> bool:
        """Six in ten answer a question within a day and a half, each in their own time; whether anybody did."""
        sent = select(Nudge).where(col(Nudge.answered_at).is_(None), Nudge.asked_at >= now - 2 * HOUR)
        for nudge in session.exec(sent):
            if nudge.id not in self.heard:
                self.heard.add(nudge.id)
                if self.dice.random() < 0.6:
                    self.answers.append((now + self.dice.randint(1, 36) * HOUR, nudge.user_id, nudge.id))
        ready = [answer for answer in self.answers if answer[0] <= now]
        for answer in ready:
            self.answers.remove(answer)
            self._say(session, answer[1], answer[2], now)
        return bool(ready)

    def _say(self, session: Session, user_id: str, nudge_id: int, now: datetime) -> None:
        wrap = self.dice.random() < 0.02
        given = Answer(CheckInState.WRAP_UP if wrap else self.dice.choice(STATES))
        try:
            checking_in.answer_question(session, Actor(TEAM, user_id), nudge_id, given, now=now)
        except MentorError:
            return

    def _thank(self, session: Session, user_id: str, now: datetime) -> None:
        other = self.dice.choice(self.people)
        thanking.thank(session, Actor(TEAM, user_id), [other], f"help number {self.dice.random()}", now=now)

    def _pause(self, session: Session, user_id: str, now: datetime) -> None:
        today = now.astimezone(self.habits[user_id][-1].zone).date()
        until = today + timedelta(days=self.dice.randint(2, 25))
        enrolling.pause(session, Actor(TEAM, user_id), until, now=now)
        back = datetime.combine(until, time(0), self.habits[user_id][-1].zone).astimezone(UTC)
        mine = self.breaks.setdefault(user_id, [])
        if mine and mine[-1][1] > now:
            mine[-1] = (mine[-1][0], now)  # one break takes the place of another
        mine.append((now, back))

    def _move(self, session: Session, user_id: str, now: datetime) -> None:
        if self.breaks.get(user_id, [(now, now)])[-1][1] > now:
            return  # the day someone is back is told in one zone
        zone = self.dice.choice(sorted(COUNTRIES))
        remembering.remember(session, TEAM, facts(user_id, zone), now=now)
        habits = self.habits[user_id]
        habits.append(replace(habits[-1], since=now, timezone=zone, country=COUNTRIES[zone]))

    def _want_quiet(self, session: Session, user_id: str, now: datetime) -> None:
        """Some hours, or the rest of the week."""
        end = now + self.dice.choice([HOUR, 3 * HOUR, 20 * HOUR, 5 * DAY])
        remembering.told_undisturbed(session, TEAM, {user_id: (now, end)}, now=now)
        mine = self.silences.setdefault(user_id, [])
        if mine and mine[-1][1] > now:
            mine[-1] = (mine[-1][0], now)
        mine.append((now, end))

    def _change_hours(self, session: Session, user_id: str, now: datetime) -> None:
        start = self.dice.randint(7, 12)
        for enrollment in session.exec(select(Enrollment).where(Enrollment.user_id == user_id)):
            enrollment.hours_from, enrollment.hours_to = time(start), time(start + 7)
        session.flush()
        holding.plan_anew(session, TEAM, user_id, now=now)
        questions.look_again_at_person(session, TEAM, user_id, now)
        habits = self.habits[user_id]
        habits.append(replace(habits[-1], since=now, start=time(start), end=time(start + 7)))


def _nobody_gone(_session: Session, _workspace_id: str, to: str, error: str, _now: datetime) -> None:
    raise RuntimeError(f"{to} is not gone, though the sender says {error}")


def next_hour(now: datetime) -> datetime:
    """The next full hour."""
    return now.replace(minute=0, second=0, microsecond=0) + HOUR


def facts(user_id: str, zone: str) -> PersonFacts:
    """What Slack says of someone."""
    return PersonFacts(user_id, user_id.title(), "", zone, None, None, is_admin=False, is_gone=False, may_join=True)


def new_cycle(session: Session, program_id: int, now: datetime) -> Cycle:
    """The next round of a program, as a release begins it."""
    run = MatchRun(workspace_id=TEAM, program_id=program_id, made_at=now, made_by=ORGANIZER, seed=1)
    session.add(run)
    session.flush()
    number = len(session.exec(select(Cycle.id).where(Cycle.program_id == program_id)).all()) + 1
    cycle = Cycle(
        workspace_id=TEAM,
        program_id=program_id,
        run_id=run.id,
        number=number,
        starts_on=now.date(),
        ends_on=now.date() + CYCLE_WEEKS * WEEK,
    )
    session.add(cycle)
    session.flush()
    return cycle


def begin(engine: Engine, seed: int, count: int, weeks: int) -> Year:
    """A company with two programs; a tenth of it is in both."""
    dice = random.Random(seed)
    year = Year(engine, dice, [f"U{number:03}" for number in range(count)], START + weeks * WEEK)
    with session_scope(engine) as session:
        remembering.remember_workspace(session, TEAM, "Year Works", "UBOT", "mentor")
        remembering.remember(session, TEAM, facts(ORGANIZER, "Europe/Lisbon"), now=START)
        year.programs = [new_program(session, name) for name in ("Peer mentoring", "Leadership")]
        for number, user_id in enumerate(year.people):
            _settle_in(session, year, number, user_id)
    choose_quiet_weeks(year)
    year.bot_away = [away(dice, weeks, 4, 24 * 5) for _ in range(weeks // 8)]
    year.slack_away = [away(dice, weeks, 2, 30) for _ in range(weeks // 8)]
    return year


def _settle_in(session: Session, year: Year, number: int, user_id: str) -> None:
    zone = sorted(COUNTRIES)[number % len(COUNTRIES)]
    start = year.dice.randint(7, 11)
    remembering.remember(session, TEAM, facts(user_id, zone), now=START)
    for program_id in year.programs if number % 10 == 0 else year.programs[:1]:
        enrollment = Enrollment(workspace_id=TEAM, program_id=program_id, user_id=user_id, joined_at=START)
        enrollment.hours_from, enrollment.hours_to = time(start), time(start + 8)
        session.add(enrollment)
    year.habits[user_id] = [Habits(START - WEEK, zone, COUNTRIES[zone], time(start), time(start + 8))]


def new_program(session: Session, name: str) -> int:
    """A program of our organizer's."""
    program = Program(
        workspace_id=TEAM,
        name=name,
        timezone="Europe/Lisbon",
        channel_id="C1",
        channel_name="peers",
        channel_joined=True,
        created_at=START,
    )
    session.add(program)
    session.flush()
    session.add(Organizer(program_id=program.id, user_id=ORGANIZER, workspace_id=TEAM))
    return program.id


QUIET = (date(2026, 2, 16), date(2026, 6, 22), date(2026, 12, 21))


def choose_quiet_weeks(year: Year) -> None:
    """The same in both programs, as the organizer of both does."""
    for monday in QUIET:
        then = datetime.combine(monday - WEEK, time(9), UTC)
        with session_scope(year.engine) as session:
            for program_id in year.programs:
                chosen = [*(week for week in QUIET if week <= monday)]
                quieting.choose_quiet_weeks(session, Actor(TEAM, ORGANIZER), program_id, chosen, now=then)


def away(dice: random.Random, weeks: int, least: int, most: int) -> Stretch:
    """Some hours in the year."""
    start = START + dice.randint(24, weeks * 168) * HOUR
    return start, start + dice.randint(least, most) * HOUR


def deliveries(session: Session, slack: SeededSlack, end: datetime, record: Record) -> None:
    """What was to be said and does not stand in Slack, and what stands in a DM twice."""
    stands = Counter(post.key for post in slack.standing.values())
    for row in session.exec(select(OutboxRow).where(col(OutboxRow.replaces).is_(None), OutboxRow.due_at < end - DAY)):
        if not stands[row.key] and row.status not in (OutboxStatus.DROPPED, OutboxStatus.UNCERTAIN):
            record.lost += 1
            record.lines.append(f"lost: {row.key}, {row.status}")
        if stands[row.key] > 1 and row.to.startswith("user:"):
            record.doubled += 1
            record.lines.append(f"doubled: {row.key}")


def traced(session: Session) -> list[tuple[str, str, str]]:
    """All that was to be said, in the order in which it was decided."""
    rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))
    return [(row.key, row.status, f"{row.sent_at or row.due_at:%Y-%m-%d %H:%M}") for row in rows]


def run(seed: int, count: int, weeks: int) -> Record:
    """Live through it and look it over."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite+pysqlite:///{Path(folder) / 'year.db'}", pool_size=2)
        upgrade(engine)
        year = begin(engine, seed, count, weeks)
        year.live()
        year.sender.stop()
        with Session(engine) as session:
            checker = Checker(year.habits, year.breaks, QUIET, year.silences)
            record = look_over(session, checker, year.promises, year.end)
            record.trace = traced(session)
            deliveries(session, year.slack, year.end, record)
        engine.dispose()
    return record


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a promise was broken; the seed shows it again."""
    parser = argparse.ArgumentParser(description="A year, looked over.")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--weeks", type=int, default=52)
    given = parser.parse_args(arguments)
    began = perf_counter()
    record = run(given.seed, given.people, given.weeks)
    for line in record.lines[:20]:
        print(line)
    print(f"seed {given.seed}: {given.people} people, {given.weeks} weeks, {record.sent} messages, {record.told}")
    print(f"{record.delivered}, {perf_counter() - began:.0f} s")
    print(record.verdict)
    return int(record.broken)


if __name__ == "__main__":
    sys.exit(main())
