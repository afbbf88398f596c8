"""Nobody can find out who said no: whatever an organizer reads is the same as if that person had said nothing."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.content.inviting import CANNOT
from bot.domain.people import Actor
from bot.services import administering, enrolling, heartbeat, inviting, standing
from storage.engine import empty, make_engine
from storage.tables import Invitation
from tests.builders import TEAM, World, profile
from tests.conftest import sqlite_url
from tests.services.test_inviting import END, OLGA, REMINDER, everything_is_said, strangers

EVERYONE = ("UANA", "UBEN", "UCHLOE", "UDEV")


def read_by_the_organizer(world: World) -> Any:
    """All that an organizer can look at: the overview, the people."""
    with world.writing() as session:
        here = standing.standing(session, OLGA, now=world.now)
        program = administering.check_organizer(session, OLGA, world.program_id)
        return here.organizer, standing.roster(session, program, now=world.now)


def lived(world: World, noes: Sequence[str], acts: Sequence[tuple[str, Any]]) -> list[Any]:
    """What an organizer reads after each act, where some say no an hour after they were first asked."""
    strangers(world, *EVERYONE)
    seen: list[Any] = []
    for act, about in acts:
        if act == "wait":
            world.later(hours=about)
            world.do(heartbeat.tick)
        elif act == "join":
            world.do(enrolling.join, Actor(TEAM, about), world.program_id, profile())
        else:
            seen.append(world.do(inviting.foresee, OLGA, world.program_id, about))
            seen.append(world.do(inviting.invite, OLGA, world.program_id, about))
            everything_is_said(world)
            _say_no(world, noes)
        seen.append(read_by_the_organizer(world))
    return seen


def _say_no(world: World, noes: Sequence[str]) -> None:
    for row in world.rows(Invitation, status="open"):
        if row.user_id in noes:
            world.do(inviting.decline, Actor(TEAM, row.user_id), row.id)


people_named = st.lists(st.sampled_from(EVERYONE), min_size=1, max_size=4, unique=True).map(tuple)
act = st.one_of(
    st.tuples(st.just("invite"), people_named),
    st.tuples(st.just("wait"), st.sampled_from([1, 24, 24 * 6, 24 * 16, 24 * 200])),
    st.tuples(st.just("join"), st.sampled_from(EVERYONE[:2])),
)


@settings(max_examples=25)
@given(st.lists(act, min_size=1, max_size=6), st.sets(st.sampled_from(EVERYONE[2:]), min_size=1))
def test_whatever_an_organizer_does_a_no_reads_like_silence(
    engine_of_example: Engine, acts: list[tuple[str, Any]], noes: set[str]
) -> None:
    empty(engine_of_example)
    with_noes = lived(World(engine_of_example), sorted(noes), acts)
    empty(engine_of_example)
    assert with_noes == lived(World(engine_of_example), (), acts)


@pytest.fixture(scope="module")
def engine_of_example(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for all examples, emptied before each."""
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("examples") / "mentor.db")
    engine = make_engine(sqlite_url(Path(file)), pool_size=2)
    yield engine
    engine.dispose()


def test_inviting_one_person_alone_tells_nothing_of_them(world: World) -> None:
    strangers(world, "UANA", "UBEN")
    for user in ("UANA", "UBEN"):
        world.do(inviting.invite, OLGA, world.program_id, [user])
    everything_is_said(world)
    world.do(inviting.decline, Actor(TEAM, "UANA"), world.row(Invitation, user_id="UANA").id)
    for moment in (REMINDER, END, END + timedelta(weeks=30)):
        world.at(moment).do(heartbeat.tick)
        before = read_by_the_organizer(world)
        ana = world.do(inviting.invite, OLGA, world.program_id, ["UANA"])
        after_ana = read_by_the_organizer(world)
        ben = world.do(inviting.invite, OLGA, world.program_id, ["UBEN"])
        after_ben = read_by_the_organizer(world)
        assert ana == ben
        assert _grown(before, after_ana) == _grown(after_ana, after_ben)
        everything_is_said(world)


def _grown(before: Any, after: Any) -> tuple[int, ...]:
    one, other = before[0].invited, after[0].invited
    return other.invited - one.invited, other.joined - one.joined, other.running - one.running


def test_the_reasons_why_someone_cannot_be_invited_are_those_anybody_can_see() -> None:
    assert CANNOT.partition("(")[2] == "in already, a bot, a guest, an unused account, or you)."


def test_the_totals_count_each_person_once(world: World) -> None:
    strangers(world, *EVERYONE)
    assert read_by_the_organizer(world)[0].invited is None
    world.do(inviting.invite, OLGA, world.program_id, EVERYONE)
    world.do(inviting.invite, OLGA, world.program_id, EVERYONE)
    world.do(enrolling.join, Actor(TEAM, "UANA"), world.program_id, profile())
    totals = read_by_the_organizer(world)[0].invited
    assert (totals.invited, totals.joined, totals.running) == (4, 1, 3)
    world.at(END + timedelta(days=1)).do(heartbeat.tick)
    totals = read_by_the_organizer(world)[0].invited
    assert (totals.invited, totals.joined, totals.running) == (4, 1, 0)
