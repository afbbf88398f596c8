"""One Bolt app over the SDK's built-in Socket Mode client for all tests here: closing it costs three seconds.

It ends with this package: its pings draw on `random`, which hypothesis does not bear beside its own tests.
"""

import logging
from collections.abc import Iterator

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from sandbox.client import Control
from sandbox.server import Sandbox
from tests.sandbox.bolt.parrot import (
    Json,
    Parrot,
)
from tests.sandbox.conftest import MANIFEST, SMALL, web_client


@pytest.fixture(scope="package")
def parrot_home() -> Iterator[tuple[Sandbox, Parrot]]:
    sandbox = Sandbox(SMALL, MANIFEST, autopilot_seed=7)
    sandbox.start()
    parrot = Parrot(web_client(sandbox))
    quiet = logging.getLogger("parrot")
    quiet.setLevel(logging.CRITICAL)
    client = web_client(sandbox)
    handler = SocketModeHandler(parrot.app, sandbox.app_token, logger=quiet, web_client=client, ping_interval=1)
    handler.connect()
    yield sandbox, parrot
    handler.close()
    sandbox.stop()


@pytest.fixture
def parrot(parrot_home: tuple[Sandbox, Parrot], control: Control) -> Parrot:
    found = parrot_home[1]
    found.heard.clear()
    found.answer = {}
    return found


@pytest.fixture
def sandbox(parrot_home: tuple[Sandbox, Parrot]) -> Sandbox:
    Control(parrot_home[0].url).reset()
    return parrot_home[0]


@pytest.fixture
def form(control: Control, parrot: Parrot) -> Json:
    """Ana has the form open."""
    assert control.command("C0GENERAL", "U0ANA", "/parrot", "form")["ok"]
    return dict(control.until(lambda: control.view("U0ANA")))
