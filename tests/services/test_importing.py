"""What an organizer brings is kept whole or not at all, and the later word counts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.matching import Inputs
from bot.domain.matching.roster import BadRows
from bot.domain.people import Actor, PersonFacts
from bot.errors import NotAllowed
from bot.importing import rows_of
from bot.services import importing, matchmaking, remembering
from bot.services.importing import Imported
from storage.tables import Brought, Person, Program
from tests.builders import ORGANIZER, TEAM, World, person_facts

OLGA = Actor(TEAM, ORGANIZER)


def bring(world: World, table: str, *listed: PersonFacts, by: Actor = OLGA) -> Imported:
    return world.do(importing.bring, by, world.program_id, rows_of(table), listed)


def person(world: World, user_id: str) -> Person:
    return world.row(Person, user_id=user_id)


def profile_says(world: World, user_id: str, **facts: Any) -> None:
    """Slack's profile is read anew."""
    world.do(remembering.remember, TEAM, replace(person_facts(user_id, user_id.removeprefix("U").title()), **facts))


def inputs(world: World) -> Inputs:
    with world.writing() as session:
        program = session.get_one(Program, world.program_id)
        return matchmaking.gather(session, program, now=world.now)


def test_the_match_knows_what_was_brought(either_world: World) -> None:
    either_world.people("UANA", "UBEN")
    table = "person,department,manager,level,location,start date\nana,Sales,ben,4,Lisbon,2024-03-01\nben,Legal,,5,,"
    assert bring(either_world, table) == Imported(people=2, changed=2)
    ana, ben = inputs(either_world).candidates
    assert (ana.department, ana.manager, ana.level) == ("Sales", "UBEN", 4)
    assert (ben.department, ben.manager, ben.level) == ("Legal", None, 5)
    kept = either_world.row(Brought, user_id="UANA")
    assert (kept.location, kept.started_on, kept.brought_by) == ("Lisbon", date(2024, 3, 1), ORGANIZER)


def test_a_manager_who_takes_no_part_is_in_the_reporting_line(world: World) -> None:
    world.people("UANA", "UBEN")
    bring(world, "person,manager\nana,Zoe\nben,Zoe", person_facts("UZOE", "Zoe"), person_facts("UYAN", "Yan"))
    assert inputs(world).rules.managers == {"UANA": "UZOE", "UBEN": "UZOE"}
    assert [row.user_id for row in world.rows(Person) if row.user_id in ("UZOE", "UYAN")] == ["UZOE"]


def test_the_same_table_again_changes_nothing(world: World) -> None:
    world.people("UANA", "UBEN")
    table = "person,department,level\nana,Sales,3\nben,Legal,2"
    bring(world, table)
    first = world.rows(Brought)
    assert bring(world.later(days=3), table) == Imported(people=2, changed=0)
    assert world.rows(Brought) == first


def test_one_wrong_row_and_nothing_is_kept(world: World) -> None:
    world.people("UANA", "UBEN")
    with pytest.raises(BadRows):
        bring(world, "person,department,start date\nana,Sales,2024-03-01\nben,Legal,2024-02-31")
    assert world.rows(Brought) == []
    assert person(world, "UANA").department is None


def test_only_who_runs_the_program_brings_anything(world: World) -> None:
    world.people("UANA")
    with pytest.raises(NotAllowed):
        bring(world, "person,level\nana,3", by=Actor(TEAM, "UANA"))
    assert world.rows(Brought) == []


def test_bots_guests_and_leavers_are_nobody(world: World) -> None:
    world.person("UBOT2", "Robot", enrolled=False, may_join=False)
    world.person("UGONE", "Gone", enrolled=False, is_gone=True)
    for name in ("Robot", "Gone", "UBOT2"):
        with pytest.raises(BadRows, match="nobody here is called"):
            bring(world, f"person,level\n{name},3")


def test_what_is_brought_wins_over_the_profile_until_the_profile_changes(world: World) -> None:
    world.person("UANA", department="Sales")
    bring(world, "person,department\nana,Product")
    profile_says(world, "UANA", department="Sales")
    assert person(world, "UANA").department == "Product"
    profile_says(world, "UANA", department=None)
    assert person(world, "UANA").department == "Product"
    profile_says(world, "UANA", department="Legal")
    assert person(world, "UANA").department == "Legal"
    assert bring(world, "person,department\nana,Product") == Imported(1, 1)
    assert person(world, "UANA").department == "Product"
    profile_says(world, "UANA", department="Legal")
    assert person(world, "UANA").department == "Product"


def test_a_profile_that_was_never_read_is_no_later_word(world: World) -> None:
    bring(world, "person,department\nZoe,Product", person_facts("UZOE", "Zoe"))
    profile_says(world, "UZOE", department="Sales")
    assert person(world, "UZOE").department == "Product"
    profile_says(world, "UZOE", department="Legal")
    assert person(world, "UZOE").department == "Legal"


def test_a_dash_gives_the_word_back_to_the_profile(world: World) -> None:
    world.person("UANA", department="Sales")
    bring(world, "person,department,level\nana,Product,3")
    assert bring(world, "person,department,level\nana,-,-") == Imported(1, 1)
    assert person(world, "UANA").department == "Sales"
    assert inputs(world).candidates[0].level is None


def test_nobody_elses_workspace_is_touched(world: World) -> None:
    world.people("UANA")
    bring(world, "person,level\nana,3")
    assert {row.workspace_id for row in world.rows(Brought)} == {TEAM}
