"""Reading whom the heartbeat may have to ask."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from bench.population import TEAM, populate
from storage import questions
from storage.engine import reading_scope

NOW = datetime(2026, 1, 27, 10, tzinfo=UTC)
ROWS_READ = text("SELECT sum(seq_tup_read) + sum(coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables")


def test_a_server_without_statistics_does_not_read_every_pair_for_each_person(postgres_engine: Engine) -> None:
    """Right after a round of thousands was released, nothing has counted the rows yet."""
    weeks_ago = NOW - timedelta(weeks=2)
    users = populate(postgres_engine, 1_000, since=weeks_ago, ask_from=NOW, zones=["Europe/London"])
    with reading_scope(postgres_engine) as session:
        places = questions.partners(session, [(TEAM, user) for user in users[:100]])
        read = session.connection().scalar(ROWS_READ)
    assert len(places) == 100
    assert read <= 20 * len(users), f"{read} rows"
