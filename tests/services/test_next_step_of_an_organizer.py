"""What an organizer reads of their program leads to something: to a match where there is one, else to an invitation."""

from bot.domain.people import Actor
from bot.services import checking_in, enrolling, matchmaking, standing
from bot.views.answers import organizer, organizer_step
from storage.tables import Pair
from tests.builders import ORGANIZER, TEAM, World, profile

OLGA = Actor(TEAM, ORGANIZER)


def release(world: World) -> None:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    world.do(matchmaking.release, OLGA, world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan()).id)


def asks_again(world: World, user_id: str) -> None:
    world.do(enrolling.match_again, Actor(TEAM, user_id), world.enrollment(user_id).id)


def step(world: World, actor: Actor = OLGA) -> str:
    here = world.look(lambda session: standing.standing(session, actor, now=world.now))
    assert here.organizer is not None
    return organizer_step(here.organizer, "mentor")


def test_two_who_parted_lead_to_an_invitation_and_not_to_an_empty_match(world: World) -> None:
    """Whether they asked to be matched again or not; a third who waits is somebody to look at."""
    world.people("UANA", "UBEN")
    release(world)
    world.do(checking_in.not_a_fit, Actor(TEAM, "UANA"), world.row(Pair).id)
    assert step(world) == "2 are waiting; no two of them can be partners yet. Next step: invite more colleagues."
    asks_again(world, "UANA")
    asks_again(world, "UBEN")
    assert "Next step: invite more colleagues" in step(world)
    world.person("UEVA")
    assert "Next step: preview a rematch" in step(world)


def test_two_who_wait_before_the_first_match_lead_to_it_where_they_can_be_partners(world: World) -> None:
    world.people("UANA", "UBEN")
    assert "Next step: look at a match" in step(world)
    with world.writing() as session:
        enrolling.avoid(session, Actor(TEAM, "UANA"), "UBEN")
    assert "Next step: invite more colleagues" in step(world)


def test_an_organizer_who_waits_too_reads_the_same_step_whoever_avoids_them(world: World) -> None:
    world.person("UANA")
    world.do(enrolling.join, OLGA, world.program_id, profile())
    before = step(world)
    with world.writing() as session:
        enrolling.avoid(session, Actor(TEAM, "UANA"), ORGANIZER)
    assert step(world) == before


def test_a_trio_is_counted_as_one_in_the_health_line_too(world: World) -> None:
    world.people("UANA", "UBEN", "UEVA", "UFEMI", "UGITA")
    release(world)
    here = world.look(lambda session: standing.standing(session, OLGA, now=world.now))
    assert here.organizer is not None
    assert (
        "5 joined, 1 pair and 1 trio, 0 waiting" in organizer(here.organizer, "UTC", "mentor").blocks[1]["text"]["text"]
    )
