"""A question that goes out later than was meant has the Friday that is counted from then: two working days for all."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cadence import consent_deadline
from bot.domain.enrollment import Celebration
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneKind, MilestoneStatus
from bot.domain.notices import KudosConsentAsked, MilestoneConsentAsked, NoMatch
from bot.domain.people import Actor
from bot.services import celebrating, deferring, enrolling, heartbeat, holding, placing, thanking
from storage.tables import Kudos, Milestone, MilestoneConsent, OutboxRow, OutboxStatus, Program
from tests.builders import MONDAY, TEAM, World

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FRIDAY, NEXT_FRIDAY = datetime(2026, 1, 16, 15, tzinfo=UTC), datetime(2026, 1, 23, 15, tzinfo=UTC)
WEDNESDAY, THURSDAY = MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)


def first_meeting(world: World, *celebrations: Celebration) -> int:
    """Ana and Ben have met; both are to be asked."""
    for user, wish in zip(("UANA", "UBEN"), celebrations or (Celebration.ASK, Celebration.ASK), strict=True):
        world.person(user, celebration=wish)
    world.do(celebrating.reach, world.pair("UANA", "UBEN"), MilestoneKind.FIRST_MEETING)
    return world.row(Milestone).id


def fridays(world: World) -> dict[str, date]:
    """The Friday that stands in each one's question once all is said."""
    asked = {one.to: one.notice for one in world.said("milestone_consent_asked")}
    return {to: notice.decide_by for to, notice in asked.items() if isinstance(notice, MilestoneConsentAsked)}


def said_to(world: World, user: str) -> None:
    """What waits for someone stands where they can see it."""
    for row in world.rows(OutboxRow, to=f"user:{user}", status=OutboxStatus.PENDING):
        world.change(row, status=OutboxStatus.SENT, sent_at=world.now, channel_id="D1", ts="1.0")


@pytest.mark.parametrize("away", [timedelta(days=3), timedelta(days=9)])
def test_after_an_outage_the_question_has_a_friday_of_its_own(either_world: World, away: timedelta) -> None:
    """On Thursday there is no other working day before the old Friday, and next week it has passed."""
    world = either_world
    milestone = first_meeting(world)
    expected = datetime.combine(consent_deadline(MONDAY + away, "Europe/London"), FRIDAY.timetz())
    world.at(MONDAY + away)
    while world.do(heartbeat.tick):
        pass
    asked = world.said("milestone_consent_asked")
    assert {one.status for one in asked} == {OutboxStatus.PENDING}
    assert world.row(Milestone).decide_by == expected
    assert fridays(world) == {"user:UANA": expected.date(), "user:UBEN": expected.date()}
    assert {one.expires_at for one in asked} == {expected}
    for actor in (ANA, BEN):
        world.do(celebrating.answer, actor, milestone, Consent.GIVEN, never_again=False)
    assert world.row(Milestone).status is MilestoneStatus.SHARED


def test_who_was_asked_in_time_reads_the_later_friday_where_their_question_stands(world: World) -> None:
    milestone = first_meeting(world)
    said_to(world, "UANA")
    world.do(enrolling.pause, BEN, THURSDAY.date())
    restated = world.said("milestone_consent_asked", "user:UANA")[-1]
    assert restated.replaces == f"milestone:{milestone}:UANA"
    assert fridays(world) == {"user:UANA": NEXT_FRIDAY.date(), "user:UBEN": NEXT_FRIDAY.date()}
    world.at(FRIDAY).do(celebrating.lapse)
    assert world.row(MilestoneConsent, user_id="UANA").consent is Consent.ASKED
    world.at(NEXT_FRIDAY).do(celebrating.lapse)
    assert {one.consent for one in world.rows(MilestoneConsent)} == {Consent.EXPIRED}


def test_an_answer_is_never_written_over_by_the_later_friday(world: World) -> None:
    milestone = first_meeting(world)
    said_to(world, "UANA")
    world.do(celebrating.answer, ANA, milestone, Consent.GIVEN, never_again=False)
    world.do(enrolling.pause, BEN, THURSDAY.date())
    assert [one.notice.kind for one in world.said(to="user:UANA")][-1] == "milestone_consent_answered"


def test_what_makes_way_for_something_graver_takes_its_friday_along(world: World) -> None:
    """Asked on Wednesday it would be this Friday; on Thursday it is the next."""
    world.at(WEDNESDAY - timedelta(hours=12))
    first_meeting(world)
    assert world.row(Milestone).decide_by == FRIDAY
    lost = NoMatch("Peer mentoring", None, date(2026, 3, 14), 1, (1,))
    with world.writing() as session:
        placing.say(session, TEAM, "UBEN", lost, key="lost", now=world.now)
    moved = world.said("milestone_consent_asked", "user:UBEN")[-1]
    assert moved.due_at == THURSDAY
    assert (world.row(Milestone).decide_by, moved.expires_at) == (NEXT_FRIDAY, NEXT_FRIDAY)


def test_a_question_that_goes_as_it_was_meant_keeps_its_friday(world: World) -> None:
    first_meeting(world)
    world.at(MONDAY + timedelta(seconds=90)).do(holding.hold_back)
    assert world.row(Milestone).decide_by == FRIDAY
    assert len(world.said("milestone_consent_asked")) == 2


def test_thanks_asked_about_on_thursday_have_the_friday_after(world: World) -> None:
    world.people("UANA", "UBEN")
    world.do(thanking.thank, ANA, ["UBEN"], "the code review")
    world.at(THURSDAY).do(holding.hold_back)
    (question,) = world.said("kudos_consent_asked")
    assert isinstance(question.notice, KudosConsentAsked)
    assert (world.row(Kudos).decide_by, question.notice.decide_by) == (NEXT_FRIDAY, NEXT_FRIDAY.date())


@pytest.mark.parametrize("hours", range(0, 24 * 12, 7))
def test_whenever_the_bot_is_back_nobody_loses_their_two_working_days(world: World, hours: int) -> None:
    first_meeting(world)
    back = MONDAY + timedelta(hours=hours, minutes=5)
    world.at(back).do(holding.hold_back)
    for asked in world.said("milestone_consent_asked"):
        goes = max(asked.due_at, back)
        assert asked.status is OutboxStatus.PENDING
        assert asked.expires_at == world.row(Milestone).decide_by >= deferring.deadline(goes, world.row(Program))
