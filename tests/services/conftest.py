"""A little world on SQLite, and the same on both databases for what depends on them."""

import pytest
from sqlalchemy import Engine

from tests.builders import World


@pytest.fixture
def world(engine: Engine) -> World:
    return World(engine)


@pytest.fixture
def either_world(database: Engine) -> World:
    return World(database)
