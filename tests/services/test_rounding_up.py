"""The Friday round-up: milestones and thanks of the week, with the yes of everyone who is named."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.enrollment import Celebration
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneKind
from bot.domain.notices import Celebrated, RoundUp
from bot.domain.pairs import PairEnding
from bot.domain.people import Actor
from bot.services import celebrating, enrolling, parting, rounding_up, thanking
from bot.views.messages import render
from sandbox.validation import check_message
from storage.tables import Milestone, Pair, Program
from tests.builders import TEAM, World

FRIDAY = datetime(2026, 1, 16, 15, tzinfo=UTC)
HALFWAY = MilestoneKind.HALFWAY
ASK, CHANNEL = Celebration.ASK, Celebration.CHANNEL


def halfway(world: World, *users: str, wish: Celebration = CHANNEL) -> Pair:
    """A pair that is halfway, of people who want the same."""
    for user in users:
        world.person(user, celebration=wish)
    pair = world.pair(*users)
    world.do(celebrating.reach, pair, HALFWAY)
    return pair


def round_up(world: World, moment: datetime = FRIDAY) -> list[RoundUp]:
    """The round-ups after a tick of that moment."""
    world.at(moment).do(rounding_up.round_all_up)
    return [said.notice for said in world.said("round_up") if isinstance(said.notice, RoundUp)]


def test_halfway_is_no_message_of_its_own_but_a_line_of_friday_s_round_up(either_world: World) -> None:
    world = either_world
    halfway(world, "UANA", "UBEN")
    halfway(world, "UCHLOE", "UDEV")
    assert world.said("milestone_shoutout") == []
    assert round_up(world, FRIDAY - timedelta(minutes=1)) == []
    for moment in (FRIDAY, FRIDAY + timedelta(minutes=1), FRIDAY + timedelta(weeks=1)):
        (told,) = round_up(world, moment)
    assert told.celebrated == (Celebrated(HALFWAY, ("Ana", "Ben")), Celebrated(HALFWAY, ("Chloe", "Dev")))
    assert "Two pairs are halfway through their time together: Ana and Ben; Chloe and Dev." in render(told).text
    assert {one.told_on for one in world.rows(Milestone)} == {FRIDAY.date()}


def test_what_the_channel_has_heard_singly_is_not_in_the_round_up(world: World) -> None:
    for user in ("UANA", "UBEN"):
        world.person(user, celebration=CHANNEL)
    pair = world.pair("UANA", "UBEN")
    world.do(celebrating.reach, pair, MilestoneKind.FIRST_MEETING)
    assert len(world.said("milestone_shoutout")) == 1
    assert world.row(Milestone).told_on == world.now.date()
    assert round_up(world) == []


@pytest.mark.parametrize("said", [Consent.REFUSED, None])
def test_nobody_is_named_whose_partner_did_not_agree(world: World, said: Consent | None) -> None:
    halfway(world, "UANA", "UBEN", wish=ASK)
    milestone = world.row(Milestone).id
    world.do(celebrating.answer, Actor(TEAM, "UANA"), milestone, Consent.GIVEN, never_again=False)
    if said is not None:
        world.do(celebrating.answer, Actor(TEAM, "UBEN"), milestone, said, never_again=False)
    world.at(FRIDAY).do(celebrating.lapse)
    assert round_up(world) == []


def test_both_asked_and_both_agreed_it_says_so_and_friday_tells_it(world: World) -> None:
    halfway(world, "UANA", "UBEN", wish=ASK)
    for user in ("UANA", "UBEN"):
        world.do(celebrating.answer, Actor(TEAM, user), world.row(Milestone).id, Consent.GIVEN, never_again=False)
    last = world.said("milestone_consent_answered", to="user:UBEN")[-1]
    assert "It will be in Friday's round-up in #peer-mentoring." in render(last.notice).text
    (told,) = round_up(world)
    assert told.celebrated == (Celebrated(HALFWAY, ("Ana", "Ben")),)


def test_a_yes_after_the_round_up_waits_for_the_next(world: World) -> None:
    halfway(world.at(FRIDAY + timedelta(hours=1)), "UANA", "UBEN")
    assert round_up(world, FRIDAY + timedelta(hours=2)) == []
    assert len(round_up(world, FRIDAY + timedelta(weeks=1))) == 1


@pytest.mark.parametrize(
    ("ending", "told"), [(PairEnding.NOT_A_FIT, 0), (PairEnding.LEFT, 0), (PairEnding.WRAPPED_UP, 1)]
)
def test_of_two_who_have_parted_since_nothing_is_told_unless_it_was_a_good_end(
    world: World, ending: PairEnding, told: int
) -> None:
    pair = halfway(world, "UANA", "UBEN")
    with world.writing() as session:
        parting.end(session, session.merge(pair), "UANA", ending, now=world.now)
    assert len(round_up(world)) == told


def test_of_someone_who_has_left_the_program_since_nothing_is_told(world: World) -> None:
    ana = world.person("UANA", celebration=CHANNEL)
    world.do(celebrating.reach_alone, world.row(Program), "UANA", MilestoneKind.LESSONS_DONE)
    world.do(enrolling.leave, ana, world.program_id)
    assert round_up(world) == []


def test_milestones_stand_above_thanks_each_with_its_own_people(world: World) -> None:
    halfway(world, "UANA", "UBEN")
    world.do(celebrating.reach_alone, world.row(Program), "UANA", MilestoneKind.LESSONS_DONE)
    world.do(thanking.thank, Actor(TEAM, "UANA"), ["UBEN"], "the patient code review")
    (told,) = round_up(world)
    assert render(told).text == (
        "This week in Peer mentoring: One person has taken all the lessons: Ana. "
        "One pair is halfway through its time together: Ana and Ben. "
        "Thanks heard: *Ben* for _the patient code review_ (from Ana)"
    )


@pytest.mark.parametrize("name", ["Ana", "<&>" * 26], ids=["short", "long"])
def test_thirty_pairs_at_once_are_all_told_over_some_fridays_in_messages_slack_takes(world: World, name: str) -> None:
    names = [f"{name}{number}" for number in range(60)]
    for number, one in enumerate(names):
        world.person(f"U{number}", one, celebration=CHANNEL)
    for number in range(0, 60, 2):
        world.do(celebrating.reach, world.pair(f"U{number}", f"U{number + 1}"), HALFWAY)
    world.do(thanking.thank, Actor(TEAM, "U0"), ["U1"], "x" * 400)
    for friday in range(20):
        told = round_up(world, FRIDAY + timedelta(weeks=friday))
    for shown in told:
        check_message({"text": render(shown).text, "blocks": render(shown).blocks})
    heard = [who for shown in told for one in shown.celebrated for who in one.names]
    assert heard == names, "in the order in which they came there, nobody twice"
    assert [one.receiver for shown in told for one in shown.thanks] == [names[1]]
