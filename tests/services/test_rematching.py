"""A partner during the round: those who wait are matched with each other, by all rules, never with whom they had."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.domain.matching import Inputs
from bot.domain.pairs import PairEnding, PairStatus
from bot.domain.people import Actor
from bot.domain.programs import CycleStatus, Rounds, RunStatus
from bot.errors import NotPossibleNow
from bot.services import (
    checking_in,
    enrolling,
    heartbeat,
    matchmaking,
    previewing,
    rematching,
    remembering,
    reviewing,
    standing,
    teaching,
    undoing,
)
from bot.services.matchmaking import Released
from bot.services.reviewing import veto
from bot.views.models import Rematch
from storage import pairs
from storage.tables import Cycle, Enrollment, MatchRun, Pair, Program
from tests.builders import ORGANIZER, TEAM, World, person_facts, profile

OLGA = Actor(TEAM, ORGANIZER)
FOUR = ("UANA", "UBEN", "UCHLOE", "UDEV")


def release(world: World, cycle_id: int | None = None) -> tuple[int, Released]:
    """Preview and release whoever is free, or whoever waits during a round."""
    run_id = preview(world, cycle_id)
    return run_id, world.do(matchmaking.release, OLGA, run_id)


def preview(world: World, cycle_id: int | None = None) -> int:
    draft = world.do(matchmaking.prepare, OLGA, world.program_id, cycle_id)
    return world.do(matchmaking.keep, OLGA, draft, draft.inputs.plan()).id


def round_of(world: World) -> Cycle:
    return world.rows(Cycle)[0]


def part(world: World, user_id: str) -> None:
    """Someone says that it is not a fit."""
    (pair,) = [p for p in world.rows(Pair, status=PairStatus.ACTIVE) if user_id in members(world, p)]
    world.do(checking_in.not_a_fit, Actor(TEAM, user_id), pair.id)


def members(world: World, pair: Pair) -> set[str]:
    return set(world.look(lambda session: pairs.members_of(session, pair.id)))


def ask_again(world: World, *user_ids: str) -> None:
    for user_id in user_ids:
        world.do(enrolling.match_again, Actor(TEAM, user_id), world.enrollment(user_id).id)


def partner_of(world: World, user_id: str) -> str:
    (group,) = [group for group in world.pairs_of() if user_id in group]
    (partner,) = group - {user_id}
    return partner


def who_waits(world: World) -> set[str]:
    def read(session: object) -> Inputs:
        program = session.get(Program, world.program_id)  # type: ignore[attr-defined]
        return matchmaking.gather(session, program, round_of(world).id, now=world.now)  # type: ignore[arg-type]

    return {candidate.id for candidate in world.look(read).candidates}


@pytest.fixture
def parted(either_world: World) -> tuple[World, str, str]:
    """Two pairs of a round of which one of each says, after three weeks, that it is not a fit: Ana, and whoever is not
    her partner."""
    world = either_world
    world.people(*FOUR)
    release(world)
    ben = partner_of(world, "UANA")
    other = next(user for user in FOUR if user not in ("UANA", ben))
    world.later(weeks=3)
    part(world, "UANA")
    part(world, other)
    return world, ben, other


def test_who_asked_to_be_matched_again_is_matched_in_the_running_round_and_with_someone_else(
    parted: tuple[World, str, str],
) -> None:
    world, _, other = parted
    assert who_waits(world) == set(), "nobody is matched who did not ask"
    ask_again(world, "UANA", other)
    assert who_waits(world) == {"UANA", other}
    world.later(days=1)
    _, done = release(world, round_of(world).id)
    assert done == Released(1, 0)
    assert world.pairs_of() == [{"UANA", other}]
    assert [pair.cycle_id for pair in world.rows(Pair, status=PairStatus.ACTIVE)] == [round_of(world).id]
    assert world.enrollment("UANA").again_at is None
    assert len(world.said("introduction")) == 3
    assert len(world.rows(Cycle)) == 1
    world.at(world.now + timedelta(weeks=9)).do(heartbeat.tick)
    assert world.pairs_of() == []
    assert round_of(world).status is CycleStatus.FINISHED
    assert [pair.ending for pair in world.rows(Pair)][-1] is PairEnding.FINISHED


def test_the_same_partner_does_not_return_even_where_nobody_has_to_wait_for_that(
    parted: tuple[World, str, str],
) -> None:
    world, ben, _ = parted
    world.change(world.row(Program), cooldown_weeks=0)
    ask_again(world, "UANA", ben)
    world.later(weeks=1)
    plan = world.do(matchmaking.prepare, OLGA, world.program_id, round_of(world).id).inputs.plan()
    assert plan.pairs == ()
    assert {who.id for who in plan.leftover} == {"UANA", ben}


def avoids(world: World, one: str, other: str) -> None:
    world.do(lambda session, now: enrolling.avoid(session, Actor(TEAM, one), other))


def reports_to(world: World, one: str, other: str) -> None:
    told = vars(person_facts(one, one.removeprefix("U").title())) | {"manager_id": other}
    world.do(remembering.remember, TEAM, type(person_facts(one, ""))(**told))


def has_no_hour_in_common(world: World, one: str, other: str) -> None:
    told = vars(person_facts(one, one.removeprefix("U").title())) | {"timezone": "Pacific/Auckland"}
    world.do(remembering.remember, TEAM, type(person_facts(one, ""))(**told))


def is_on_a_break(world: World, one: str, other: str) -> None:
    world.do(enrolling.pause, Actor(TEAM, one), world.now.date() + timedelta(weeks=2))


def has_left(world: World, one: str, other: str) -> None:
    world.do(enrolling.leave, Actor(TEAM, one), world.program_id)


@pytest.mark.parametrize("rule", [avoids, reports_to, has_no_hour_in_common, is_on_a_break, has_left])
def test_every_rule_of_a_match_holds(parted: tuple[World, str, str], rule: Callable[[World, str, str], None]) -> None:
    world, _, other = parted
    ask_again(world, "UANA", other)
    world.later(days=1)
    rule(world, "UANA", other)
    assert may_be_paired(world) == []


def may_be_paired(world: World) -> list[tuple[str, ...]]:
    """Whom a preview of those who wait would pair."""
    if len(who_waits(world)) < 2:
        return []
    inputs = world.do(matchmaking.prepare, OLGA, world.program_id, round_of(world).id).inputs
    return [pair.members for pair in inputs.plan().pairs]


def test_what_an_organizer_ruled_out_before_the_round_holds_during_it(world: World) -> None:
    world.people("UANA", "UBEN", "UCHLOE", "UDEV")
    first = preview(world)
    with world.writing() as session:
        review = reviewing.under_review(session, OLGA, first)
        free = [("UANA", user) for user in FOUR[1:] if not review.group_of("UANA", user)]
        draft = veto(review, free[0])
        run = matchmaking.keep(
            session, OLGA, draft, draft.inputs.plan() if not draft.solved else draft.solved, now=world.now
        )
        run_id = run.id
    world.do(matchmaking.release, OLGA, run_id)
    vetoed = free[0][1]
    world.later(weeks=2)
    for user_id in {partner_of(world, "UANA"), vetoed}:
        part(world, user_id)
    ask_again(world, "UANA", vetoed)
    plan = world.do(matchmaking.prepare, OLGA, world.program_id, round_of(world).id).inputs.plan()
    assert plan.pairs == ()


def test_who_joined_late_and_who_was_left_out_wait_without_asking(world: World) -> None:
    world.people("UANA", "UBEN")
    release(world)
    world.later(weeks=2).people("UEVA", "UFEMI")
    assert who_waits(world) == {"UEVA", "UFEMI"}
    part(world, "UANA")
    ask_again(world, "UANA")
    assert who_waits(world) == {"UEVA", "UFEMI", "UANA"}
    _, done = release(world, round_of(world).id)
    assert done.pairs == 1, "three who wait are a trio"
    assert world.pairs_of() == [{"UEVA", "UFEMI", "UANA"}]


def test_who_waits_on_hears_nothing_and_is_counted_no_more_often(world: World) -> None:
    world.people("UANA", "UBEN")
    release(world)
    world.later(weeks=2).people("UEVA", "UFEMI")
    world.person("UIDA", timezone="Pacific/Auckland")
    run_id = preview(world, round_of(world).id)
    shown = world.look(lambda session: previewing.read_preview(session, session.get(MatchRun, run_id)))  # type: ignore[arg-type]
    assert (shown.messages, shown.joins_until, len(shown.waiting)) == (1, round_of(world).ends_on, 1)
    world.do(matchmaking.release, OLGA, run_id)
    assert world.said("no_match") == []
    assert world.enrollment("UIDA").left_out == 0
    assert (world.enrollment("UEVA").left_out, world.enrollment("UIDA").status) == (0, "active")


def test_less_than_three_weeks_before_the_end_nobody_begins(parted: tuple[World, str, str]) -> None:
    world, _, other = parted
    ask_again(world, "UANA", other)
    cycle = round_of(world)
    on_time = preview(world, cycle.id)
    world.later(weeks=6)
    assert possible(world) == Rematch(2, 1, cycle.ends_on)
    world.later(days=1)
    assert possible(world) is None
    with pytest.raises(NotPossibleNow, match="No running round has 3 weeks left"):
        world.do(matchmaking.release, OLGA, on_time)
    assert world.pairs_of() == []
    assert world.row(MatchRun, id=on_time).status is RunStatus.PREVIEWED


def possible(world: World, actor: Actor = OLGA) -> Rematch | None:
    here = world.look(lambda session: standing.standing(session, actor, now=world.now))
    assert here.organizer is not None
    return here.organizer.rematch


def test_the_organizer_sees_how_many_wait_and_how_many_pairs_they_could_be(parted: tuple[World, str, str]) -> None:
    world, ben, other = parted
    assert possible(world) is None
    ask_again(world, "UANA", ben)
    assert possible(world) == Rematch(2, 0, round_of(world).ends_on)
    ask_again(world, other)
    assert possible(world) == Rematch(3, 1, round_of(world).ends_on)


def test_an_organizer_who_waits_too_reads_no_number_of_pairs(world: World) -> None:
    """From it they could tell that someone avoids them."""
    world.people("UANA", "UBEN")
    release(world)
    world.person("UEVA")
    world.do(enrolling.join, OLGA, world.program_id, profile())
    assert possible(world) == Rematch(2, None, round_of(world).ends_on)


def test_a_rematch_can_be_taken_back_and_the_round_goes_on(parted: tuple[World, str, str]) -> None:
    world, _, other = parted
    world.people("UGITA", "UHUGO")
    ask_again(world, "UANA", other)
    before = {user: world.enrollment(user).left_out for user in (*FOUR, "UGITA", "UHUGO")}
    run_id, done = release(world, round_of(world).id)
    assert done == Released(2, 0)
    world.later(minutes=5)
    again = world.do(undoing.take_back, OLGA, run_id)
    assert world.pairs_of() == []
    assert round_of(world).status is CycleStatus.RUNNING
    assert [p.ending for p in world.rows(Pair, status=PairStatus.ENDED)].count(PairEnding.TAKEN_BACK) == 2
    assert again.cycle_id == round_of(world).id
    assert who_waits(world) == {"UANA", other, "UGITA", "UHUGO"}
    assert {user: world.enrollment(user).left_out for user in before} == before
    assert world.do(matchmaking.release, OLGA, again.id) == Released(2, 0)


@pytest.fixture
def strict(parted: tuple[World, str, str]) -> tuple[World, str, str]:
    """By then the program wants lessons 1 and 2 before a match; Ana and whoever ended their pair ask again, and only
    Ana has read them."""
    world, _, other = parted
    world.change(world.row(Program), lessons_first=True)
    ask_again(world, "UANA", other)
    read_the_first_lessons(world, "UANA")
    return parted


def read_the_first_lessons(world: World, *user_ids: str) -> None:
    for user_id in user_ids:
        for number in (1, 2):
            world.do(teaching.take, Actor(TEAM, user_id), number, {}, None)


def test_the_lessons_that_come_before_a_match_come_before_a_rematch_too(strict: tuple[World, str, str]) -> None:
    world, _, other = strict
    world.later(days=1)
    assert who_waits(world) == {"UANA"}
    assert possible(world) is None
    with pytest.raises(NotPossibleNow, match=r"so far 1\. 1 of those who joined"):
        preview(world, round_of(world).id)
    read_the_first_lessons(world, other)
    assert possible(world) == Rematch(2, 1, round_of(world).ends_on)
    release(world, round_of(world).id)
    assert world.pairs_of() == [{"UANA", other}]


def test_a_rematch_is_not_released_to_who_has_lessons_to_read_by_then(parted: tuple[World, str, str]) -> None:
    world, _, other = parted
    ask_again(world, "UANA", other)
    run_id = preview(world, round_of(world).id)
    world.change(world.row(Program), lessons_first=True)
    with pytest.raises(NotPossibleNow):
        world.do(matchmaking.release, OLGA, run_id)
    assert world.pairs_of() == []


def test_of_those_with_lessons_to_read_a_rematch_counts_who_waits(strict: tuple[World, str, str]) -> None:
    world, ben, other = strict
    world.people("UEVA", "UFEMI")
    read_the_first_lessons(world, "UEVA")
    run_id = preview(world, round_of(world).id)
    shown = world.look(lambda session: previewing.read_preview(session, world.row(MatchRun, id=run_id)))
    assert {user for user in (ben, other, "UFEMI") if world.enrollment(user).again_at is None} == {ben, "UFEMI"}
    assert shown.unread == 2, "who ended their pair and asked again, and Femi, who joined late"


def test_a_preview_of_a_rematch_is_none_of_the_next_round(parted: tuple[World, str, str]) -> None:
    world, _, other = parted
    ask_again(world, "UANA", other)
    run_id = preview(world, round_of(world).id)
    assert earlier(world, round_of(world).id) == run_id
    assert earlier(world, None) is None


def earlier(world: World, cycle_id: int | None) -> int | None:
    """The preview that is shown again."""
    run = world.look(lambda session: matchmaking.earlier_preview(session, OLGA, world.program_id, cycle_id))
    return run.id if run else None


def test_a_rolling_program_has_no_rematch_as_it_matches_every_week(parted: tuple[World, str, str]) -> None:
    world, _, other = parted
    ask_again(world, "UANA", other)
    world.change(world.row(Program), rounds=Rounds.WEEKLY)
    assert possible(world) is None
    with pytest.raises(NotPossibleNow), world.writing() as session:
        rematching.check_round(session, session.get(Program, world.program_id), now=world.now)  # type: ignore[arg-type]


def test_who_lost_a_partner_may_ask_once(parted: tuple[World, str, str]) -> None:
    world, ben, _ = parted
    world.person("UEVA")

    def asks(user_id: str) -> int | None:
        return world.look(lambda session: standing.standing(session, Actor(TEAM, user_id), now=world.now)).again_id

    assert asks("UANA") == world.enrollment("UANA").id
    ask_again(world, "UANA")
    assert [asks(user) for user in ("UANA", "UEVA")] == [None, None]
    world.do(enrolling.pause, Actor(TEAM, ben), date(2026, 3, 1))
    assert asks(ben) is None
    ask_again(world, ben)
    assert (world.enrollment(ben).status, world.row(Enrollment, user_id=ben).paused_until) == ("active", None)


def test_leaving_takes_the_wish_along(parted: tuple[World, str, str]) -> None:
    world, _, _ = parted
    ask_again(world, "UANA")
    world.do(enrolling.leave, Actor(TEAM, "UANA"), world.program_id)
    world.do(enrolling.join, Actor(TEAM, "UANA"), world.program_id, profile())
    assert who_waits(world) == set()
