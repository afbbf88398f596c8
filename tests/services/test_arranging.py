"""A time that suits a pair: offered to one, sent to all, in the diary of who chose it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cadence import start_of_day
from bot.domain.checkins import Answer, CheckInState, StuckReason
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.notices import CheckInAnswered, TimeProposed
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import arranging, checking_in, nudging, standing
from storage.tables import CheckIn, Nudge, Pair
from tests.builders import TEAM, World

TUESDAY = datetime(2026, 1, 27, 10, tzinfo=UTC)
ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")
NOT_YET = Answer(CheckInState.NOT_YET)


def asked(world: World, *users: str) -> int:
    """A pair that was asked, of whom Ana said "not yet": her answer."""
    world.people(*(users or ("UANA", "UBEN")))
    world.pair(*(users or ("UANA", "UBEN")))
    world.at(TUESDAY).do(nudging.ask_due)
    return answered(world, ANA, NOT_YET)


def answered(world: World, who: Actor, given: Answer) -> int:
    nudge = world.row(Nudge, user_id=who.user_id)
    world.do(checking_in.answer_question, who, nudge.id, given)
    return world.rows(CheckIn, user_id=who.user_id)[-1].id


def offered(world: World, kept: int, who: Actor = ANA) -> tuple[datetime, ...]:
    return world.look(lambda session: arranging.offer(session, who, kept, now=world.now)).times


def test_the_chosen_time_goes_to_the_pair_and_is_in_the_diary_of_who_chose_it(either_world: World) -> None:
    world = either_world
    kept = asked(world)
    start = offered(world, kept)[1]
    world.do(arranging.propose, ANA, kept, start)
    (told,) = world.said("time_proposed")
    pair = world.row(Pair)
    notice = TimeProposed("Peer mentoring", pair.id, ("Ana", "Ben"), "Ana", start, 45, "Europe/London")
    assert (told.notice, told.to, told.due_at, told.expires_at) == (notice, f"pair:{pair.id}", TUESDAY, start)
    assert [a.state for a in world.rows(CheckIn, user_id="UANA")] == [CheckInState.NOT_YET, CheckInState.SCHEDULED]
    assert world.rows(CheckIn, user_id="UBEN") == []
    assert world.row(Nudge, user_id="UBEN").answered_at is None, "the partner's answer stays theirs"


def test_after_a_time_was_chosen_there_is_silence_until_the_day_after(world: World) -> None:
    kept = asked(world)
    start = offered(world, kept)[-1]
    world.do(arranging.propose, ANA, kept, start)
    after = start.date() + timedelta(days=1)
    assert world.row(Pair).ask_from == start_of_day(after, "Europe/London")
    (*_, shown) = world.said("check_in_answered", "user:UANA")
    assert isinstance(shown.notice, CheckInAnswered)
    assert (shown.notice.state, shown.notice.on_date) == (CheckInState.SCHEDULED, start.date())


def test_in_the_diary_on_thursday_means_silence_until_friday(world: World) -> None:
    asked(world)
    answered(world, BEN, Answer(CheckInState.SCHEDULED, on=date(2026, 2, 12)))
    assert world.row(Pair).ask_from == start_of_day(date(2026, 2, 13), "Europe/London")
    world.at(datetime(2026, 2, 10, 10, tzinfo=UTC)).do(nudging.ask_due)
    assert len(world.rows(Nudge)) == 2, "nobody was asked on the Tuesday before"
    world.at(datetime(2026, 2, 17, 10, tzinfo=UTC)).do(nudging.ask_due)
    assert len(world.rows(Nudge)) == 4


def test_a_time_is_proposed_once_whoever_chooses_it(world: World) -> None:
    kept = asked(world)
    theirs = answered(world, BEN, NOT_YET)
    start = offered(world, kept)[0]
    world.do(arranging.propose, ANA, kept, start)
    world.do(arranging.propose, BEN, theirs, start)
    assert len(world.said("time_proposed")) == 1


def test_a_time_that_suits_no_longer_is_not_sent(world: World) -> None:
    kept = asked(world)
    start = offered(world, kept)[0]
    world.change(world.enrollment("UBEN"), status=EnrollmentStatus.PAUSED, paused_until=date(2026, 4, 1))
    with pytest.raises(NotPossibleNow, match="no longer suits"):
        world.do(arranging.propose, ANA, kept, start)
    with pytest.raises(NotPossibleNow, match="no longer suits"):
        world.do(arranging.propose, ANA, kept, start.replace(hour=3))
    assert world.said("time_proposed") == []
    assert offered(world, kept) == (), "someone on a break is offered to nobody"


def test_only_the_author_of_an_answer_finds_times_through_it(world: World) -> None:
    kept = asked(world)
    with pytest.raises(NotAllowed, match="Only the partners"):
        offered(world, kept, BEN)
    with pytest.raises(NotAllowed, match="Only the partners"):
        world.do(arranging.propose, BEN, kept, TUESDAY + timedelta(hours=4))


def test_a_time_waits_for_the_working_hours_of_all_three(world: World) -> None:
    kept = asked(world, "UANA", "UBEN", "UCHLOE")
    start = offered(world, kept)[2]
    world.at(datetime(2026, 1, 27, 20, tzinfo=UTC)).do(arranging.propose, ANA, kept, start)
    (told,) = world.said("time_proposed")
    assert told.due_at == datetime(2026, 1, 28, 9, tzinfo=UTC)


def test_a_time_for_a_pair_that_ended_is_not_sent(world: World) -> None:
    kept = asked(world)
    start = offered(world, kept)[2]
    pair = world.row(Pair)
    world.at(datetime(2026, 1, 27, 20, tzinfo=UTC)).do(arranging.propose, ANA, kept, start)
    world.do(checking_in.not_a_fit, BEN, pair.id)
    (told,) = world.said("time_proposed")
    assert told.status == "dropped"


def test_from_finding_time_hard_to_a_time_nobody_learns_that_it_was(world: World, another_world: World) -> None:
    """What Ben reads is the same, whether Ana said "not yet" or that she is stuck."""
    for each, given in ((world, NOT_YET), (another_world, Answer(CheckInState.STUCK, stuck_reason=StuckReason.TIMING))):
        each.people("UANA", "UBEN")
        each.pair("UANA", "UBEN")
        each.at(TUESDAY).do(nudging.ask_due)
        kept = answered(each, ANA, given)
        each.do(arranging.propose, ANA, kept, offered(each, kept)[0])
    seen = [
        ([(s.notice, s.to) for s in each.said() if s.to != "user:UANA"], of_ben(each))
        for each in (world, another_world)
    ]
    assert seen[0] == seen[1]


def of_ben(world: World) -> tuple[object, object]:
    """What anyone but Ana hears, and where Ben stands."""
    heard = [(said.notice, said.to) for said in world.said() if said.to != "user:UANA"]
    return heard, world.look(lambda session: standing.standing(session, BEN, now=world.now))
