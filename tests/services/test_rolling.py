"""Rolling programs: every Monday whoever waits is matched, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.enrollment import EnrollmentStatus
from bot.domain.matching import Inputs, MatchPlan
from bot.domain.notices import MatchReady, NoMatch, WeeklyMatched
from bot.domain.people import Actor
from bot.domain.programs import Rounds, RunStatus
from bot.domain.setups import Setup
from bot.errors import NotPossibleNow
from bot.runtime.weekly import WeeklyMatch
from bot.services import checking_in, heartbeat, matchmaking, rolling, setting_up
from storage.tables import Cycle, MatchRun, Organizer, Pair, Program, QuietWeek
from tests.builders import MONDAY, ORGANIZER, TEAM, World

OLGA = Actor(TEAM, ORGANIZER)
FOUR = ("UANA", "UBEN", "UCHLOE", "UDEV")
NEXT_MONDAY = MONDAY + timedelta(weeks=1)


def rolls(world: World, rounds: Rounds = Rounds.WEEKLY) -> World:
    """The world's program, rolling since this Monday."""
    with world.writing() as session:
        setup = Setup("Peer mentoring", "C1", "peer-mentoring", joined=True, rounds=rounds)
        setting_up.set_up(session, OLGA, world.program_id, setup, now=world.now)
    return world


def tick(world: World, moment: datetime | None = None, solve: object = Inputs.plan) -> list[str]:
    """As bot.app.Mentor ticks; whom Slack was asked about."""
    asked: list[str] = []
    world.at(moment or world.now).do(heartbeat.tick)
    weekly = WeeklyMatch(world.engine, solve, lambda user, now: asked.append(user))  # type: ignore[arg-type]
    weekly.match_due(world.now)
    return asked


def test_whoever_waits_on_monday_at_nine_is_matched_and_the_organizer_hears_of_it_once(either_world: World) -> None:
    world = rolls(either_world)
    world.people(*FOUR)
    for moment in (MONDAY, NEXT_MONDAY - timedelta(minutes=1)):
        assert tick(world, moment) == []
    assert world.rows(Pair) == []
    assert tick(world, NEXT_MONDAY) == sorted(FOUR)
    for later in (0, 1, 60, 24 * 60):
        tick(world, NEXT_MONDAY + timedelta(minutes=later))
    assert len(world.rows(Pair)) == 2
    (told,) = world.said("weekly_matched")
    assert (told.notice, told.to) == (WeeklyMatched("Peer mentoring", 2, 0), f"user:{ORGANIZER}")
    assert world.row(MatchRun).status is RunStatus.RELEASED


def test_each_pair_has_its_own_length(world: World) -> None:
    rolls(world)
    world.people(*FOUR[:2])
    tick(world, NEXT_MONDAY)
    world.people(*FOUR[2:])
    tick(world, NEXT_MONDAY + timedelta(weeks=1))
    assert [cycle.ends_on for cycle in world.rows(Cycle)] == [date(2026, 4, 13), date(2026, 4, 20)]
    assert sorted(map(sorted, world.pairs_of())) == [["UANA", "UBEN"], ["UCHLOE", "UDEV"]]
    tick(world, datetime(2026, 4, 13, 7, tzinfo=UTC))
    assert world.pairs_of(ended=True) == [{"UANA", "UBEN"}]
    tick(world, datetime(2026, 4, 20, 7, tzinfo=UTC))
    assert world.pairs_of(ended=True) == [{"UANA", "UBEN"}, {"UCHLOE", "UDEV"}]


def test_those_whose_time_together_is_over_wait_again_and_not_for_each_other(world: World) -> None:
    rolls(world)
    world.people(*FOUR)
    tick(world, NEXT_MONDAY)
    first = world.pairs_of()
    tick(world, datetime(2026, 4, 13, 9, tzinfo=UTC))
    assert len(world.pairs_of()) == 2
    assert not [pair for pair in world.pairs_of() if pair in first]


