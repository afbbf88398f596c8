"""A member of several programs: what is open to them, what they are in, and what the next form begins with."""

import pytest

from bot.domain.people import Actor
from bot.domain.templates import Purpose
from bot.errors import NotPossibleNow
from bot.services import choosing, enrolling, standing, thanking
from storage.tables import Kudos, Program
from tests.builders import World, profile


@pytest.fixture
def ana(world: World) -> Actor:
    """Ana, who is in Peer mentoring."""
    return world.person("UANA")


@pytest.fixture
def leadership(world: World) -> Program:
    return world.another_program("Leadership", purpose=Purpose.LEADERSHIP)


def open_to(world: World, actor: Actor) -> list[str]:
    return [one.name for one in world.look(lambda session: choosing.to_join(session, actor))]


def mine(world: World, actor: Actor) -> list[str]:
    return [one.name for one in world.look(lambda session: choosing.among_mine(session, actor))]


def test_with_one_program_nothing_is_asked(world: World, ana: Actor) -> None:
    stranger = world.person("UBEN", enrolled=False)
    assert (open_to(world, stranger), open_to(world, ana), mine(world, ana)) == ([], [], [])


def test_what_one_is_not_in_is_open_and_is_theirs_once_they_join(world: World, ana: Actor, leadership: Program) -> None:
    stranger = world.person("UBEN", enrolled=False)
    assert open_to(world, stranger) == ["Peer mentoring", "Leadership"]
    assert (open_to(world, ana), mine(world, ana)) == (["Leadership"], [])
    world.do(enrolling.join, ana, leadership.id, profile())
    assert (open_to(world, ana), mine(world, ana)) == ([], ["Peer mentoring", "Leadership"])
    world.do(enrolling.leave, ana, world.program_id)
    assert (open_to(world, ana), mine(world, ana)) == (["Peer mentoring"], [])


def test_a_second_form_begins_with_the_first_and_the_two_are_apart_from_then_on(
    world: World, ana: Actor, leadership: Program
) -> None:
    first = profile(["SQL"], ["design"], goal="a workshop")
    world.do(enrolling.join, ana, world.program_id, first)
    begun = world.look(lambda session: enrolling.default_profile(session, ana, None))
    assert (begun.offers, begun.asks, begun.goal) == (("SQL",), ("design",), "a workshop")
    assert (begun.style, begun.hours_from, begun.hours_to) == (dict(first.style), first.hours_from, first.hours_to)
    second = world.do(enrolling.join, ana, leadership.id, profile(["coaching"], goal="lead well"))
    kept = world.look(lambda session: enrolling.my_enrollment(session, ana, "Peer mentoring"))
    assert (kept.offers, kept.goal, second.goal) == (["SQL"], "a workshop", "lead well")


def test_each_program_has_its_own_standing(world: World, ana: Actor, leadership: Program) -> None:
    world.person("UBEN")
    world.pair("UANA", "UBEN")
    assert world.do(standing.standing, ana).each == ()
    world.do(enrolling.join, ana, leadership.id, profile())
    each = world.do(standing.standing, ana).each
    assert [(one.name, [pair.partners for pair in one.pairs]) for one in each] == [
        ("Peer mentoring", [("Ben",)]),
        ("Leadership", []),
    ]


def test_a_name_is_one_whatever_the_case_and_a_number_that_is_none_is_refused(
    world: World, ana: Actor, leadership: Program
) -> None:
    found = world.look(lambda session: choosing.named(session, ana, " LEADERSHIP "))
    assert found is not None
    assert found.id == leadership.id
    assert world.look(lambda session: choosing.named(session, ana, "stop writing to me")) is None
    with pytest.raises(NotPossibleNow):
        world.look(lambda session: choosing.chosen(session, ana, 999))


def test_thanks_are_of_the_program_that_both_are_in(world: World, ana: Actor, leadership: Program) -> None:
    ben, eva = world.person("UBEN", enrolled=False), world.person("UEVA", enrolled=False)
    world.do(enrolling.join, ana, leadership.id, profile())
    world.do(enrolling.join, ben, leadership.id, profile())
    world.do(thanking.thank, ana, [ben.user_id, eva.user_id], "the walk")
    assert world.row(Kudos, receiver_id="UBEN").program_id == leadership.id
    assert world.row(Kudos, receiver_id="UEVA").program_id == world.program_id
