"""A pair's goals belong to the pair: either partner changes them, both see them, nobody else does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlmodel import Session

from bot.content import goals as words
from bot.content import refusals
from bot.domain.goals import LONGEST, MOST_STEPS, Goal
from bot.domain.pairs import PairEnding
from bot.domain.people import Actor
from bot.errors import MentorError, NotAllowed, NotPossibleNow, WrongWords
from bot.services import parting, standing, striving
from bot.services.striving import Change, ChangedMeanwhile
from storage import goals, pairs
from storage.tables import GoalStep, Pair, PairGoal
from tests.builders import MONDAY, TEAM, World

ANA, BEN, CHLOE = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN"), Actor(TEAM, "UCHLOE")


def paired(world: World) -> Pair:
    world.people("UANA", "UBEN", "UCHLOE")
    return world.pair("UANA", "UBEN")


def seen_by(world: World, actor: Actor, pair: Pair) -> tuple[Goal, ...]:
    return world.look(lambda session: striving.goals_of_pair(session, actor, pair.id)).goals


def refused(world: World, act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(NotPossibleNow) as caught:
        world.do(act, *arguments)
    return caught.value.user_message


def added(world: World, pair: Pair, text: str = "learn SQL", *steps: str) -> int:
    return world.do(striving.add, ANA, pair.id, text, steps).id


def test_a_goal_that_one_adds_is_seen_and_reached_by_the_other(either_world: World) -> None:
    world, pair = either_world, paired(either_world)
    goal_id = added(world, pair, "  learn\n SQL ", "read chapter one", "", "write a query", "READ  chapter one")
    (goal,) = seen_by(world, BEN, pair)
    assert (goal.number, goal.text) == (1, "learn SQL")
    assert [step.text for step in goal.steps] == ["read chapter one", "write a query"]
    world.later(days=3).do(striving.finish_step, BEN, goal.steps[0].step_id)
    assert world.row(PairGoal).moved_at == MONDAY + timedelta(days=3)
    world.later(days=3).do(striving.finish, BEN, goal_id)
    (goal,) = seen_by(world, ANA, pair)
    assert (goal.reached, goal.done) == (True, 1)
    kept = world.row(PairGoal)
    assert kept.reached_at == kept.moved_at == MONDAY + timedelta(days=6)


def test_a_number_is_given_once_so_that_done_1_typed_twice_reaches_one_goal(world: World) -> None:
    pair = paired(world)
    first = added(world, pair)
    added(world, pair, "give a talk")
    world.do(striving.finish, ANA, first)
    assert refused(world, striving.finish, ANA, first) == words.ALREADY_REACHED
    world.do(striving.drop, ANA, added(world, pair, "write a book"))
    added(world, pair, "write a page")
    assert [goal.number for goal in seen_by(world, ANA, pair)] == [1, 2, 4]


def test_three_goals_are_open_at_a_time(world: World) -> None:
    pair = paired(world)
    ids = [added(world, pair, f"goal {number}") for number in range(3)]
    assert refused(world, striving.add, BEN, pair.id, "one more") == words.ENOUGH.format(most=3)
    world.do(striving.finish, ANA, ids[0])
    added(world, pair, "one more")
    assert refused(world, striving.reopen, ANA, ids[0]) == words.ENOUGH.format(most=3)
    world.do(striving.drop, BEN, ids[1])
    world.do(striving.reopen, ANA, ids[0])
    assert [goal.reached for goal in seen_by(world, ANA, pair)] == [False, False, False]


def test_ten_steps_are_enough(world: World) -> None:
    pair = paired(world)
    goal_id = added(world, pair, "learn SQL", *(f"chapter {n}" for n in range(MOST_STEPS)))
    assert refused(world, striving.add_step, ANA, goal_id, "another") == words.ENOUGH_STEPS.format(most=MOST_STEPS)
    assert refused(world, striving.add, ANA, pair.id, "x", ["y"] * 99 + [f"{n}" for n in range(11)]).startswith(
        "A goal"
    )
    assert len(world.rows(PairGoal)) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 10_000, "That fits in 200 characters; yours has 10,000. A shorter one is easier to keep in mind."),
        ("x" * (LONGEST + 1), words.TOO_LONG.format(most=LONGEST, length="201")),
        ("  \n ", words.EMPTY),
        ("Learn  sql", words.ALREADY_THERE),
    ],
)
def test_words_that_do_not_fit_are_refused_beside_their_field_and_nothing_is_kept(
    world: World, text: str, sentence: str
) -> None:
    pair = paired(world)
    added(world, pair)
    with pytest.raises(WrongWords) as caught:
        world.do(striving.add, BEN, pair.id, text)
    assert (caught.value.field, caught.value.user_message) == ("goal", sentence)
    assert len(world.rows(PairGoal)) == 1


def test_a_step_that_is_too_long_is_refused_with_the_goal_it_came_with(world: World) -> None:
    pair = paired(world)
    with pytest.raises(WrongWords) as caught:
        world.do(striving.add, BEN, pair.id, "learn SQL", ["fine", "x" * 201])
    assert caught.value.field == "steps"
    assert not world.rows(PairGoal)


def test_words_as_long_as_they_may_be_are_kept_in_any_script(either_world: World) -> None:
    world, pair = either_world, paired(either_world)
    added(world, pair, "汉" * LONGEST, "ที่"[:1] * LONGEST)
    assert seen_by(world, BEN, pair)[0].text == "汉" * LONGEST


@pytest.mark.parametrize(
    ("said", "means"),
    [("1", "learn SQL"), ("#2", "learn to listen"), ("LEARN sql", "learn SQL"), ("listen", "learn to listen")],
)
def test_a_goal_is_meant_by_its_number_or_its_words(world: World, said: str, means: str) -> None:
    pair = paired(world)
    added(world, pair)
    added(world, pair, "learn to listen")
    found = world.look(lambda session: striving.called(session, ANA, pair.id, said))
    assert (found.goal.text, found.step) == (means, None)


@pytest.mark.parametrize(("said", "means"), [("1.2", "write a query"), ("query", "write a query")])
def test_a_step_is_meant_by_its_number_or_its_words(world: World, said: str, means: str) -> None:
    pair = paired(world)
    added(world, pair, "learn SQL", "read chapter one", "write a query")
    found = world.look(lambda session: striving.called(session, ANA, pair.id, said))
    assert found.step is not None
    assert found.step.text == means


@pytest.mark.parametrize("said", ["9", "1.9", "", "   ", "no such thing", "%"])
def test_words_that_mean_none_are_refused(world: World, said: str) -> None:
    pair = paired(world)
    added(world, pair, "learn SQL", "read")
    with pytest.raises(NotPossibleNow) as caught:
        world.look(lambda session: striving.called(session, ANA, pair.id, said))
    assert caught.value.user_message == words.NO_SUCH


def test_words_that_mean_two_ask_for_the_number_unless_one_of_them_is_over(world: World) -> None:
    pair = paired(world)
    first = added(world, pair)
    added(world, pair, "learn to listen")
    with pytest.raises(NotPossibleNow) as caught:
        world.look(lambda session: striving.called(session, ANA, pair.id, "learn"))
    assert caught.value.user_message == words.WHICH.format(numbers="1, 2", first="1")
    world.do(striving.finish, ANA, first)
    assert world.look(lambda session: striving.called(session, ANA, pair.id, "learn")).goal.number == 2


def test_nobody_but_the_partners_may_see_or_change_them(world: World) -> None:
    pair = paired(world)
    goal_id = added(world, pair, "learn SQL", "read")
    step_id = world.row(GoalStep).id
    for act, about in (
        *((striving.finish, goal_id), (striving.finish_step, step_id), (striving.drop, goal_id)),
        *((striving.reopen, goal_id), (striving.goal_shown, goal_id)),
    ):
        with pytest.raises(NotAllowed), world.writing() as session:
            act(session, CHLOE, about, **({} if act is striving.goal_shown else {"now": world.now}))
    with pytest.raises(NotAllowed):
        world.do(striving.add, CHLOE, pair.id, "hers")
    stranger = Actor("T2", "UANA")
    with pytest.raises(NotPossibleNow):
        world.do(striving.finish, stranger, goal_id)


@pytest.mark.parametrize("number", [None, 0, 999])
def test_what_is_not_there_is_out_of_date(world: World, number: int | None) -> None:
    paired(world)
    for act in (striving.finish, striving.drop, striving.finish_step, striving.reopen):
        assert refused(world, act, ANA, number) == refusals.STALE_BUTTON


def test_an_ended_pair_s_goals_stay_as_they_were(world: World) -> None:
    pair = paired(world)
    goal_id = added(world, pair)
    world.do(end_it)
    for act in (striving.finish, striving.drop):
        assert refused(world, act, BEN, goal_id) == refusals.PAIR_ENDED
    assert refused(world, striving.add, ANA, pair.id, "more") == refusals.PAIR_ENDED
    assert world.row(PairGoal).reached_at is None
    assert refused(world, lambda session, actor, now: striving.pairs_meant(session, actor), ANA) == words.NO_PARTNER


def end_it(session: Session, *, now: datetime) -> None:
    """Ana wraps up the first pair."""
    parting.end(session, pairs.its_pair(session, TEAM, 1), "UANA", PairEnding.WRAPPED_UP, now=now)


def test_when_one_of_three_goes_the_open_goals_go_on_with_the_other_two(world: World) -> None:
    world.people("UANA", "UBEN", "UCHLOE")
    trio = world.pair("UANA", "UBEN", "UCHLOE")
    world.do(striving.finish, ANA, added(world, trio, "give a talk"))
    added(world, trio, "learn SQL", "read")
    world.do(end_it)
    (pair,) = world.look(lambda session: striving.pairs_meant(session, BEN))
    assert [(goal.number, goal.text, len(goal.steps)) for goal in seen_by(world, CHLOE, pair)] == [(2, "learn SQL", 1)]
    world.do(striving.add, BEN, pair.id, "write")
    assert [goal.number for goal in seen_by(world, CHLOE, pair)] == [2, 3]


def test_a_form_changes_only_what_its_person_changed(world: World) -> None:
    pair = paired(world)
    goal_id = added(world, pair, "learn SQL", "one", "two")
    _, two = world.rows(GoalStep)
    world.do(striving.finish_step, BEN, two.id)
    world.later(days=1).do(
        striving.change, ANA, goal_id, Change("learn SQL", 1, frozenset(), frozenset({1}), ("three", "one"))
    )
    (goal,) = seen_by(world, BEN, pair)
    assert [(step.text, step.done) for step in goal.steps] == [("one", True), ("two", True), ("three", False)]
    assert world.row(PairGoal).version == 1
    world.do(striving.change, ANA, goal_id, Change("learn more SQL", 1, frozenset({1, 2}), frozenset({2})))
    (goal,) = seen_by(world, BEN, pair)
    assert (goal.text, goal.version, [step.done for step in goal.steps]) == ("learn more SQL", 2, [False, True, False])


def test_a_form_that_changed_nothing_is_no_movement(world: World) -> None:
    pair = paired(world)
    goal_id = added(world, pair, "learn SQL", "one")
    world.later(days=9).do(striving.change, BEN, goal_id, Change("learn SQL", 1))
    assert world.row(PairGoal).moved_at == MONDAY


def test_of_two_who_give_it_new_words_the_second_sees_the_first_s(either_world: World) -> None:
    world, pair = either_world, paired(either_world)
    goal_id = added(world, pair)
    outcomes = at_once(
        lambda: world.do(striving.change, ANA, goal_id, Change("learn Python", 1)),
        lambda: world.do(striving.change, BEN, goal_id, Change("learn Rust", 1)),
    )
    (lost,) = [one for one in outcomes if isinstance(one, ChangedMeanwhile)]
    kept = world.row(PairGoal)
    assert (lost.goal.text, kept.version) == (kept.text, 2)


def test_of_four_who_add_the_third_goal_at_once_one_does(either_world: World) -> None:
    world, pair = either_world, paired(either_world)
    added(world, pair)
    added(world, pair, "give a talk")
    four = (("a", ANA), ("b", BEN), ("c", ANA), ("d", BEN))
    outcomes = at_once(*(partial(world.do, striving.add, who, pair.id, text) for text, who in four))
    assert sum(isinstance(one, WrongWords) for one in outcomes) == 3
    assert len(world.rows(PairGoal)) == 3


def test_a_step_ticked_by_both_at_once_is_done_once(either_world: World) -> None:
    world, pair = either_world, paired(either_world)
    added(world, pair, "learn SQL", "read")
    step_id = world.row(GoalStep).id
    outcomes = at_once(
        lambda: world.do(striving.finish_step, ANA, step_id), lambda: world.do(striving.finish_step, BEN, step_id)
    )
    assert [str(one) for one in outcomes if isinstance(one, MentorError)] == [words.ALREADY_DONE]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, each in a thread of its own; what it answered or raised."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except MentorError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def test_goals_without_movement_are_found_for_many_pairs_at_once(either_world: World) -> None:
    world, pair = either_world, paired(either_world)
    other, third = world.pair("UANA", "UCHLOE"), world.pair("UBEN", "UCHLOE")
    still = added(world, pair)
    world.do(striving.finish, ANA, added(world, pair, "reached"))
    world.do(striving.drop, ANA, added(world, pair, "let go"))
    world.later(weeks=2).do(striving.add, CHLOE, other.id, "newer")
    week_before, now = world.now - timedelta(weeks=1), world.now + timedelta(seconds=1)
    ids = [pair.id, other.id, third.id]
    found = world.look(lambda session: goals.goals_without_movement(session, ids, week_before))
    assert {pair_id: [goal.id for goal in theirs] for pair_id, theirs in found.items()} == {pair.id: [still]}
    assert set(world.look(lambda session: goals.goals_without_movement(session, ids, now))) == {pair.id, other.id}
    assert world.look(lambda session: goals.goals_without_movement(session, [], now)) == {}


def test_home_counts_what_is_reached_and_forgets_what_was_let_go(world: World) -> None:
    pair = paired(world)
    world.do(striving.finish, ANA, added(world, pair))
    world.do(striving.drop, ANA, added(world, pair, "let go"))
    added(world, pair, "open")
    here = world.look(lambda session: standing.standing(session, BEN, now=world.now))
    assert [one.goals for one in here.pairs] == [(1, 2)]
