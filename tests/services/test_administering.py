"""Who runs a program, what it is called, where it lives."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.domain.notices import ChannelLost
from bot.domain.people import Actor
from bot.domain.setups import Setup
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import administering, remembering, setting_up
from storage.tables import Organizer, Program
from tests.builders import ORGANIZER, TEAM, World, person_facts

OLGA = Actor(TEAM, ORGANIZER)
SETUP = Setup("Buddies", "C2", "buddies", joined=False, length_weeks=8, cadence_weeks=1)


@pytest.fixture
def untouched(engine: Engine) -> World:
    """A workspace in which nobody has started a program."""
    world = World(engine)
    with world.writing() as session:
        session.delete(session.get_one(Organizer, (world.program_id, ORGANIZER)))
        session.flush()
        session.delete(session.get_one(Program, world.program_id))
    return world


def ask(world: World, actor: Actor, first: tuple[str, ...] = ()) -> int | None:
    return world.do(administering.organized_program, actor, first).id


def test_the_first_admin_to_ask_starts_the_program_in_their_own_zone(untouched: World) -> None:
    admin = untouched.person("UADA", is_admin=True, enrolled=False, timezone="Africa/Cairo")
    ask(untouched, admin)
    program = untouched.row(Program)
    assert (program.name, program.timezone, program.length_weeks) == ("Peer mentoring", "Africa/Cairo", 12)
    assert [row.user_id for row in untouched.rows(Organizer)] == ["UADA"]
    assert ask(untouched, admin) == program.id
    assert len(untouched.rows(Program)) == 1


def test_a_member_who_is_no_admin_is_told_who_can(untouched: World) -> None:
    ana = untouched.person("UANA", enrolled=False)
    with pytest.raises(NotAllowed, match="workspace admin"):
        ask(untouched, ana)
    assert untouched.rows(Program) == []


def test_the_first_organizers_are_those_named_in_the_settings_and_no_other_admin(untouched: World) -> None:
    admin = untouched.person("UADA", is_admin=True, enrolled=False)
    named = untouched.person("UANA", enrolled=False)
    with pytest.raises(NotAllowed, match="<@UANA>"):
        ask(untouched, admin, first=("UANA",))
    ask(untouched, named, first=("UANA",))
    assert [row.user_id for row in untouched.rows(Organizer)] == ["UANA"]


@pytest.mark.parametrize("facts", [{"is_admin": True, "is_gone": True}, {}], ids=["gone", "never met"])
def test_nobody_organizes_who_is_not_here(untouched: World, facts: dict[str, Any]) -> None:
    if facts:
        gone = replace(person_facts("UADA", "Ada"), **facts)
        untouched.do(remembering.remember, TEAM, gone)
    with pytest.raises(NotAllowed):
        ask(untouched, Actor(TEAM, "UADA"))


def test_a_second_admin_joins_in_running_the_same_program(world: World) -> None:
    admin = world.person("UADA", is_admin=True, enrolled=False)
    assert ask(world, admin) == world.program_id
    assert {row.user_id for row in world.rows(Organizer)} == {"UADA", ORGANIZER}


def test_a_refusal_names_the_organizers(world: World) -> None:
    ana = world.person("UANA")
    with pytest.raises(NotAllowed, match=f"<@{ORGANIZER}>"):
        ask(world, ana)
    with pytest.raises(NotAllowed, match=f"<@{ORGANIZER}>"), world.writing() as session:
        setting_up.set_up(session, ana, world.program_id, SETUP, now=world.now)
    with pytest.raises(NotPossibleNow, match="no mentoring program"), world.writing() as session:
        setting_up.set_up(session, OLGA, 999, SETUP, now=world.now)
    assert world.row(Program).name == "Peer mentoring"


def test_another_workspace_s_program_is_none_of_ours(world: World) -> None:
    with pytest.raises(NotPossibleNow, match="no mentoring program"), world.writing() as session:
        setting_up.set_up(session, Actor("T2", ORGANIZER), world.program_id, SETUP, now=world.now)


def test_setting_up_changes_name_channel_and_rhythm(either_world: World) -> None:
    world = either_world
    with world.writing() as session:
        setting_up.set_up(session, OLGA, world.program_id, SETUP, now=world.now)
    program = world.row(Program)
    assert (program.name, program.channel_id, program.channel_name) == ("Buddies", "C2", "buddies")
    assert (program.channel_joined, program.length_weeks, program.cadence_weeks) == (False, 8, 1)


def test_being_invited_opens_the_channel_and_being_removed_is_told_once(world: World) -> None:
    with world.writing() as session:
        setting_up.set_up(session, OLGA, world.program_id, SETUP, now=world.now)
        administering.bot_joined_channel(session, TEAM, "C9")
    assert world.row(Program).channel_joined is False
    with world.writing() as session:
        administering.bot_joined_channel(session, TEAM, "C2")
    assert world.row(Program).channel_joined is True
    for _ in range(2):
        world.later(minutes=5).do(administering.channel_lost, TEAM, "C2")
    (told,) = world.said("channel_lost")
    assert (told.to, told.notice) == (f"user:{ORGANIZER}", ChannelLost("Buddies", "buddies", "mentor"))


def test_losing_the_channel_again_is_told_again(world: World) -> None:
    for _ in range(2):
        world.later(days=1).do(administering.channel_lost, TEAM, "C1")
        with world.writing() as session:
            administering.bot_joined_channel(session, TEAM, "C1")
    assert len(world.said("channel_lost")) == 2
