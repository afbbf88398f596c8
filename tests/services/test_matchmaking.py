"""From a roster to released pairs."""

from datetime import date, time

import pytest

from bot.domain.enrollment import EnrollmentStatus
from bot.domain.notices import Introduction, NoMatch
from bot.domain.people import Actor
from bot.domain.programs import RunStatus
from bot.errors import NotAllowed, NotPossibleNow, SomeoneLeft
from bot.services import checking_in, enrolling, matchmaking, previewing
from bot.services.matchmaking import Released, Since
from storage.tables import Cycle, MatchRun, Pair, Person, Program
from tests.builders import ORGANIZER, TEAM, World, profile

OLGA = Actor(TEAM, ORGANIZER)
FOUR = ("UANA", "UBEN", "UCHLOE", "UDEV")


def preview(world: World) -> int:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    return world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan()).id


def release(world: World, run_id: int | None = None) -> Released:
    return world.do(matchmaking.release, OLGA, preview(world) if run_id is None else run_id)


def everyone_in_pairs(world: World) -> list[str]:
    return sorted(user for pair in world.pairs_of() for user in pair)


def test_a_release_pairs_everyone_and_introduces_them_in_one_go(either_world: World) -> None:
    world = either_world
    world.people(*FOUR)
    assert release(world) == Released(pairs=2, waiting=0)
    assert everyone_in_pairs(world) == sorted(FOUR)
    introductions = world.said("introduction")
    assert [said.to for said in introductions] == [f"pair:{pair.id}" for pair in world.rows(Pair)]
    assert all(isinstance(said.notice, Introduction) and said.notice.reason for said in introductions)
    cycle = world.row(Cycle)
    assert (cycle.number, cycle.starts_on, cycle.ends_on) == (1, date(2026, 1, 12), date(2026, 4, 6))
    assert world.row(MatchRun).status is RunStatus.RELEASED


def test_a_preview_changes_nothing_and_tells_nobody(world: World) -> None:
    world.people(*FOUR)
    preview(world)
    assert (world.said(), world.rows(Pair), world.rows(Cycle)) == ([], [], [])


def test_the_preview_shows_what_will_be_released(world: World) -> None:
    world.people(*FOUR)
    run_id = preview(world)
    run = world.row(MatchRun, id=run_id)
    shown = world.look(lambda session: previewing.read_preview(session, run))
    release(world, run_id)
    names = {frozenset(pair.names) for pair in shown.pairs}
    assert names == {frozenset(user.removeprefix("U").title() for user in pair) for pair in world.pairs_of()}
    assert (shown.messages, shown.blocked) == (2, None)


@pytest.mark.parametrize("people", [(), ("UANA",)])
def test_a_match_needs_two_people(world: World, people: tuple[str, ...]) -> None:
    world.people(*people)
    with pytest.raises(NotPossibleNow, match=f"so far {len(people)}"):
        preview(world)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"channel_id": None, "channel_name": "", "channel_joined": False}, "no channel yet"),
        ({"channel_joined": False}, "/invite @mentor"),
    ],
)
def test_a_release_waits_until_the_bot_is_in_its_channel(
    world: World, changes: dict[str, object], sentence: str
) -> None:
    world.people("UANA", "UBEN")
    world.change(world.row(Program), **changes)
    run_id = preview(world)
    shown = world.look(lambda session: previewing.read_preview(session, session.get_one(MatchRun, run_id)))
    assert shown.blocked is not None
    assert sentence in shown.blocked
    with pytest.raises(NotPossibleNow, match=sentence):
        release(world, run_id)
    assert (world.rows(Pair), world.said()) == ([], [])


def someone_joins(world: World) -> None:
    world.person("UEVE")


def someone_pauses(world: World) -> None:
    world.do(enrolling.pause, Actor(TEAM, "UANA"), date(2026, 2, 1))


def someone_leaves(world: World) -> None:
    world.do(enrolling.leave, Actor(TEAM, "UANA"), world.program_id)


def someone_changes_their_hours(world: World) -> None:
    world.do(enrolling.join, Actor(TEAM, "UANA"), world.program_id, profile([], hours_to=time(12)))


def someone_would_rather_not(world: World) -> None:
    with world.writing() as session:
        enrolling.avoid(session, Actor(TEAM, "UANA"), "UBEN")


def a_newer_preview_was_made(world: World) -> None:
    preview(world)


@pytest.mark.parametrize(
    "change",
    [
        someone_joins,
        someone_pauses,
        someone_leaves,
        someone_changes_their_hours,
        someone_would_rather_not,
        a_newer_preview_was_made,
    ],
)
def test_an_organizer_releases_what_they_saw(world: World, change: object) -> None:
    world.people(*FOUR)
    run_id = preview(world)
    assert callable(change)
    change(world)
    with pytest.raises(NotPossibleNow, match=r"Something changed|no longer free") as refused:
        release(world, run_id)
    assert isinstance(refused.value, SomeoneLeft) == (change in (someone_pauses, someone_leaves))
    assert world.rows(Pair) == []


