"""A member of several programs: which one they would like to join, change or leave, asked with a button each."""

from typing import Any

import pytest
from sqlmodel import select

from bot.content import answers as said
from bot.content import programs as words
from bot.content import refusals
from bot.content.templates import LINES
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.templates import Purpose
from bot.views.ids import Action, View
from storage.tables import Enrollment, Program
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_forms import HOURS, line, skills
from tests.handlers.test_listeners import joined, modal_words
from tests.views.test_limits import buttons, texts

Json = dict[str, Any]
ANA = "U0ANA"
FIRST = {**skills("offers", "SQL"), **skills("asks", "design"), **line("goal", "my first workshop"), **HOURS}


@pytest.fixture
def second(desk: Desk) -> Program:
    """Beside Peer mentoring there is Leadership."""
    return desk.world.another_program("Leadership", purpose=Purpose.LEADERSHIP)


@pytest.fixture
def in_both(desk: Desk, second: Program) -> Program:
    """Ana is in both."""
    for program_id in (desk.world.program_id, second.id):
        desk.submit(View.JOIN, FIRST, {"program": program_id})
    return second


def shown(desk: Desk, place: str = GENERAL) -> list[Json]:
    return list(desk.control.messages(place)[-1]["blocks"])


def labels(desk: Desk, place: str = GENERAL) -> list[str]:
    return [button["text"]["text"] for button in buttons(shown(desk, place))]


def about(desk: Desk, program_id: int) -> bool:
    return f'"program": {program_id}' in desk.open_view()["private_metadata"]


def test_with_one_program_the_form_opens_at_once(desk: Desk) -> None:
    desk.command("join")
    assert desk.open_view()["callback_id"] == View.JOIN
    assert "This is for" not in modal_words(desk.open_view())


def test_with_several_each_says_what_it_is_for_and_its_button_opens_its_form(desk: Desk, second: Program) -> None:
    desk.command("join")
    assert desk.said() == words.TO_JOIN
    assert labels(desk) == ["Peer mentoring", "Leadership"]
    assert all(LINES[purpose] in modal_words(shown(desk)) for purpose in (Purpose.SKILLS, Purpose.LEADERSHIP))
    desk.press(Action.OPEN_JOIN, [*buttons(shown(desk))][1]["value"])
    assert (desk.open_view()["callback_id"], about(desk, second.id)) == (View.JOIN, True)
    assert words.FORM_OF.format(program="Leadership") in modal_words(desk.open_view())


def test_the_button_at_home_that_names_no_program_asks_too(desk: Desk, second: Program) -> None:
    desk.hear("pressed_in_view", action_id=Action.OPEN_JOIN, view_id="V1", view_type="home")
    assert words.TO_JOIN in modal_words(desk.open_view())


def test_a_program_named_is_the_one_whose_form_opens(desk: Desk, second: Program) -> None:
    desk.command("join leadership")
    assert about(desk, second.id)


def test_only_what_is_still_open_is_offered(desk: Desk, second: Program) -> None:
    joined(desk, ANA)
    desk.command("join")
    assert labels(desk) == ["Leadership"]


def test_who_is_in_all_of_them_finds_their_profile(desk: Desk, in_both: Program) -> None:
    desk.command("join")
    assert desk.open_view()["callback_id"] == View.PROFILE


def test_the_form_of_a_second_program_begins_with_what_was_said_in_the_first(desk: Desk, second: Program) -> None:
    desk.submit(View.JOIN, FIRST, {"program": desk.world.program_id})
    desk.command("join Leadership")
    view = desk.open_view()
    assert view["callback_id"] == View.JOIN
    assert all(part in str(view) for part in ("SQL", "design", "my first workshop"))


def test_whose_profile_is_asked_with_a_button_each(desk: Desk, in_both: Program) -> None:
    desk.command("profile")
    assert (desk.said(), labels(desk)) == (words.TO_CHANGE, ["Peer mentoring", "Leadership"])
    desk.press(Action.OPEN_PROFILE, [*buttons(shown(desk))][1]["value"])
    assert (desk.open_view()["callback_id"], about(desk, in_both.id)) == (View.PROFILE, True)


