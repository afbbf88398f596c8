"""A running sandbox with the small company and an app that may do everything."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import Control
from sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "sandbox" / "seeds" / "small.yaml"
MANIFEST = Path(__file__).parent / "app_manifest.yml"
Json = dict[str, Any]


def web_client(sandbox: Sandbox, token: str | None = None) -> WebClient:
    """A client of the sandbox that tries once."""
    return WebClient(token=token or sandbox.bot_token, base_url=sandbox.slack_api_url, retry_handlers=[])


def refusal(call: Callable[[], Any]) -> Json:
    """The JSON of a call that must be refused."""
    with pytest.raises(SlackApiError) as caught:
        call()
    return dict(caught.value.response.data)


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    sandbox = Sandbox(SMALL, MANIFEST)
    sandbox.start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    """The module's sandbox, put back to its seed."""
    Control(running.url).reset()
    return running


@pytest.fixture
def control(sandbox: Sandbox) -> Control:
    return Control(sandbox.url)


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return web_client(sandbox)