def test_after_not_a_fit_both_are_matched_next_monday_with_others_and_not_with_each_other(
    either_world: World,
) -> None:
    world = rolls(either_world)
    world.people("UANA", "UBEN")
    tick(world, NEXT_MONDAY)
    pair = world.row(Pair)
    world.at(NEXT_MONDAY + timedelta(days=2)).do(checking_in.not_a_fit, Actor(TEAM, "UANA"), pair.id)
    tick(world, NEXT_MONDAY + timedelta(weeks=1))
    assert world.pairs_of() == [], "they wait, and not for each other"
    assert sorted(said.to for said in world.said("no_match")) == ["user:UANA", "user:UBEN"]
    world.people("UCHLOE", "UDEV")
    tick(world, NEXT_MONDAY + timedelta(weeks=2))
    assert len(world.pairs_of()) == 2
    assert {"UANA", "UBEN"} not in world.pairs_of()
    assert {"UCHLOE", "UDEV"} not in world.pairs_of()


def test_an_outage_over_several_mondays_is_made_up_for_once(world: World) -> None:
    rolls(world)
    world.people(*FOUR)
    tick(world, MONDAY + timedelta(weeks=3, days=2))
    tick(world, MONDAY + timedelta(weeks=3, days=2, minutes=1))
    assert [cycle.starts_on for cycle in world.rows(Cycle)] == [date(2026, 2, 4)]
    tick(world, MONDAY + timedelta(weeks=4))
    assert len(world.said("weekly_matched")) == 1


def test_after_approval_nothing_goes_out_before_the_organizer_agrees(either_world: World) -> None:
    world = rolls(either_world, Rounds.WEEKLY_APPROVED)
    world.people(*FOUR[:3])
    for minutes in (0, 1):
        tick(world, NEXT_MONDAY + timedelta(minutes=minutes))
    (told,) = world.said()
    assert told.notice == MatchReady("Peer mentoring", world.program_id, 1, 0)
    assert world.rows(Pair) == []
    world.do(matchmaking.release, OLGA, world.row(MatchRun).id)
    assert world.pairs_of() == [set(FOUR[:3])]


def test_a_week_that_is_not_agreed_to_comes_again_next_monday_with_whoever_waits_then(world: World) -> None:
    rolls(world, Rounds.WEEKLY_APPROVED)
    world.people(*FOUR)
    tick(world, NEXT_MONDAY)
    world.people("UEVA", "UFEMI")
    tick(world, NEXT_MONDAY + timedelta(weeks=1))
    assert [told.notice.pairs for told in world.said("match_ready") if isinstance(told.notice, MatchReady)] == [2, 3]
    assert [run.status for run in world.rows(MatchRun)] == [RunStatus.SUPERSEDED, RunStatus.PREVIEWED]


def test_where_the_bot_is_not_in_the_channel_the_organizer_hears_what_is_missing(world: World) -> None:
    rolls(world)
    world.change(world.row(Program), channel_joined=False)
    world.people(*FOUR)
    tick(world, NEXT_MONDAY)
    (told,) = world.said()
    assert isinstance(told.notice, MatchReady)
    assert "/invite @mentor" in str(told.notice.blocked)
    assert world.rows(Pair) == []


def test_who_waits_alone_is_told_once_and_not_every_week(world: World) -> None:
    rolls(world)
    world.person("UANA")
    for weeks in (1, 2, 3):
        tick(world, MONDAY + timedelta(weeks=weeks))
    (told,) = world.said("no_match")
    assert isinstance(told.notice, NoMatch)
    assert told.notice.priority_on == date(2026, 1, 26)
    assert world.said("weekly_matched") == []


def test_who_waits_after_a_pairing_is_told_anew(world: World) -> None:
    rolls(world)
    world.people(*FOUR[:2])
    tick(world, NEXT_MONDAY)
    world.do(checking_in.not_a_fit, Actor(TEAM, "UANA"), world.row(Pair).id)
    for weeks in (2, 3):
        tick(world, MONDAY + timedelta(weeks=weeks))
    assert sorted(told.to for told in world.said("no_match")) == ["user:UANA", "user:UBEN"]


