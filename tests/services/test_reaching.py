"""When people may be written to: their hours, their days, their country's holidays, quiet weeks and breaks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.enrollment import Celebration, EnrollmentStatus
from bot.domain.notices import NoMatch
from bot.domain.people import Actor
from bot.errors import NotAllowed
from bot.services import (
    checking_in,
    enrolling,
    heartbeat,
    holding,
    placing,
    quieting,
    reaching,
    remembering,
    rounding_up,
    thanking,
)
from storage import claims, outbox
from storage.tables import Enrollment, OutboxRow, OutboxStatus, Person, Program, QuietWeek
from tests.builders import ORGANIZER, TEAM, World, person_facts, profile


def moment(world: World, user: str, after: datetime) -> datetime:
    return world.look(lambda session: placing.next_moment_for(session, TEAM, user, NoMatch, now=after))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


HOLIDAYS = [
    # zone, place, asked at, reached at
    ("Europe/Lisbon", None, "2026-06-10 10:00", "2026-06-11 08:00"),  # Portugal Day, then a Thursday
    ("Europe/Lisbon", "DE", "2026-06-10 10:00", "2026-06-10 10:00"),  # who moved there keeps another's
    ("Europe/Lisbon", "", "2026-06-10 10:00", "2026-06-10 10:00"),
    ("Europe/Berlin", "DE-BY", "2026-01-05 22:00", "2026-01-07 08:00"),  # Epiphany is kept in Bavaria
    ("Europe/Berlin", "DE-BE", "2026-01-05 22:00", "2026-01-06 08:00"),  # and not in Berlin
    ("Africa/Cairo", None, "2026-02-05 18:00", "2026-02-08 07:00"),  # Thursday evening; Sunday is a working day
    ("America/New_York", None, "2026-11-25 23:00", "2026-11-27 14:00"),  # Thanksgiving
    ("UTC", None, "2026-12-25 10:00", "2026-12-25 10:00"),  # no country, no holiday
]


@pytest.mark.parametrize(("timezone", "place", "after", "reached"), HOLIDAYS)
def test_nobody_is_written_to_on_their_public_holidays(
    world: World, timezone: str, place: str | None, after: str, reached: str
) -> None:
    world.person("UANA", timezone=timezone)
    world.change(world.row(Person, user_id="UANA"), place=place)
    assert moment(world, "UANA", utc(after)) == utc(reached)


def test_the_days_a_person_works_are_their_own_word(world: World) -> None:
    ana = world.person("UANA", enrolled=False)
    world.do(enrolling.join, ana, world.program_id, profile(weekdays=(0, 2)))
    assert moment(world, "UANA", utc("2026-01-13 10:00")) == utc("2026-01-14 09:00")
    assert moment(world, "UANA", utc("2026-01-14 18:00")) == utc("2026-01-19 09:00")


def test_what_is_only_usual_follows_who_moves(world: World) -> None:
    ana = world.person("UANA", timezone="Europe/Lisbon", enrolled=False)
    world.do(enrolling.join, ana, world.program_id, profile(place="PT", weekdays=(0, 1, 2, 3, 4)))
    world.do(remembering.remember, TEAM, person_facts("UANA", "Ana", "Africa/Cairo"))
    hours = world.look(lambda session: reaching.hours_in_workspace(session, TEAM, "UANA"))
    assert (hours.timezone, hours.place, hours.weekdays) == ("Africa/Cairo", "EG", frozenset({6, 0, 1, 2, 3}))


def test_a_quiet_week_is_silent_for_its_program_and_only_the_organizer_may_choose_it(world: World) -> None:
    ana = world.person("UANA")
    monday = date(2026, 1, 19)
    with pytest.raises(NotAllowed):
        world.do(quieting.choose_quiet_weeks, ana, world.program_id, [monday])
    organizer = world.person(ORGANIZER, "Olga", enrolled=False)
    world.do(quieting.choose_quiet_weeks, organizer, world.program_id, [monday, date(2031, 1, 1)])
    assert [week.monday for week in world.rows(QuietWeek)] == [monday], "only weeks that were offered"
    assert moment(world, "UANA", utc("2026-01-20 10:00")) == utc("2026-01-26 09:00")
    world.do(quieting.choose_quiet_weeks, organizer, world.program_id, [])
    assert moment(world, "UANA", utc("2026-01-20 10:00")) == utc("2026-01-20 10:00")


def test_thanks_wait_for_the_end_of_a_break(world: World) -> None:
    ana, ben = world.people("UANA", "UBEN")
    world.do(enrolling.pause, ben, date(2026, 1, 28))
    world.do(thanking.thank, ana, ["UBEN"], "the code review")
    (thanks,) = world.said("kudos_consent_asked")
    assert thanks.due_at == utc("2026-01-28 09:00")
    assert world.row(Enrollment, user_id="UBEN").status is EnrollmentStatus.PAUSED


def test_who_comes_back_early_hears_what_waited_for_the_end_of_the_break_a_day_at_a_time(world: World) -> None:
    ana, chloe, ben = world.people("UANA", "UCHLOE", "UBEN")
    world.do(enrolling.pause, ben, date(2026, 2, 28))
    for giver in (ana, chloe):
        world.do(thanking.thank, giver, ["UBEN"], "the code review")
    world.at(utc("2026-01-14 12:00")).do(enrolling.resume, ben)
    assert [row.due_at for row in world.said("kudos_consent_asked")] == [
        utc("2026-01-14 12:00"),
        utc("2026-01-15 09:00"),
    ]


def test_the_round_up_comes_the_working_day_before_a_friday_that_is_a_holiday(world: World) -> None:
    world.at(utc("2026-03-30 09:00"))
    ana = world.person("UANA")
    world.person("UBEN", celebration=Celebration.CHANNEL)
    world.do(thanking.thank, ana, ["UBEN"], "the code review")
    for moment_of in ("2026-04-02 13:59", "2026-04-02 14:00", "2026-04-03 14:00"):  # Good Friday; London's summer time
        world.at(utc(moment_of)).do(rounding_up.round_all_up)
    (told,) = world.said("round_up")
    assert told.due_at == utc("2026-04-02 14:00")
    following = world.look(lambda session: rounding_up.next_due(session, now=utc("2026-04-02 14:00")))
    assert following == utc("2026-04-10 14:00")


def test_the_organizer_sees_the_holidays_of_everyone_s_places(world: World) -> None:
    world.person("UANA", timezone="Europe/Lisbon")
    world.person("UDEV", timezone="Asia/Kolkata")
    world.at(utc("2026-04-20 09:00"))
    coming = world.look(lambda session: quieting.coming_holidays(session, world.row(Program), now=world.now))
    assert ("Freedom Day", ("Portugal",)) in [(holiday.name, holiday.places) for holiday in coming]
    assert {place for holiday in coming for place in holiday.places} == {"Portugal", "India"}
    assert all(world.now.date() <= holiday.on < world.now.date() + timedelta(days=28) for holiday in coming)


def waiting(world: World) -> list[tuple[str, datetime, OutboxStatus]]:
    return [(said.notice.kind, said.due_at, said.status) for said in world.said(to="user:UBEN")]


def test_what_waited_into_the_night_goes_in_the_morning_and_what_is_due_today_goes_as_it_was(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    world.at(utc("2026-01-13 16:50")).do(thanking.thank, ana, ["UBEN"], "the code review")
    world.at(utc("2026-01-13 16:51")).do(holding.hold_back)
    assert waiting(world) == [("kudos_consent_asked", utc("2026-01-13 16:50"), OutboxStatus.PENDING)]
    for later in ("2026-01-13 23:00", "2026-01-13 23:05"):
        world.at(utc(later)).do(holding.hold_back)
    assert waiting(world) == [("kudos_consent_asked", utc("2026-01-14 09:00"), OutboxStatus.PENDING)]


def test_an_introduction_that_waited_into_the_night_goes_when_both_work(world: World) -> None:
    world.person("UANA")
    world.person("UNYC", timezone="America/New_York")
    world.at(utc("2026-01-13 15:00")).pair("UANA", "UNYC")
    world.at(utc("2026-01-13 15:02")).do(holding.hold_back)
    assert world.row(OutboxRow, to="pair:1").good_until == utc("2026-01-13 17:00")
    for later in ("2026-01-13 17:30", "2026-01-13 23:05"):
        world.at(utc(later)).do(holding.hold_back)
    (introduction,) = world.said("introduction")
    assert (introduction.due_at, introduction.status) == (utc("2026-01-14 14:00"), OutboxStatus.PENDING)


def test_what_may_go_now_is_looked_at_again_when_its_reader_s_day_ends(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    world.at(utc("2026-01-13 15:00")).do(thanking.thank, ana, ["UBEN"], "the code review")
    world.at(utc("2026-01-13 15:02")).do(holding.hold_back)
    assert world.row(OutboxRow, to="user:UBEN").good_until == utc("2026-01-13 17:00")
    world.at(utc("2026-01-13 17:00")).do(holding.hold_back)
    assert waiting(world) == [("kudos_consent_asked", utc("2026-01-14 09:00"), OutboxStatus.PENDING)]


def test_so_much_is_held_back_at_a_time_and_nothing_is_looked_at_twice(either_world: World) -> None:
    world = either_world
    people = world.people(*(f"U{number}" for number in range(5)))
    for giver, receiver in zip(people, people[1:] + people[:1], strict=True):
        world.do(thanking.thank, giver, [receiver.user_id], "the code review")
    world.at(utc("2026-01-12 12:00"))
    assert [world.do(holding.hold_back, most=2) for _ in range(4)] == [True, True, False, False]
    assert {row.good_until for row in world.rows(OutboxRow)} == {utc("2026-01-12 17:00")}


def test_what_is_in_doubt_is_not_looked_up_at_night_as_it_might_be_posted_then(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    world.at(utc("2026-01-13 16:50")).do(thanking.thank, ana, ["UBEN"], "the code review")
    leased = {"status": OutboxStatus.SENDING, "lease_until": utc("2026-01-13 16:54"), "owner": "gone"}
    world.change(world.row(OutboxRow, to="user:UBEN"), **leased)
    world.at(utc("2026-01-13 16:53")).do(holding.hold_back)
    assert world.row(OutboxRow, to="user:UBEN").not_before is None
    for night in ("2026-01-13 17:01", "2026-01-13 17:02", "2026-01-14 01:00", "2026-01-14 08:59"):
        world.at(utc(night)).do(holding.hold_back)
        assert claimed(world) == []
    assert world.look(lambda session: outbox.next_due(session, world.now)) == utc("2026-01-14 09:00")
    world.at(utc("2026-01-14 09:00")).do(holding.hold_back)
    (claim,) = claimed(world)
    assert (claim.unknown_before, claim.due_at) == (True, utc("2026-01-13 16:50")), "looked up from where it began"


def claimed(world: World) -> list[claims.Claim]:
    """What a sender would say now."""
    with world.writing() as session:
        return claims.claim(session, "sender", world.now)


def test_a_quiet_week_holds_back_what_is_on_its_way(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    world.at(utc("2026-01-13 10:00")).do(thanking.thank, ana, ["UBEN"], "the code review")
    world.at(utc("2026-01-13 10:05")).do(holding.hold_back)
    world.do(quieting.choose_quiet_weeks, Actor(TEAM, ORGANIZER), world.program_id, [date(2026, 1, 12)])
    world.at(utc("2026-01-13 10:06")).do(holding.hold_back)
    assert waiting(world) == [("kudos_consent_asked", utc("2026-01-19 09:00"), OutboxStatus.PENDING)]


def test_who_takes_a_break_meanwhile_is_not_written_to_and_a_question_that_expires_says_why(world: World) -> None:
    _, ben = world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    world.at(utc("2026-01-27 10:00")).do(heartbeat.tick)
    world.at(utc("2026-01-27 10:30")).do(enrolling.pause, ben, date(2026, 2, 20))
    world.at(utc("2026-01-27 10:31")).do(heartbeat.tick)
    row = world.row(OutboxRow, to="user:UBEN")
    assert (row.status, row.error) == (OutboxStatus.DROPPED, placing.NO_MOMENT_LEFT)


def test_several_messages_of_a_day_that_others_caused_come_on_several_days(world: World) -> None:
    ana, _, chloe = world.people("UANA", "UBEN", "UCHLOE")
    for giver, why in ((ana, "the review"), (chloe, "the walk"), (ana, "the sketch")):
        world.later(minutes=5).do(thanking.thank, giver, ["UBEN"], why)
    days = [due.date() for _, due, _ in waiting(world)]
    assert days == [date(2026, 1, 12), date(2026, 1, 13), date(2026, 1, 14)]


def test_of_several_that_waited_too_long_the_first_goes_and_the_others_come_on_days_of_their_own(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    world.at(utc("2026-01-13 10:00"))
    for why in ("the code review", "the walk", "the tea"):
        world.do(thanking.thank, ana, ["UBEN"], why)
    for _ in range(2):
        world.at(utc("2026-01-15 12:00")).do(holding.hold_back)  # the bot was away
    days = [utc("2026-01-13 10:00"), utc("2026-01-16 09:00"), utc("2026-01-19 09:00")]
    assert [due_at for _, due_at, _ in waiting(world)] == days
    world.do(thanking.thank, ana, ["UBEN"], "the patience")
    assert waiting(world)[-1][1] == utc("2026-01-20 09:00")


def test_what_is_planned_for_days_to_come_stays_there_when_a_break_begins_later(world: World) -> None:
    ana, ben = world.people("UANA", "UBEN")
    for why in ("the code review", "the walk", "the tea"):
        world.at(utc("2026-01-12 20:00")).do(thanking.thank, ana, ["UBEN"], why)
    before = waiting(world)
    world.do(holding.plan_anew, TEAM, ben.user_id)
    assert waiting(world) == before


def test_the_word_that_a_partner_left_takes_the_day_of_what_is_merely_nice(either_world: World) -> None:
    """Thanks that wait make way, each to a day of its own and in their order; what was said today stays said."""
    world = either_world
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    for why in ("the code review", "the walk", "the tea"):
        world.at(utc("2026-01-12 20:00")).do(thanking.thank, ana, ["UBEN"], why)
    world.at(utc("2026-01-12 21:00")).do(checking_in.not_a_fit, ana, pair.id)
    days = {said.key: said.due_at.date().day for said in world.said(to="user:UBEN")}
    assert days == {"closed:pair-1:UBEN": 13, "kudos:1": 14, "kudos:2": 15, "kudos:3": 16}


def test_after_what_was_said_today_even_a_grave_word_comes_tomorrow_and_moves_what_waits_for_that_day(
    world: World,
) -> None:
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.do(thanking.thank, ana, ["UBEN"], "the code review")
    world.sent()
    world.do(thanking.thank, ana, ["UBEN"], "the walk")
    world.later(hours=1).do(checking_in.not_a_fit, ana, pair.id)
    days = {said.key: said.due_at.date().day for said in world.said(to="user:UBEN")}
    assert days == {"kudos:1": 12, "closed:pair-1:UBEN": 13, "kudos:2": 14}


def test_of_two_that_waited_too_long_the_grave_one_goes_first(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.at(utc("2026-01-12 20:00")).do(thanking.thank, ana, ["UBEN"], "the code review")
    world.do(checking_in.not_a_fit, ana, pair.id)
    world.at(utc("2026-01-15 12:00")).do(holding.hold_back)
    days = {said.key: said.due_at.date().day for said in world.said(to="user:UBEN")}
    assert days == {"kudos:1": 16, "closed:pair-1:UBEN": 13}


def test_what_waits_is_planned_anew_for_who_takes_a_break_or_moves(world: World) -> None:
    ana, ben = world.people("UANA", "UBEN")
    world.at(utc("2026-01-12 20:00")).do(thanking.thank, ana, ["UBEN"], "the code review")
    assert [due for _, due, _ in waiting(world)] == [utc("2026-01-13 09:00")]
    world.do(remembering.remember, TEAM, person_facts("UBEN", "Ben", "America/New_York"))
    assert [due for _, due, _ in waiting(world)] == [utc("2026-01-13 14:00")]
    world.do(enrolling.pause, ben, date(2026, 1, 21))
    assert [due for _, due, _ in waiting(world)] == [utc("2026-01-21 14:00")]
