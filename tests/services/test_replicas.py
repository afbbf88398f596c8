"""Four bots on one database, each ticking every hundred milliseconds: together they say what one alone says."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import Celebration
from bot.services import checking_in, enrolling, heartbeat, thanking
from storage.engine import make_engine, session_scope
from storage.tables import Milestone, Nudge, OutboxRow, WithheldQuestion
from tests.builders import TEAM, World

REPLICAS = 4
PERIOD = 0.1
SEED = 7
COUPLES = 12
MOMENTS = [
    datetime(2026, 1, 16, 15, tzinfo=UTC),  # a round-up
    *(datetime(2026, 1, 27, 10, minute, tzinfo=UTC) for minute in range(3)),  # questions
    datetime(2026, 1, 30, 15, tzinfo=UTC),  # consents that lapse
    datetime(2026, 2, 3, 10, tzinfo=UTC),
    datetime(2026, 2, 9, 0, tzinfo=UTC),  # the end of a break
    datetime(2026, 2, 13, 12, tzinfo=UTC),  # three days of silence
    datetime(2026, 2, 23, 0, tzinfo=UTC),  # halfway
    datetime(2026, 4, 5, 23, tzinfo=UTC),  # the last day
    datetime(2026, 4, 6, 12, tzinfo=UTC),
]


def a_busy_week(engine: Engine) -> World:
    """Couples of whom some have met, some wait for an answer, and one is on a break."""
    world = World(engine)
    people = [world.person(f"U{number:02}") for number in range(2 * COUPLES)]
    pairs = [world.pair(one.user_id, other.user_id) for one, other in zip(people[::2], people[1::2], strict=True)]
    world.person("UTHANKED", celebration=Celebration.CHANNEL)
    world.do(thanking.thank, people[0], ["UTHANKED", people[3].user_id], "the code review")
    world.later(days=1).do(enrolling.pause, people[5], date(2026, 2, 9))
    for actor, pair in zip(people[::4], pairs[::2], strict=True):
        with world.writing() as session:
            checking_in.answer(session, actor, session.merge(pair), Answer(CheckInState.MET), now=world.now)
    return world


def tick_until_done(engine: Engine, now: datetime) -> None:
    """A tick as a bot does it: transaction after transaction until there is no more."""
    more = True
    while more:
        with session_scope(engine) as session:
            more = heartbeat.tick(session, now=now)


def together(engines: list[Engine], moments: list[datetime]) -> None:
    """Each replica ticks at every moment, a hundred milliseconds apart, none in step with another."""
    start, failed = threading.Barrier(len(engines)), list[BaseException]()

    def replica(number: int) -> None:
        dice = random.Random(SEED + number)
        pause = threading.Event()
        try:
            for moment in moments:
                start.wait(30)
                pause.wait(dice.uniform(0, PERIOD))
                tick_until_done(engines[number], moment)
        except BaseException as error:  # noqa: BLE001 - told below, in the test's own thread
            failed.append(error)
            start.abort()

    threads = [threading.Thread(target=replica, args=(number,)) for number in range(len(engines))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == [], f"seed {SEED}"


def said(world: World) -> list[tuple[str, str, datetime]]:
    return sorted((row.key, row.to, row.due_at) for row in world.rows(OutboxRow))


def decided(world: World) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [(n.pair_id, n.user_id, n.asked_on, n.step) for n in world.rows(Nudge)]
    rows += [(m.pair_id, m.kind, m.status) for m in world.rows(Milestone)]
    return rows + [(w.pair_id, w.user_id, w.week, w.reason) for w in world.rows(WithheldQuestion)]


@pytest.fixture
def alone(sqlite_template: object, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], World]:
    """What a single bot makes of the same weeks."""
    from shutil import copy

    def live() -> World:
        path = copy(str(sqlite_template), tmp_path_factory.mktemp("alone") / "mentor.db")
        engine = make_engine(f"sqlite+pysqlite:///{path}", pool_size=1)
        world = a_busy_week(engine)
        for moment in MOMENTS:
            tick_until_done(engine, moment)
        engine.dispose()
        return world

    return live


def test_four_replicas_say_exactly_what_one_says(database: Engine, alone: Callable[[], World]) -> None:
    world, reference = a_busy_week(database), alone()
    engines = [make_engine(database.url.render_as_string(hide_password=False)) for _ in range(REPLICAS)]
    together(engines, MOMENTS)
    for engine in engines:
        engine.dispose()
    keys = [key for key, _, _ in said(world)]
    assert len(keys) == len(set(keys)) > 5 * COUPLES, "rows = distinct keys"
    assert said(world) == said(reference)
    assert sorted(map(str, decided(world))) == sorted(map(str, decided(reference)))
    assert {row.workspace_id for row in world.rows(OutboxRow)} == {TEAM}


def test_a_tick_that_comes_while_another_is_at_it_leaves_nothing_for_later(database: Engine) -> None:
    world = a_busy_week(database)
    together([database] * REPLICAS, [MOMENTS[1]])
    before = said(world)
    tick_until_done(database, MOMENTS[1] + timedelta(seconds=1))
    assert said(world) == before
