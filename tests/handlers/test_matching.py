"""A match that is being solved: nobody waits for it, and what goes wrong is said in the modal."""

from collections.abc import Callable

from sqlalchemy import Engine

from bot.content import refusals
from bot.domain.matching import Inputs, MatchPlan
from bot.errors import NotPossibleNow
from handlers.deps import Solve
from sandbox.server import Sandbox
from storage.engine import session_scope
from storage.tables import MatchRun
from tests.builders import World
from tests.handlers.desk import Desk
from tests.stories.reading import words_of

FOUR = ("U0ANA", "U0BEN", "U0CHLOE", "U0DEV")


def matched(sandbox: Sandbox, engine: Engine, solve: Solve) -> Desk:
    """Ana, an admin, asks for a match of four."""
    desk = Desk(sandbox, World(engine), solve=solve)
    desk.world.people(*FOUR)
    desk.command("admin match")
    return desk


def meanwhile(act: Callable[[], object]) -> Solve:
    """A solver that does something first."""

    def solve(inputs: Inputs) -> MatchPlan:
        act()
        return inputs.plan()

    return solve


def test_while_it_is_solved_the_modal_says_how_many_and_nobody_s_transaction_is_open(
    fresh: Sandbox, engine: Engine
) -> None:
    shown: list[str] = []

    def look() -> None:
        view = fresh.workspace.surfaces.top("U0ANA")
        shown.append(words_of(view or {}))
        with session_scope(engine):  # refused with NestedWrite where this thread is writing
            pass

    desk = matched(fresh, engine, meanwhile(look))
    assert "Matching 4 people" in shown[0]
    assert "4 of 4 in 2 pairs" in words_of(desk.open_view())


def test_what_the_solver_refuses_is_said_in_the_modal(fresh: Sandbox, engine: Engine) -> None:
    def refuse(inputs: Inputs) -> MatchPlan:
        raise NotPossibleNow(refusals.MATCH_TOO_LONG)

    desk = matched(fresh, engine, refuse)
    assert refusals.MATCH_TOO_LONG in words_of(desk.open_view())
    assert desk.world.rows(MatchRun) == []


def test_a_modal_closed_while_it_is_solved_is_no_error(fresh: Sandbox, engine: Engine) -> None:
    desk = matched(fresh, engine, meanwhile(lambda: fresh.workspace.surfaces.close_all("U0ANA")))
    assert desk.control.view("U0ANA") is None
    assert len(desk.world.rows(MatchRun)) == 1, "the match is there when the organizer comes back"
    assert "went wrong" not in str(desk.control.messages("C0GENERAL"))
