"""How a time together ends well: numbers of one's own, and a certificate for who asks."""

from datetime import date, timedelta
from typing import TypeVar

import pytest

from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import Celebration
from bot.domain.journeys import Journey
from bot.domain.notices import CertificateReady, PairClosed, PairFinished
from bot.domain.pairs import PairEnding
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import checking_in, concluding, heartbeat, parting, striving, teaching, thanking
from storage.tables import OutboxRow, Pair
from tests.builders import TEAM, World

ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")


def say(world: World, actor: Actor, state: CheckInState, minutes: int | None = None) -> None:
    pair = world.row(Pair)
    world.do(checking_in.answer, actor, pair, Answer(state, minutes=minutes))


def walked(world: World) -> Pair:
    """A pair that met twice, reached one of two goals, took two lessons and was thanked."""
    world.people("UANA", "UBEN")
    world.do(thanking.thank, BEN, ["UANA"], "what was before")
    pair = world.later(days=1).pair("UANA", "UBEN")
    say(world.later(days=1), ANA, CheckInState.MET, minutes=40)
    say(world, BEN, CheckInState.MET, minutes=50)
    goal = world.do(striving.add, ANA, pair.id, "run a workshop")
    world.do(striving.add, ANA, pair.id, "write it down")
    world.do(striving.finish, BEN, goal.id)
    for number in (1, 2):
        world.do(teaching.take, ANA, number, {}, None)
    world.do(thanking.thank, BEN, ["UANA"], "the patient code review")
    say(world.later(days=14), ANA, CheckInState.MET)
    return pair


Told = TypeVar("Told", PairFinished, PairClosed)


def told(world: World, kind: type[Told], user: str) -> list[Told]:
    return [one.notice for one in world.said(to=f"user:{user}") if isinstance(one.notice, kind)]


def finished(world: World) -> None:
    world.at(world.now + timedelta(weeks=12))
    while world.do(heartbeat.tick):
        pass


def test_each_hears_what_the_two_did_and_what_is_their_own(either_world: World) -> None:
    world = either_world
    walked(world)
    finished(world)
    (ana,), (ben,) = told(world, PairFinished, "UANA"), told(world, PairFinished, "UBEN")
    assert ana.journey == Journey(meetings=2, minutes=45, goals=1, lessons=2, thanks=1)
    assert ben.journey == Journey(meetings=2, minutes=45, goals=1, lessons=0, thanks=0)


def test_who_wraps_up_and_whose_partner_did_both_hear_what_it_came_to(world: World) -> None:
    walked(world)
    say(world, ANA, CheckInState.WRAP_UP)
    (mine,), (theirs,) = told(world, PairFinished, "UANA"), told(world, PairClosed, "UBEN")
    assert (mine.journey, theirs.journey) == (Journey(2, 45, 1, 2, 1), Journey(2, 45, 1))
    assert theirs.pair_id == world.row(Pair).id


@pytest.mark.parametrize("ending", [PairEnding.NOT_A_FIT, PairEnding.LEFT, PairEnding.GONE])
def test_an_ending_that_is_no_good_end_counts_nothing(world: World, ending: PairEnding) -> None:
    walked(world)
    with world.writing() as session:
        parting.end(session, session.merge(world.row(Pair)), "UANA", ending, now=world.now)
    (theirs,) = told(world, PairClosed, "UBEN")
    assert theirs.journey is None
    assert told(world, PairFinished, "UANA") == []


def test_the_certificate_goes_at_once_to_who_asks_and_to_nobody_else(world: World) -> None:
    pair = walked(world)
    finished(world)
    world.later(hours=14)  # in the middle of the night: they are awake, as they press
    world.do(concluding.ask_for_certificate, ANA, pair.id)
    (said,) = world.said("certificate_ready")
    assert (said.to, said.due_at) == ("user:UANA", world.now)
    assert isinstance(said.notice, CertificateReady)
    assert (said.notice.name, said.notice.workspace, said.notice.journey.meetings) == ("Ana", "Small Works", 2)
    assert (said.notice.began, said.notice.ended) == (date(2026, 1, 13), date(2026, 4, 22))


def test_a_double_click_is_one_certificate_and_later_there_is_another(world: World) -> None:
    pair = walked(world)
    finished(world)
    world.do(concluding.ask_for_certificate, ANA, pair.id)
    with pytest.raises(NotPossibleNow, match="on its way"):
        world.do(concluding.ask_for_certificate, ANA, pair.id)
    world.later(days=30).do(concluding.ask_for_certificate, ANA, pair.id)
    assert len(world.said("certificate_ready")) == 2


def test_a_certificate_takes_no_place_of_what_others_have_to_say_that_day(world: World) -> None:
    pair = walked(world)
    finished(world)
    world.sent()
    world.later(days=8).at(world.now.replace(hour=10)).do(concluding.ask_for_certificate, ANA, pair.id)
    world.do(thanking.thank, BEN, ["UANA"], "one more thing")
    (asked,) = world.rows(OutboxRow, key="kudos:3")
    assert asked.due_at == world.now


def test_only_the_people_of_a_pair_that_ended_well_and_met_have_one(world: World) -> None:
    pair = walked(world)
    with pytest.raises(NotPossibleNow, match="ended well"):
        world.do(concluding.ask_for_certificate, ANA, pair.id)
    with pytest.raises(NotAllowed):
        world.do(concluding.ask_for_certificate, world.person("UEVE"), pair.id)
    for wrong in (None, 999):
        with pytest.raises(NotPossibleNow, match="out of date"):
            world.do(concluding.ask_for_certificate, ANA, wrong)
    world.people("UCHLOE", "UDEV")
    unmet = world.pair("UCHLOE", "UDEV")
    finished(world)
    with pytest.raises(NotPossibleNow, match="at least one meeting"):
        world.do(concluding.ask_for_certificate, Actor(TEAM, "UDEV"), unmet.id)


def test_who_is_never_to_be_celebrated_has_their_own_numbers_all_the_same(world: World) -> None:
    world.person("UANA", celebration=Celebration.NEVER)
    world.person("UBEN")
    world.pair("UANA", "UBEN")
    say(world.later(days=1), ANA, CheckInState.MET)
    finished(world)
    assert [notice.journey for notice in told(world, PairFinished, "UANA")] == [Journey(meetings=1)]
