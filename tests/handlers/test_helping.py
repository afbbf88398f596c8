"""The help names only what its reader may do, and a break is one from all their programs."""

import pytest

from bot.content import programs as words
from bot.content import refusals
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.pairs import PairStatus
from bot.views.ids import Action, View
from storage.tables import Enrollment, Pair, Person
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_belonging import FIRST
from tests.handlers.test_listeners import joined
from tests.views.test_limits import buttons

BEN = "U0BEN"
FOR_ALL, FOR_MEMBERS = {"status", "help"}, {"join", "kudos", "avoid", "learn"}
FOR_PARTICIPANTS, FOR_PARTNERS = {"profile", "match", "pause", "resume", "leave"}, {"checkin", "goals", "agreement"}


def named(desk: Desk) -> set[str]:
    """The verbs of the help."""
    desk.command("help", BEN)
    lines = [line for line in desk.said().splitlines() if line.startswith("•")]
    return {line.split("`")[1].split()[1] for line in lines}


def test_who_has_not_joined_reads_only_what_they_may_do(desk: Desk) -> None:
    assert named(desk) == FOR_ALL | FOR_MEMBERS
    desk.command("help checkin", BEN)
    assert "/mentor join" in desk.said(), "of what is not for them nothing is said, but what is"


def test_joining_and_a_partner_add_to_it_and_leaving_takes_it_away(desk: Desk) -> None:
    joined(desk, BEN, "U0CHLOE")
    assert named(desk) == FOR_ALL | FOR_MEMBERS | FOR_PARTICIPANTS
    desk.world.pair(BEN, "U0CHLOE")
    assert named(desk) == FOR_ALL | FOR_MEMBERS | FOR_PARTICIPANTS | FOR_PARTNERS
    desk.press(Action.LEAVE, f"program:{desk.world.program_id}", BEN)
    assert desk.world.row(Pair).status is PairStatus.ENDED
    assert named(desk) == FOR_ALL | FOR_MEMBERS


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
