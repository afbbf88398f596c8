"""A workspace with a little in it, for the tests of storage."""

import pytest
from sqlalchemy import Engine

from storage.engine import session_scope
from storage.tables import Person, Workspace


@pytest.fixture
def team(database: Engine) -> Engine:
    """A database, SQLite and PostgreSQL in turn, with the workspace T1 and Ana (U1) in it."""
    with session_scope(database) as session:
        session.add(Workspace(id="T1", name="Acme", bot_user_id="UBOT"))
        session.flush()
        session.add(Person(workspace_id="T1", user_id="U1", name="Ana", dm_id="D1"))
    return database
