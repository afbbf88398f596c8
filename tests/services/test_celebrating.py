"""Milestones: the people are asked first, then the channel hears."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.domain.budget import COSTS, Cost
from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import Celebration
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneKind, MilestoneStatus
from bot.domain.notices import MilestoneConsentAnswered, MilestoneConsentAsked, MilestoneShoutout
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import celebrating, checking_in, enrolling, striving, teaching
from storage.tables import Milestone, MilestoneConsent, OutboxStatus, Pair, Person, Program
from tests.builders import TEAM, World, profile

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FRIDAY = datetime(2026, 1, 16, 15, tzinfo=UTC)
FIRST = MilestoneKind.FIRST_MEETING


def reached(world: World, *wishes: Celebration) -> int:
    """A pair, or a trio, that has just met for the first time."""
    users = ("UANA", "UBEN", "UCHLOE")[: len(wishes)]
    for user, wish in zip(users, wishes, strict=True):
        world.person(user, celebration=wish)
    pair = world.pair(*users)
    world.do(celebrating.reach, pair, FIRST)
    return world.row(Milestone).id or 0


def answer(world: World, actor: Actor, milestone_id: int, said: Consent, *, never_again: bool = False) -> None:
    world.do(celebrating.answer, actor, milestone_id, said, never_again=never_again)


def outcome(world: World) -> tuple[MilestoneStatus, int]:
    return world.row(Milestone).status, len(world.said("milestone_shoutout"))


def test_the_channel_hears_only_when_everyone_said_yes(either_world: World) -> None:
    world = either_world
    milestone = reached(world, Celebration.ASK, Celebration.ASK)
    assert [said.to for said in world.said("milestone_consent_asked")] == ["user:UANA", "user:UBEN"]
    answer(world, ANA, milestone, Consent.GIVEN)
    assert outcome(world) == (MilestoneStatus.ASKING, 0)
    answer(world, BEN, milestone, Consent.GIVEN)
    assert outcome(world) == (MilestoneStatus.SHARED, 1)
    (shout,) = world.said("milestone_shoutout")
    assert shout.to == "channel:C1"
    assert shout.notice == MilestoneShoutout("Peer mentoring", FIRST, ("Ana", "Ben"))


def test_one_no_keeps_it_private_and_is_not_told_to_the_partner(world: World) -> None:
    milestone = reached(world, Celebration.ASK, Celebration.ASK)
    answer(world, ANA, milestone, Consent.REFUSED)
    assert outcome(world) == (MilestoneStatus.PRIVATE, 0)
    answer(world, BEN, milestone, Consent.GIVEN)
    assert outcome(world) == (MilestoneStatus.PRIVATE, 0)
    shown = [said for said in world.said("milestone_consent_answered") if said.to == "user:UBEN"]
    assert [said.notice.consent for said in shown if isinstance(said.notice, MilestoneConsentAnswered)] == [
        Consent.GIVEN
    ]


ASK, CHANNEL, PRIVATE, NEVER = Celebration.ASK, Celebration.CHANNEL, Celebration.PRIVATE, Celebration.NEVER
WISHES = [
    ((CHANNEL, CHANNEL), MilestoneStatus.SHARED, 0),
    ((CHANNEL, ASK), MilestoneStatus.ASKING, 1),
    ((PRIVATE, CHANNEL), MilestoneStatus.PRIVATE, 0),
    ((PRIVATE, ASK), MilestoneStatus.PRIVATE, 0),
    ((NEVER, ASK), MilestoneStatus.PRIVATE, 0),
    ((NEVER, NEVER), MilestoneStatus.PRIVATE, 0),
    ((CHANNEL, CHANNEL, ASK), MilestoneStatus.ASKING, 1),
    ((CHANNEL, CHANNEL, PRIVATE), MilestoneStatus.PRIVATE, 0),
]


@pytest.mark.parametrize(("wishes", "status", "questions"), WISHES)
def test_what_people_wish_in_general_is_heeded_without_asking(
    world: World, wishes: tuple[Celebration, ...], status: MilestoneStatus, questions: int
) -> None:
    reached(world, *wishes)
    assert world.row(Milestone).status is status
    assert len(world.said("milestone_consent_asked")) == questions
    assert len(world.said("milestone_shoutout")) == (status is MilestoneStatus.SHARED)


def test_a_milestone_is_reached_once(world: World) -> None:
    reached(world, CHANNEL, CHANNEL)
    pair = world.row(Pair)
    world.later(days=1).do(celebrating.reach, pair, FIRST)
    assert len(world.rows(Milestone)) == 1
    assert len(world.said("milestone_shoutout")) == 1


def test_dont_ask_again_is_kept_for_everything_to_come(world: World) -> None:
    milestone = reached(world, ASK, ASK)
    answer(world, ANA, milestone, Consent.REFUSED, never_again=True)
    assert world.row(Person, user_id="UANA").celebration is PRIVATE
    assert world.row(Person, user_id="UBEN").celebration is ASK


def test_an_answer_is_given_once_and_only_by_who_was_asked(world: World) -> None:
    milestone = reached(world, ASK, ASK)
    with pytest.raises(NotAllowed, match="Only the person who was asked"):
        answer(world, world.person("UEVE"), milestone, Consent.GIVEN)
    answer(world, ANA, milestone, Consent.GIVEN)
    with pytest.raises(NotPossibleNow, match="said yes to this already"):
        answer(world, ANA, milestone, Consent.REFUSED)
    with pytest.raises(NotPossibleNow, match="out of date"):
        answer(world, ANA, 999, Consent.GIVEN)


def test_silence_until_friday_means_private_and_the_question_says_so(world: World) -> None:
    milestone = reached(world, ASK, ASK)
    assert world.row(Milestone).decide_by == FRIDAY
    answer(world, ANA, milestone, Consent.GIVEN)
    world.at(FRIDAY - timedelta(minutes=1)).do(celebrating.lapse)
    assert outcome(world) == (MilestoneStatus.ASKING, 0)
    for _ in range(2):
        world.at(FRIDAY).do(celebrating.lapse)
    assert outcome(world) == (MilestoneStatus.PRIVATE, 0)
    assert world.row(MilestoneConsent, user_id="UBEN").consent is Consent.EXPIRED
    assert len([said for said in world.said("milestone_consent_answered") if said.to == "user:UBEN"]) == 1
    with pytest.raises(NotPossibleNow, match="no answer in time"):
        answer(world, BEN, milestone, Consent.GIVEN)


@pytest.mark.parametrize(
    ("reached_at", "decide_by"),
    [
        (datetime(2026, 1, 14, 12, tzinfo=UTC), datetime(2026, 1, 16, 15, tzinfo=UTC)),  # Wednesday: two working days
        (datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 1, 23, 15, tzinfo=UTC)),  # Thursday: the Friday after
        (datetime(2026, 1, 17, 12, tzinfo=UTC), datetime(2026, 1, 23, 15, tzinfo=UTC)),  # Saturday: read on Monday
    ],
)
def test_the_deadline_leaves_two_working_days_from_when_it_can_be_read(
    world: World, reached_at: datetime, decide_by: datetime
) -> None:
    world.at(reached_at)
    reached(world, ASK, ASK)
    assert world.row(Milestone).decide_by == decide_by
    assert {said.expires_at for said in world.said("milestone_consent_asked")} == {decide_by}


def test_the_question_waits_for_working_hours(world: World) -> None:
    world.at(datetime(2026, 1, 12, 22, tzinfo=UTC))
    reached(world, ASK, CHANNEL)
    (question,) = world.said("milestone_consent_asked")
    assert question.due_at == datetime(2026, 1, 13, 9, tzinfo=UTC)


def test_what_happens_at_once_is_asked_about_in_its_order_one_question_a_day(world: World) -> None:
    """A meeting, a goal and the end of it all on one Monday: no one is asked two things on the same day."""
    world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.do(checking_in.answer, ANA, pair, Answer(CheckInState.MET))
    goal = world.do(striving.add, ANA, pair.id, "run a workshop")
    world.do(striving.finish, ANA, goal.id)
    world.do(checking_in.answer, ANA, world.row(Pair), Answer(CheckInState.WRAP_UP))
    told = [one for one in world.said(to="user:UBEN") if one.replaces is None and COSTS[one.notice.kind] is Cost.DAILY]
    asked = [one.notice.milestone for one in told if isinstance(one.notice, MilestoneConsentAsked)]
    assert asked == [FIRST, MilestoneKind.GOAL_REACHED, MilestoneKind.FINISHED]
    days = [one.due_at.date() for one in sorted(told, key=lambda one: one.due_at)]
    assert days == sorted(set(days))
    assert [one.notice.kind for one in sorted(told, key=lambda one: one.due_at)] == [
        "pair_closed",
        *["milestone_consent_asked"] * 3,
    ], "that it has ended comes first"
    questions = [one.due_at for one in told if isinstance(one.notice, MilestoneConsentAsked)]
    assert questions == sorted(questions)


def test_a_pair_s_first_goal_is_a_milestone_and_its_next_ones_are_its_own(world: World) -> None:
    world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    for words in ("run a workshop", "write it down"):
        goal = world.do(striving.add, ANA, pair.id, words)
        world.do(striving.finish, ANA, goal.id)
    assert [one.kind for one in world.rows(Milestone)] == [MilestoneKind.GOAL_REACHED]


def test_who_never_met_is_not_asked_to_celebrate_an_end(world: World) -> None:
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    world.do(checking_in.answer, ANA, world.row(Pair), Answer(CheckInState.WRAP_UP))
    assert world.rows(Milestone) == []


def take(world: World, *numbers: int, who: Actor = ANA) -> None:
    for number in numbers:
        world.do(teaching.take, who, number, {}, None)


def asked_alone(world: World) -> list[tuple[str, str]]:
    """Whom a question about lessons goes to, and which channel it is about."""
    asked = [(one.to, one.notice) for one in world.said("milestone_consent_asked")]
    return [(to, notice.channel) for to, notice in asked if isinstance(notice, MilestoneConsentAsked)]


def test_who_has_taken_all_lessons_of_the_program_is_asked_alone_and_once(either_world: World) -> None:
    """The lessons of its template, in whatever order; another lesson, or the same again, is no news."""
    world = either_world
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    world.change(world.row(Program), lessons=[1, 3])
    take(world, 3, 2)
    assert world.rows(Milestone) == []
    take(world, 1, 1, 4)
    (milestone,) = world.rows(Milestone)
    assert (milestone.kind, milestone.user_id, milestone.pair_id) == (MilestoneKind.LESSONS_DONE, "UANA", None)
    assert asked_alone(world) == [("user:UANA", "peer-mentoring")]
    with pytest.raises(NotAllowed, match="Only the person who was asked"):
        answer(world, BEN, milestone.id, Consent.GIVEN)
    answer(world, ANA, milestone.id, Consent.GIVEN)
    assert outcome(world) == (MilestoneStatus.SHARED, 0), "no message of its own"


def test_where_a_program_offers_all_lessons_the_sixth_is_the_last(world: World) -> None:
    world.person("UANA")
    take(world, 1, 2, 3, 4, 5)
    assert world.rows(Milestone) == []
    take(world, 6)
    assert world.row(Milestone).kind is MilestoneKind.LESSONS_DONE


def test_each_program_has_its_lessons_and_its_channel_and_who_joins_late_has_no_news(world: World) -> None:
    world.person("UANA")
    take(world, 1, 2, 3, 4, 5)
    world.another_program("Welcome", lessons=[1, 2])
    world.do(enrolling.join, ANA, world.row(Program, name="Welcome").id, profile())
    take(world, 6, 2)
    assert asked_alone(world) == [("user:UANA", "peer-mentoring")]


def test_who_leaves_is_asked_no_more_about_their_own_milestone(world: World) -> None:
    world.person("UANA")
    world.change(world.row(Program), lessons=[1])
    take(world, 1)
    world.do(enrolling.leave, ANA, world.program_id)
    assert world.row(Milestone).status is MilestoneStatus.PRIVATE
    assert [one.status for one in world.said("milestone_consent_asked")] == [OutboxStatus.DROPPED]


def test_where_there_is_no_channel_nobody_is_asked_whether_it_may_hear(engine: Engine) -> None:
    world = World(engine, channel=None)
    reached(world, ASK, CHANNEL)
    assert (world.row(Milestone).status, world.said("milestone_consent_asked")) == (MilestoneStatus.PRIVATE, [])
