"""Real processes, real signals: whatever is killed, frozen or lost, each DM holds each message once in the end.

That is as far as the promise goes: where the bot may read the history, once Slack and a worker are back.
"""

import pytest
from sqlalchemy import Engine

from tests.chaos.storm import Aftermath, Weather, blow

KILLS = (0.08, 0.3)


def workers_for(database: Engine) -> int:
    """Four on PostgreSQL; a SQLite file has one runner, started again."""
    return 1 if database.dialect.name == "sqlite" else 4


def storm(database: Engine, seed: int, **weather: object) -> Aftermath:
    url = database.url.render_as_string(hide_password=False)
    aftermath = blow(url, Weather(workers=workers_for(database), **weather), seed)  # type: ignore[arg-type]
    print(aftermath)
    assert aftermath.holds, str(aftermath)
    return aftermath


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_kill_at_any_moment_loses_nothing_and_doubles_nothing(database: Engine, seed: int) -> None:
    assert storm(database, seed, messages=1000, kill_every=KILLS).kills >= 10


def test_the_named_crash_points_lose_nothing_and_double_nothing(database: Engine) -> None:
    assert storm(database, seed=4, messages=200, crash_share=0.02).kills >= 3


def test_lost_answers_and_resets_lose_nothing_and_double_nothing(database: Engine) -> None:
    storm(database, seed=5, messages=200, accepted_then_lost=0.04, lost=0.04)


def test_nobody_posts_before_slack_s_patience_is_back_on_any_worker(database: Engine) -> None:
    storm(database, seed=6, messages=200, limited=0.3)


def test_a_worker_frozen_for_longer_than_its_lease_leaves_no_duplicate_to_be_seen(database: Engine) -> None:
    assert storm(database, seed=7, messages=150, freeze_every=(0.2, 0.6)).kills >= 1
