"""Who wants nothing told of them is not asked what waits to be asked, nor named by a yes given beforehand."""

from datetime import UTC, datetime

import pytest

from bot.domain.enrollment import Celebration
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneKind, MilestoneStatus
from bot.domain.notices import KudosDelivered, RoundUp
from bot.domain.people import Actor
from bot.services import celebrating, enrolling, rounding_up, thanking
from storage.tables import Kudos, Milestone, MilestoneConsent, OutboxRow, OutboxStatus
from tests.builders import TEAM, World, profile

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FRIDAY = datetime(2026, 1, 16, 15, tzinfo=UTC)


def thanked_twice(world: World) -> tuple[int, int]:
    """Ben read the first thanks; the second ones wait for tomorrow."""
    world.people("UANA", "UBEN")
    for why in ("the code review", "the walk"):
        world.do(thanking.thank, ANA, ["UBEN"], why)
    first, second = world.rows(Kudos)
    read(world, f"kudos:{first.id}")
    return first.id, second.id


def read(world: World, key: str) -> None:
    world.change(world.row(OutboxRow, key=key), status=OutboxStatus.SENT, sent_at=world.now)


def wish(world: World, actor: Actor, celebration: Celebration) -> None:
    world.do(enrolling.join, actor, world.program_id, profile(celebration=celebration))


def test_after_dont_ask_again_the_thanks_that_wait_come_without_a_question(either_world: World) -> None:
    first, second = thanked_twice(either_world)
    moment = either_world.row(OutboxRow, key=f"kudos:{second}").due_at
    either_world.do(thanking.answer, BEN, first, Consent.REFUSED, never_again=True)
    (said,) = [one for one in either_world.said() if one.key == f"kudos:{second}"]
    assert said.notice == KudosDelivered("Ana", "the walk", "peer-mentoring", Consent.REFUSED, never_again=False)
    assert (said.due_at, said.status) == (moment, OutboxStatus.PENDING)
    assert either_world.row(Kudos, id=second).consent is Consent.REFUSED


def test_after_dont_ask_again_a_milestone_that_waits_is_asked_of_nobody_who_said_so(world: World) -> None:
    first, _ = thanked_twice(world)
    world.do(celebrating.reach, world.pair("UANA", "UBEN"), MilestoneKind.FIRST_MEETING)
    world.do(thanking.answer, BEN, first, Consent.REFUSED, never_again=True)
    questions = world.said("milestone_consent_asked")
    assert [(one.to, one.status) for one in questions] == [
        ("user:UANA", OutboxStatus.PENDING),
        ("user:UBEN", OutboxStatus.DROPPED),
    ]
    world.do(celebrating.answer, ANA, world.row(Milestone).id, Consent.GIVEN, never_again=False)
    assert world.row(Milestone).status is MilestoneStatus.PRIVATE
    assert world.said("milestone_shoutout") == []


def test_a_question_that_stands_may_be_answered_yet(world: World) -> None:
    first, second = thanked_twice(world)
    read(world, f"kudos:{second}")
    world.do(thanking.answer, BEN, first, Consent.REFUSED, never_again=True)
    world.do(thanking.answer, BEN, second, Consent.GIVEN, never_again=False)
    world.at(FRIDAY).do(rounding_up.round_all_up)
    (told,) = [said.notice for said in world.said("round_up") if isinstance(said.notice, RoundUp)]
    assert [thanks.why for thanks in told.thanks] == ["the walk"]


def test_who_wants_no_thanks_at_all_hears_no_more_of_those_that_wait(world: World) -> None:
    _, second = thanked_twice(world)
    wish(world, BEN, Celebration.NEVER)
    assert world.row(OutboxRow, key=f"kudos:{second}").status is OutboxStatus.DROPPED
    assert world.row(Kudos, id=second).consent is Consent.REFUSED


@pytest.mark.parametrize("changed", [Celebration.PRIVATE, Celebration.NEVER, Celebration.ASK])
def test_a_yes_given_beforehand_is_taken_back_with_the_profile(world: World, changed: Celebration) -> None:
    world.person("UANA")
    world.person("UBEN", celebration=Celebration.CHANNEL)
    world.do(thanking.thank, ANA, ["UBEN"], "the code review")
    wish(world, BEN, changed)
    world.at(FRIDAY).do(rounding_up.round_all_up)
    assert world.said("round_up") == []


@pytest.mark.parametrize("changed", [Celebration.PRIVATE, Celebration.NEVER, Celebration.ASK])
def test_a_milestone_is_not_told_of_who_took_their_yes_back(world: World, changed: Celebration) -> None:
    world.person("UANA")
    world.person("UBEN", celebration=Celebration.CHANNEL)
    world.do(celebrating.reach, world.pair("UANA", "UBEN"), MilestoneKind.FIRST_MEETING)
    wish(world, BEN, changed)
    world.do(celebrating.answer, ANA, world.row(Milestone).id, Consent.GIVEN, never_again=False)
    assert world.row(Milestone).status is MilestoneStatus.PRIVATE
    assert world.said("milestone_shoutout") == []


def test_a_yes_to_a_question_stands_after_the_profile_was_changed(world: World) -> None:
    world.people("UANA", "UBEN")
    world.do(celebrating.reach, world.pair("UANA", "UBEN"), MilestoneKind.FIRST_MEETING)
    milestone = world.row(Milestone).id
    world.sent()
    world.do(celebrating.answer, BEN, milestone, Consent.GIVEN, never_again=False)
    wish(world, BEN, Celebration.PRIVATE)
    world.do(celebrating.answer, ANA, milestone, Consent.GIVEN, never_again=False)
    assert world.row(Milestone).status is MilestoneStatus.SHARED
    assert world.row(MilestoneConsent, user_id="UBEN").consent is Consent.GIVEN


def test_a_yes_to_thanks_after_their_friday_is_none_though_the_bot_was_away(world: World) -> None:
    first, _ = thanked_twice(world)
    world.at(FRIDAY).do(thanking.answer, BEN, first, Consent.GIVEN, never_again=False)
    assert world.row(Kudos, id=first).consent is Consent.EXPIRED
    world.later(weeks=1).do(rounding_up.round_all_up)
    assert world.said("round_up") == []


def test_a_yes_to_a_milestone_after_its_friday_is_none_though_the_bot_was_away(world: World) -> None:
    world.people("UANA", "UBEN")
    world.do(celebrating.reach, world.pair("UANA", "UBEN"), MilestoneKind.FIRST_MEETING)
    milestone = world.row(Milestone).id
    world.sent()
    world.do(celebrating.answer, BEN, milestone, Consent.GIVEN, never_again=False)
    world.at(FRIDAY).do(celebrating.answer, ANA, milestone, Consent.GIVEN, never_again=False)
    assert world.row(Milestone).status is MilestoneStatus.PRIVATE
    assert world.said("milestone_shoutout") == []


@pytest.mark.parametrize("changed", [Celebration.CHANNEL, Celebration.PRIVATE, Celebration.ASK])
def test_the_round_up_names_who_still_wishes_it(world: World, changed: Celebration) -> None:
    for user in ("UANA", "UBEN"):
        world.person(user, celebration=Celebration.CHANNEL)
    world.do(celebrating.reach, world.pair("UANA", "UBEN"), MilestoneKind.HALFWAY)
    wish(world, BEN, changed)
    world.at(FRIDAY).do(rounding_up.round_all_up)
    assert len(world.said("round_up")) == (changed is Celebration.CHANNEL)
