"""Brings a database up to date. Alembic is imported only when there is something to do: starts stay short."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from storage.engine import sqlite_path

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_POSTGRES_LOCK = 6_368_781  # any number, the same in every process


def head() -> str:
    """The newest revision: revisions are numbered, and each is named as its file."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def current(engine: Engine) -> str | None:
    """The revision the database is at; None when it is empty."""
    with engine.connect() as connection:
        return _current(connection)


def upgrade(engine: Engine) -> bool:
    """Upgrade to `head()`, one starter at a time; False when there was nothing to do.

    A revision that fails is rolled back whole, and its error is raised.
    """
    with _migrating(engine) as connection:
        if _current(connection) == head():
            return False
        from alembic import command

        with _foreign_keys_off(connection), connection.begin():
            command.upgrade(config(connection), "head")
            _check_foreign_keys(connection)
    return True


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Go back to `revision`, by default to an empty database."""
    from alembic import command

    with _migrating(engine) as connection, _foreign_keys_off(connection), connection.begin():
        command.downgrade(config(connection), revision)
        _check_foreign_keys(connection)


def config(connection: Connection) -> "Config":
    """Alembic's configuration, bound to one connection; there is no alembic.ini."""
    from alembic.config import Config

    settings = Config(attributes={"connection": connection})
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return settings


def _current(connection: Connection) -> str | None:
    with connection.begin():
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """The one connection, of all processes, that may migrate: four starters at once crash each other without it."""
    path = sqlite_path(engine)
    if path is None:
        with engine.connect() as connection, _advisory_lock(connection):
            yield connection
        return
    with path.with_name(path.name + ".migrating").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with engine.connect() as connection:
            yield connection


@contextmanager
def _advisory_lock(connection: Connection) -> Iterator[None]:
    """PostgreSQL's lock of the session: it outlives the transaction that took it."""
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _POSTGRES_LOCK})
    try:
        yield
    finally:
        with connection.begin():
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _POSTGRES_LOCK})


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite's batch mode drops and renames tables; with foreign keys on, the children of an altered one go too."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys = off")  # a no-op inside BEGIN
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = on")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"This migration would leave rows that point nowhere: {broken[:5]}")
