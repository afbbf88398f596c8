"""Databases for tests: a fresh one each, copied from a template that the migrations made.

`engine` is SQLite, `postgres_engine` an embedded PostgreSQL; a test that asks for `database` runs on both.
"""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine, text

from bot.interpreter import spare_what_stays
from storage.engine import make_engine
from storage.migrate import upgrade
from tests.postgres import PostgresAt, embedded_server

settings.register_profile("no stopwatch", deadline=None, print_blob=True)
settings.load_profile("no stopwatch")
"""How long an example takes is the machine's mood."""


def pytest_collection_finish() -> None:
    """What was imported and collected stays."""
    spare_what_stays()


def sqlite_url(path: Path) -> str:
    return f"sqlite+pysqlite:///{path}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a migrated, empty SQLite file: copy it, do not open it."""
    path = tmp_path_factory.mktemp("template") / "mentor.db"
    engine = make_engine(sqlite_url(path), pool_size=1)
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_file(sqlite_template: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file of this test's own."""
    return Path(shutil.copy(sqlite_template, tmp_path / "mentor.db"))


@pytest.fixture
def engine(sqlite_file: Path) -> Iterator[Engine]:
    """A migrated SQLite database."""
    engine = make_engine(sqlite_url(sqlite_file), pool_size=5)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_at() -> Iterator[PostgresAt]:
    """The embedded server: a function from a database's name to its URL."""
    with embedded_server() as url_of:
        yield url_of


@pytest.fixture(scope="session")
def postgres_admin(postgres_at: PostgresAt) -> Iterator[Engine]:
    """An engine that makes and drops databases."""
    admin = make_engine(postgres_at("postgres"), pool_size=1).execution_options(isolation_level="AUTOCOMMIT")
    yield admin
    admin.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_at: PostgresAt, postgres_admin: Engine) -> Iterator[str]:
    """The name of a migrated, empty PostgreSQL database."""
    name = f"template_{os.getpid()}"
    make_database(postgres_admin, name)
    engine = make_engine(postgres_at(name), pool_size=1)
    upgrade(engine)
    engine.dispose()
    yield name
    drop_database(postgres_admin, name)


_numbers = count(1)


@pytest.fixture
def empty_postgres_url(postgres_at: PostgresAt, postgres_admin: Engine) -> Iterator[str]:
    """A PostgreSQL database with nothing in it."""
    name = f"empty_{os.getpid()}_{next(_numbers)}"
    make_database(postgres_admin, name)
    yield postgres_at(name)
    drop_database(postgres_admin, name)


@pytest.fixture
def postgres_engine(postgres_at: PostgresAt, postgres_admin: Engine, postgres_template: str) -> Iterator[Engine]:
    """A migrated PostgreSQL database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    make_database(postgres_admin, name, template=postgres_template)
    engine = make_engine(postgres_at(name), pool_size=5)
    yield engine
    engine.dispose()
    drop_database(postgres_admin, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Engine:
    """A migrated database, once on SQLite and once on PostgreSQL."""
    name = "engine" if request.param == "sqlite" else "postgres_engine"
    engine: Engine = request.getfixturevalue(name)
    return engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "empty.db")
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


def make_database(admin: Engine, name: str, template: str = "template1") -> None:
    drop_database(admin, name)
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))


def drop_database(admin: Engine, name: str) -> None:
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
