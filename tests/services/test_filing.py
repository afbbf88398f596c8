"""A calendar file, for who pressed for it."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.checkins import Answer, CheckInState
from bot.domain.notices import CalendarFile, Lane, Policy, lane, policy
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import arranging, checking_in, filing
from storage.tables import CheckIn, Pair
from tests.builders import TEAM, World
from tests.services.test_arranging import ANA, BEN, TUESDAY, answered, asked, offered

THURSDAY = date(2026, 1, 29)


def in_the_diary(world: World) -> int:
    asked(world)
    return answered(world, BEN, Answer(CheckInState.SCHEDULED, on=THURSDAY))


def test_a_day_in_the_diary_is_a_file_for_its_author_at_once(world: World) -> None:
    kept = in_the_diary(world)
    world.at(datetime(2026, 1, 27, 21, tzinfo=UTC)).do(filing.of_answer, BEN, kept)
    (sent,) = world.said("calendar_file")
    assert (sent.to, sent.due_at) == ("user:UBEN", world.now), "they pressed for it, at whatever hour"
    pair = world.row(Pair)
    assert sent.notice == CalendarFile(
        uid=f"mentor-{TEAM}-{pair.id}-20260129",
        program="Peer mentoring",
        names=("Ana", "Ben"),
        partners=("Ana",),
        on=THURSDAY,
        start=None,
        minutes=45,
        timezone="Europe/London",
        made_at=world.now,
    )
    assert (lane(sent.notice), policy(sent.notice)) == (Lane.ANSWER, Policy.AGAIN)


def test_a_time_that_was_chosen_is_in_the_file_of_both(world: World) -> None:
    kept = asked(world)
    start = offered(world, kept)[1]
    world.do(arranging.propose, ANA, kept, start)
    mine = world.rows(CheckIn, user_id="UANA")[-1]
    assert mine.starts_at == start
    world.do(filing.of_answer, ANA, mine.id)
    world.do(filing.of_proposal, BEN, mine.pair_id, start)
    files = [one.notice for one in world.said("calendar_file") if isinstance(one.notice, CalendarFile)]
    assert [(file.start, file.partners) for file in files] == [(start, ("Ben",)), (start, ("Ana",))]
    assert len({file.uid for file in files}) == 1


def test_pressed_twice_it_is_sent_once_and_again_when_asked_later(world: World) -> None:
    kept = in_the_diary(world)
    for _ in range(2):
        world.do(filing.of_answer, BEN, kept)
    assert len(world.said("calendar_file")) == 1
    world.later(minutes=2).do(filing.of_answer, BEN, kept)
    assert len(world.said("calendar_file")) == 2


def test_nobody_gets_the_file_of_what_is_not_theirs(world: World) -> None:
    kept = in_the_diary(world)
    chloe = world.person("UCHLOE")
    for stranger in (ANA, chloe):
        with pytest.raises(NotAllowed):
            world.do(filing.of_answer, stranger, kept)
    with pytest.raises(NotAllowed):
        world.do(filing.of_proposal, chloe, world.row(Pair).id, TUESDAY)
    assert world.said("calendar_file") == []


def test_there_is_no_file_of_what_was_never_in_a_diary(world: World) -> None:
    kept = asked(world)
    with pytest.raises(NotPossibleNow):
        world.do(filing.of_answer, ANA, kept)
    with pytest.raises(NotPossibleNow):
        world.do(filing.of_proposal, ANA, world.row(Pair).id, TUESDAY)


def test_once_the_pair_has_ended_there_is_no_file(world: World) -> None:
    kept = in_the_diary(world)
    world.do(checking_in.not_a_fit, ANA, world.row(Pair).id)
    with pytest.raises(NotPossibleNow):
        world.do(filing.of_answer, BEN, kept)
