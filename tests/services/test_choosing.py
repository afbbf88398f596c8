"""Which program an organizer's act is about, where they run several."""

import pytest

from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import administering, standing
from bot.services.administering import WhichProgram
from bot.views.models import ProgramChoice
from storage.tables import Organizer, Program
from tests.builders import ORGANIZER, TEAM, World

OLGA = Actor(TEAM, ORGANIZER)


@pytest.fixture
def leadership(world: World) -> Program:
    """A second program that Olga runs, too."""
    return world.another_program("Leadership", ORGANIZER)


def meant(world: World, actor: Actor = OLGA, program_id: int | None = None) -> str:
    return world.do(administering.organized_program, actor, (), program_id=program_id).name


def test_who_runs_one_program_is_never_asked(world: World) -> None:
    assert meant(world) == "Peer mentoring"
    world.another_program("Leadership", "USOMEONE")
    assert meant(world) == "Peer mentoring"


def test_who_runs_several_is_asked_until_they_choose(world: World, leadership: Program) -> None:
    with pytest.raises(WhichProgram) as asked:
        meant(world)
    assert [program.name for program in asked.value.choices] == ["Peer mentoring", "Leadership"]


def test_the_program_chosen_last_is_meant_from_then_on(world: World, leadership: Program) -> None:
    assert meant(world, program_id=leadership.id) == "Leadership"
    assert meant(world) == "Leadership"
    world.later(minutes=1)
    assert meant(world, program_id=world.program_id) == "Peer mentoring"
    assert meant(world) == "Peer mentoring"


def test_a_choice_is_one_organizer_s_own(world: World, leadership: Program) -> None:
    world.person("UADA", enrolled=False)
    with world.writing() as session:
        for program_id in (world.program_id, leadership.id):
            session.add(Organizer(program_id=program_id, user_id="UADA", workspace_id=TEAM))
    meant(world, program_id=leadership.id)
    with pytest.raises(WhichProgram):
        meant(world, Actor(TEAM, "UADA"))


def test_nobody_organizes_a_program_by_naming_it(world: World) -> None:
    theirs = world.another_program("Leadership", "USOMEONE")
    with pytest.raises(NotAllowed, match="<@USOMEONE>"):
        meant(world, program_id=theirs.id)
    with pytest.raises(NotAllowed, match="Only an organizer"):
        meant(world, world.person("UANA"), theirs.id)


def test_a_new_organizer_chooses_which_of_several_they_begin_to_run(world: World, leadership: Program) -> None:
    admin = world.person("UADA", is_admin=True, enrolled=False)
    with pytest.raises(WhichProgram):
        meant(world, admin)
    assert meant(world, admin, leadership.id) == "Leadership"
    assert [row.program_id for row in world.rows(Organizer, user_id="UADA")] == [leadership.id]


def test_a_program_that_is_not_there_starts_none(world: World) -> None:
    with pytest.raises(NotPossibleNow, match="no mentoring program"):
        meant(world, world.person("UADA", is_admin=True, enrolled=False), 999)
    assert len(world.rows(Program)) == 1


def test_home_shows_the_program_chosen_last_and_names_the_others(world: World, leadership: Program) -> None:
    meant(world, program_id=leadership.id)
    here = world.look(lambda session: standing.standing(session, OLGA, now=world.now).organizer)
    assert here is not None
    assert (here.program, here.channel, here.others) == (
        "Leadership",
        "leadership",
        (ProgramChoice(world.program_id, "Peer mentoring"),),
    )