def test_a_match_is_released_once(world: World) -> None:
    world.people("UANA", "UBEN")
    run_id = preview(world)
    release(world, run_id)
    with pytest.raises(NotPossibleNow, match="already released"):
        release(world, run_id)
    assert len(world.rows(Pair)) == len(world.said("introduction")) == 1


def test_only_an_organizer_previews_and_releases_and_the_refusal_names_who_can(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    run_id = preview(world)
    with pytest.raises(NotAllowed, match="<@UORG>"):
        world.do(matchmaking.release, ana, run_id)
    with pytest.raises(NotAllowed, match="<@UORG>"):
        world.do(matchmaking.prepare, ana, world.program_id)
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    with pytest.raises(NotAllowed, match="<@UORG>"):
        world.do(matchmaking.keep, ana, draft, draft.inputs.plan())
    with pytest.raises(NotPossibleNow, match="out of date"):
        release(world, 999)


def test_nobody_is_left_out_when_the_number_is_odd_and_a_trio_comes_first_next_time(world: World) -> None:
    world.people("UANA", "UBEN", "UCHLOE")
    assert release(world) == Released(pairs=1, waiting=0)
    assert {world.enrollment(user).left_out for user in ("UANA", "UBEN", "UCHLOE")} == {1}


def test_someone_without_a_partner_is_told_why_and_counted(world: World) -> None:
    world.people("UANA", "UBEN")
    world.person("UKEA", timezone="Pacific/Auckland")
    assert release(world) == Released(pairs=1, waiting=1)
    (told,) = world.said("no_match")
    assert isinstance(told.notice, NoMatch)
    assert (told.to, told.notice.reason) == ("user:UKEA", "no_shared_hours")
    assert [world.enrollment(user).left_out for user in ("UANA", "UBEN", "UKEA")] == [0, 0, 1]


def test_a_partner_found_ends_the_count(world: World) -> None:
    world.people("UANA", "UBEN")
    world.change(world.enrollment("UANA"), left_out=3)
    release(world)
    assert world.enrollment("UANA").left_out == 0


def test_nobody_gets_the_same_partner_again_within_the_cool_down(world: World) -> None:
    ana, *_ = world.people(*FOUR)
    release(world)
    first = world.pairs_of()
    for pair in world.rows(Pair):
        mine = next(user for user in FOUR if {user} <= first[world.rows(Pair).index(pair)])
        world.do(checking_in.not_a_fit, Actor(TEAM, mine), pair.id)
    release(world.later(weeks=1))
    second = world.pairs_of()
    assert everyone_in_pairs(world) == sorted(FOUR)
    assert not [pair for pair in second if pair in first]
    assert world.row(Cycle, number=2).starts_on == date(2026, 1, 19)
    assert ana.user_id in everyone_in_pairs(world)


def test_whoever_is_paired_paused_gone_or_a_guest_is_not_matched(world: World) -> None:
    world.people(*FOUR)
    world.pair("UANA", "UBEN")
    world.person("UPIA")
    world.do(enrolling.pause, Actor(TEAM, "UPIA"), date(2026, 2, 1))
    world.person("UGONE", is_gone=True)
    world.person("UGUEST", may_join=False)
    run = world.row(MatchRun, id=preview(world))
    assert [candidate["id"] for candidate in run.inputs["candidates"]] == ["UCHLOE", "UDEV"]
    assert world.status("UPIA") is EnrollmentStatus.PAUSED


@pytest.mark.parametrize("who_minds", ["UANA", "UBEN"])
def test_people_are_never_matched_with_whom_they_avoid_in_either_direction(world: World, who_minds: str) -> None:
    world.people("UANA", "UBEN")
    other = {"UANA": "UBEN", "UBEN": "UANA"}[who_minds]
    with world.writing() as session:
        enrolling.avoid(session, Actor(TEAM, who_minds), other)
    assert release(world) == Released(pairs=0, waiting=2)
    reasons = {said.notice.reason for said in world.said("no_match") if isinstance(said.notice, NoMatch)}
    assert len(reasons) == 1, "the two are told the same"


def test_nobody_is_matched_with_whom_they_report_to(world: World) -> None:
    world.person("UBOSS")
    world.person("UANA", manager_id="UBOSS")
    assert release(world) == Released(pairs=0, waiting=2)


def test_two_who_came_into_one_line_since_are_not_released_though_it_runs_through_someone_else(world: World) -> None:
    world.people("UANA", "UBEN")
    world.person("ULEAD", enrolled=False)
    world.change(world.row(Person, user_id="UANA"), manager_id="ULEAD")
    run_id = preview(world)
    world.change(world.row(Person, user_id="ULEAD"), manager_id="USOMEONE")
    assert since(world, run_id) is Since.NOTHING, "a line of which nobody else is a part concerns no pair"
    world.change(world.row(Person, user_id="ULEAD"), manager_id="UBEN")
    assert since(world, run_id) is Since.CHANGED
    with pytest.raises(NotPossibleNow, match="Something changed since this preview"):
        release(world, run_id)
    assert world.pairs_of() == []


def since(world: World, run_id: int) -> Since:
    run, program = world.row(MatchRun, id=run_id), world.row(Program, id=world.program_id)
    return world.look(lambda session: matchmaking.since_preview(session, run, program, now=world.now))