def test_a_profile_named_opens_at_once(desk: Desk, in_both: Program) -> None:
    desk.command("profile Leadership")
    assert about(desk, in_both.id)


def test_which_to_leave_is_asked_and_leaving_one_keeps_the_other(desk: Desk, in_both: Program) -> None:
    desk.command("leave, stop writing to me")
    assert desk.said() == words.TO_LEAVE
    assert labels(desk) == ["Peer mentoring", "Leadership", words.TAKE_A_BREAK]
    leave = [*buttons(shown(desk))][1]
    assert "Leadership ends for you" in leave["confirm"]["text"]["text"]
    desk.press(Action.LEAVE, leave["value"])
    assert desk.said(desk.dm()) == said.LEFT_ONE.format(program="Leadership", others="Peer mentoring goes on")
    statuses = {one.program_id: one.status for one in desk.world.rows(Enrollment)}
    assert statuses == {
        desk.world.program_id: EnrollmentStatus.ACTIVE,
        in_both.id: EnrollmentStatus.LEFT,
    }


def test_who_leaves_one_of_two_by_its_name_reads_that_the_other_goes_on(desk: Desk, in_both: Program) -> None:
    desk.command("leave Leadership")
    assert desk.said() == said.LEAVE_ONE_SURE.format(
        program="Leadership", partners=said.PARTNER_IN_IT_HEARS, others="Peer mentoring goes on"
    )
    assert "Nothing more comes from me" not in desk.said()


def test_who_is_in_one_of_two_is_asked_only_whether_they_are_sure(desk: Desk, second: Program) -> None:
    joined(desk, ANA)
    desk.command("leave")
    assert desk.said() == said.LEAVE_SURE.format(program="Peer mentoring", partners=said.PARTNER_HEARS)


def test_where_they_stand_names_each_program(desk: Desk, in_both: Program) -> None:
    joined(desk, "U0BEN")
    desk.world.pair(ANA, "U0BEN")
    desk.command("")
    assert desk.said().startswith("Hello Ana. You are in two programs.")
    assert "*Peer mentoring*: with Ben" in desk.said()
    assert "*Leadership*: in line for the next match." in desk.said()


def test_at_home_each_program_shows_what_was_said_in_it(desk: Desk, in_both: Program) -> None:
    with desk.world.writing() as session:
        for enrollment in session.exec(select(Enrollment)):
            enrollment.offers = ["SQL"] if enrollment.program_id == in_both.id else ["giving feedback"]
    desk.hear("opened_home", tab="home")
    home = desk.control.home(ANA)
    assert home is not None
    told = [text for text in texts(home["blocks"], "mrkdwn") if "What I can help with" in text]
    assert ["giving feedback" in text for text in told] == [True, False]
    assert ["*Leadership*" in text and "SQL" in text for text in told] == [False, True]
    change = [one["value"] for one in buttons(home["blocks"]) if one["text"]["text"] == words.CHANGE]
    assert change == [f"program:{desk.world.program_id}", f"program:{in_both.id}"]


def test_at_home_each_program_has_its_own_way_out(desk: Desk, in_both: Program) -> None:
    desk.hear("opened_home", tab="home")
    home = desk.control.home(ANA)
    assert home is not None
    ways_out = [one["value"] for one in buttons(home["blocks"]) if one["action_id"] == Action.LEAVE]
    assert ways_out == [f"program:{desk.world.program_id}", f"program:{in_both.id}"]


def test_a_forged_program_is_refused(desk: Desk, second: Program) -> None:
    desk.press(Action.OPEN_JOIN, "program:999")
    assert desk.said(desk.dm()) == refusals.NO_PROGRAM
    desk.press(Action.OPEN_PROFILE, f"program:{second.id}")
    assert desk.said(desk.dm()) == refusals.NOT_ENROLLED


def test_in_the_bot_s_dm_the_button_that_opens_the_form_names_its_program(desk: Desk, second: Program) -> None:
    desk.hear("wrote_to_the_bot", channel=desk.dm(), text="join Leadership", event_id="Ev1")
    assert [one["value"] for one in buttons(shown(desk, desk.dm()))] == [f"program:{second.id}"]
