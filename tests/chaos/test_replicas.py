"""Several bots on one database tick as they please: what is enqueued is what one of them would have enqueued."""

import threading
import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.services import heartbeat
from storage.engine import make_engine, session_scope
from storage.tables import Nudge, OutboxRow
from tests.builders import World

REPLICAS = 4
EVERY = 0.1  # real seconds
STEP = timedelta(hours=7)
TICKS = 24


def a_company(engine: Engine) -> World:
    """Twelve pairs whose first question comes within the week."""
    world = World(engine)
    for number in range(12):
        world.people(f"UA{number}", f"UB{number}")
        world.pair(f"UA{number}", f"UB{number}")
    return world


def tick(engine: Engine, now: datetime) -> None:
    """As the bot does it."""
    more = True
    while more:
        with session_scope(engine) as session:
            more = heartbeat.tick(session, now=now)


def replica(url: str, start: datetime, errors: list[BaseException]) -> None:
    engine = make_engine(url, pool_size=1)
    try:
        for number in range(TICKS):
            began = time.monotonic()
            tick(engine, start + STEP * number)
            time.sleep(max(0.0, EVERY - (time.monotonic() - began)))
    except Exception as error:  # noqa: BLE001  the test shows whatever went wrong in a thread
        errors.append(error)
    finally:
        engine.dispose()


def enqueued(world: World) -> list[tuple[str, datetime]]:
    return sorted((row.key, row.due_at) for row in world.rows(OutboxRow))


def test_four_that_tick_every_tenth_of_a_second_enqueue_what_one_would(engine: Engine, postgres_engine: Engine) -> None:
    alone, shared = a_company(engine), a_company(postgres_engine)
    start = alone.now + timedelta(days=9)
    for number in range(TICKS):
        tick(engine, start + STEP * number)
    url = postgres_engine.url.render_as_string(hide_password=False)
    errors: list[BaseException] = []
    bots = [threading.Thread(target=replica, args=(url, start, errors)) for _ in range(REPLICAS)]
    for bot in bots:
        bot.start()
    for bot in bots:
        bot.join()
    assert errors == []
    assert len(enqueued(shared)) > 24
    assert [key for key, _ in enqueued(shared)] == [key for key, _ in enqueued(alone)]
    assert len(shared.rows(Nudge)) == len({(row.pair_id, row.user_id, row.asked_on) for row in shared.rows(Nudge)})


@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(days=1)], ids=["an hour", "a day"])
def test_a_clock_that_is_set_back_and_forth_enqueues_nothing_twice(engine: Engine, step: timedelta) -> None:
    world = a_company(engine)
    start = world.now + timedelta(days=9)
    for number in range(TICKS):
        now = start + STEP * number
        for moment in (now, now + step, now - step, now):
            tick(engine, moment)
    weeks = [(row.to, row.due_at.isocalendar()[:2]) for row in world.rows(OutboxRow) if row.key.startswith("weekly")]
    assert len(weeks) >= 24
    assert len(weeks) == len(set(weeks))
