"""Before they meet: who drives, what to think over, and what they wanted to try."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content import preparation as words
from bot.domain.checkins import Answer, CheckInState
from bot.domain.matching.sentences import Skill, segments_to_json
from bot.domain.notices import CheckInAnswered, CheckInQuestion, GoalResting, LessonOffer, Preparation, Weekly
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import checking_in, heartbeat, preparing
from bot.views.models import Prepared
from storage import pairs
from storage.tables import Nudge, Pair, PairGoal
from tests.builders import TEAM, World

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FIRST_QUESTION = datetime(2026, 1, 27, 10, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture
def paired(either_world: World) -> World:
    either_world.people("UANA", "UBEN")
    either_world.pair("UANA", "UBEN")
    return either_world


def tick(world: World, moment: datetime) -> World:
    world.at(moment).do(heartbeat.tick)
    world.sent()
    return world


def say(world: World, actor: Actor, given: Answer) -> None:
    with world.writing() as session:
        (pair,) = pairs.active_pairs_of(session, TEAM, actor.user_id)
        checking_in.answer(session, actor, pair, given, now=world.now)


def asked(world: World, user: str) -> CheckInQuestion:
    last = world.said("check_in_question", f"user:{user}")[-1].notice
    assert isinstance(last, CheckInQuestion)
    return last


def driving(world: World, user: str) -> list[Preparation]:
    return [extra for extra in asked(world, user).extras if isinstance(extra, Preparation)]


def prepared(world: World, actor: Actor) -> Prepared:
    pair = world.row(Pair)
    return world.look(lambda session: preparing.prepare(session, actor, pair.id))


def test_they_take_turns_to_drive(paired: World) -> None:
    pair = paired.row(Pair).id
    tick(paired, FIRST_QUESTION)
    assert driving(paired, "UANA") == [Preparation(pair, "Ana", mine=True)]
    assert driving(paired, "UBEN") == [Preparation(pair, "Ana", mine=False)]
    for actor in (ANA, BEN):  # two answers, one meeting
        say(paired, actor, Answer(CheckInState.MET))
    tick(paired, FIRST_QUESTION + 2 * WEEK)
    assert driving(paired, "UANA") == [Preparation(pair, "Ben", mine=False)]
    assert driving(paired, "UBEN") == [Preparation(pair, "Ben", mine=True)]


def test_a_date_in_the_diary_says_who_drives_below_the_lesson(paired: World) -> None:
    tick(paired, FIRST_QUESTION)
    nudge = paired.row(Nudge, user_id="UBEN").id
    paired.do(checking_in.answer_question, BEN, nudge, Answer(CheckInState.SCHEDULED, on=date(2026, 1, 29)))
    shown = paired.said("check_in_answered", "user:UBEN")[-1].notice
    assert isinstance(shown, CheckInAnswered)
    assert [type(extra) for extra in shown.extras] == [LessonOffer, Preparation]


def test_the_last_of_the_ladder_prepares_nothing(paired: World) -> None:
    for number in range(3):
        tick(paired, FIRST_QUESTION + number * WEEK)
    assert asked(paired, "UANA").step == 3
    assert driving(paired, "UANA") == []


def test_what_someone_wanted_to_try_is_in_their_next_question_alone(paired: World) -> None:
    tick(paired, FIRST_QUESTION)
    say(paired, ANA, Answer(CheckInState.MET, next_try="ask for feedback first"))
    say(paired, BEN, Answer(CheckInState.MET))
    tick(paired, FIRST_QUESTION + 2 * WEEK)
    assert asked(paired, "UANA").tried == "ask for feedback first"
    assert asked(paired, "UBEN").tried == ""
    say(paired, BEN, Answer(CheckInState.MET))
    tick(paired, FIRST_QUESTION + 4 * WEEK)
    assert asked(paired, "UANA").tried == "", "that was before the last meeting"


def test_several_questions_in_one_message_have_neither(paired: World) -> None:
    paired.person("UCHLOE")
    paired.pair("UANA", "UCHLOE")
    tick(paired, FIRST_QUESTION)
    said = paired.said("weekly", "user:UANA")[-1].notice
    assert isinstance(said, Weekly)
    assert len(said.parts) == 2
    assert not [part for part in said.parts if isinstance(part.said, CheckInQuestion) and part.said.extras]


def test_a_goal_that_rests_is_named_once_in_two_cadences(paired: World) -> None:
    pair = paired.row(Pair)
    with paired.writing() as session:
        then = paired.now
        goal = PairGoal(workspace_id=TEAM, pair_id=pair.id, number=1, text="a talk", added_at=then, moved_at=then)
        session.add(goal)
    named = []
    for number in range(8):
        tick(paired, FIRST_QUESTION + number * WEEK)
        named.append([extra.text for extra in asked(paired, "UANA").extras if isinstance(extra, GoalResting)])
        say(paired, ANA, Answer(CheckInState.NOT_YET))
    assert named == [[], [], ["a talk"], [], [], [], ["a talk"], []]
    paired.change(paired.row(PairGoal), moved_at=paired.now)
    tick(paired, FIRST_QUESTION + 8 * WEEK)
    assert driving(paired, "UANA"), "a goal that moved leaves room for the preparation"


def test_three_starters_from_the_goal_the_common_ground_and_the_lesson(paired: World) -> None:
    pair = paired.row(Pair)
    paired.change(pair, reason=segments_to_json(["Ben can help with ", Skill("SQL"), "."]))
    paired.change(paired.enrollment("UANA"), goal="run a workshop")
    tick(paired, FIRST_QUESTION)
    mine, theirs = prepared(paired, ANA), prepared(paired, BEN)
    goal, ground, lesson = mine.starters
    assert (goal.pattern in words.ABOUT_A_GOAL, goal.words) == (True, "run a workshop")
    assert (ground.pattern in words.ABOUT_COMMON_GROUND, ground.words) == (True, "SQL")
    assert lesson.pattern in words.ABOUT_A_LESSON[1]
    assert prepared(paired, ANA) == mine, "the same each time, until they have met"
    assert "run a workshop" not in str(theirs)
    assert theirs.driving == replace(mine.driving, mine=False)


def test_without_goal_ground_and_lesson_the_starters_are_three_others(paired: World) -> None:
    starters = [one.pattern for one in prepared(paired, ANA).starters]
    assert sorted(starters) == sorted(words.ABOUT_ANYTHING)


def test_only_partners_prepare_and_only_while_they_are_partners(paired: World) -> None:
    pair = paired.row(Pair)
    stranger = paired.person("UCHLOE")
    with pytest.raises(NotAllowed):
        prepared(paired, stranger)
    paired.do(checking_in.not_a_fit, ANA, pair.id)
    with pytest.raises(NotPossibleNow):
        prepared(paired, BEN)
