"""One reading of where a person stands, and of a program for its organizer: whether, never what."""

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import Celebration, EnrollmentStatus
from bot.domain.people import Actor, Those
from bot.services import checking_in, enrolling, heartbeat, nudging, thanking
from bot.services.standing import roster, standing
from bot.views.answers import next_step
from bot.views.kit import day_words
from bot.views.models import Standing
from bot.views.steering import answered_words
from storage.tables import Kudos, Program
from tests.builders import MONDAY, ORGANIZER, TEAM, World

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")


def stands(world: World, user_id: str) -> Standing:
    return world.look(lambda session: standing(session, Actor(TEAM, user_id), now=world.now))


def answer(world: World, actor: Actor, given: Answer) -> None:
    with world.writing() as session:
        checking_in.answer(session, actor, checking_in.my_pair(session, actor), given, now=world.now)


def test_a_stranger_a_member_and_someone_who_may_not_join(world: World) -> None:
    world.person("UNEW", "Nuria Costa", enrolled=False)
    world.person("UGUEST", may_join=False, enrolled=False)
    world.person("UANA")
    assert (stands(world, "UNEW").first_name, stands(world, "UNEW").status) == ("Nuria", None)
    assert stands(world, "UNEW").program == "Peer mentoring"
    assert stands(world, "UANA").status is EnrollmentStatus.ACTIVE
    assert not stands(world, "UGUEST").may_join
    assert not stands(world, "UNOBODY").may_join


def test_a_pair_is_shown_with_its_meetings_and_what_to_try_next(either_world: World) -> None:
    world = either_world
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    world.later(days=1)
    answer(world, ANA, Answer(CheckInState.MET, next_try="ask before advising", note="only for me"))
    answer(world, BEN, Answer(CheckInState.MET))
    (seen,) = stands(world, "UBEN").pairs
    assert (seen.partners, seen.meetings, seen.next_try) == (("Ana",), 1, "ask before advising")
    assert seen.why == ("you two are new.",)
    assert "only for me" not in repr(stands(world, "UBEN"))


def test_what_comes_no_sooner_than_a_weekend_comes_no_sooner_than_monday(world: World) -> None:
    """Nobody is written to on a Saturday, so none is named."""
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    with world.writing() as session:
        pair = checking_in.my_pair(session, ANA)
        friday = Answer(CheckInState.SCHEDULED, on=date(2026, 1, 16))
        told = checking_in.answer(session, ANA, pair, friday, now=world.now)
    assert told.ask_again == date(2026, 1, 19)
    assert "I will not ask before Monday 19 January" in answered_words(told)
    assert "before Saturday" not in next_step(stands(world, "UANA"))
    asks_from = stands(world, "UANA").pairs[0].asks_from
    assert asks_from is not None
    assert asks_from.weekday() < 5


def test_a_day_that_has_come_is_no_day_before_which_nothing_is_asked(world: World) -> None:
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    asks_from = stands(world, "UANA").pairs[0].asks_from
    assert asks_from is not None
    assert next_step(stands(world, "UANA")).endswith(f"before {day_words(asks_from)}.")
    world.at(datetime.combine(asks_from, time(9), UTC))
    assert next_step(stands(world, "UANA")).endswith("Next step: meet, or tell me how it stands.")


def test_the_diary_is_the_author_s_own_word_and_only_while_it_is_ahead(world: World) -> None:
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    friday = date(2026, 1, 16)
    answer(world, ANA, Answer(CheckInState.SCHEDULED, on=friday))
    assert stands(world, "UANA").pairs[0].diary == friday
    assert stands(world, "UBEN").pairs[0].diary is None
    world.later(days=5)
    assert stands(world, "UANA").pairs[0].diary is None


def test_a_partner_s_break_is_plain_to_who_looks_until_it_ends_by_itself(either_world: World) -> None:
    world = either_world
    world.people("UANA", "UBEN", "UCHLOE")
    world.pair("UANA", "UBEN", "UCHLOE")
    world.do(enrolling.pause, BEN, date(2026, 1, 20))
    world.do(enrolling.pause, Actor(TEAM, "UCHLOE"), date(2026, 1, 16))
    assert stands(world, "UANA").pairs[0].away == ("Ben", date(2026, 1, 20)), "the last to return"
    assert stands(world, "UBEN").pairs[0].away == ("Chloe", date(2026, 1, 16))
    world.at(MONDAY + timedelta(days=8, hours=6)).do(heartbeat.tick)
    assert stands(world, "UANA").pairs[0].away is None


