"""Suggestions never show one person's ask to everyone."""

import pytest

from bot.domain.people import Actor
from bot.services import enrolling, suggesting
from tests.builders import TEAM, World, profile

ANA = Actor(TEAM, "UANA")


def wrote(world: World, phrase: str, *users: str, asked: bool = False) -> None:
    for user in users:
        actor = world.person(user, enrolled=False)
        world.do(enrolling.join, actor, world.program_id, profile([] if asked else [phrase], [phrase] if asked else []))


def suggested(world: World, typed: str) -> list[str]:
    return suggesting.looking_like(typed, world.look(lambda session: suggesting.shared(session, TEAM)))


def test_a_phrase_is_suggested_once_three_people_wrote_it(either_world: World) -> None:
    world = either_world
    wrote(world, "Public speaking", "UANA", "UBEN")
    assert suggested(world, "pub") == []
    wrote(world, "public-speaking", "UCHLOE")
    assert suggested(world, "pub") == ["Public speaking"]


def test_one_person_cannot_make_a_phrase_common_by_writing_it_twice(world: World) -> None:
    actor = world.person("UANA", enrolled=False)
    said = profile(["burnout", "Burnout", "BURNOUT"], ["burnout"])
    world.do(enrolling.join, actor, world.program_id, said)
    wrote(world, "burnout", "UBEN")
    assert suggested(world, "burn") == []


def test_who_has_left_is_not_counted(world: World) -> None:
    wrote(world, "SQL", "UANA", "UBEN", "UCHLOE")
    world.do(enrolling.leave, ANA, world.program_id)
    assert suggested(world, "sql") == []


@pytest.mark.parametrize("typed", ["nego", "NEGOTIATION", "tiat", "negotation", "negotiatoin"])
def test_beginnings_parts_and_near_misses_find_it(world: World, typed: str) -> None:
    wrote(world, "Negotiation", "UANA", "UBEN", "UCHLOE", asked=True)
    assert suggested(world, typed) == ["Negotiation"]


def test_what_is_far_from_what_was_typed_is_not_suggested(world: World) -> None:
    wrote(world, "Negotiation", "UANA", "UBEN", "UCHLOE")
    assert suggested(world, "python") == []


def test_the_spelling_most_people_chose_wins(world: World) -> None:
    wrote(world, "sql", "UANA")
    wrote(world, "SQL", "UBEN", "UCHLOE")
    assert suggested(world, "sq") == ["SQL"]


def test_no_more_come_than_slack_shows_beside_add(world: World) -> None:
    users = ("UANA", "UBEN", "UCHLOE")
    world.people(*users)
    for user in users:
        enrollment = world.enrollment(user)
        world.change(enrollment, offers=[f"skill {number}" for number in range(30)])
    assert len(suggested(world, "skill")) == suggesting.MOST
