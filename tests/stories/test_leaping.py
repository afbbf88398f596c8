"""Leaping from due moment to due moment says the same, at the same minutes, as ticking each minute."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.app import Mentor, build
from bot.clock import TravelClock
from bot.config import Settings
from storage import outbox
from storage.engine import sqlite_path
from storage.tables import OutboxRow
from tests.stories.eight import EIGHT_ARE_PAIRED, Ana, Ben, Chloe, Dev, Gita
from tests.stories.stage import Stage, instant, play, skip

MINUTE = timedelta(minutes=1)
Said = set[tuple[str, datetime, str]]

THANKS_NOBODY_WAITS_FOR = [
    skip("Wed 11 Feb 12:00"),
    Ben.types("/mentor kudos @Ana for the second look"),
    Ana.presses("Post it", "the second look"),
]
SPANS = {  # two days in all
    "a Tuesday, when people are asked": ([], "Mon 2 Feb 18:00", "Tue 3 Feb 18:00"),
    "a Friday, when what was not answered lapses": ([], "Fri 6 Feb 06:00", "Fri 6 Feb 18:00"),
    "a Friday with a round-up alone": (THANKS_NOBODY_WAITS_FOR, "Fri 13 Feb 06:00", "Fri 13 Feb 18:00"),
}


@pytest.fixture(scope="module")
def world(stage: Stage) -> Stage:
    """Eight people of whom some have met, one is on a break, two have been thanked, and one of those agreed."""
    play(stage, [*EIGHT_ARE_PAIRED, skip("Tue 27 Jan 12:00"), Ana.presses("We met"), Ben.presses("Post it")])
    play(stage, [Dev.types("/mentor pause until 3 Feb"), skip("Mon 2 Feb 12:00")])
    play(stage, [Chloe.types("/mentor checkin met"), Gita.types("/mentor kudos @Ana for the long walk")])
    play(stage, [Ana.presses("Post it", "the long walk"), Gita.types("/mentor kudos @Eva for the sketch")])
    return stage


@pytest.mark.parametrize("span", SPANS)
def test_leaping_equals_ticking(world: Stage, tmp_path: Path, span: str) -> None:
    before_it, start, end = SPANS[span]
    play(world, [*before_it, skip(start)])
    ticking = twin(world, tmp_path)
    before = said(world.outbox())
    leaps = leap(world, instant(end))
    tick_each_minute(ticking, instant(end))
    leapt, ticked = said(world.outbox()), said(outbox_of(ticking))
    ticking.stop()
    assert leapt - before, "something was due"
    assert leapt == ticked
    assert leaps < 20, "far from ticking"


def twin(stage: Stage, folder: Path) -> Mentor:
    """The same bot on a copy of the database, at the same moment; it is not connected and ticks when told."""
    assert stage.rehearsal.mentor is not None
    sandbox = stage.rehearsal.sandbox
    settings = Settings(
        slack_bot_token=sandbox.bot_token, slack_app_token=sandbox.app_token, slack_api_url=sandbox.slack_api_url
    )
    copied = folder / "mentor.db"
    original = sqlite_path(stage.rehearsal.mentor.deps.engine)
    assert original is not None
    with closing(sqlite3.connect(original)) as connection:
        connection.execute("VACUUM INTO ?", [f"{copied}"])
    return build(replace(settings, database_url=f"sqlite+pysqlite:///{copied}"), TravelClock(stage.now))


def leap(stage: Stage, to: datetime) -> int:
    """Go on from due moment to due moment; returns how many leaps it took."""
    mentor, leaps = stage.rehearsal.mentor, 0
    assert mentor is not None
    while stage.now < to:
        mentor.advance(to)
        leaps += 1
    stage.settle()
    return leaps


def tick_each_minute(mentor: Mentor, to: datetime) -> None:
    """What the scheduler does in real time, without the waiting."""
    clock = mentor.deps.clock
    assert isinstance(clock, TravelClock)
    minute = clock.now().replace(second=0, microsecond=0)
    while minute < to:
        minute += MINUTE
        clock.travel(minute)
        mentor.tick()
        if something_waits(mentor, minute):
            mentor.sender.drain(clock.now())


def something_waits(mentor: Mentor, now: datetime) -> bool:
    """Whether the sender has something to do."""
    with Session(mentor.deps.engine) as session:
        due = outbox.next_due(session, now)
    return due is not None and due <= now + MINUTE


def outbox_of(mentor: Mentor) -> list[OutboxRow]:
    """All that a bot said or means to say."""
    with Session(mentor.deps.engine) as session:
        return list(session.exec(select(OutboxRow)))


def said(rows: list[OutboxRow]) -> Said:
    """What was said and when, to the minute."""
    return {(row.key, row.due_at.replace(second=0, microsecond=0), str(row.status)) for row in rows}
