"""The sandbox and the bot begin, go on and start anew together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import select

from bot.config import Settings
from bot.rehearsal import Rehearsal, join
from sandbox.client import Control
from storage.engine import reading_scope
from storage.tables import Enrollment

GENERAL = "C0GENERAL"


@contextmanager
def world(folder: Path, *, keep: bool = False, seed: str = "small") -> Iterator[tuple[Rehearsal, Control]]:
    rehearsal = Rehearsal(Settings(port=0), folder, seed=seed, keep=keep, story=seed == "company")
    try:
        yield rehearsal, Control(rehearsal.start())
    finally:
        rehearsal.stop()


def enrolled(rehearsal: Rehearsal) -> list[str]:
    assert rehearsal.mentor is not None
    with reading_scope(rehearsal.mentor.deps.engine) as session:
        return sorted(session.exec(select(Enrollment.user_id)))


def begin_and_join(control: Control) -> None:
    control.command(GENERAL, "U0ANA", "/mentor", "admin")
    control.until(lambda: control.messages(GENERAL))
    control.command(GENERAL, "U0BEN", "/mentor", "join")
    control.until(lambda: control.view("U0BEN"))
    assert join(control, {"id": "U0BEN", "offers": ["listening"]})["ok"]


def test_kept_worlds_go_on_where_they_ended_and_others_start_anew(tmp_path: Path) -> None:
    folder = tmp_path / "sandbox"
    with world(folder) as (rehearsal, control):
        begin_and_join(control)
        control.advance("P3D")
        later = control.state()["now"]
    with world(folder, keep=True) as (rehearsal, control):
        assert enrolled(rehearsal) == ["U0BEN"]
        assert control.state()["now"] >= later
    with world(folder) as (rehearsal, control):
        assert enrolled(rehearsal) == []
        assert control.state()["now"] < later


def test_a_reset_brings_back_the_first_morning_for_the_bot_too(tmp_path: Path) -> None:
    with world(tmp_path / "sandbox", seed="company") as (rehearsal, control):
        first_steps = enrolled(rehearsal)
        assert len(first_steps) >= 12
        control.advance("P1D")
        assert control.reset()["ok"]
        assert enrolled(rehearsal) == first_steps
        assert control.state()["now"] < "2026-01-12T10"
