"""What people say before a match is read off nothing: not a text, a count, an order or a moment."""

import json

from bot.services import considering, heartbeat, matchmaking, previewing
from storage.outbox import encode
from storage.tables import MatchRun
from tests.builders import World
from tests.services.test_considering import (
    OLGA,
    THURSDAY,
    actor,
    asked,
    inputs,
    lines,
    match_now,
    rather_not,
    sent,
    sheet,
)


def everything_but_the_author_s(world: World, *authors: str) -> str:
    """All that anyone else reads: what was said, and the preview an organizer looks at."""
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    run = world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan())
    run = world.row(MatchRun, id=run.id)
    shown = world.look(lambda session: previewing.read_preview(session, run))
    world.do(matchmaking.release, OLGA, run.id)
    said = [one for one in world.said() if one.to.removeprefix("user:") not in authors]
    return json.dumps([[(one.to, one.key, encode(one.notice), f"{one.due_at}") for one in said], repr(shown)])


def test_where_the_plan_is_the_same_nobody_else_could_tell_whether_someone_would_rather_not(
    world: World, another_world: World
) -> None:
    """Ana says "rather not" of everyone she was shown, or "that's fine": the plan proposed none of them anyway."""
    for one in (asked(world), asked(another_world)):
        world_lines = lines(one, "UANA")
        if one is world:
            for line in world_lines:
                one.do(considering.say_rather_not, actor("UANA"), line.id, rather_not=True)
        else:
            one.do(considering.say_fine, actor("UANA"), sheet(one, "UANA"))
        sent(one)
        one.at(THURSDAY).do(heartbeat.tick)
    assert inputs(world).rules.rather_not != inputs(another_world).rules.rather_not
    assert everything_but_the_author_s(world, "UANA") == everything_but_the_author_s(another_world, "UANA")


def test_while_people_answer_nothing_an_organizer_can_look_at_changes(world: World) -> None:
    asked(world)
    before = inputs(world)
    rather_not(world, "UANA")
    for user, other in (("UDEV", "UEVA"), ("UEVA", "UDEV")):
        world.do(considering.suggest, actor(user), sheet(world, user), [other])
    assert inputs(world) == before
    assert inputs(match_now(world)) != before


def test_what_is_said_to_its_author_at_the_end_is_the_same_whatever_they_said(world: World) -> None:
    asked(world)
    rather_not(world, "UANA")
    sent(world)
    world.at(THURSDAY).do(heartbeat.tick)
    assert len({json.dumps(encode(one.notice)) for one in world.said("considering_closed")}) == 1


def test_who_suggest_each_other_are_matched_and_nobody_reads_why(world: World, another_world: World) -> None:
    """One world in which Ana and the one she is matched with suggest each other, one in which they say nothing."""
    for one in (asked(world), asked(another_world)):
        pair = next(pair.members for pair in inputs(one).plan().pairs if "UANA" in pair.members)
        for user, other in (pair, pair[::-1]) if one is world else ():
            one.do(considering.suggest, actor(user), sheet(one, user), [other])
        for user in pair if one is another_world else ():
            one.do(considering.say_fine, actor(user), sheet(one, user))
        sent(one)
        one.at(THURSDAY).do(heartbeat.tick)
    assert inputs(world).rules.locks == (pair,)
    read = [everything_but_the_author_s(one, *pair) for one in (world, another_world)]
    assert read[0] == read[1]
