"""What an organizer reads of a match under review tells nothing of whom people avoid, veto or report to."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from bot.domain.people import Actor
from bot.domain.weightings import WEIGHTS
from bot.services import enrolling, explaining, matchmaking, previewing, reviewing
from bot.views import matches
from bot.views import reviewing as views
from storage.tables import MatchRun, Person
from tests.builders import ORGANIZER, TEAM, World

OLGA = Actor(TEAM, ORGANIZER)
EIGHT = ("UANA", "UBEN", "UCHLOE", "UDEV", "UEVA", "UFEMI", "UGITA", "UHUGO")
SKILLS = {"UANA": ("SQL", "Go"), "UBEN": ("Go", "SQL"), "UEVA": ("Rust", "SQL"), "UFEMI": ("SQL", "Rust")}


@pytest.fixture
def eight(world: World) -> World:
    return with_eight(world)


def with_eight(world: World) -> World:
    """Four who help each other and four of whom nothing is known."""
    world.people(*EIGHT)
    for user_id, (offered, asked) in SKILLS.items():
        world.change(world.enrollment(user_id), offers=[offered], asks=[asked])
    return world


def previewed(world: World) -> MatchRun:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    return world.row(MatchRun, id=world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan()).id)


def groups(run: MatchRun) -> list[list[str]]:
    return [pair["members"] for pair in run.plan["pairs"]]


@dataclass(frozen=True)
class Reading:
    """Everything the review shows: the preview, each pair's details and swaps, other weights, why for any two."""

    preview: Any
    details: tuple[Any, ...]
    swaps: tuple[Any, ...]
    compared: Any
    why: dict[tuple[str, str], Any]


def read(world: World, run: MatchRun) -> Reading:
    def reading(session: Any) -> Reading:
        review = reviewing.under_review(session, OLGA, run.id)
        numbers = range(1, len(review.groups) + 1)
        weighting = next(iter(WEIGHTS))
        same = previewing.comparison(review, weighting, review.plan)
        return Reading(
            matches.preview(previewing.read_preview(session, run)),
            tuple(views.detail(previewing.pair_detail(session, review, number)) for number in numbers),
            tuple(views.swap(previewing.swap_offer(session, review, number)) for number in numbers),
            views.compare(same, weighting, [*WEIGHTS]),
            {
                (one, other): views.explained(
                    explaining.explained(session, OLGA, world.program_id, one, other, now=world.now)
                )
                for one, other in combinations(EIGHT, 2)
            },
        )

    return world.look(reading)


def avoids(world: World, one: str, other: str) -> None:
    with world.writing() as session:
        enrolling.avoid(session, Actor(TEAM, one), other)


def is_avoided(world: World, one: str, other: str) -> None:
    avoids(world, other, one)


def works_below(world: World, one: str, other: str) -> None:
    """Two steps below, by way of someone who takes no part."""
    world.person("ULEAD", enrolled=False)
    world.change(world.row(Person, user_id=one), manager_id="ULEAD")
    world.change(world.row(Person, user_id="ULEAD"), manager_id=other)


UNSAID = [avoids, is_avoided, works_below]


@pytest.mark.parametrize("kept_apart", UNSAID)
def test_where_the_plan_is_the_same_nothing_says_that_two_are_kept_apart(
    eight: World, another_world: World, kept_apart: Callable[[World, str, str], None]
) -> None:
    free = previewed(with_eight(another_world))
    unmatched = ("UANA", "UCHLOE")
    kept_apart(eight, *unmatched)
    bound = previewed(eight)
    assert groups(bound) == groups(free), "these two would not have been matched anyway"
    one, other = read(eight, bound), read(another_world, free)
    assert (one.preview, one.details, one.compared) == (other.preview, other.details, other.compared)
    assert one.why == other.why
    assert_nobody_swaps_into(unmatched, one)


def assert_nobody_swaps_into(apart: tuple[str, str], shown: Reading) -> None:
    """Three swaps are offered for each pair all the same, and none of them makes these two partners."""
    together = " and ".join(name.removeprefix("U").title() for name in apart)
    for view in shown.swaps:
        assert len(options(view)) == 3
        assert together not in json.dumps([option["text"] for option in options(view)])


def options(view: Any) -> list[Any]:
    found: list[Any] = next(block for block in view["blocks"] if block["type"] == "input")["element"]["options"]
    return found


def test_where_the_plan_differs_every_cause_makes_the_same_texts(eight: World, another_world: World) -> None:
    """Ana and Ben are the best pair; whatever it is that keeps them apart, all that is read is the same."""
    avoids(eight, "UANA", "UBEN")
    works_below(with_eight(another_world), "UANA", "UBEN")
    read_there = [read(world, previewed(world)) for world in (eight, another_world)]
    assert read_there[0] == read_there[1]


def test_a_veto_is_read_by_organizers_alone(eight: World) -> None:
    run = previewed(eight)
    draft = eight.look(lambda session: reviewing.veto(reviewing.under_review(session, OLGA, run.id), ("UANA", "UBEN")))
    kept = eight.do(matchmaking.keep, OLGA, draft, draft.inputs.plan())
    eight.at(eight.now + timedelta(minutes=1)).do(matchmaking.release, OLGA, kept.id)
    heard = [json.dumps([str(said.notice), said.key]) for said in eight.said()]
    assert heard
    assert not [one for one in heard if "veto" in one.casefold() or ("Ana" in one and "Ben" in one)]
