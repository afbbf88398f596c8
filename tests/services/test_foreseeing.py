"""What is foreseen is what comes to pass; and a look ahead changes nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot import calendar_command
from bot.domain.cadence import Rest
from bot.domain.nudges import Withheld
from bot.domain.people import Actor
from bot.errors import SetupError
from bot.services import enrolling, foreseeing, heartbeat, quieting, thanking
from storage.tables import Enrollment, LessonOffered, Nudge, OutboxRow, OutboxStatus, Person, WithheldQuestion
from tests.builders import ORGANIZER, TEAM, World

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
FIRST_SLOT = datetime(2026, 1, 27, 10, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def paired(world: World, zone: str = "Europe/London") -> World:
    for user in ("UANA", "UBEN"):
        world.person(user, timezone=zone)
    world.pair("UANA", "UBEN")
    return world


def foresee(world: World, weeks: int = 6) -> foreseeing.Foresight:
    return world.look(lambda session: foreseeing.foresee(session, TEAM, "UANA", now=world.now, weeks=weeks))


def live(world: World, weeks: int) -> None:
    """Nobody answers, and the bot never fails."""
    end = world.now + weeks * WEEK
    while world.now < end:
        while world.do(heartbeat.tick):
            pass
        world.sent()
        following = world.look(lambda session: heartbeat.next_due(session, now=world.now))
        world.at(min(following or end, end))


def came_to_pass(world: World) -> tuple[list[tuple[int, datetime]], list[tuple[date, Withheld]]]:
    asked = [(nudge.step, nudge.asked_at) for nudge in world.rows(Nudge, user_id="UANA")]
    return asked, [(held.week, held.reason) for held in world.rows(WithheldQuestion, user_id="UANA")]


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kathmandu", "Pacific/Auckland", "Africa/Cairo"])
def test_what_is_foreseen_comes_to_pass(world: World, zone: str) -> None:
    paired(world, zone)
    world.do(enrolling.pause, BEN, date(2026, 2, 4))
    world.do(quieting.choose_quiet_weeks, Actor(TEAM, ORGANIZER), world.program_id, [date(2026, 2, 9)])
    foreseen = foresee(world, weeks=8).questions
    live(world, weeks=8)
    asked, held = came_to_pass(world)
    assert [(one.step, one.at) for one in foreseen if one.why_not is None] == asked
    assert [(one.week, one.why_not) for one in foreseen if one.why_not is not None] == held
    assert {reason for _, reason in held} == {Withheld.PARTNER_PAUSED, Withheld.QUIET_WEEK}
    assert [step for step, _ in asked] == [1, 2, 3]


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland"])
def test_the_lessons_foreseen_come_to_pass(world: World, zone: str) -> None:
    paired(world, zone)
    world.do(enrolling.pause, ANA, date(2026, 1, 21))
    world.do(quieting.choose_quiet_weeks, Actor(TEAM, ORGANIZER), world.program_id, [date(2026, 2, 2)])
    foreseen = foresee(world, weeks=8).lessons
    shown = calendar_command.calendar(world.engine, "UANA", now=world.now, weeks=8)
    live(world, weeks=8)
    offered = world.rows(LessonOffered, user_id="UANA")
    assert [(one.week, one.number) for one in foreseen] == [(row.week, row.lesson) for row in offered]
    assert len(offered) == 3
    due = {said.due_at for said in world.said(to="user:UANA") if said.key.startswith("weekly:")}
    assert {one.at for one in foreseen} <= due
    assert "Tue 27 Jan 10:00  lesson 1: What this is" in shown


def test_a_look_ahead_says_what_waits_the_days_off_and_the_end(world: World) -> None:
    paired(world)
    world.at(datetime(2026, 3, 30, 20, tzinfo=UTC)).do(thanking.thank, BEN, ["UANA"], "the walk")
    seen = foresee(world, weeks=2)
    assert [row.due_at for row in seen.waiting if row.to == "user:UANA"] == [datetime(2026, 3, 31, 8, tzinfo=UTC)]
    assert [(off.on, off.why, off.name) for off in seen.days_off] == [
        (date(2026, 4, 3), Rest.HOLIDAY, "Good Friday"),
        (date(2026, 4, 6), Rest.HOLIDAY, "Easter Monday"),
    ]
    assert seen.ends == (datetime(2026, 4, 5, 23, tzinfo=UTC),)
    assert all(question.at < seen.ends[0] for question in seen.questions)


def test_the_calendar_is_text_for_support(world: World) -> None:
    paired(world)
    world.do(quieting.choose_quiet_weeks, Actor(TEAM, ORGANIZER), world.program_id, [date(2026, 2, 2)])
    for name in ("@Ana", "uana"):
        shown = calendar_command.calendar(world.engine, name, now=world.now, weeks=5)
        assert "Ana (UANA): Mon Tue Wed Thu Fri 09:00-17:00 in Europe/London" in shown
        assert "Tue 27 Jan 10:00  question 1 of 3 about Ben" in shown
        assert "week of 02 Feb  no question about Ben: a quiet week of the program" in shown
    live(world, weeks=5)
    assert "week of 02 Feb  no question: a quiet week" in calendar_command.calendar(
        world.engine, "UANA", now=world.now, weeks=1
    )


def test_the_calendar_names_a_do_not_disturb_that_takes_all_the_hours(world: World) -> None:
    paired(world).change(world.row(Enrollment, user_id="UANA"), hours_from=time(6), hours_to=time(8))
    for night in (FIRST_SLOT - DAY, FIRST_SLOT):
        start, end = night - 12 * HOUR, night - 2 * HOUR
        world.change(world.row(Person, user_id="UANA"), undisturbed_from=start, undisturbed_until=end)
        shown = calendar_command.calendar(world.engine, "UANA", now=FIRST_SLOT - DAY, weeks=2)
        assert f"do-not-disturb is on from {start:%a %d %b} 22:00 to {end:%a %d %b} 08:00." in shown
        assert "It takes all of their hours." in shown
    world.change(world.row(Person, user_id="UANA"), undisturbed_from=FIRST_SLOT - DAY, undisturbed_until=FIRST_SLOT)
    assert "all of their hours" not in calendar_command.calendar(world.engine, "UBEN", now=FIRST_SLOT, weeks=2)


def test_who_has_no_partner_is_told_so(world: World) -> None:
    world.person("UANA")
    assert "they have no partner just now" in calendar_command.calendar(world.engine, "UANA", now=world.now, weeks=1)


def test_why_nothing_comes_is_said_as_it_is(world: World) -> None:
    paired(world)

    def shown(weeks: int = 1) -> str:
        return calendar_command.calendar(world.engine, "UANA", now=world.now, weeks=weeks)

    world.at(FIRST_SLOT - 6 * DAY)
    assert "no meeting is due by then" not in shown(2)
    live(world, weeks=6)
    assert "three questions were asked, and now it is their turn" in shown()
    world.at(datetime(2026, 11, 28, 9, tzinfo=UTC))
    assert "their round is over" in shown()
    assert "the round ends" not in shown()


def test_a_message_that_would_be_let_go_is_not_said_to_be_sent_later_too(world: World) -> None:
    paired(world)
    world.do(thanking.thank, BEN, ["UANA"], "the walk")

    def told(session: Session) -> str:
        row = next(row for row in session.exec(select(OutboxRow)) if row.to == "user:UANA")
        session.expunge(row)
        row.status, row.error = OutboxStatus.DROPPED, "too late"
        return calendar_command.tick_as_text(session, world.now, {row.id: row.due_at - HOUR}, [row], [])

    shown = world.look(told)
    assert ("It would let go:" in shown, "It would send later:" in shown) == (True, False)


def test_nobody_and_several_of_a_name_are_one_sentence(world: World) -> None:
    world.person("UANA", "Ana")
    world.person("UANA2", "ana")
    with pytest.raises(SetupError, match="Several people are called ana: UANA, UANA2"):
        calendar_command.calendar(world.engine, "ana", now=world.now, weeks=1)
    world.person("UWANJIRU", "Wanjiru Kamau")
    assert "Wanjiru Kamau (UWANJIRU)" in calendar_command.calendar(world.engine, "@wanjiru", now=world.now, weeks=1)
    with pytest.raises(SetupError, match="Nobody the bot has met is called @Zoe"):
        calendar_command.calendar(world.engine, "@Zoe", now=world.now, weeks=1)


def test_a_tick_is_tried_out_and_changes_nothing(database: Engine) -> None:
    world = paired(World(database))
    world.do(quieting.choose_quiet_weeks, Actor(TEAM, ORGANIZER), world.program_id, [date(2026, 2, 2)])
    world.at(FIRST_SLOT - 2 * DAY).do(thanking.thank, BEN, ["UANA"], "the walk")
    before = [row.model_dump() for row in world.rows(OutboxRow)]
    evening = calendar_command.tick(database, FIRST_SLOT - DAY + 8 * HOUR)
    introduced = "Tue 27 Jan 09:00  introduction [introduction:pair-1] to pair:1"
    asked = "Tue 27 Jan 09:00  kudos consent asked [kudos:1] to user:UANA"
    assert f"It would send later:\n  {introduced}\n  {asked}" in evening
    told = calendar_command.tick(database, FIRST_SLOT)
    assert "Tue 27 Jan 10:00  check in question [weekly:UANA:2026-W05] to user:UANA" in told
    late = calendar_command.tick(database, FIRST_SLOT + WEEK)
    assert "UBEN, week of 02 Feb: a quiet week of the program" in late
    assert [row.model_dump() for row in world.rows(OutboxRow)] == before
    assert not world.rows(Nudge)
    assert not world.rows(WithheldQuestion)
    live(world, weeks=3)
    assert "There is nothing to do." in calendar_command.tick(database, world.now)


def test_a_moment_needs_its_zone() -> None:
    assert calendar_command.moment_of("") is None
    assert calendar_command.moment_of("2026-04-07T09:00Z") == datetime(2026, 4, 7, 9, tzinfo=UTC)
    assert calendar_command.moment_of("2026-04-07T09:00+02:00") == datetime(2026, 4, 7, 7, tzinfo=UTC)
    for typed in ("2026-04-07T09:00", "tomorrow"):
        with pytest.raises(SetupError, match="is no moment"):
            calendar_command.moment_of(typed)
