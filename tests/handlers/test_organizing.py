"""An organizer of several programs: named in their words, chosen before, or asked with buttons."""

from typing import Any

import pytest

from bot.content import programs as words
from bot.content import refusals
from bot.domain.people import Actor
from bot.services import administering
from bot.views.ids import Action, Ref, Spoken, View
from storage.tables import Organizer, Program
from tests.builders import TEAM
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_listeners import joined, modal_words
from tests.views.test_limits import buttons

Json = dict[str, Any]
ANA = "U0ANA"


@pytest.fixture
def both(desk: Desk) -> Program:
    """Ana runs Peer mentoring, in which Ben and Chloe are, and Leadership, in which Dan is."""
    joined(desk, ANA, "U0BEN", "U0CHLOE")
    leadership = desk.world.another_program("R&D leadership", ANA)
    with desk.world.writing() as session:
        session.add(Organizer(program_id=desk.world.program_id, user_id=ANA, workspace_id=TEAM))
    return leadership


def choose(desk: Desk, program_id: int) -> None:
    desk.world.do(administering.choose, Actor(TEAM, ANA), program_id)


def shown(desk: Desk) -> Json:
    return dict(desk.control.messages(GENERAL)[-1])


def test_who_runs_two_is_asked_and_a_button_carries_out_what_was_typed(desk: Desk, both: Program) -> None:
    desk.command("admin people")
    assert desk.said() == words.WHICH
    values = [button["value"] for button in buttons(shown(desk)["blocks"])]
    assert values == [f"program:{desk.world.program_id} admin people", f"program:{both.id} admin people"]
    desk.press(Action.CHOOSE_PROGRAM, values[1])
    assert "Nobody has joined yet" in desk.said(desk.dm())
    desk.press(Action.CHOOSE_PROGRAM, values[0])
    assert desk.said(desk.dm()) == "Peer mentoring: 3 people"


@pytest.mark.parametrize(
    "typed",
    [
        "admin people in R&amp;D leadership",
        "admin people r&amp;d Leadership",
        "Admin People for “R&amp;D Leadership”",
        "admin people of R&amp;D leadership.",
    ],
)
def test_a_program_named_at_the_end_is_meant_and_stays_meant(desk: Desk, both: Program, typed: str) -> None:
    desk.command(typed)
    assert "Nobody has joined yet" in desk.said()
    desk.command("admin people")
    assert "Nobody has joined yet" in desk.said()


def test_a_name_after_people_is_read_too(desk: Desk, both: Program) -> None:
    desk.command("admin match explain <@U0BEN|ben> <@U0CHLOE|chloe> in Peer mentoring")
    assert "Ben" in modal_words(shown(desk)["blocks"])
    desk.command("admin match explain <@U0BEN|ben> <@U0CHLOE|chloe> in R&amp;D leadership")
    assert "not in the program" in desk.said()


def test_a_program_they_do_not_run_is_said_to_be_none_of_theirs(desk: Desk, both: Program) -> None:
    desk.world.another_program("Buddies", "U0BEN")
    for name in ("Buddies", "Nowhere"):
        desk.command(f"admin people in {name}")
        assert f"no program called “{name}” that you run" in desk.said()


def test_a_name_is_never_taken_from_a_verb(desk: Desk, both: Program) -> None:
    desk.world.change(both, name="Release")
    choose(desk, desk.world.program_id)
    desk.command("admin match release")
    assert "There is no match to change yet" in desk.said()
    desk.command("admin people release")
    assert "Nobody has joined yet" in desk.said()


def test_everybody_s_other_words_stay_as_they_are(desk: Desk, both: Program) -> None:
    desk.command("kudos <@U0BEN|ben> for the talk in R&amp;D leadership")
    assert "On its way to Ben" in desk.said()


def test_a_form_opens_from_the_question_and_changes_the_program_it_was_opened_for(desk: Desk, both: Program) -> None:
    desk.press(Action.CHOOSE_PROGRAM, f"program:{both.id} admin holidays")
    view = desk.open_view()
    assert (view["callback_id"], f'"program": {both.id}' in view["private_metadata"]) == (View.QUIET_WEEKS, True)


def test_a_button_names_its_program_whatever_was_chosen_since(desk: Desk, both: Program) -> None:
    choose(desk, desk.world.program_id)
    desk.press(Action.OPEN_QUIET_WEEKS, str(Ref("program", both.id)))
    assert f'"program": {both.id}' in desk.open_view()["private_metadata"]
    desk.press(Action.SHOW_PEOPLE, str(Ref("program", desk.world.program_id)))
    assert desk.said(desk.dm()) == "Peer mentoring: 3 people"


def test_the_overview_shows_the_way_to_the_other(desk: Desk, both: Program) -> None:
    choose(desk, desk.world.program_id)
    desk.command("admin")
    assert "You run Peer mentoring" in modal_words(shown(desk)["blocks"])
    switch = next(one for one in buttons(shown(desk)["blocks"]) if one["action_id"] == Action.CHOOSE_PROGRAM)
    desk.press(Action.CHOOSE_PROGRAM, switch["value"])
    said = modal_words(desk.control.messages(desk.dm())[-1]["blocks"])
    assert "You run R&amp;D leadership" in said


def test_the_button_for_organizers_asks_too(desk: Desk, both: Program) -> None:
    desk.press(Action.SHOW_OVERVIEW)
    assert desk.said(desk.dm()) == words.WHICH


@pytest.mark.parametrize("value", ["", "program:1", "program:x admin", "pair:1 admin people", "program:1 leave"])
def test_a_forged_choice_does_nothing(desk: Desk, both: Program, value: str) -> None:
    desk.press(Action.CHOOSE_PROGRAM, value)
    assert refusals.STALE_BUTTON in desk.said(desk.dm())


def test_a_forged_choice_of_another_s_program_is_refused(desk: Desk, both: Program) -> None:
    desk.press(Action.CHOOSE_PROGRAM, str(Spoken(Ref("program", both.id), "admin people")), "U0BEN")
    assert "Only an organizer" in desk.said(desk.dm("U0BEN"))


def test_words_too_long_for_a_button_say_what_to_do(desk: Desk, both: Program) -> None:
    desk.command("admin people " + "please " * 400)
    assert "end your words with `in Peer mentoring`" in desk.said()
