"""All that the passing of time alone can cause; done twice it is done once, and leaping misses nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import Celebration
from bot.domain.kudos import Consent
from bot.domain.milestones import MilestoneKind
from bot.domain.notices import CheckInQuestion, PairFinished
from bot.domain.pairs import PairEnding, PairStatus
from bot.domain.people import Actor
from bot.domain.programs import CycleStatus
from bot.services import celebrating, checking_in, enrolling, heartbeat, nudging, thanking
from storage.tables import Cycle, Kudos, Milestone, Nudge, OutboxRow, Pair
from tests.builders import TEAM, World

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FIRST_SLOT = datetime(2026, 1, 27, 10, tzinfo=UTC)


def paired(world: World, zone: str = "Europe/London") -> World:
    for user in ("UANA", "UBEN"):
        world.person(user, timezone=zone)
    world.pair("UANA", "UBEN")
    return world


def tick(world: World, moment: datetime) -> World:
    world.at(moment).do(heartbeat.tick)
    world.sent()
    return world


def questions(world: World, user: str = "UANA") -> list[tuple[int, datetime]]:
    """The rung and the moment of each question someone was asked."""
    found = world.said("check_in_question", f"user:{user}")
    return [(said.notice.step, said.due_at) for said in found if isinstance(said.notice, CheckInQuestion)]


def everything(world: World) -> list[object]:
    tables = (OutboxRow, Nudge, Pair, Milestone, Kudos, Cycle)
    return [row.model_dump() for table in tables for row in world.rows(table)]


def test_each_partner_is_asked_at_the_first_slot_after_the_meeting_is_due_and_not_before(
    either_world: World,
) -> None:
    world = paired(either_world)
    tick(world, datetime(2026, 1, 20, 10, tzinfo=UTC))  # a Tuesday, but the first ten days are not over
    assert questions(world) == []
    tick(world, FIRST_SLOT - timedelta(minutes=1))
    assert questions(world) == []
    tick(world, FIRST_SLOT)
    assert questions(world) == questions(world, "UBEN") == [(1, FIRST_SLOT)]


def test_the_ladder_ends_in_silence_after_three(world: World) -> None:
    paired(world)
    for week in range(6):
        tick(world, FIRST_SLOT + timedelta(weeks=week))
    assert questions(world) == [(step, FIRST_SLOT + timedelta(weeks=step - 1)) for step in (1, 2, 3)]


def test_any_answer_by_either_partner_starts_the_ladder_anew(world: World) -> None:
    paired(world)
    for week in range(3):
        tick(world, FIRST_SLOT + timedelta(weeks=week))
    pair = world.row(Pair)
    with world.writing() as session:
        checking_in.answer(session, BEN, session.merge(pair), Answer(CheckInState.KEEP), now=world.now)
    for week in range(3, 8):
        tick(world, FIRST_SLOT + timedelta(weeks=week))
    assert [step for step, _ in questions(world)] == [1, 2, 3, 1, 2, 3]


def test_nobody_in_a_pair_is_asked_while_one_of_them_is_on_a_break(world: World) -> None:
    paired(world)
    world.do(enrolling.pause, BEN, date(2026, 2, 9))
    for week in range(2):
        tick(world, FIRST_SLOT + timedelta(weeks=week))
    assert questions(world) == questions(world, "UBEN") == []
    tick(world, FIRST_SLOT + timedelta(weeks=2))
    assert [step for step, _ in questions(world)] == [1]
    assert len(world.said("welcome_back")) == 1


def test_a_bot_that_was_away_asks_at_the_next_slot_and_lets_nothing_pile_up(world: World) -> None:
    paired(world)
    tick(world, FIRST_SLOT + timedelta(days=20))
    assert questions(world) == []
    tick(world, FIRST_SLOT + timedelta(weeks=3))
    assert questions(world) == [(1, FIRST_SLOT + timedelta(weeks=3))]


def test_people_are_asked_at_their_own_ten_o_clock_within_their_own_hours(world: World) -> None:
    world.person("UANA", timezone="Asia/Kolkata")
    world.person("UBEN", timezone="America/New_York")
    world.change(world.enrollment("UBEN"), hours_from=time(13), hours_to=time(17))
    world.pair("UANA", "UBEN")
    for hour in range(24):
        tick(world, datetime(2026, 1, 27, hour, 30, tzinfo=UTC))
    assert questions(world, "UANA") == [(1, datetime(2026, 1, 27, 4, 30, tzinfo=UTC))]
    assert questions(world, "UBEN") == [(1, datetime(2026, 1, 27, 18, 30, tzinfo=UTC))]


def test_the_question_says_how_long_ago_the_two_met(world: World) -> None:
    paired(world)
    tick(world, FIRST_SLOT)
    nudge = world.row(Nudge, user_id="UANA").id
    world.do(checking_in.answer_question, ANA, nudge, Answer(CheckInState.MET))
    tick(world, FIRST_SLOT + timedelta(weeks=2))
    (*_, last) = world.said("check_in_question", "user:UANA")
    assert isinstance(last.notice, CheckInQuestion)
    assert (last.notice.weeks, last.notice.step) == (2, 1)


def met(world: World) -> None:
    pair = world.row(Pair)
    with world.writing() as session:
        checking_in.answer(session, ANA, session.merge(pair), Answer(CheckInState.MET), now=world.now)


def test_halfway_is_celebrated_for_pairs_that_met(either_world: World) -> None:
    world = paired(either_world)
    world.people("UCHLOE", "UDEV")
    silent = world.pair("UCHLOE", "UDEV")
    with world.writing() as session:
        first = session.get_one(Pair, (silent.id or 0) - 1)
        checking_in.answer(session, ANA, first, Answer(CheckInState.MET), now=world.later(days=1).now)
    halfway = datetime(2026, 2, 23, tzinfo=UTC)
    for moment in (halfway - timedelta(minutes=1), halfway, halfway + timedelta(days=3)):
        tick(world, moment)
    reached = [(m.pair_id, m.reached_at) for m in world.rows(Milestone, kind=MilestoneKind.HALFWAY)]
    assert reached == [(first.id, halfway)]


def test_the_last_day_ends_every_pair_and_tells_each_what_the_two_did(either_world: World) -> None:
    world = paired(either_world)
    met(world.later(days=1))
    tick(world, datetime(2026, 4, 5, 22, 59, tzinfo=UTC))
    assert world.row(Cycle).status is CycleStatus.RUNNING
    for _ in range(2):
        tick(world, datetime(2026, 4, 5, 23, 0, tzinfo=UTC))  # midnight in London's summer time
    pair = world.row(Pair)
    assert (pair.status, pair.ending, world.row(Cycle).status) == (
        PairStatus.ENDED,
        PairEnding.FINISHED,
        CycleStatus.FINISHED,
    )
    told = [said.notice for said in world.said("pair_finished") if isinstance(said.notice, PairFinished)]
    assert [(notice.first_name, notice.journey.meetings) for notice in told] == [("Ana", 1), ("Ben", 1)]
    assert [said.due_at.hour for said in world.said("pair_finished")] == [8, 8], "nine in the morning there"


def test_meetings_of_a_finished_pair_count_once_for_both(world: World) -> None:
    paired(world)
    pair = world.row(Pair)
    for actor, days in ((ANA, 1), (BEN, 2), (ANA, 20)):
        world.later(days=days)
        with world.writing() as session:
            checking_in.answer(session, actor, session.merge(pair), Answer(CheckInState.MET), now=world.now)
    tick(world, datetime(2026, 4, 6, tzinfo=UTC))
    told = [said.notice for said in world.said("pair_finished") if isinstance(said.notice, PairFinished)]
    assert {notice.journey.meetings for notice in told} == {2}


MOMENTS = [
    datetime(2026, 1, 16, 15, tzinfo=UTC),
    FIRST_SLOT,
    datetime(2026, 2, 10, 0, tzinfo=UTC),
    datetime(2026, 2, 23, tzinfo=UTC),
    datetime(2026, 4, 5, 23, tzinfo=UTC),
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_tick_done_twice_changes_nothing(either_world: World, moment: datetime) -> None:
    world = paired(either_world)
    world.person("UCHLOE", celebration=Celebration.CHANNEL)
    world.do(thanking.thank, ANA, ["UBEN", "UCHLOE"], "the code review")
    world.do(enrolling.pause, Actor(TEAM, "UCHLOE"), date(2026, 2, 10))
    met(world.later(days=1))
    tick(world, moment)
    done = everything(world)
    tick(world, moment)
    assert everything(world) == done
    tick(world, moment + timedelta(seconds=59))
    assert everything(world) == done


def next_due(world: World) -> datetime | None:
    return world.look(lambda session: heartbeat.next_due(session, now=world.now))


def test_the_next_moment_is_the_round_up_where_thanks_wait_and_nothing_else_does(world: World) -> None:
    world.person("UANA")
    world.person("UBEN", celebration=Celebration.CHANNEL)
    world.do(thanking.thank, ANA, ["UBEN"], "the code review")
    assert world.row(Kudos).consent is Consent.GIVEN
    world.at(datetime(2026, 1, 13, 9, tzinfo=UTC))
    assert next_due(world) == datetime(2026, 1, 16, 15, tzinfo=UTC)


def test_the_next_moment_of_a_new_pair_is_no_later_than_its_first_question(world: World) -> None:
    paired(world)
    moments = []
    while world.now < FIRST_SLOT:
        moment = next_due(world)
        assert moment is not None
        moments.append(moment)
        tick(world, moment)
    assert moments[-1] == FIRST_SLOT


def test_a_consent_question_s_friday_is_a_moment(world: World) -> None:
    paired(world)
    pair = world.row(Pair)
    world.do(celebrating.reach, pair, MilestoneKind.FIRST_MEETING)
    moment = next_due(world)
    assert moment is not None
    assert moment <= world.row(Milestone).decide_by


def test_asking_again_within_the_same_slot_asks_nobody_twice(either_world: World) -> None:
    world = paired(either_world)
    for minutes in (0, 1, 30, 600, 1439):
        world.at(FIRST_SLOT + timedelta(minutes=minutes)).do(nudging.ask_due)
    assert len(world.rows(Nudge)) == 2
