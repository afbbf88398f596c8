"""One message in a person's local week: once however the heartbeat beats, all that is due in one, else explained."""

import threading
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from bot.domain.checkins import Answer, CheckInState
from bot.domain.notices import CheckInAnswered, CheckInQuestion, QuestionClosed, Weekly
from bot.domain.nudges import Withheld
from bot.domain.pairs import PairStatus
from bot.domain.people import Actor
from bot.services import checking_in, enrolling, heartbeat, nudging, quieting, remembering
from storage.engine import session_scope
from storage.tables import Nudge, OutboxRow, OutboxStatus, Pair, PairMember, WithheldQuestion
from tests.builders import ORGANIZER, TEAM, World, person_facts

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FIRST_SLOT = datetime(2026, 1, 27, 10, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def paired(world: World, *users: str) -> World:
    for user in users or ("UANA", "UBEN"):
        world.person(user)
    world.pair(*users or ("UANA", "UBEN"))
    return world


def tick(world: World, moment: datetime) -> World:
    world.at(moment).do(heartbeat.tick)
    world.sent()
    return world


def questions(world: World, user: str = "UANA") -> list[tuple[str, datetime]]:
    return [(said.key, said.due_at) for said in world.said("check_in_question", f"user:{user}")]


def reasons(world: World, user: str = "UANA") -> list[tuple[str, Withheld]]:
    return [(f"{row.week}", row.reason) for row in world.rows(WithheldQuestion, user_id=user)]


def test_a_heartbeat_twice_is_one_row_with_the_person_s_week_in_its_key(either_world: World) -> None:
    world = paired(either_world)
    for moment in (FIRST_SLOT, FIRST_SLOT, FIRST_SLOT + timedelta(minutes=1), FIRST_SLOT + 6 * HOUR):
        tick(world, moment)
    assert questions(world) == [("weekly:UANA:2026-W05", FIRST_SLOT)]
    assert [f"{nudge.asked_on}" for nudge in world.rows(Nudge, user_id="UANA")] == ["2026-01-27"]


def test_two_processes_ticking_at_once_ask_once(database: Engine) -> None:
    world = World(database)
    people = [f"U{number:02}" for number in range(20)]
    for first, second in zip(people[::2], people[1::2], strict=True):
        paired(world, first, second)
    start, failed = threading.Barrier(4), list[BaseException]()

    def beat() -> None:
        try:
            for minute in range(3):
                start.wait(10)
                with session_scope(database) as session:
                    heartbeat.tick(session, now=FIRST_SLOT + timedelta(minutes=minute))
        except BaseException as error:  # noqa: BLE001 - told below, in the test's own thread
            failed.append(error)
            start.abort()

    threads = [threading.Thread(target=beat) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    keys = [said.key for said in world.said("check_in_question")]
    assert sorted(keys) == [f"weekly:{user}:2026-W05" for user in people]


def test_after_three_days_of_silence_there_is_one_late_question_each(either_world: World) -> None:
    world = paired(either_world)
    friday = FIRST_SLOT + 3 * DAY + 2 * HOUR
    for moment in (FIRST_SLOT - HOUR, friday, friday + HOUR):
        tick(world, moment)
    assert questions(world) == [("weekly:UANA:2026-W05", friday)]
    assert {nudge.late for nudge in world.rows(Nudge)} == {True}
    assert {f"{nudge.asked_on}" for nudge in world.rows(Nudge)} == {"2026-01-27"}, "the day it was due"
    tick(world, FIRST_SLOT + WEEK)
    assert [key for key, _ in questions(world)] == ["weekly:UANA:2026-W05", "weekly:UANA:2026-W06"]


def test_weeks_that_were_missed_altogether_are_explained_and_never_made_up_for(either_world: World) -> None:
    world = paired(either_world)
    tick(world, FIRST_SLOT + 2 * WEEK)
    assert [key for key, _ in questions(world)] == ["weekly:UANA:2026-W07"]
    assert reasons(world) == [("2026-01-26", Withheld.BOT_AWAY), ("2026-02-02", Withheld.BOT_AWAY)]
    assert {nudge.step for nudge in world.rows(Nudge)} == {1}


def test_a_break_and_a_quiet_week_are_reasons(world: World) -> None:
    paired(world)
    olga = Actor(TEAM, ORGANIZER)
    world.do(enrolling.pause, BEN, date(2026, 2, 2))
    world.do(quieting.choose_quiet_weeks, olga, world.program_id, [date(2026, 2, 2)])
    for week in range(3):
        tick(world, FIRST_SLOT + week * WEEK)
    assert reasons(world) == [("2026-01-26", Withheld.PARTNER_PAUSED), ("2026-02-02", Withheld.QUIET_WEEK)]
    assert reasons(world, "UBEN")[0] == ("2026-01-26", Withheld.PAUSED)
    assert [key for key, _ in questions(world)] == ["weekly:UANA:2026-W07"]


def test_a_question_nobody_ever_read_is_no_rung_of_the_ladder(world: World) -> None:
    paired(world)
    tick(world, FIRST_SLOT)
    for row in world.rows(OutboxRow, to="user:UANA"):
        world.change(row, status=OutboxStatus.DROPPED, error="too late")
    for week in (1, 2, 3, 4):
        tick(world, FIRST_SLOT + week * WEEK)
    steps = [said.notice.step for said in world.said("check_in_question", "user:UANA") if said.key]  # type: ignore[union-attr]
    assert steps == [1, 1, 2, 3]


def test_who_moves_is_asked_at_ten_where_they_are_now(world: World) -> None:
    paired(world)
    tick(world, FIRST_SLOT - 2 * DAY)
    world.do(remembering.remember, TEAM, person_facts("UANA", "Ana", "Pacific/Auckland"))
    world.do(remembering.remember, TEAM, person_facts("UBEN", "Ben", "America/New_York"))
    for hour in range(-24, 24):
        tick(world, FIRST_SLOT + hour * HOUR)
    assert [due for _, due in questions(world)] == [datetime(2026, 1, 26, 21, tzinfo=UTC)]
    assert [due for _, due in questions(world, "UBEN")] == [datetime(2026, 1, 27, 15, tzinfo=UTC)]


def test_who_moves_after_they_were_asked_is_not_asked_again_that_week(world: World) -> None:
    paired(world)
    world.do(remembering.remember, TEAM, person_facts("UANA", "Ana", "Pacific/Auckland"))
    tick(world, FIRST_SLOT - 13 * HOUR)
    world.do(remembering.remember, TEAM, person_facts("UANA", "Ana", "Pacific/Honolulu"))
    for hour in range(-12, 5 * 24):
        tick(world, FIRST_SLOT + hour * HOUR)
    assert len(questions(world)) == 1


def test_an_answer_or_an_end_that_comes_before_the_question_is_its_reason(world: World) -> None:
    paired(world)
    paired(world, "UCHLOE", "UDEV")
    ours, theirs = world.rows(Pair)
    world.at(FIRST_SLOT + DAY)
    with world.writing() as session:
        checking_in.answer(session, ANA, session.merge(ours), Answer(CheckInState.NOT_YET), now=world.now)
    world.do(checking_in.not_a_fit, Actor(TEAM, "UCHLOE"), theirs.id)
    tick(world, world.now + HOUR)
    assert reasons(world) == reasons(world, "UBEN") == [("2026-01-26", Withheld.ANSWERED_FIRST)]
    assert reasons(world, "UDEV") == [("2026-01-26", Withheld.ENDED_FIRST)]
    assert world.said("check_in_question") == []


# Several at once


def weekly(world: World) -> Weekly:
    """What Ana's message shows just now."""
    rows = [said.notice for said in world.said(to="user:UANA") if isinstance(said.notice, Weekly)]
    return rows[-1]


def in_two_pairs(world: World) -> World:
    world.people("UANA", "UBEN", "UCHLOE")
    world.pair("UANA", "UBEN")
    world.pair("UANA", "UCHLOE")
    return tick(world, FIRST_SLOT)


def test_all_that_is_due_to_one_person_is_one_message(either_world: World) -> None:
    world = in_two_pairs(either_world)
    (said,) = world.said(to="user:UANA")
    assert said.key == "weekly:UANA:2026-W05"
    assert isinstance(said.notice, Weekly)
    partners = [part.said.partners for part in said.notice.parts if isinstance(part.said, CheckInQuestion)]
    assert partners == [("Ben",), ("Chloe",)]
    assert len(world.said("check_in_question")) == 2, "the partners have one question each"


def test_an_answer_changes_its_part_alone(world: World) -> None:
    in_two_pairs(world)
    world.sent()
    first, second = sorted(nudge.id for nudge in world.rows(Nudge, user_id="UANA"))
    world.do(checking_in.answer_question, ANA, first, Answer(CheckInState.MET))
    assert [type(part.said) for part in weekly(world).parts] == [CheckInAnswered, CheckInQuestion]
    world.later(hours=1).do(checking_in.answer_question, ANA, second, Answer(CheckInState.NOT_YET))
    assert [type(part.said) for part in weekly(world).parts] == [CheckInAnswered, CheckInAnswered]
    changes = [said.replaces for said in world.said("weekly", "user:UANA")]
    assert changes == [None, "weekly:UANA:2026-W05", "weekly:UANA:2026-W05"]


def test_a_pair_that_ends_closes_its_part_alone(world: World) -> None:
    in_two_pairs(world)
    pair = next(pair for pair in world.rows(Pair) if pair.status is PairStatus.ACTIVE)
    world.do(checking_in.not_a_fit, BEN, pair.id)
    assert [type(part.said) for part in weekly(world).parts] == [QuestionClosed, CheckInQuestion]


def test_what_becomes_due_after_the_week_s_message_waits_with_a_reason(world: World) -> None:
    paired(world)
    tick(world, FIRST_SLOT)
    world.person("UCHLOE")
    later = world.pair("UANA", "UCHLOE")
    world.change(later, ask_from=FIRST_SLOT - DAY)
    for member in world.rows(PairMember, pair_id=later.id):
        world.change(member, look_at=FIRST_SLOT)
    tick(world, FIRST_SLOT + HOUR)
    assert reasons(world) == [("2026-01-26", Withheld.ONE_A_WEEK)]
    assert len(world.said(to="user:UANA")) == 1
    tick(world, FIRST_SLOT + WEEK)
    assert len(weekly(world).parts) == 2


def test_so_many_are_asked_at_a_time_until_nobody_is_left(world: World) -> None:
    paired(world)
    paired(world, "UCHLOE", "UDEV")
    more = [world.at(FIRST_SLOT).do(nudging.ask_due, most=3) for _ in range(3)]
    assert more == [True, False, False]
    assert len(world.said("check_in_question")) == 4
