"""The help names only what its reader may do, and a break is one from all their programs."""

import pytest

from bot.content import programs as words
from bot.content import refusals
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.pairs import PairStatus
from bot.domain.templates import Purpose
from bot.views.ids import Action, View
from storage.tables import Avoidance, CheckIn, Enrollment, Pair, Person
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_belonging import FIRST
from tests.handlers.test_listeners import joined
from tests.views.test_limits import buttons

BEN = "U0BEN"
FOR_ALL, FOR_MEMBERS, FOR_NEWCOMERS = {"status", "help"}, {"kudos", "avoid", "learn"}, {"join"}
FOR_PARTICIPANTS, FOR_PARTNERS = {"profile", "match", "pause", "leave"}, {"checkin", "goals", "agreement"}


def named(desk: Desk) -> set[str]:
    """The verbs of the help."""
    desk.command("help", BEN)
    lines = [line for line in desk.said().splitlines() if line.startswith("•")]
    return {line.split("`")[1].split()[1] for line in lines}


def test_who_has_not_joined_reads_only_what_they_may_do(desk: Desk) -> None:
    assert named(desk) == FOR_ALL | FOR_MEMBERS | FOR_NEWCOMERS
    desk.command("help checkin", BEN)
    assert "/mentor join" in desk.said(), "of what is not for them nothing is said, but what is"


def test_joining_and_a_partner_add_to_it_and_leaving_takes_it_away(desk: Desk) -> None:
    joined(desk, BEN, "U0CHLOE")
    assert named(desk) == FOR_ALL | FOR_MEMBERS | FOR_PARTICIPANTS
    desk.world.pair(BEN, "U0CHLOE")
    assert named(desk) == FOR_ALL | FOR_MEMBERS | FOR_PARTICIPANTS | FOR_PARTNERS
    desk.press(Action.LEAVE, f"program:{desk.world.program_id}", BEN)
    assert desk.world.row(Pair).status is PairStatus.ENDED
    assert named(desk) == FOR_ALL | FOR_MEMBERS | FOR_NEWCOMERS


def test_a_guest_reads_that_there_is_little(desk: Desk) -> None:
    desk.command("", BEN)
    desk.world.change(desk.world.row(Person, user_id=BEN), may_join=False)
    assert named(desk) == FOR_ALL


@pytest.mark.parametrize("typed", ["pause 2w in Leadership", "pause in the leadership program"])
def test_a_break_from_one_of_several_is_a_break_from_all_or_a_way_out(desk: Desk, typed: str) -> None:
    second = desk.world.another_program("Leadership")
    for program_id in (desk.world.program_id, second.id):
        desk.submit(View.JOIN, FIRST, {"program": program_id}, BEN)
    desk.command(typed, BEN)
    assert desk.said() == words.BREAK_IS_FROM_ALL.format(program="Leadership")
    offered = [(one["action_id"], one.get("value")) for one in buttons(desk.control.messages(GENERAL)[-1]["blocks"])]
    assert offered == [(Action.OPEN_PAUSE, None), (Action.LEAVE, f"program:{second.id}")]
    assert {one.status for one in desk.world.rows(Enrollment)} == {EnrollmentStatus.ACTIVE}


def test_in_an_only_program_its_name_adds_nothing(desk: Desk) -> None:
    joined(desk, BEN)
    desk.command("pause 2w in Peer mentoring", BEN)
    assert desk.world.status(BEN) is EnrollmentStatus.PAUSED
    desk.command("pause 2w in Gardening", BEN)
    assert desk.said() == refusals.NO_SUCH_PROGRAM.format(name="Gardening")


def test_a_way_back_is_shown_to_who_is_on_a_break_and_a_way_in_to_who_is_not_in_yet(desk: Desk) -> None:
    joined(desk, BEN)
    assert not {"join", "resume"} & named(desk)
    desk.command("pause 2w", BEN)
    assert {"join", "resume"} & named(desk) == {"resume"}
    desk.world.another_program("Leadership", purpose=Purpose.LEADERSHIP)
    assert {"join", "resume"} <= named(desk)


@pytest.mark.parametrize("typed", ["leave Gardening", "leave the Gardening program please", "quit Gardening"])
def test_a_program_that_is_not_there_is_not_left_for_another(desk: Desk, typed: str) -> None:
    joined(desk, BEN)
    desk.command(typed, BEN)
    assert "I know no program called “" in desk.said()
    assert "Gardening" in desk.said()


@pytest.mark.parametrize("typed", ["leave peer mentoring", "leave the Peer mentoring programme", "stop writing to me"])
def test_a_program_that_is_there_is_left_however_it_is_led_up_to(desk: Desk, typed: str) -> None:
    joined(desk, BEN)
    desk.command(typed, BEN)
    assert desk.said().startswith("Leave Peer mentoring?")


def test_a_meeting_in_a_program_that_is_not_there_is_refused_and_one_in_person_is_noted(desk: Desk) -> None:
    joined(desk, BEN, "U0CHLOE")
    desk.world.pair(BEN, "U0CHLOE")
    desk.command("checkin met 45m in the Gardening program", BEN)
    assert desk.said() == refusals.NO_SUCH_PROGRAM.format(name="Gardening")
    assert not desk.world.rows(CheckIn)
    desk.command("checkin met 45m in person", BEN)
    assert desk.world.row(CheckIn).note == "in person"


def test_the_bot_is_on_nobodys_list_as_it_is_never_matched(desk: Desk) -> None:
    joined(desk, BEN)
    desk.command(f"avoid <@{desk.deps.bot_user_id}|mentor>", BEN)
    assert desk.said() == refusals.AVOID_BOT
    assert not desk.world.rows(Avoidance)
