"""One Slack with the bot in it per module: ending a Socket Mode connection costs three seconds."""

from collections.abc import Iterator

import pytest

from tests.stories.stage import Stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A Slack of a dozen people with the bot in it, at its first moment."""
    stage = Stage(tmp_path_factory.mktemp("stage") / "sandbox")
    yield stage
    stage.stop()
