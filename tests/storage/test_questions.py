"""Reading whom the heartbeat may have to ask."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from bench.population import TEAM, populate
from storage import people, questions
from storage.engine import reading_scope, session_scope
from storage.tables import Person, Workspace

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


def test_of_two_workspaces_with_the_same_ids_only_those_who_were_named_are_found(team: Engine) -> None:
    with session_scope(team) as session:
        session.add(Workspace(id="T2", name="Other", bot_user_id="UBOT"))
        session.flush()
        for workspace_id, user_id in (("T1", "U2"), ("T2", "U1"), ("T2", "U2")):
            session.add(Person(workspace_id=workspace_id, user_id=user_id, name=f"{workspace_id} {user_id}"))
    with reading_scope(team) as session:
        found = people.of_readers(session, [("T1", "U1"), ("T2", "U2"), ("T3", "U1")])
        assert {reader: person.name for reader, person in found.items()} == {("T1", "U1"): "Ana", ("T2", "U2"): "T2 U2"}
        assert people.of_readers(session, []) == {}
