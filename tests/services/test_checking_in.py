"""What an answer to "how does it stand?" does."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.cadence import start_of_day
from bot.domain.checkins import Answer, CheckInState, StuckAudience, StuckReason, ask_again
from bot.domain.notices import CheckInAnswered, StuckShared
from bot.domain.pairs import PairEnding, PairStatus
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow, WrongDay
from bot.services import checking_in, nudging
from storage.tables import CheckIn, Milestone, Nudge, Pair
from tests.builders import ORGANIZER, TEAM, World

TUESDAY = datetime(2026, 1, 27, 10, tzinfo=UTC)
TODAY = TUESDAY.date()
ANA, BEN = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN")


def asked(world: World, *users: str, zone: str = "Europe/London") -> Pair:
    """A pair that has just been asked for the first time."""
    for user in users or ("UANA", "UBEN"):
        world.person(user, timezone=zone)
    pair = world.pair(*(users or ("UANA", "UBEN")))
    world.at(TUESDAY).do(nudging.ask_due)
    return pair


def nudge_of(world: World, user_id: str) -> int:
    return world.row(Nudge, user_id=user_id).id or 0


def say(world: World, actor: Actor, given: Answer) -> None:
    world.do(checking_in.answer_question, actor, nudge_of(world, actor.user_id), given)


def shown_to(world: World, user_id: str) -> list[CheckInAnswered]:
    found = world.said("check_in_answered", f"user:{user_id}")
    return [said.notice for said in found if isinstance(said.notice, CheckInAnswered)]


STATES = [
    (CheckInState.MET, None),
    (CheckInState.MET, TODAY - timedelta(days=5)),
    (CheckInState.SCHEDULED, TODAY + timedelta(days=3)),
    (CheckInState.NOT_YET, None),
    (CheckInState.STUCK, None),
    (CheckInState.KEEP, None),
]


@pytest.mark.parametrize(("state", "on"), STATES)
def test_each_answer_moves_the_next_question_to_its_day(world: World, state: CheckInState, on: date | None) -> None:
    asked(world)
    say(world, ANA, Answer(state, on=on))
    pair = world.row(Pair)
    again = ask_again(state, on, TODAY, cadence_weeks=2)
    assert pair.ask_from == start_of_day(again, "Europe/London")
    assert pair.answered_at == TUESDAY
    working_day = again if again.weekday() < 5 else again + timedelta(days=7 - again.weekday())
    assert [notice.ask_again for notice in shown_to(world, "UANA")] == [working_day], "nothing comes on a Saturday"


def test_an_answer_is_kept_with_everything_that_was_said(either_world: World) -> None:
    world = either_world
    asked(world)
    given = Answer(CheckInState.MET, TODAY, 45, "ask before advising", 4, "it was good")
    say(world, ANA, given)
    kept = world.row(CheckIn)
    assert (kept.user_id, kept.state, kept.on_date, kept.minutes) == ("UANA", CheckInState.MET, TODAY, 45)
    assert (kept.next_try, kept.worth_it, kept.note) == ("ask before advising", 4, "it was good")
    assert world.row(Nudge, user_id="UANA").answered_at == TUESDAY


def test_the_question_becomes_its_answer_in_place_and_the_partner_s_stays_open(world: World) -> None:
    asked(world)
    say(world, ANA, Answer(CheckInState.NOT_YET))
    question = next(said for said in world.said("check_in_question") if said.to == "user:UANA")
    (shown,) = world.said("check_in_answered")
    assert (shown.replaces, shown.to) == (question.key, "user:UANA")
    assert world.row(Nudge, user_id="UBEN").answered_at is None


def test_partners_may_answer_differently_and_each_sees_only_their_own(world: World) -> None:
    asked(world)
    say(world, ANA, Answer(CheckInState.MET))
    world.later(hours=2)
    say(world, BEN, Answer(CheckInState.NOT_YET, note="we did not"))
    assert [notice.state for notice in shown_to(world, "UANA")] == [CheckInState.MET]
    assert [notice.state for notice in shown_to(world, "UBEN")] == [CheckInState.NOT_YET]
    assert world.row(Pair).answered_at == world.now


def test_a_question_is_answered_once(world: World) -> None:
    asked(world)
    say(world, ANA, Answer(CheckInState.NOT_YET))
    with pytest.raises(NotPossibleNow, match="already answered"):
        say(world, ANA, Answer(CheckInState.MET))
    assert len(world.rows(CheckIn)) == 1


def test_a_question_is_its_receiver_s_alone(world: World) -> None:
    asked(world)
    theirs = nudge_of(world, "UBEN")
    for intruder in (ANA, world.person("UEVE")):
        with pytest.raises(NotAllowed, match="Only the partners"):
            world.do(checking_in.answer_question, intruder, theirs, Answer(CheckInState.MET))


@pytest.mark.parametrize("nudge_id", [None, 0, 999])
def test_a_button_that_names_nothing_is_out_of_date(world: World, nudge_id: int | None) -> None:
    asked(world)
    with pytest.raises(NotPossibleNow, match="out of date"):
        world.do(checking_in.answer_question, ANA, nudge_id, Answer(CheckInState.MET))


def test_a_question_of_a_pair_that_has_ended_is_told_so(world: World) -> None:
    pair = asked(world)
    world.do(checking_in.not_a_fit, ANA, pair.id)
    with pytest.raises(NotPossibleNow, match="has ended"):
        say(world, BEN, Answer(CheckInState.MET))


WRONG_DAYS = [
    (CheckInState.MET, TODAY + timedelta(days=1), "has not come yet"),
    (CheckInState.MET, date(2026, 1, 11), "not partners yet"),
    (CheckInState.SCHEDULED, TODAY - timedelta(days=1), "That day is over"),
    (CheckInState.SCHEDULED, TODAY + timedelta(days=93), "three months"),
]


@pytest.mark.parametrize(("state", "on", "sentence"), WRONG_DAYS)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_kept(
    world: World, state: CheckInState, on: date, sentence: str
) -> None:
    asked(world)
    with pytest.raises(WrongDay, match=sentence):
        say(world, ANA, Answer(state, on=on))
    assert world.rows(CheckIn) == []
    assert world.row(Nudge, user_id="UANA").answered_at is None


@pytest.mark.parametrize(
    ("state", "on"),
    [
        (CheckInState.MET, TODAY),
        (CheckInState.MET, date(2026, 1, 12)),
        (CheckInState.SCHEDULED, TODAY),
        (CheckInState.SCHEDULED, TODAY + timedelta(days=92)),
    ],
)
def test_the_first_and_the_last_possible_day_are_taken(world: World, state: CheckInState, on: date) -> None:
    asked(world)
    say(world, ANA, Answer(state, on=on))
    assert world.row(CheckIn).on_date == on


def test_today_is_the_author_s_today(world: World) -> None:
    asked(world, zone="Pacific/Auckland")
    world.at(datetime(2026, 1, 27, 18, tzinfo=UTC))  # the 28th there
    say(world, ANA, Answer(CheckInState.MET))
    assert world.row(CheckIn).on_date == date(2026, 1, 28)


def test_the_first_meeting_is_a_milestone_once(world: World) -> None:
    pair = asked(world)
    say(world, ANA, Answer(CheckInState.MET))
    say(world, BEN, Answer(CheckInState.MET))
    assert [milestone.pair_id for milestone in world.rows(Milestone)] == [pair.id]
    assert len(world.said("milestone_consent_asked")) == 2


def test_wrapping_up_ends_the_pair_well_for_both(world: World) -> None:
    asked(world)
    world.sent()
    say(world, ANA, Answer(CheckInState.WRAP_UP))
    ended = world.row(Pair)
    assert (ended.status, ended.ending, ended.ended_at) == (PairStatus.ENDED, PairEnding.WRAPPED_UP, TUESDAY)
    assert [said.to for said in world.said("pair_closed")] == ["user:UBEN"]
    assert [said.to for said in world.said("question_closed")] == ["user:UBEN"]


def shared_with(organizer: str, reason: StuckReason = StuckReason.FIT, note: str = "") -> Answer:
    """Stuck, and that organizer may know."""
    told = StuckAudience.ORGANIZER
    return Answer(CheckInState.STUCK, note=note, stuck_reason=reason, stuck_audience=told, stuck_to=organizer)


def test_stuck_is_told_to_the_organizer_chosen_and_only_where_the_author_said_so(world: World) -> None:
    asked(world)
    say(world, BEN, Answer(CheckInState.STUCK, stuck_reason=StuckReason.FIT, stuck_audience=StuckAudience.NOBODY))
    assert world.said("stuck_shared") == []
    say(world, ANA, shared_with(ORGANIZER, StuckReason.SERIOUS, "help"))
    (told,) = world.said("stuck_shared")
    assert told.to == f"user:{ORGANIZER}"
    assert told.notice == StuckShared("Peer mentoring", "Ana", StuckReason.SERIOUS, "help")


def test_an_organizer_who_is_the_partner_never_learns_of_it(world: World) -> None:
    asked(world, "UANA", ORGANIZER)
    with pytest.raises(NotAllowed, match="cannot be told"):
        say(world, ANA, shared_with(ORGANIZER))
    assert world.said("stuck_shared") == []
    assert world.rows(CheckIn) == []


def met(world: World) -> int:
    asked(world)
    say(world, ANA, Answer(CheckInState.MET))
    return world.row(CheckIn).id or 0


def test_details_added_later_correct_the_answer_and_its_message(world: World) -> None:
    kept = met(world)
    given = Answer(CheckInState.MET, TODAY - timedelta(days=4), 30, "shorter talks", 5, "good")
    world.later(hours=1).do(checking_in.correct, ANA, kept, given)
    corrected = world.row(CheckIn)
    assert (corrected.on_date, corrected.minutes, corrected.next_try) == (given.on, 30, "shorter talks")
    assert (corrected.worth_it, corrected.note) == (5, "good")
    again = ask_again(CheckInState.MET, given.on, TODAY, cadence_weeks=2)
    assert world.row(Pair).ask_from == start_of_day(again, "Europe/London")
    assert [(notice.minutes, notice.ask_again) for notice in shown_to(world, "UANA")][-1] == (30, again)


def test_only_the_author_corrects_and_only_with_a_day_that_can_be(world: World) -> None:
    kept = met(world)
    with pytest.raises(NotAllowed):
        world.do(checking_in.correct, BEN, kept, Answer(CheckInState.MET, TODAY))
    with pytest.raises(WrongDay):
        world.do(checking_in.correct, ANA, kept, Answer(CheckInState.MET, TODAY + timedelta(days=1)))
    with pytest.raises(NotPossibleNow, match="out of date"):
        world.do(checking_in.correct, ANA, None, Answer(CheckInState.MET, TODAY))


def test_not_yet_can_wait_two_weeks(world: World) -> None:
    asked(world)
    say(world, ANA, Answer(CheckInState.NOT_YET))
    world.later(minutes=1).do(checking_in.ask_in, ANA, world.row(CheckIn).id, 2)
    assert world.row(Pair).ask_from == start_of_day(TODAY + timedelta(weeks=2), "Europe/London")
    assert [notice.ask_again for notice in shown_to(world, "UANA")][-1] == TODAY + timedelta(weeks=2)


@pytest.mark.parametrize("groups", [(), (("UANA", "UBEN"), ("UANA", "UCHLOE"))], ids=["no partner", "two pairs"])
def test_words_without_a_pair_need_exactly_one(world: World, groups: Sequence[Sequence[str]]) -> None:
    world.people("UANA", "UBEN", "UCHLOE")
    for group in groups:
        world.pair(*group)
    with pytest.raises(NotPossibleNow, match="more than one partner" if groups else "no partner"):
        world.look(lambda session: checking_in.my_pair(session, ANA))


def test_someone_else_s_pair_is_not_mine(world: World) -> None:
    world.people("UANA", "UBEN", "UCHLOE")
    theirs = world.pair("UBEN", "UCHLOE")
    with pytest.raises(NotAllowed, match="Only the partners"):
        world.do(checking_in.not_a_fit, ANA, theirs.id)
    with pytest.raises(NotPossibleNow, match="out of date"):
        world.do(checking_in.not_a_fit, ANA, None)


def test_what_one_partner_says_breaks_no_promise_to_the_other(world: World) -> None:
    asked(world)
    say(world, ANA, Answer(CheckInState.SCHEDULED, on=TODAY + timedelta(days=9)))
    promised = world.row(Pair).ask_from
    say(world, BEN, Answer(CheckInState.SCHEDULED, on=TODAY))
    assert world.row(Pair).ask_from == promised
    world.do(lambda session, *, now: checking_in.answer(session, ANA, session.get_one(Pair, 1), MET_TODAY, now=now))
    assert world.row(Pair).ask_from > promised, "one's own new answer takes the place of the old one"


MET_TODAY = Answer(CheckInState.MET, on=TODAY)


def test_who_hears_of_it_is_said_below_the_answer(world: World) -> None:
    asked(world)
    say(world, ANA, shared_with(ORGANIZER))
    say(world, BEN, Answer(CheckInState.STUCK, stuck_reason=StuckReason.FIT, stuck_audience=StuckAudience.NOBODY))
    assert [notice.told for notice in shown_to(world, "UANA")] == ["Olga"]
    assert [notice.told for notice in shown_to(world, "UBEN")] == [""]
