"""Lessons taken: kept once for their person, and counted for everyone else."""

from datetime import timedelta

import pytest

from bot.domain.people import Actor
from bot.errors import NotPossibleNow
from bot.services import enrolling, standing, teaching
from bot.views.models import LearningTotals
from storage.tables import LessonTaken
from tests.builders import MONDAY, ORGANIZER, TEAM, World

ANA = Actor(TEAM, "UANA")


def test_the_next_lesson_is_the_first_not_taken(world: World) -> None:
    world.people("UANA")
    world.do(teaching.take, ANA, 2, {0: 1}, None)
    here = world.look(lambda session: teaching.learning(session, ANA))
    assert (here.next, here.taken, len(here.lessons)) == (1, 1, 6)


def test_a_lesson_taken_again_keeps_its_day_and_the_newer_opinion(either_world: World) -> None:
    world = either_world
    world.people("UANA")
    world.do(teaching.take, ANA, 1, {}, 2)
    world.at(MONDAY + timedelta(days=3)).do(teaching.take, ANA, 1, {}, None)
    kept = world.row(LessonTaken)
    assert (kept.taken_at, kept.useful) == (MONDAY, 2)
    world.do(teaching.take, ANA, 1, {}, 5)
    assert world.row(LessonTaken).useful == 5


@pytest.mark.parametrize("useful", [0, 6, -1])
def test_an_opinion_that_was_not_offered_is_none(world: World, useful: int) -> None:
    world.people("UANA")
    world.do(teaching.take, ANA, 1, {}, useful)
    assert world.row(LessonTaken).useful is None


def test_what_was_answered_is_said_and_not_kept(world: World) -> None:
    world.people("UANA")
    marked = world.do(teaching.take, ANA, 1, {0: 1}, None)
    assert marked.chosen == (1, None)
    assert marked.next is not None
    assert marked.next.number == 2
    assert set(LessonTaken.model_fields) == {"workspace_id", "user_id", "lesson", "taken_at", "useful"}


def test_what_to_try_fits_who_still_waits_for_a_partner(world: World) -> None:
    world.people("UANA", "UBEN")

    def tasks() -> dict[int, str]:
        return world.look(lambda session: {n: teaching.lesson_for(session, ANA, n).to_try for n in range(1, 7)})

    assert "Your partner will ask." in tasks()[1]
    assert not [task for task in tasks().values() if "Write to your partner" in task or "Ask your partner" in task]
    alone = tasks()
    world.pair("UANA", "UBEN")
    assert tasks()[1].startswith("Write to your partner")
    assert [n for n in alone if alone[n] != tasks()[n]] == [1, 3, 5, 6]


@pytest.mark.parametrize("number", [None, 0, 7, 10**8])
def test_a_lesson_that_is_not_there_is_refused_with_those_that_are(world: World, number: int | None) -> None:
    world.people("UANA")
    with pytest.raises(NotPossibleNow) as refused:
        world.do(teaching.take, ANA, number, {}, None)
    assert "lessons 1 to 6" in refused.value.user_message
    assert not world.rows(LessonTaken)


def test_organizers_read_counts_of_those_who_are_or_were_in(world: World) -> None:
    world.people("UANA", "UBEN")
    for number in range(1, 7):
        world.do(teaching.take, ANA, number, {}, None)
    world.do(teaching.take, Actor(TEAM, "UBEN"), 1, {}, None)
    world.person("UELSE", enrolled=False)
    world.do(teaching.take, Actor(TEAM, "UELSE"), 1, {}, None)
    assert world.look(lambda session: teaching.totals(session, world.program_id)) == LearningTotals(2, 1)
    here = world.look(lambda session: standing.standing(session, Actor(TEAM, ORGANIZER), now=world.now))
    assert here.organizer is not None
    assert here.organizer.learning == LearningTotals(2, 1)


def test_how_useful_lessons_are_is_said_from_five_people_on_and_only_roughly(either_world: World) -> None:
    world = either_world
    users = [f"U{number}" for number in range(6)]
    world.people(*users)

    def useful() -> float | None:
        return world.look(lambda session: teaching.totals(session, world.program_id)).useful

    for user in users[:4]:
        for number in (1, 2):
            world.do(teaching.take, Actor(TEAM, user), number, {}, 5)
    assert useful() is None
    world.do(teaching.take, Actor(TEAM, users[4]), 1, {}, 4)
    assert useful() == 5
    world.do(teaching.take, Actor(TEAM, users[5]), 1, {}, 1)
    assert useful() == 4


def test_a_leaving_changes_no_count_so_that_nobody_is_told_by_subtraction(either_world: World) -> None:
    world = either_world
    users = [f"U{number}" for number in range(6)]
    world.people(*users)
    for number, user in enumerate(users):
        world.do(teaching.take, Actor(TEAM, user), 1, {}, 5 if number else 1)

    def totals() -> LearningTotals:
        return world.look(lambda session: teaching.totals(session, world.program_id))

    before = totals()
    assert (before.begun, before.useful) == (6, 4.5)
    world.do(enrolling.leave, Actor(TEAM, users[0]), world.program_id)
    assert totals() == before
