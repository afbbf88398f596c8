"""Joining, a break, returning, leaving, and whom not to be matched with."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.enrollment import Celebration, EnrollmentStatus
from bot.domain.notices import PairClosed, WelcomeBack
from bot.domain.pairs import PairEnding
from bot.domain.people import Actor
from bot.errors import NotPossibleNow
from bot.services import enrolling
from storage import people
from storage.tables import Enrollment, Person, Program
from tests.builders import MONDAY, TEAM, World, profile


def avoided(world: World, user_id: str) -> list[str]:
    return world.look(lambda session: people.avoided_by(session, TEAM, user_id))


def test_joining_keeps_what_the_person_said(either_world: World) -> None:
    world = either_world
    ana = world.person("UANA", enrolled=False)
    world.person("UBEN", enrolled=False)
    said = profile(
        ["SQL"], ["public speaking"], ["UBEN"], goal="a workshop", hours_from=time(8, 30), style={"rhythm": "a"}
    )
    world.do(enrolling.join, ana, world.program_id, said)
    enrollment = world.enrollment("UANA")
    assert (enrollment.offers, enrollment.asks, enrollment.goal) == (["SQL"], ["public speaking"], "a workshop")
    assert (enrollment.hours_from, enrollment.style, enrollment.left_out) == (time(8, 30), {"rhythm": "a"}, 0)
    assert avoided(world, "UANA") == ["UBEN"]
    assert world.said() == []


def test_joining_twice_changes_the_profile_and_nothing_else(world: World) -> None:
    ana = world.person("UANA", enrolled=False)
    for user in ("UBEN", "UCHLOE"):
        world.person(user, enrolled=False)
    world.do(enrolling.join, ana, world.program_id, profile(["SQL"], avoid=["UBEN"]))
    said = profile([], ["design"], ["UCHLOE"], celebration=Celebration.NEVER)
    world.later(days=1).do(enrolling.join, ana, world.program_id, said)
    enrollment = world.enrollment("UANA")
    assert (enrollment.offers, enrollment.asks, enrollment.joined_at) == ([], ["design"], MONDAY)
    assert avoided(world, "UANA") == ["UCHLOE"]
    assert world.row(Person, user_id="UANA").celebration is Celebration.NEVER


def test_nobody_avoids_themselves(world: World) -> None:
    ana = world.person("UANA", enrolled=False)
    world.do(enrolling.join, ana, world.program_id, profile(avoid=["UANA"]))
    assert avoided(world, "UANA") == []
    with pytest.raises(NotPossibleNow, match="yourself"), world.writing() as session:
        enrolling.avoid(session, ana, "UANA")


@pytest.mark.parametrize("facts", [{"may_join": False}, {"is_gone": True}], ids=["a guest or a bot", "someone gone"])
def test_only_full_members_join(world: World, facts: dict[str, Any]) -> None:
    guest = world.person("UGUEST", enrolled=False, **facts)
    with pytest.raises(NotPossibleNow, match="full members"):
        world.do(enrolling.join, guest, world.program_id, profile())
    assert world.rows(Enrollment) == []


def test_a_stranger_to_the_bot_cannot_join_and_no_program_is_invented(world: World) -> None:
    with pytest.raises(NotPossibleNow, match="full members"):
        world.do(enrolling.join, Actor(TEAM, "UNOBODY"), world.program_id, profile())
    ana = world.person("UANA", enrolled=False)
    with pytest.raises(NotPossibleNow, match="no mentoring program"):
        world.do(enrolling.join, ana, 999, profile())


def test_a_program_is_found_by_its_name_in_any_case_and_an_unknown_name_is_shown_safely(world: World) -> None:
    ana = world.person("UANA")
    found = world.look(lambda session: enrolling.choose_program(session, ana, " peer MENTORING "))
    assert isinstance(found, Program)
    with pytest.raises(NotPossibleNow) as refused:
        world.look(lambda session: enrolling.choose_program(session, ana, "<!channel>"))
    assert "&lt;!channel&gt;" in refused.value.user_message


def test_returning_after_leaving_starts_anew(world: World) -> None:
    ana = world.person("UANA")
    world.do(enrolling.leave, ana, world.program_id)
    assert world.status("UANA") is EnrollmentStatus.LEFT
    world.later(days=3).do(enrolling.join, ana, world.program_id, profile())
    assert world.status("UANA") is EnrollmentStatus.ACTIVE
    assert world.enrollment("UANA").joined_at == world.now


def test_leaving_ends_the_pair_with_a_neutral_word_to_the_partner_alone(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    world.do(enrolling.leave, ana, world.program_id)
    assert world.pairs_of() == []
    (told,) = world.said("pair_closed")
    assert told.to == "user:UBEN"
    assert isinstance(told.notice, PairClosed)
    assert (told.notice.partner, told.notice.ending) == ("Ana", PairEnding.LEFT)
    assert (world.enrollment("UBEN").left_out, world.enrollment("UANA").left_out) == (1, 0)


def test_leaving_twice_says_so(world: World) -> None:
    ana = world.person("UANA")
    world.do(enrolling.leave, ana, world.program_id)
    with pytest.raises(NotPossibleNow, match="left that program already"):
        world.do(enrolling.leave, ana, world.program_id)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [(date(2026, 1, 12), "after today"), (date(2026, 1, 1), "after today"), (date(2026, 12, 1), "half a year")],
)
def test_a_pause_ends_in_the_near_future(world: World, until: date, sentence: str) -> None:
    ana = world.person("UANA")
    with pytest.raises(NotPossibleNow, match=sentence):
        world.do(enrolling.pause, ana, until)
    assert world.status("UANA") is EnrollmentStatus.ACTIVE


def test_today_is_where_the_person_is(world: World) -> None:
    ana = world.person("UANA", timezone="Pacific/Auckland")
    world.at(datetime(2026, 1, 12, 18, tzinfo=UTC))  # Tuesday morning in Auckland
    with pytest.raises(NotPossibleNow, match="after today"):
        world.do(enrolling.pause, ana, date(2026, 1, 13))
    world.do(enrolling.pause, ana, date(2026, 1, 14))
    assert world.enrollment("UANA").paused_until == date(2026, 1, 14)


def test_a_pause_ends_by_itself_on_the_local_day_with_a_plain_sign_of_it(either_world: World) -> None:
    world = either_world
    ana = world.person("UANA", timezone="America/New_York")
    world.person("UBEN")
    world.pair("UANA", "UBEN")
    world.do(enrolling.pause, ana, date(2026, 1, 20))
    world.at(datetime(2026, 1, 20, 4, 59, tzinfo=UTC)).do(enrolling.end_pauses)  # still the 19th in New York
    assert world.status("UANA") is EnrollmentStatus.PAUSED
    for _ in range(2):
        world.at(datetime(2026, 1, 20, 5, 0, tzinfo=UTC)).do(enrolling.end_pauses)
    assert world.status("UANA") is EnrollmentStatus.ACTIVE
    (welcome,) = world.said("welcome_back")
    assert isinstance(welcome.notice, WelcomeBack)
    assert (welcome.notice.partners, welcome.to) == (("Ben",), "user:UANA")
    assert welcome.due_at == datetime(2026, 1, 20, 14, tzinfo=UTC)  # nine in the morning there


def test_coming_back_early_needs_a_pause(world: World) -> None:
    ana = world.person("UANA")
    with pytest.raises(NotPossibleNow, match="not paused"), world.writing() as session:
        enrolling.resume(session, ana, now=world.now)
    world.do(enrolling.pause, ana, date(2026, 2, 1))
    with world.writing() as session:
        enrolling.resume(session, ana, now=world.now)
    assert (world.status("UANA"), world.enrollment("UANA").paused_until) == (EnrollmentStatus.ACTIVE, None)
    world.at(MONDAY + timedelta(days=40)).do(enrolling.end_pauses)
    assert world.said("welcome_back") == []


def test_asking_for_another_match_ends_a_pause_and_is_only_for_oneself(world: World) -> None:
    ana, ben = world.people("UANA", "UBEN")
    world.do(enrolling.pause, ana, date(2026, 2, 1))
    mine = world.enrollment("UANA").id or 0
    with pytest.raises(NotPossibleNow, match="out of date"), world.writing() as session:
        enrolling.match_again(session, ben, mine, now=world.now)
    with world.writing() as session:
        enrolling.match_again(session, ana, mine, now=world.now)
    assert world.status("UANA") is EnrollmentStatus.ACTIVE


def test_an_avoid_list_is_kept_once_and_emptied_one_by_one(world: World) -> None:
    ana = world.person("UANA")
    for _ in range(2):
        with world.writing() as session:
            enrolling.avoid(session, ana, "UBEN")
    assert avoided(world, "UANA") == ["UBEN"]
    with world.writing() as session:
        enrolling.stop_avoiding(session, ana, "UBEN")
    with pytest.raises(NotPossibleNow, match="not on your list"), world.writing() as session:
        enrolling.stop_avoiding(session, ana, "UBEN")


def test_the_form_begins_with_what_was_said_before(world: World) -> None:
    ana = world.person("UANA", enrolled=False)
    empty = world.look(lambda session: enrolling.default_profile(session, ana, None))
    assert (empty.offers, empty.celebration, empty.hours_from) == ((), Celebration.ASK, time(9))
    assert (empty.place, empty.weekdays) == ("GB-ENG", (0, 1, 2, 3, 4)), "as usual in London"
    said = profile(["SQL"], ["design"], goal="a workshop", celebration=Celebration.CHANNEL, hours_to=time(16))
    said = replace(said, place="GB-SCT", weekdays=(0, 1, 3))
    world.do(enrolling.join, ana, world.program_id, said)
    enrollment = world.enrollment("UANA")
    assert world.look(lambda session: enrolling.default_profile(session, ana, enrollment)) == said
