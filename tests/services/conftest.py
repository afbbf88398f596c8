"""A little world on SQLite, and the same on both databases for what depends on them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.engine import make_engine
from tests.builders import World
from tests.conftest import sqlite_url


@pytest.fixture
def world(engine: Engine) -> World:
    return World(engine)


@pytest.fixture
def another_world(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    """A second one beside it, to compare what happens in both."""
    engine = make_engine(sqlite_url(Path(shutil.copy(sqlite_template, tmp_path / "another.db"))), pool_size=2)
    yield World(engine)
    engine.dispose()


@pytest.fixture
def either_world(database: Engine) -> World:
    return World(database)
