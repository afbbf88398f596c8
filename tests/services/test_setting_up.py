"""Setting a program up, starting another, copying one; its dates and the lessons it wants first."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.matching import Inputs
from bot.domain.notices import Introduction, NoMatch
from bot.domain.people import Actor
from bot.domain.programs import Rounds
from bot.domain.setups import Setup
from bot.domain.templates import Purpose
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import administering, matchmaking, previewing, setting_up, standing, teaching, undoing
from bot.services.setting_up import WrongSetup
from storage.tables import Cycle, Enrollment, MatchRun, Organizer, Pair, Program
from tests.builders import MONDAY, ORGANIZER, TEAM, World

OLGA = Actor(TEAM, ORGANIZER)
LEADERS = Setup("Leaders", "C2", "leaders", joined=True, purpose=Purpose.LEADERSHIP, length_weeks=24, lessons=(1, 4))
TODAY = MONDAY.date()


def start(world: World, setup: Setup = LEADERS, actor: Actor = OLGA, like: int | None = None) -> Program:
    return world.do(setting_up.start, actor, (), setup, like=like)


def change(world: World, setup: Setup) -> Program:
    return world.do(setting_up.set_up, OLGA, world.program_id, setup)


def refused(world: World, setup: Setup) -> list[str]:
    with pytest.raises(WrongSetup) as wrong:
        change(world, setup)
    return list(wrong.value.errors)


# Another program


def test_another_program_is_run_by_who_started_it_in_their_zone_and_is_meant_from_then_on(world: World) -> None:
    world.person(ORGANIZER, "Olga", timezone="Africa/Cairo", enrolled=False)
    made = start(world)
    kept = world.row(Program, id=made.id)
    assert (kept.timezone, kept.length_weeks, kept.lessons, kept.purpose) == ("Africa/Cairo", 24, [1, 4], "leadership")
    assert [row.user_id for row in world.rows(Organizer, program_id=made.id)] == [ORGANIZER]
    assert world.do(administering.organized_program, OLGA, ()).id == made.id


def test_its_matches_want_what_its_template_wants(world: World) -> None:
    assert start(world, replace(LEADERS, purpose=Purpose.SKILLS)).weights == {}
    culture = start(world, replace(LEADERS, name="Culture", purpose=Purpose.CULTURE))
    assert culture.weights["new"] == 40


def test_a_member_starts_none_and_is_told_who_can(world: World) -> None:
    with pytest.raises(NotAllowed, match=f"<@{ORGANIZER}>"):
        start(world, actor=world.person("UANA"))
    assert len(world.rows(Program)) == 1


def test_a_copy_has_the_rules_of_its_model_and_not_its_people(world: World) -> None:
    world.change(world.row(Program), cooldown_weeks=52, weights={"new": 40, "complement": 60, "goals": 0, "style": 0})
    world.people("UANA", "UBEN")
    copy = start(world, like=world.program_id)
    assert (copy.cooldown_weeks, copy.weights["new"]) == (52, 40)
    assert world.rows(Enrollment, program_id=copy.id) == []


def test_nobody_copies_a_program_they_do_not_run(world: World) -> None:
    theirs = world.another_program("Buddies", "USOMEONE")
    with pytest.raises(NotAllowed):
        start(world, like=theirs.id)


@pytest.mark.parametrize("name", ["", "peer MENTORING"])
def test_a_name_is_needed_and_is_one_program_s_own(world: World, name: str) -> None:
    with pytest.raises(WrongSetup) as wrong:
        start(world, replace(LEADERS, name=name))
    assert list(wrong.value.errors) == ["name"]


def test_a_program_may_keep_its_own_name(world: World) -> None:
    assert change(world, replace(LEADERS, name="Peer mentoring")).channel_name == "leaders"


def test_a_name_that_is_taken_gets_a_number(world: World) -> None:
    def name(wanted: str) -> str:
        return world.look(lambda session: setting_up.name_for(session, TEAM, wanted))

    assert name("Leaders") == "Leaders"
    start(world)
    assert name("Leaders") == "Leaders 2"
    start(world, replace(LEADERS, name="leaders 2"))
    assert name("Leaders") == "Leaders 3"


def test_a_new_purpose_brings_its_weights_and_the_same_one_leaves_what_was_chosen(world: World) -> None:
    chosen = {"complement": 100, "goals": 0, "style": 0, "new": 0}
    world.change(world.row(Program), weights=chosen)
    assert change(world, replace(LEADERS, purpose=Purpose.SKILLS)).weights == chosen
    assert change(world, LEADERS).weights["style"] == 35


# Its dates


@pytest.mark.parametrize(
    ("setup", "fields"),
    [
        ({"starts_on": TODAY - timedelta(1)}, ["starts_on"]),
        ({"join_by": TODAY - timedelta(1)}, ["join_by"]),
        ({"join_by": TODAY + timedelta(9), "starts_on": TODAY + timedelta(8)}, ["join_by"]),
        ({"starts_on": date(2030, 1, 1)}, ["starts_on"]),
        ({"starts_on": TODAY, "rounds": Rounds.WEEKLY}, ["starts_on"]),
    ],
)
def test_dates_that_cannot_be_are_refused_by_their_field_and_nothing_is_kept(
    world: World, setup: dict[str, Any], fields: list[str]
) -> None:
    assert refused(world, replace(LEADERS, **setup)) == fields
    assert world.row(Program).name == "Peer mentoring"


def test_a_date_that_passed_meanwhile_does_not_stand_in_the_way(world: World) -> None:
    dated = replace(LEADERS, starts_on=TODAY + timedelta(3))
    change(world, dated)
    world.later(weeks=2)
    assert change(world, replace(dated, name="Leaders again")).starts_on == TODAY + timedelta(3)


def release(world: World) -> None:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id)
    run = world.do(matchmaking.keep, OLGA, draft, Inputs.plan(draft.inputs))
    world.do(matchmaking.release, OLGA, run.id)


def test_a_round_released_early_begins_on_the_program_s_day(world: World) -> None:
    change(world, replace(LEADERS, starts_on=TODAY + timedelta(14)))
    world.people("UANA", "UBEN")
    release(world)
    cycle, pair = world.row(Cycle), world.row(Pair)
    assert (cycle.starts_on, cycle.ends_on) == (TODAY + timedelta(14), TODAY + timedelta(14, weeks=24))
    assert pair.ask_from == MONDAY + timedelta(24)
    (said,) = world.said("introduction")
    assert isinstance(said.notice, Introduction)
    assert (said.notice.days, said.notice.purpose) == (24, Purpose.LEADERSHIP)


def test_who_waits_sees_the_day_while_it_is_to_come(world: World) -> None:
    change(world, replace(LEADERS, starts_on=TODAY + timedelta(3)))
    ana = world.person("UANA")

    def day() -> date | None:
        return world.look(lambda session: standing.standing(session, ana, now=world.now).starts_on)

    assert day() == TODAY + timedelta(3)
    world.later(days=4)
    assert day() is None


# Lessons before a match


@pytest.fixture
def strict(world: World) -> World:
    """A program that wants lessons 1 and 2 first; of four, Ana and Ben have read them, Chloe one, Dan none."""
    change(world, replace(LEADERS, lessons_first=True))
    for actor in world.people("UANA", "UBEN", "UCHLOE", "UDAN")[:3]:
        for number in (1, 2)[: 1 if actor.user_id == "UCHLOE" else 2]:
            world.do(teaching.take, actor, number, {}, None)
    return world


def candidates(world: World) -> set[str]:
    program = world.row(Program)
    inputs = world.look(lambda session: matchmaking.gather(session, session.merge(program, load=False), now=world.now))
    return {candidate.id for candidate in inputs.candidates}


def test_who_has_not_read_them_is_left_out_and_the_organizer_sees_how_many(strict: World) -> None:
    assert candidates(strict) == {"UANA", "UBEN"}
    draft = strict.do(matchmaking.prepare, OLGA, strict.program_id)
    run = strict.do(matchmaking.keep, OLGA, draft, Inputs.plan(draft.inputs))
    shown = strict.look(lambda session: previewing.read_preview(session, session.get_one(MatchRun, run.id)))
    assert (shown.unread, shown.messages, shown.waiting) == (2, 3, ())


def test_they_hear_what_would_change_it(strict: World) -> None:
    release(strict)
    told = {said.to: said.notice for said in strict.said("no_match")}
    assert set(told) == {"user:UCHLOE", "user:UDAN"}
    assert [(told[f"user:{who}"].lessons, told[f"user:{who}"].reason) for who in ("UCHLOE", "UDAN")] == [  # type: ignore[union-attr]
        ((2,), None),
        ((1, 2), None),
    ]


def test_a_release_taken_back_is_taken_back_for_them_too(strict: World) -> None:
    release(strict)
    strict.do(undoing.take_back, OLGA, strict.row(MatchRun).id)
    assert {said.status for said in strict.said("no_match")} == {"dropped"}


def test_reading_them_is_all_it_takes(strict: World) -> None:
    strict.do(teaching.take, Actor(TEAM, "UCHLOE"), 2, {}, None)
    assert candidates(strict) == {"UANA", "UBEN", "UCHLOE"}


def test_too_few_who_are_ready_says_how_many_are_not(world: World) -> None:
    change(world, replace(LEADERS, lessons_first=True))
    world.people("UANA", "UBEN")
    with pytest.raises(NotPossibleNow, match="2 of those who joined"):
        world.do(matchmaking.prepare, OLGA, world.program_id)


def test_their_next_step_is_the_first_of_them_they_have_not_read(strict: World) -> None:
    def first(user_id: str) -> tuple[int, ...]:
        return strict.look(lambda s: standing.standing(s, Actor(TEAM, user_id), now=strict.now).lessons_first)

    assert (first("UANA"), first("UCHLOE"), first("UDAN")) == ((), (2,), (1, 2))


def test_a_program_that_wants_none_asks_for_none(world: World) -> None:
    assert isinstance(world.person("UANA"), Actor)
    assert candidates(world) == {"UANA"}
    assert not [one for one in world.said() if isinstance(one.notice, NoMatch)]
