"""A round is over: who has no partner hears once what comes next, and the organizers hear once that it is over."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from bot.domain.cadence import WorkingHours, is_working_time
from bot.domain.checkins import Answer, CheckInState
from bot.domain.matching import LeftoverReason
from bot.domain.notices import RoundEnded, StillWaiting
from bot.domain.people import Actor
from bot.domain.programs import CycleStatus, Rounds
from bot.services import checking_in, enrolling, finishing, heartbeat, matchmaking, undoing
from storage.tables import Cycle, Enrollment, Organizer, Pair, Program
from tests.builders import ORGANIZER, TEAM, World

OLGA, ANA, CHLOE = Actor(TEAM, ORGANIZER), Actor(TEAM, "UANA"), Actor(TEAM, "UCHLOE")
LONDON = WorkingHours("Europe/London")


@pytest.fixture
def round_of_two(either_world: World) -> World:
    return begun(either_world)


def begun(world: World) -> World:
    """Ana and Ben are a pair; Chloe and Dev joined a week later and wait."""
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    world.later(weeks=1).people("UCHLOE", "UDEV")
    return world


def end(world: World) -> World:
    """The last day begins."""
    (cycle,) = world.rows(Cycle)
    program = world.row(Program, id=world.program_id)
    world.at(finishing.end_of(cycle, program))
    while world.do(heartbeat.tick):
        pass
    return world


def told(world: World) -> dict[str, StillWaiting]:
    """Who was told that the round is over, and what."""
    said = [(one.to, one.notice) for one in world.said("still_waiting") if one.status != "dropped"]
    return {to.removeprefix("user:"): notice for to, notice in said if isinstance(notice, StillWaiting)}


def ended(world: World) -> list[RoundEnded]:
    return [one.notice for one in world.said("round_ended") if isinstance(one.notice, RoundEnded)]


def test_everyone_without_a_partner_hears_once_in_their_working_hours_what_comes_next(round_of_two: World) -> None:
    world = end(round_of_two)
    assert told(world) == {
        who: StillWaiting("Peer mentoring", name, None, False, world.enrollment(who).id)
        for who, name in (("UCHLOE", "Chloe"), ("UDEV", "Dev"))
    }
    assert all(is_working_time(said.due_at, LONDON) for said in world.said("still_waiting"))
    for _ in range(3):
        world.later(days=1).do(heartbeat.tick)
    assert len(world.said("still_waiting")) == 2
    assert len(world.said("pair_finished", "user:UANA")) == 1, "whose pair lasted hears that it is complete, not this"


def test_who_was_left_out_or_lost_a_partner_comes_first_and_hears_so(round_of_two: World) -> None:
    world = round_of_two
    world.change(world.enrollment("UDEV"), left_out=1)
    world.do(checking_in.not_a_fit, ANA, world.row(Pair).id)
    heard = told(end(world))
    assert {who: notice.comes_first for who, notice in heard.items()} == {
        "UANA": True,
        "UBEN": True,
        "UCHLOE": False,
        "UDEV": True,
    }


def test_what_still_keeps_someone_from_everyone_is_said_and_what_is_past_is_not(round_of_two: World) -> None:
    world = round_of_two
    world.change(world.enrollment("UCHLOE"), hours_from=time(19), hours_to=time(22))
    heard = told(end(world))
    assert (heard["UCHLOE"].reason, heard["UDEV"].reason) == (LeftoverReason.NO_SHARED_HOURS, None)


def test_whom_others_avoid_hears_what_they_would_hear_anyway(round_of_two: World) -> None:
    world = round_of_two
    for other in ("UANA", "UBEN", "UDEV"):
        world.do(without_now(enrolling.avoid), Actor(TEAM, other), "UCHLOE")
    assert told(end(world))["UCHLOE"].reason is None


def without_now(act: Callable[..., object]) -> Callable[..., object]:
    """An act that asks no clock."""
    return lambda session, *arguments, now: act(session, *arguments)


def test_who_has_lessons_to_read_before_a_match_is_told_which(round_of_two: World) -> None:
    world = round_of_two
    world.change(world.row(Program, id=world.program_id), lessons_first=True, starts_on=date(2026, 5, 4))
    heard = told(end(world))["UDEV"]
    assert (heard.lessons, heard.reason, heard.starts_on) == ((1, 2), None, date(2026, 5, 4))


def test_nobody_is_told_who_is_on_a_break_or_has_left_or_is_gone(round_of_two: World) -> None:
    world = round_of_two
    world.do(enrolling.leave, Actor(TEAM, "UDEV"), world.program_id)
    world.at(world.now + timedelta(weeks=10)).do(enrolling.pause, CHLOE, date(2026, 5, 4))
    assert told(end(world)) == {}
    assert [notice.waiting for notice in ended(world)] == [0]


def test_who_leaves_before_they_are_told_hears_nothing_more(round_of_two: World) -> None:
    world = end(round_of_two)
    world.do(enrolling.leave, CHLOE, world.program_id)
    assert told(world).keys() == {"UDEV"}


def test_a_match_that_is_released_at_once_takes_the_place_of_both_words(round_of_two: World) -> None:
    world = end(round_of_two)
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    run = world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan())
    world.do(matchmaking.release, OLGA, run.id)
    assert told(world) == {}
    assert [said.status for said in world.said("round_ended")] == ["dropped"]
    assert len(world.said("introduction")) == 3


def test_the_organizers_hear_once_in_counts_and_in_their_working_hours_that_it_is_over(round_of_two: World) -> None:
    world = round_of_two
    world.person("UPIA", timezone="America/New_York", enrolled=False)
    with world.writing() as session:
        session.add(Organizer(program_id=world.program_id, user_id="UPIA", workspace_id=TEAM))
    end(world).later(days=1).do(heartbeat.tick)
    assert ended(world) == [RoundEnded("Peer mentoring", world.program_id, pairs=1, waiting=2, ready=4)] * 2
    due = {said.to: said.due_at for said in world.said("round_ended")}
    assert is_working_time(due["user:UORG"], LONDON)
    assert is_working_time(due["user:UPIA"], WorkingHours("America/New_York"))


def test_organizers_cannot_tell_how_a_pair_ended_that_did_not_last(round_of_two: World, another_world: World) -> None:
    """Wrapped up, or not a fit: that is the pair's own."""
    other = begun(another_world)
    round_of_two.do(checking_in.not_a_fit, ANA, round_of_two.row(Pair).id)
    with other.writing() as session:
        wrapped = session.merge(other.row(Pair))
        checking_in.answer(session, ANA, wrapped, Answer(CheckInState.WRAP_UP), now=other.now)
    assert ended(end(round_of_two)) == ended(end(other)) != []


