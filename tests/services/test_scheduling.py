"""A day in the diary, and its hour where somebody knows it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.content import refusals
from bot.domain.cadence import start_of_day
from bot.domain.checkins import Answer, CheckInState, Moment
from bot.domain.notices import CalendarFile, CheckInAnswered, CheckInQuestion
from bot.domain.people import Actor
from bot.errors import MentorError, WrongDay, WrongTime
from bot.services import checking_in, filing, nudging, scheduling, standing
from bot.views import messages
from bot.views.kit import diary_words
from bot.views.models import PairStanding
from storage.tables import CheckIn, Pair
from tests.builders import TEAM, World

TUESDAY = datetime(2026, 1, 27, 10, 30, tzinfo=UTC)
TODAY, THURSDAY = TUESDAY.date(), date(2026, 1, 29)
ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
THREE = time(15)


def a_pair(world: World, ana: str = "Europe/London", ben: str = "Europe/London") -> Pair:
    world.person("UANA", timezone=ana)
    world.person("UBEN", timezone=ben)
    pair = world.pair("UANA", "UBEN")
    world.at(TUESDAY)
    return pair


def scheduled(world: World, on: date, starting: time | None, who: Actor = ANA) -> CheckInAnswered:
    given = Answer(CheckInState.SCHEDULED, on=on, starting=starting)
    with world.writing() as session:
        return checking_in.answer(session, who, checking_in.my_pair(session, who), given, now=world.now)


def files(world: World) -> list[tuple[date, datetime | None]]:
    said = [one.notice for one in world.said("calendar_file")]
    return [(notice.on, notice.start) for notice in said if isinstance(notice, CalendarFile)]


def test_with_an_hour_the_calendar_file_is_of_the_hour_and_without_one_of_the_day(either_world: World) -> None:
    world = either_world
    a_pair(world, ana="America/New_York", ben="America/New_York")
    for starting in (THREE, None):
        shown = scheduled(world, THURSDAY, starting)
        world.do(filing.of_answer, ANA, shown.check_in_id)
    assert files(world) == [(THURSDAY, datetime(2026, 1, 29, 20, tzinfo=UTC)), (THURSDAY, None)]


def test_another_hour_in_the_same_minute_is_another_file(world: World) -> None:
    a_pair(world)
    for starting in (THREE, time(16), time(16)):
        world.do(filing.of_answer, ANA, scheduled(world, THURSDAY, starting).check_in_id)
    assert [start.hour for _, start in files(world) if start] == [15, 16]
    assert len({one.notice.uid for one in world.said("calendar_file")}) == 1, "a calendar moves it"  # type: ignore[union-attr]


@pytest.mark.parametrize("starting", [None, time(0), THREE, time(23, 59)])
def test_there_is_silence_until_the_day_after_whatever_the_hour(world: World, starting: time | None) -> None:
    a_pair(world)
    scheduled(world, THURSDAY, starting)
    assert world.row(Pair).ask_from == start_of_day(THURSDAY + timedelta(days=1), "Europe/London")


@pytest.mark.parametrize(
    ("on", "starting", "refused", "sentence"),
    [
        (TODAY, time(10, 30), WrongTime, refusals.DIARY_HOUR_PAST),
        (TODAY, time(0), WrongTime, refusals.DIARY_HOUR_PAST),
        (TODAY - timedelta(days=1), time(23), WrongDay, refusals.DIARY_IN_PAST),
        (TODAY - timedelta(days=1), None, WrongDay, refusals.DIARY_IN_PAST),
        (TODAY + timedelta(days=93), THREE, WrongDay, refusals.DIARY_TOO_FAR),
    ],
)
def test_what_is_over_or_too_far_is_refused_in_a_clear_sentence(
    world: World, on: date, starting: time | None, refused: type[MentorError], sentence: str
) -> None:
    a_pair(world)
    with pytest.raises(refused) as said:
        scheduled(world, on, starting)
    assert said.value.user_message == sentence
    assert world.rows(CheckIn) == []


def test_the_next_minute_is_taken_and_today_without_an_hour(world: World) -> None:
    a_pair(world)
    assert scheduled(world, TODAY, time(10, 31)).moment == Moment(TUESDAY + timedelta(minutes=1), LONDON, False)
    assert scheduled(world, TODAY, None).moment is None


LONDON, LISBON, BERLIN = "Europe/London", "Europe/Lisbon", "Europe/Berlin"


def test_the_zone_is_named_where_the_partner_s_clock_shows_another_hour(world: World) -> None:
    pair = a_pair(world, ana=LONDON, ben=BERLIN)
    assert scheduled(world, THURSDAY, THREE).moment == Moment(at(15), LONDON, True)
    assert scheduled(world, THURSDAY, THREE, BEN).moment == Moment(at(14), BERLIN, True)
    zone = world.look(lambda session: scheduling.zone_to_name(session, pair, "UBEN", THURSDAY))
    assert zone == BERLIN


def at(hour: int) -> datetime:
    return datetime(2026, 1, 29, hour, tzinfo=UTC)


def test_two_zones_with_the_same_hour_are_one_clock(world: World) -> None:
    pair = a_pair(world, ana=LISBON, ben=LONDON)
    assert scheduled(world, THURSDAY, THREE).moment == Moment(at(15), LISBON, False)
    assert world.look(lambda session: scheduling.zone_to_name(session, pair, "UANA", THURSDAY)) == ""


def test_an_hour_that_the_clocks_skip_is_the_next_there_is(world: World) -> None:
    a_pair(world)
    shown = scheduled(world, date(2026, 3, 29), time(1, 30))
    assert shown.moment == Moment(datetime(2026, 3, 29, 1, tzinfo=UTC), LONDON, False)


def test_who_looks_reads_the_hour_and_the_partner_nothing(world: World) -> None:
    a_pair(world)
    scheduled(world, THURSDAY, THREE)
    mine, theirs = (
        world.look(lambda session, who=who: standing.standing(session, who, now=world.now)).pairs[0]  # type: ignore[misc]
        for who in (ANA, BEN)
    )
    assert (mine.diary, mine.moment) == (THURSDAY, Moment(at(15), LONDON, False))
    assert (theirs.diary, theirs.moment) == (None, None)


def met(world: World, on: date | None = None) -> CheckInAnswered:
    with world.writing() as session:
        pair = checking_in.my_pair(session, ANA)
        return checking_in.answer(session, ANA, pair, Answer(CheckInState.MET, on=on), now=world.now)


def seen(world: World, who: Actor = ANA) -> PairStanding:
    return world.look(lambda session: standing.standing(session, who, now=world.now)).pairs[0]


@pytest.mark.parametrize(("planned", "again"), [(THURSDAY, date(2026, 2, 10)), (date(2026, 2, 20), date(2026, 2, 21))])
def test_who_met_before_the_day_in_the_diary_keeps_it_and_reads_so(world: World, planned: date, again: date) -> None:
    """People meet in between; nobody is asked before the meeting they have planned is over."""
    a_pair(world)
    scheduled(world, planned, THREE)
    shown = met(world.later(hours=1))
    assert (shown.on_date, shown.diary) == (TODAY, planned)
    assert f"{diary_words(planned, shown.moment)} stays in the diary" in messages.render(shown).text
    assert (seen(world).diary, seen(world).moment) == (planned, shown.moment)
    assert world.row(Pair).ask_from == start_of_day(again, LONDON)


def test_a_meeting_that_took_the_place_of_the_planned_one_takes_it_out(world: World) -> None:
    a_pair(world)
    scheduled(world, date(2026, 2, 20), THREE)
    shown = world.do(checking_in.take_out, ANA, met(world.later(hours=1)).check_in_id)
    assert (shown.diary, shown.moment, shown.ask_again) == (None, None, date(2026, 2, 10))
    assert "stays in the diary" not in messages.render(shown).text
    assert seen(world).diary is None
    assert world.row(Pair).ask_from == start_of_day(date(2026, 2, 10), LONDON)
    assert world.do(checking_in.take_out, ANA, shown.check_in_id) == shown, "pressed twice it is out all the same"


def test_what_was_planned_for_the_day_of_the_meeting_or_is_over_is_not_kept(world: World) -> None:
    a_pair(world)
    scheduled(world, TODAY, None)
    assert met(world.later(hours=1)).diary is None
    scheduled(world, THURSDAY, None)
    assert met(world.later(days=4), on=TODAY).diary is None
    assert seen(world).diary is None


def test_of_a_day_that_is_kept_the_next_question_asks_how_it_went(world: World) -> None:
    a_pair(world)
    scheduled(world, date(2026, 2, 5), THREE)
    met(world.later(hours=1))
    world.later(weeks=2).do(nudging.ask_due)
    asked = world.said("check_in_question", "user:UANA")[-1].notice
    assert isinstance(asked, CheckInQuestion)
    assert asked.diary == date(2026, 2, 5)
    assert "You and Ben had Thursday 5 February at 15:00 in the diary" in messages.render(asked).text


def test_another_answer_takes_the_place_of_what_was_planned(world: World) -> None:
    a_pair(world)
    scheduled(world, THURSDAY, None)
    with world.writing() as session:
        pair = checking_in.my_pair(session, ANA)
        checking_in.answer(session, ANA, pair, Answer(CheckInState.NOT_YET), now=world.later(hours=1).now)
    assert met(world.later(hours=1)).diary is None
