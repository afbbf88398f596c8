"""A sandbox for this package, and a desk in front of it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from sandbox.client import Control
from sandbox.server import Sandbox
from tests.builders import World
from tests.handlers.desk import Desk
from tests.sandbox.conftest import ROOT, SMALL


@pytest.fixture(scope="package")
def small_works() -> Iterator[Sandbox]:
    sandbox = Sandbox(SMALL, ROOT / "manifest.yml")
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def fresh(small_works: Sandbox) -> Sandbox:
    Control(small_works.url).reset()
    return small_works


@pytest.fixture
def desk(fresh: Sandbox, engine: Engine) -> Desk:
    """Nobody has joined yet; UORG of the little world runs the program."""
    return Desk(fresh, World(engine))
