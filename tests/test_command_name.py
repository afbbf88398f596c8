"""An organization may have another /mentor: ours is then called what MENTOR_COMMAND says, in every word too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import Settings
from bot.rehearsal import Rehearsal
from bot.views.kit import call_the_command
from sandbox.client import Control


@pytest.fixture
def peers(tmp_path: Path) -> Iterator[Control]:
    manifest = tmp_path / "manifest.yml"
    ours = Path("manifest.yml").read_text(encoding="utf-8")
    manifest.write_text(ours.replace("/mentor", "/peers"), encoding="utf-8")
    rehearsal = Rehearsal(
        Settings(port=0, command="/peers"), tmp_path / "sandbox", seed="small", story=False, manifest=manifest
    )
    yield Control(rehearsal.start())
    rehearsal.stop()
    call_the_command("/mentor")


def test_another_command_name_is_heard_and_spoken(peers: Control) -> None:
    for text in ("admin", "", "help", "resume", "nonsense"):  # with a program there is more to say
        answered(peers, text)
    words = str(peers.messages("C0GENERAL"))
    assert "`/peers join`" in words
    assert "/mentor" not in words


def answered(peers: Control, text: str) -> None:
    before = len(peers.messages("C0GENERAL"))
    peers.command("C0GENERAL", "U0ANA", "/peers", text)
    peers.until(lambda: len(peers.messages("C0GENERAL")) > before)