def test_the_odd_one_joins_a_pair_and_comes_first_later(world: World) -> None:
    rolls(world)
    world.people(*FOUR[:3])
    tick(world, NEXT_MONDAY)
    assert world.pairs_of() == [set(FOUR[:3])]


def test_someone_who_takes_a_break_while_it_is_solved_is_left_in_peace_and_the_next_tick_matches_the_rest(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    rolls(world)
    world.people(*FOUR)

    def leaves(inputs: Inputs) -> MatchPlan:
        world.change(world.enrollment("UDEV"), status=EnrollmentStatus.PAUSED)
        return inputs.plan()

    tick(world, NEXT_MONDAY, solve=leaves)
    assert world.rows(Pair) == []
    assert "not matched yet" in caplog.text
    tick(world, NEXT_MONDAY + timedelta(minutes=1))
    assert world.pairs_of() == [set(FOUR[:3])]


def test_a_solver_that_breaks_is_tried_again_at_the_next_tick(world: World) -> None:
    rolls(world)
    world.people(*FOUR)

    def breaks(inputs: Inputs) -> MatchPlan:
        raise NotPossibleNow("It took too long.")

    tick(world, NEXT_MONDAY, solve=breaks)
    assert world.row(Program).weekly_on == MONDAY.date()
    tick(world, NEXT_MONDAY + timedelta(minutes=1))
    assert len(world.pairs_of()) == 2


def test_two_bots_that_solve_at_once_release_once(world: World) -> None:
    rolls(world)
    world.people(*FOUR)

    def beaten(inputs: Inputs) -> MatchPlan:
        WeeklyMatch(world.engine, Inputs.plan, lambda user, now: None).match_due(world.now)
        return inputs.plan()

    tick(world, NEXT_MONDAY, solve=beaten)
    assert len(world.rows(Pair)) == 2
    assert len(world.said("weekly_matched")) == 1


@pytest.mark.parametrize("rounds", [Rounds.RELEASE, Rounds.WEEKLY])
def test_only_rolling_programs_with_an_organizer_are_matched(world: World, rounds: Rounds) -> None:
    rolls(world, rounds)
    world.people(*FOUR)
    if rounds is Rounds.WEEKLY:
        with world.writing() as session:
            session.delete(session.get_one(Organizer, (world.program_id, ORGANIZER)))
    assert tick(world, NEXT_MONDAY) == []
    assert (world.rows(Pair), world.rows(Cycle)) == ([], [])


def test_a_quiet_week_has_no_match(world: World) -> None:
    rolls(world)
    world.people(*FOUR)
    with world.writing() as session:
        session.add(QuietWeek(program_id=world.program_id, monday=NEXT_MONDAY.date(), workspace_id=TEAM))
    tick(world, NEXT_MONDAY)
    tick(world, NEXT_MONDAY + timedelta(days=3))
    assert world.rows(Pair) == []
    tick(world, NEXT_MONDAY + timedelta(weeks=1))
    assert len(world.rows(Pair)) == 2


def test_rolling_begins_with_the_monday_after_it_was_chosen(world: World) -> None:
    world.people(*FOUR)
    rolls(world.later(days=2))
    tick(world)
    assert world.rows(Pair) == []
    assert world.do(rolling.next_due) == NEXT_MONDAY
    tick(world, NEXT_MONDAY)
    assert len(world.rows(Pair)) == 2


def test_saving_the_set_up_again_begins_no_new_week(world: World) -> None:
    rolls(world)
    world.people(*FOUR)
    rolls(world.at(NEXT_MONDAY + timedelta(hours=1)), Rounds.WEEKLY_APPROVED)
    tick(world)
    assert len(world.said("match_ready")) == 1


def test_a_leap_goes_to_monday_at_nine(world: World) -> None:
    rolls(world)
    assert world.later(days=6, hours=23).do(heartbeat.next_due) == NEXT_MONDAY
