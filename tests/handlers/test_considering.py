"""Asked before a match, payload by payload: what is wrong is said where it was done, and nothing is kept of it."""

import pytest
from sqlalchemy import Engine

from bot.content import refusals
from bot.domain.considering_apart import Lists
from bot.domain.matching import Inputs
from bot.errors import NotPossibleNow
from bot.views.ids import Action, View
from sandbox.server import Sandbox
from storage.tables import Consideration, Considered, PossiblePartner, Program, Suggestion
from tests.builders import World
from tests.handlers.desk import Desk
from tests.handlers.test_forms import entry
from tests.stories.reading import words_of

EIGHT = ("U0ANA", "U0BEN", "U0CHLOE", "U0DEV", "U0EVA", "U0FEMI", "U0GITA", "U0INES")


@pytest.fixture
def asking(desk: Desk) -> Desk:
    """Ana, an admin, has asked eight people."""
    desk.world.people(*EIGHT)
    desk.world.change(desk.world.row(Program), asks_first=True)
    desk.command("admin match")
    view = desk.open_view()
    desk.hear("submitted", callback_id=View.ASK_FIRST, values={}, about=view["private_metadata"], view_id=view["id"])
    assert len(desk.world.rows(Considered)) == 8
    return desk


def sheet(desk: Desk, user: str) -> int:
    return desk.world.row(Considered, user_id=user).id


def test_a_tap_is_kept_and_another_s_is_not_mine(asking: Desk) -> None:
    line = asking.world.rows(PossiblePartner, considered_id=sheet(asking, "U0BEN"))[0]
    asking.press(Action.RATHER_NOT, f"possible:{line.id}", user="U0CHLOE")
    assert asking.said(asking.dm("U0CHLOE")) == refusals.NOT_YOUR_QUESTION
    assert not asking.world.row(PossiblePartner, id=line.id).rather_not
    asking.press(Action.RATHER_NOT, f"possible:{line.id}", user="U0BEN")
    assert asking.world.row(PossiblePartner, id=line.id).rather_not


@pytest.mark.parametrize("action", [Action.RATHER_NOT, Action.RATHER_AFTER_ALL, Action.CONSIDERED_FINE])
@pytest.mark.parametrize("value", ["", "possible:0", "considered:999999", "pair:1", "possible:1 or 1=1"])
def test_a_forged_value_is_out_of_date(asking: Desk, action: Action, value: str) -> None:
    asking.press(action, value, user="U0BEN")
    assert asking.said(asking.dm("U0BEN")) == refusals.STALE_BUTTON
    assert not [one for one in asking.world.rows(Considered) if one.answered_at]


def test_suggesting_oneself_is_refused_under_the_field_and_nothing_is_kept(asking: Desk) -> None:
    about = {"considered": sheet(asking, "U0BEN")}
    answer = asking.submit(View.SUGGEST, entry("suggested", selected_users=["U0BEN"]), about, user="U0BEN")
    assert answer == {"response_action": "errors", "errors": {"suggested": refusals.SUGGESTED_SELF}}
    answer = asking.submit(View.SUGGEST, entry("suggested", selected_users=["U0NADIA"]), about, user="U0BEN")
    assert answer["errors"] == {"suggested": refusals.SUGGESTED_NOBODY}
    assert asking.world.rows(Suggestion) == []


def test_a_suggestion_closes_its_form_and_is_there_when_it_is_opened_again(asking: Desk) -> None:
    about = {"considered": sheet(asking, "U0BEN")}
    values = entry("suggested", selected_users=["U0EVA", "U0HUGO"])
    assert asking.submit(View.SUGGEST, values, about, user="U0BEN") == {}
    asking.press(Action.OPEN_SUGGEST, f"considered:{about['considered']}", user="U0BEN")
    assert asking.open_view("U0BEN")["blocks"][1]["element"]["initial_users"] == ["U0EVA", "U0HUGO"]


def test_only_organizers_ask_and_match(desk: Desk) -> None:
    desk.world.people(*EIGHT)
    desk.command("admin match")
    view = desk.open_view()
    forged = {"callback_id": View.ASK_FIRST, "values": {}, "about": '{"program": 1}', "view_id": view["id"]}
    desk.hear("submitted", "U0BEN", **forged)
    desk.press(Action.MATCH_NOW, "program:1", user="U0BEN")
    assert "Only an organizer" in desk.said(desk.dm("U0BEN"))
    assert desk.world.rows(Consideration) == []


def test_what_goes_wrong_while_lists_are_made_is_said_in_the_modal_and_nobody_is_asked(
    fresh: Sandbox, engine: Engine
) -> None:
    def breaks(inputs: Inputs) -> Lists:
        raise NotPossibleNow(refusals.MATCH_BROKE)

    desk = Desk(fresh, World(engine), consider=breaks)
    desk.world.people(*EIGHT)
    desk.world.change(desk.world.row(Program), asks_first=True)
    desk.command("admin match")
    view = desk.open_view()
    desk.hear("submitted", callback_id=View.ASK_FIRST, values={}, about=view["private_metadata"], view_id=view["id"])
    assert refusals.MATCH_BROKE in words_of(desk.open_view())
    assert desk.world.rows(Consideration) == []


def test_with_three_people_nobody_is_asked_first(desk: Desk) -> None:
    desk.world.people(*EIGHT[:3])
    desk.world.change(desk.world.row(Program), asks_first=True)
    desk.command("admin match")
    assert "3 of 3 in 1 trio" in words_of(desk.open_view())
