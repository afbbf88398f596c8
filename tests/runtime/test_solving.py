"""Matching in a process of its own: the same plan, no solver in the bot, an end to what takes too long."""

import os
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from bot.content import refusals
from bot.domain.considering_apart import considered
from bot.domain.giving_way import LAST_OF_ALL
from bot.domain.matching import Candidate, Inputs, Rules, Weights
from bot.errors import NotPossibleNow
from bot.runtime.solving import CONSIDERER, WORKER, Solver

INPUTS = Inputs(
    candidates=tuple(Candidate(f"U{n}", offers=(f"skill {n}",), asks=(f"skill {n ^ 1}",)) for n in range(9)),
    history=(),
    rules=Rules(vetoes=frozenset({frozenset({"U0", "U1"})}), locks=(("U2", "U5"),)),
    weights=Weights(),
    on=date(2026, 1, 12),
    seed=7,
)
FOREVER = (sys.executable, "-c", "import time; time.sleep(600)")
BROKEN = (sys.executable, "-c", "raise SystemExit('no solver here')")


def test_the_worker_s_plan_is_the_one_that_would_be_made_here() -> None:
    assert Solver()(INPUTS) == INPUTS.plan()


def test_possible_partners_are_found_in_a_process_of_their_own_too() -> None:
    found = Solver().consider(INPUTS)
    assert found == considered(INPUTS)
    assert found["U3"]


def test_a_worker_that_takes_too_long_is_ended_and_the_organizer_told_so() -> None:
    solver = Solver(FOREVER, patience=0.3)
    began = time.monotonic()
    with pytest.raises(NotPossibleNow, match="longer than two minutes") as refused:
        solver(INPUTS)
    assert refused.value.user_message == refusals.MATCH_TOO_LONG
    assert time.monotonic() - began < 5


def test_whoever_waits_for_a_turn_waits_no_longer_than_for_the_match() -> None:
    solver = Solver(FOREVER, patience=0.5)
    refused: list[str] = []

    def match() -> None:
        try:
            solver(INPUTS)
        except NotPossibleNow as error:
            refused.append(error.user_message)

    threads = [threading.Thread(target=match) for _ in range(4)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [refusals.MATCH_TOO_LONG] * 4
    assert time.monotonic() - began < 5


def test_a_worker_that_breaks_is_logged_and_told(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotPossibleNow) as refused:
        Solver(BROKEN)(INPUTS)
    assert refused.value.user_message == refusals.MATCH_BROKE
    assert "no solver here" in caplog.text


def test_a_bot_that_stops_ends_its_workers_and_starts_no_more(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    solver = Solver((sys.executable, "-c", f"import time; open({str(begun)!r}, 'w'); time.sleep(600)"))
    refused: list[str] = []

    def match() -> None:
        with pytest.raises(NotPossibleNow) as error:
            solver(INPUTS)
        refused.append(error.value.user_message)

    waiting = threading.Thread(target=match)
    waiting.start()
    while not begun.exists():
        time.sleep(0.01)
    solver.stop()
    waiting.join(5)
    match()
    assert refused == [refusals.MATCH_BROKE] * 2


@pytest.mark.parametrize("command", [WORKER, CONSIDERER])
def test_a_worker_gives_way_to_the_bot(command: tuple[str, ...]) -> None:
    with subprocess.Popen(command, stdin=subprocess.PIPE) as worker:
        deadline = time.monotonic() + 60
        while os.getsid(worker.pid) != worker.pid and time.monotonic() < deadline:
            time.sleep(0.01)
        nice, session = os.getpriority(os.PRIO_PROCESS, worker.pid), os.getsid(worker.pid)
        worker.kill()
    assert (nice, session) == (LAST_OF_ALL, worker.pid)


def test_the_bot_s_own_process_has_no_solver_in_it() -> None:
    heavy = "sorted({'numpy', 'scipy', 'rustworkx'} & set(sys.modules))"
    asked = [sys.executable, "-c", f"import sys, bot.app; print({heavy})"]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == "[]"