def test_a_later_answer_takes_the_diary_s_place(world: World) -> None:
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    answer(world, ANA, Answer(CheckInState.SCHEDULED, on=date(2026, 1, 16)))
    world.later(hours=1)
    answer(world, ANA, Answer(CheckInState.NOT_YET))
    assert stands(world, "UANA").pairs[0].diary is None


def test_the_last_five_thanks_are_the_receiver_s_to_read_whatever_the_channel_hears(world: World) -> None:
    world.person("UANA")
    world.person("UBEN", celebration=Celebration.PRIVATE)
    for number in range(7):
        world.later(hours=1).do(thanking.thank, ANA, ["UBEN"], f"help {number}")
    assert [thanks.why for thanks in stands(world, "UBEN").thanks] == [f"help {number}" for number in (6, 5, 4, 3, 2)]
    assert {thanks.giver for thanks in stands(world, "UBEN").thanks} == {"Ana"}
    assert len(world.rows(Kudos)) == 7


def test_only_organizers_see_the_program_s_health(world: World) -> None:
    world.people("UANA", "UBEN", "UCHLOE", "UDEV")
    world.pair("UANA", "UBEN")
    world.do(enrolling.pause, Actor(TEAM, "UDEV"), date(2026, 2, 1))
    assert stands(world, "UANA").organizer is None
    health = stands(world, ORGANIZER).organizer
    assert health is not None
    assert (health.enrolled, health.paired, health.waiting, health.paused) == (4, 1, 1, 1)
    assert (health.quiet, health.blocked) == ((), None)


def test_a_pair_is_quiet_four_weeks_after_the_first_unanswered_question(world: World) -> None:
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    asked = MONDAY + timedelta(days=15, hours=1)
    world.at(asked).do(heartbeat.tick)

    def quiet(days: int) -> object:
        health = stands(world.at(asked + timedelta(days=days)), ORGANIZER).organizer
        return health and health.quiet

    assert quiet(27) == ()
    assert quiet(28) == (("Ana", "Ben"),)
    answer(world, BEN, Answer(CheckInState.NOT_YET))
    assert quiet(29) == ()


def test_what_keeps_a_release_waiting_is_said(world: World) -> None:
    world.change(world.row(Program), channel_joined=False)
    health = stands(world, ORGANIZER).organizer
    assert health is not None
    assert health.blocked is not None
    assert "/invite @mentor" in health.blocked


def test_the_roster_names_partners_and_breaks_and_nothing_anyone_said(world: World) -> None:
    world.people("UANA", "UBEN", "UCHLOE", "UDEV")
    world.pair("UANA", "UBEN")
    answer(world, ANA, Answer(CheckInState.STUCK, note="a secret"))
    world.do(enrolling.pause, Actor(TEAM, "UDEV"), date(2026, 2, 1))
    world.do(enrolling.leave, Actor(TEAM, "UCHLOE"), world.program_id)
    listed = world.look(lambda session: roster(session, session.get_one(Program, world.program_id), now=world.now))
    assert [(one.name, one.partners, one.paused_until) for one in listed] == [
        ("Ana", ("Ben",), None),
        ("Ben", ("Ana",), None),
        ("Dev", (), date(2026, 2, 1)),
    ]
    assert "secret" not in repr(listed)


def test_an_organizer_looks_only_at_those_without_a_partner_those_away_or_those_who_are_quiet(world: World) -> None:
    *_, eva = world.people("UANA", "UBEN", "UCHLOE", "UDEV", "UEVA")
    world.pair("UANA", "UBEN")
    world.pair("UCHLOE", "UDEV")
    world.do(enrolling.pause, eva, MONDAY.date() + timedelta(weeks=12))
    world.person("UFEMI")
    world.later(days=15, hours=1).do(nudging.ask_due)
    answer(world, Actor(TEAM, "UDEV"), Answer(CheckInState.NOT_YET))

    def named(those: Those | None) -> list[str]:
        program = world.row(Program)
        return [one.name for one in world.look(lambda session: roster(session, program, those, now=world.now))]

    world.later(days=27, hours=23)
    assert named(Those.QUIET) == []
    world.later(hours=1)
    assert named(Those.QUIET) == ["Ana", "Ben"]
    assert named(Those.UNMATCHED) == ["Femi"]
    assert named(Those.PAUSED) == ["Eva"]
    assert named(None) == ["Ana", "Ben", "Chloe", "Dev", "Eva", "Femi"]
