"""A fan-out in bad weather: workers are killed and frozen, Slack loses answers and asks for patience, and in the end
every message is counted."""

import os
import signal
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from random import Random

from sqlalchemy import Engine
from sqlmodel import col, func, select

from bot.clock import SystemClock
from bot.domain.notices import WelcomeBack
from storage import outbox
from storage.engine import make_engine, reading_scope, session_scope
from storage.tables import OutboxAudit, OutboxRow, OutboxStatus, Person, Workspace
from tests.chaos.worker import LEASE, work
from tests.runtime.little_slack import Fault, LittleSlack, rate_limited, serving

PATIENCE = 2  # seconds that Slack asks for
IN_FLIGHT = 1.0
"""Seconds in which a request that left before the others were told to wait may still arrive."""
MESSAGES_EACH = 4
SPARES = 2

_processes = get_context("forkserver")
_processes.set_forkserver_preload(["pytest", "psycopg", "tests.chaos.worker"])


@dataclass(frozen=True)
class Weather:
    """`kill_every`, `freeze_every`: seconds from and to. The rest are shares of all calls, or of all crash points."""

    messages: int = 1000
    workers: int = 4
    kill_every: tuple[float, float] | None = None
    freeze_every: tuple[float, float] | None = None
    crash_share: float = 0.0
    accepted_then_lost: float = 0.0
    lost: float = 0.0
    limited: float = 0.0
    longest: float = 120.0


@dataclass
class Aftermath:
    """What a storm left: messages that are missing, stand twice or out of order, posts that came while Slack had asked
    for patience, and what was never finished."""

    seed: int
    messages: int
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    impatient: int = 0
    unfinished: int = 0
    kills: int = 0
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        return not (self.lost or self.duplicated or self.disordered or self.impatient or self.unfinished)

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.messages} messages, {self.kills} kills and freezes, {self.seconds:.1f} s, "
            f"unfinished {self.unfinished}, out of order {len(self.disordered)}, impatient {self.impatient}, "
            f"lost {len(self.lost)}, duplicated {len(self.duplicated)}"
        )


class BadSlack(LittleSlack):
    """Loses answers before and after it accepts, and asks for patience, by chance."""

    def __init__(self, weather: Weather, chance: Random) -> None:
        super().__init__()
        self._weather, self._chance = weather, chance
        self._asked_at = self._until = 0.0
        self.impatient = 0
        self.epoch = int(SystemClock().now().timestamp())

    def next_fault(self, method: str) -> Fault | None:
        """By chance; while it has asked for patience every post is refused, as Slack does."""
        with self._guard:
            now, luck, weather = time.monotonic(), self._chance.random(), self._weather
            if method == "chat.postMessage" and now < self._until:
                self.impatient += now > self._asked_at + IN_FLIGHT
                return rate_limited(PATIENCE)
            if method == "chat.postMessage" and luck < weather.limited and now > self._until + 0.5:
                self._asked_at, self._until = now, now + PATIENCE
                return rate_limited(PATIENCE)
        if luck < weather.limited + weather.accepted_then_lost and luck > weather.limited:
            return Fault(accepted=True, hangs_up=luck * 1000 % 2 < 1)
        if luck > 1 - weather.lost:
            return Fault(500, hangs_up=luck * 1000 % 2 < 1)
        return None


@dataclass
class Spare:
    """A worker that waits to be told to begin."""

    process: ForkServerProcess
    go: Connection

    def begin(self) -> ForkServerProcess:
        self.go.send("go")
        self.go.close()
        return self.process