def test_a_round_that_was_taken_back_has_no_end_to_tell_of(world: World) -> None:
    world.people("UANA", "UBEN", "UCHLOE")
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    run = world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan())
    world.do(matchmaking.release, OLGA, run.id)
    world.do(undoing.take_back, OLGA, run.id)
    end(world)
    assert world.said("still_waiting") == world.said("round_ended") == []


def test_in_a_rolling_program_next_monday_is_said_already_and_nothing_else(round_of_two: World) -> None:
    world = round_of_two
    world.change(world.row(Program, id=world.program_id), rounds=Rounds.WEEKLY)
    end(world)
    assert world.pairs_of() == []
    assert world.said("still_waiting") == world.said("round_ended") == []


def test_hundreds_who_wait_are_told_so_many_at_a_time_and_nobody_twice(world: World) -> None:
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    many = [f"U{number:03}" for number in range(120)]
    world.people(*many)
    (cycle,) = world.rows(Cycle)
    world.at(finishing.end_of(cycle, world.row(Program, id=world.program_id)))
    assert world.do(heartbeat.tick)
    assert len(told(world)) == finishing.PEOPLE_AT_ONCE
    assert world.said("round_ended") == []
    assert world.row(Cycle).status is CycleStatus.RUNNING
    end(world)
    assert sorted(told(world)) == many
    assert len(world.said("still_waiting")) == 120
    assert [(notice.waiting, notice.ready) for notice in ended(world)] == [(120, 122)]
    assert world.row(Cycle).status is CycleStatus.FINISHED
    assert len(world.rows(Enrollment)) == 122
