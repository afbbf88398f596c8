"""What a change to a match did besides what was chosen: counted from the two matches, so that it is always true."""

from dataclasses import replace

import pytest

from bot.domain.people import Actor
from bot.services import matchmaking, previewing, reviewing
from bot.services.matchmaking import Draft
from bot.services.reviewing import Review
from bot.views.reviewed import Changes
from storage.tables import MatchRun
from tests.builders import ORGANIZER, TEAM, World

OLGA = Actor(TEAM, ORGANIZER)
EIGHT = ("UANA", "UBEN", "UCHLOE", "UDEV", "UEVA", "UFEMI", "UGITA", "UHUGO")


@pytest.fixture
def run(world: World) -> MatchRun:
    """Four pairs, of whom nothing more is known."""
    world.people(*EIGHT)
    return kept(world, world.do(matchmaking.prepare, OLGA, world.program_id))


def kept(world: World, draft: Draft) -> MatchRun:
    plan = draft.solved or draft.inputs.plan()
    return world.row(MatchRun, id=world.do(matchmaking.keep, OLGA, draft, plan).id)


def review(world: World, run: MatchRun) -> Review:
    return world.look(lambda session: reviewing.under_review(session, OLGA, run.id))


def changes(world: World, before: MatchRun, after: MatchRun) -> Changes:
    return world.look(lambda session: previewing.changes(session, before, after))


def groups(run: MatchRun) -> set[tuple[str, ...]]:
    return {tuple(pair["members"]) for pair in run.plan["pairs"]}


def test_a_veto_counts_the_pairs_that_nobody_asked_to_change(world: World, run: MatchRun) -> None:
    apart = review(world, run).groups[0]
    after = kept(world, reviewing.veto(review(world, run), apart))
    told = changes(world, run, after)
    assert told.others == len(groups(run) - groups(after) - {apart}) > 0
    assert told.by_hand


def test_a_swap_says_what_it_locked_and_that_nothing_else_changed(world: World, run: MatchRun) -> None:
    one, other = review(world, run).groups[:2]
    after = kept(world, reviewing.swap_people(review(world, run), OLGA, one[0], other[0]))
    told = changes(world, run, after)
    assert sorted(told.locked) == sorted(told.pairs)
    assert (len(told.locked), told.others, told.by_hand) == (2, 0, True)


def test_a_match_made_anew_counts_every_pair_that_is_no_more(world: World, run: MatchRun) -> None:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    after = kept(world, replace(draft, inputs=replace(draft.inputs, seed=99)))
    told = changes(world, run, after)
    assert told == Changes((), told.pairs, (), len(groups(run) - groups(after)), by_hand=False)


def test_a_lock_changes_nothing_else(world: World, run: MatchRun) -> None:
    after = kept(world, reviewing.lock(review(world, run), review(world, run).groups[0]))
    assert changes(world, run, after).others == 0