class Crew:
    """Workers, each replaced when it is gone, by one that stands ready: what is killed is killed at work."""

    def __init__(self, database_url: str, slack_url: str, weather: Weather, chance: Random) -> None:
        self._arguments = (database_url, slack_url)
        self._weather, self._chance = weather, chance
        self._frozen: dict[int, float] = {}
        self._spares = deque(self._spare() for _ in range(weather.workers + SPARES))
        self.workers = [self._start() for _ in range(weather.workers)]
        self.hit = 0

    def _spare(self) -> Spare:
        theirs, ours = _processes.Pipe(duplex=False)
        arguments = (*self._arguments, self._chance.randrange(1 << 30), self._weather.crash_share, theirs)
        process = _processes.Process(target=work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return Spare(process, ours)

    def _start(self) -> ForkServerProcess:
        self._spares.append(self._spare())
        return self._spares.popleft().begin()

    def kill_one(self) -> None:
        worker = self._chance.randrange(len(self.workers))
        self.workers[worker].kill()
        self.hit += 1

    def freeze_one(self) -> None:
        pid = self.workers[self._chance.randrange(len(self.workers))].pid
        if pid is not None and pid not in self._frozen:
            os.kill(pid, signal.SIGSTOP)
            self._frozen[pid] = time.monotonic() + LEASE.total_seconds() * self._chance.uniform(0.8, 1.6)
            self.hit += 1

    def mend(self) -> None:
        """Replace the dead; wake those who were frozen long enough."""
        for number, worker in enumerate(self.workers):
            if not worker.is_alive():
                worker.join()
                self.hit += self._weather.crash_share > 0
                self.workers[number] = self._start()
        for pid, until in list(self._frozen.items()):
            if time.monotonic() > until:
                del self._frozen[pid]
                os.kill(pid, signal.SIGCONT)

    def wake_all(self) -> None:
        for pid in self._frozen:
            os.kill(pid, signal.SIGCONT)
        self._frozen.clear()

    def stop(self) -> None:
        self.wake_all()
        for worker in [*self.workers, *(spare.process for spare in self._spares)]:
            worker.kill()
            worker.join()
        for spare in self._spares:
            spare.go.close()


def blow(database_url: str, weather: Weather, seed: int) -> Aftermath:
    """One fan-out in this weather over a migrated, empty database; returns when all is said, or after `longest`."""
    chance = Random(seed)
    slack = BadSlack(weather, Random(seed + 1))
    engine = make_engine(database_url, pool_size=2)
    people = fan_out(engine, weather.messages)
    began = time.monotonic()
    with serving(slack), crew_of(database_url, slack.url, weather, chance) as crew:
        left = _weather_it(engine, slack, crew, weather, chance, began + weather.longest)
    engine.dispose()
    aftermath = count(slack, people, seed, weather.messages)
    aftermath.kills, aftermath.unfinished, aftermath.seconds = crew.hit, left, time.monotonic() - began
    return aftermath


@contextmanager
def crew_of(database_url: str, slack_url: str, weather: Weather, chance: Random) -> Iterator[Crew]:
    crew = Crew(database_url, slack_url, weather, chance)
    try:
        yield crew
    finally:
        crew.stop()


def fan_out(engine: Engine, messages: int) -> dict[str, list[str]]:
    """Enqueue, and return what each DM has to hold in the end."""
    now = SystemClock().now()
    people: dict[str, list[str]] = {}
    with session_scope(engine) as session:
        session.add(Workspace(id="T1", name="Acme", bot_user_id="UBOT"))
        session.flush()
        for number in range(messages):
            user = f"U{number % max(1, messages // MESSAGES_EACH)}"
            if user not in people:
                session.add(Person(workspace_id="T1", user_id=user, name=user))
            people.setdefault(user, []).append(f"k{number}")
            due = now - timedelta(hours=1) + timedelta(milliseconds=number)
            notice = WelcomeBack(f"k{number}", "", ())
            outbox.enqueue(session, "T1", notice, key=f"k{number}", to=f"user:{user}", due_at=due)
    return {f"D{user}": keys for user, keys in people.items()}


def _weather_it(
    engine: Engine, slack: LittleSlack, crew: Crew, weather: Weather, chance: Random, deadline: float
) -> int:
    """Once work has begun, let it blow until everything was said; how much was left undone."""
    while not slack.calls:
        time.sleep(0.01)
    next_kill, next_freeze = _next(weather.kill_every, chance), _next(weather.freeze_every, chance)
    while time.monotonic() < deadline:
        time.sleep(0.02)
        crew.mend()
        if time.monotonic() > next_kill:
            crew.kill_one()
            next_kill = _next(weather.kill_every, chance)
        if time.monotonic() > next_freeze:
            crew.freeze_one()
            next_freeze = _next(weather.freeze_every, chance)
        if not unfinished(engine):
            crew.wake_all()
            time.sleep(0.5)  # whoever was frozen says what it had in hand, and notes that it came late
            if not unfinished(engine):
                return 0
    return unfinished(engine)


def _next(every: tuple[float, float] | None, chance: Random) -> float:
    return time.monotonic() + chance.uniform(*every) if every else float("inf")


def unfinished(engine: Engine) -> int:
    """Rows and audits."""
    with reading_scope(engine) as session:
        rows = select(func.count()).select_from(OutboxRow).where(col(OutboxRow.status) != OutboxStatus.SENT)
        return session.exec(rows).one() + session.exec(select(func.count()).select_from(OutboxAudit)).one()


def count(slack: LittleSlack, people: dict[str, list[str]], seed: int, messages: int) -> Aftermath:
    """Every message in every DM against what was to be said."""
    aftermath = Aftermath(seed, messages, impatient=slack.impatient if isinstance(slack, BadSlack) else 0)
    for place, keys in people.items():
        texts = slack.texts(place)
        seen = Counter(texts)
        aftermath.lost += [key for key in keys if not seen[key]]
        aftermath.duplicated += [key for key, times in seen.items() if times > 1]
        if sorted(texts) == sorted(keys) and texts != keys:
            aftermath.disordered.append(place)
    return aftermath
