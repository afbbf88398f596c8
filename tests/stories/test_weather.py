"""Weeks in which something breaks nearly every day, under a seed: people press their buttons all the same.

The whole bot and a whole Slack, on a clock that travels. Where the bot may read the history each thing stands once.
"""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from storage.tables import OutboxRow, OutboxStatus
from tests.stories.eight import EIGHT_ARE_PAIRED
from tests.stories.stage import Json, Stage, play

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEKS = 6
POSTING = ("chat.postMessage", "chat.update", "conversations.open", "conversations.history", "*")


def some_trouble(chance: Random, stage: Stage) -> dict[str, Any]:
    """A fault of the sandbox for the day to come."""
    begins = stage.now + chance.uniform(0, 12) * HOUR
    ends = begins + chance.uniform(1, 10) * HOUR
    method, times = chance.choice(POSTING), chance.randint(1, 4)
    return chance.choice(
        [
            {"method": method, "times": times, "drop": "after"},
            {"method": method, "times": times, "drop": "before"},
            {"method": method, "times": times, "status": 500},
            {"method": method, "times": times, "status": 429, "retry_after": chance.randint(1, 90)},
            {"method": method, "times": times, "error": "internal_error"},
            {"outage": [begins.isoformat(), ends.isoformat()]},
            {"events": chance.choice(["twice", "lost"])},
            {"socket": "drop"},
        ]
    )


def travel(stage: Stage, by: timedelta) -> None:
    stage.rehearsal.listeners.rest()
    assert stage.control.travel((stage.now + by).isoformat())["ok"]


def in_direct_messages(stage: Stage) -> list[Json]:
    """What stands where the bot may look."""
    places = [channel["id"] for channel in stage.control.state()["channels"] if channel.get("is_im")]
    return [message for place in places for message in stage.control.messages(place)]


def keys_of(messages: list[Json]) -> Counter[str]:
    """How often each key stands there."""
    return Counter(message["metadata"]["event_payload"]["key"] for message in messages if message.get("metadata"))


def is_file(row: OutboxRow) -> bool:
    """What comes with a file bears no key: it may stand twice (decision 0004)."""
    return row.notice["kind"] in ("calendar_file", "certificate_ready")


def said_to_one(row: OutboxRow) -> bool:
    return row.to.startswith("user:") and row.replaces is None


@pytest.mark.parametrize("seed", [1, 2])
def test_through_six_weeks_of_trouble_each_thing_is_said_once(stage: Stage, seed: int) -> None:
    chance = Random(seed)
    stage.reset()
    play(stage, EIGHT_ARE_PAIRED)
    stage.control.play()
    for _ in range(WEEKS * 7):
        stage.control.faults(clear=True)
        if chance.random() < 0.7:
            stage.control.faults(**some_trouble(chance, stage))
        travel(stage, DAY)
    stage.control.faults(clear=True)
    travel(stage, 3 * DAY)
    stage.settle()
    messages, rows = in_direct_messages(stage), stage.outbox()
    standing, told = keys_of(messages), [row for row in rows if said_to_one(row) and row.status is OutboxStatus.SENT]
    sent = {row.key for row in told if not is_file(row)}
    assert len(sent) > 12, f"seed {seed}: too few to mean anything"
    assert {key for key, times in standing.items() if times > 1} == set(), f"seed {seed}"
    assert sent - set(standing) == set(), f"seed {seed}"
    assert sum(bool(message.get("files")) for message in messages) >= len([*filter(is_file, told)]), f"seed {seed}"
    left = {row.key: row.status for row in rows if row.status in (OutboxStatus.SENDING, OutboxStatus.FAILED)}
    assert left == {}, f"seed {seed}"
    assert all(row.error for row in rows if row.status is OutboxStatus.DROPPED)
    assert not [row.key for row in rows if row.status is OutboxStatus.PENDING and row.due_at < stage.now - HOUR]
