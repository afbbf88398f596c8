"""What a pair agrees on: written by one, seen by all of them, and by nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.content import agreement as words
from bot.domain.agreements import CARRIED_ON, STILL_GOOD, Agreement, MeetingPlace, marks
from bot.domain.checkins import Answer, CheckInState
from bot.domain.notices import Agreed, AgreementDue, AgreementOffer, CheckInAnswered, CheckInQuestion
from bot.domain.pairs import PairStatus
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow, WrongForm
from bot.services import agreeing, checking_in, heartbeat, standing, striving
from bot.services.agreeing import ChangedMeanwhile, Saved, Written
from bot.views.models import AgreementShown
from storage import pairs
from storage.tables import OutboxRow, OutboxStatus, Pair, PairAgreement, PairGoal
from tests.builders import MONDAY, ORGANIZER, TEAM, World
from tests.services.test_striving import at_once

ANA, BEN, CHLOE = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN"), Actor(TEAM, "UCHLOE")
REVIEW = date(2026, 2, 23)
TERMS = Agreement(("a talk",), "Every two weeks", 45, MeetingPlace.VIDEO, words.CONFIDENTIAL_USUALLY, "", REVIEW)
FIRST_QUESTION = datetime(2026, 1, 27, 10, tzinfo=UTC)


@pytest.fixture
def paired(either_world: World) -> World:
    either_world.people("UANA", "UBEN", "UCHLOE")
    either_world.pair("UANA", "UBEN")
    return either_world


def shown(world: World, actor: Actor = ANA, pair: Pair | None = None) -> AgreementShown:
    pair_id = (pair or world.row(Pair, status=PairStatus.ACTIVE)).id
    return world.look(lambda session: agreeing.agreement_of(session, actor, pair_id, now=world.now))


def save(world: World, typed: Agreement, actor: Actor = ANA, opened: AgreementShown | None = None) -> Saved:
    opened = opened or shown(world, actor)
    return world.do(agreeing.save, actor, opened.pair_id, Written(typed, marks(opened.agreement)))


def said(world: World) -> list[Agreed]:
    return [one.notice for one in world.said("agreed") if isinstance(one.notice, Agreed)]


def goals_of(world: World) -> list[str]:
    return [goal.text for goal in world.rows(PairGoal, dropped_at=None)]


def test_it_begins_with_the_usual_words_and_halfway(paired: World) -> None:
    suggested = shown(paired)
    assert not suggested.exists
    assert suggested.agreement == Agreement((), "Every two weeks", 45, None, words.CONFIDENTIAL_USUALLY, "", REVIEW)


def test_saving_it_is_one_message_to_the_pair_and_both_see_it(paired: World) -> None:
    assert save(paired, TERMS) is Saved.FIRST
    (told,) = paired.said("agreed")
    pair = paired.row(Pair)
    assert (told.to, told.due_at, told.replaces) == (f"pair:{pair.id}", MONDAY, None)
    assert told.notice == Agreed("Peer mentoring", pair.id, ("Ana", "Ben"), TERMS, by="Ana")
    assert shown(paired, BEN).agreement == TERMS
    for actor in (ANA, BEN):
        here = paired.do(standing.standing, actor)
        assert here.pairs[0].agreement == TERMS


def test_its_goals_are_the_pair_s_own(paired: World) -> None:
    pair = paired.row(Pair)
    goal = paired.do(striving.add, BEN, pair.id, "learn SQL", ["read"])
    assert shown(paired).agreement.goals == ("learn SQL",)
    save(paired, replace(TERMS, goals=("learn SQL well", "a talk")))
    kept = paired.rows(PairGoal)[0]
    assert (kept.id, kept.text, kept.version) == (goal.id, "learn SQL well", 2)
    assert goals_of(paired) == ["learn SQL well", "a talk"]


def test_a_change_is_said_in_place_and_says_what_and_who(paired: World) -> None:
    save(paired, TERMS)
    paired.sent()
    assert save(paired.later(hours=13), replace(TERMS, minutes=30, off_limits="salaries"), BEN) is Saved.CHANGED
    first, change = paired.said("agreed")
    assert (change.replaces, change.due_at) == (first.key, paired.now), "an update disturbs nobody, at night too"
    assert isinstance(change.notice, Agreed)
    assert (change.notice.by, change.notice.changed) == ("Ben", ("minutes", "off_limits"))


def test_what_waits_for_the_morning_is_not_said_at_night_because_it_changed(paired: World) -> None:
    save(paired.later(hours=13), TERMS)
    save(paired, replace(TERMS, minutes=30), BEN)
    assert {one.due_at for one in paired.said("agreed")} == {MONDAY + timedelta(days=1)}


def test_saving_what_stands_says_nothing(paired: World) -> None:
    save(paired, TERMS)
    assert save(paired, TERMS, BEN) is Saved.UNCHANGED
    assert len(said(paired)) == 1


def test_a_goal_that_moves_elsewhere_moves_in_the_message(paired: World) -> None:
    save(paired, TERMS)
    goal = paired.row(PairGoal)
    paired.do(striving.finish, BEN, goal.id)
    assert (said(paired)[-1].agreement.goals, said(paired)[-1].reached) == ((), ("a talk",))
    paired.do(striving.reopen, BEN, goal.id)
    paired.do(striving.change, BEN, goal.id, striving.Change("a long talk", 1))
    assert said(paired)[-1].agreement.goals == ("a long talk",)
    paired.do(striving.add, ANA, goal.pair_id, "learn SQL")
    paired.do(striving.drop, ANA, goal.id)
    assert said(paired)[-1].agreement.goals == ("learn SQL",)
    assert [one.by for one in said(paired)] == ["Ana", "Ben", "Ben", "Ben", "Ana", "Ana"]


def test_a_goal_without_an_agreement_says_nothing_to_the_group(paired: World) -> None:
    paired.do(striving.add, ANA, paired.row(Pair).id, "learn SQL")
    assert said(paired) == []


# Two at once


def test_two_who_change_different_parts_at_once_lose_nothing(paired: World) -> None:
    save(paired, TERMS)
    opened = shown(paired)
    save(paired, replace(TERMS, minutes=30), BEN)
    assert save(paired, replace(TERMS, off_limits="salaries"), ANA, opened) is Saved.CHANGED
    assert shown(paired).agreement == replace(TERMS, minutes=30, off_limits="salaries")


def test_two_who_begin_at_once_the_second_sees_what_the_first_saved_and_keeps_their_words(paired: World) -> None:
    opened = shown(paired)
    save(paired, TERMS)
    mine = replace(TERMS, goals=("learn SQL",), meets="Mondays", place=None)
    with pytest.raises(ChangedMeanwhile) as changed:
        save(paired, mine, BEN, opened)
    assert changed.value.clashes == ("goals",), "what Ana left as it was suggested is Ben's to say"
    assert (changed.value.mine.goals, changed.value.theirs.goals) == (("learn SQL",), ("a talk",))
    assert goals_of(paired) == ["a talk"], "nothing is kept before the second has seen it"
    assert save(paired, changed.value.mine, BEN) is Saved.CHANGED
    assert goals_of(paired) == ["learn SQL"]


def test_a_goal_added_meanwhile_is_not_overwritten_unseen(paired: World) -> None:
    opened = shown(paired)
    paired.do(striving.add, BEN, opened.pair_id, "learn SQL")
    with pytest.raises(ChangedMeanwhile):
        save(paired, TERMS, ANA, opened)
    assert not paired.rows(PairAgreement)


def test_of_two_who_begin_in_the_same_moment_one_does_and_the_other_sees_it(paired: World) -> None:
    opened = shown(paired)
    others = replace(TERMS, goals=("learn SQL",), off_limits="salaries")
    outcomes = at_once(lambda: save(paired, TERMS, ANA, opened), lambda: save(paired, others, BEN, opened))
    (lost,) = [one for one in outcomes if isinstance(one, ChangedMeanwhile)]
    assert Saved.FIRST in outcomes
    assert lost.clashes[0] == "goals"
    assert {*lost.mine.goals, *lost.theirs.goals} == {"a talk", "learn SQL"}
    assert (len(paired.rows(PairAgreement)), len(said(paired))) == (1, 1)


def test_of_two_who_change_it_in_the_same_moment_both_are_kept(paired: World) -> None:
    save(paired, TERMS)
    opened = shown(paired)
    changes = (replace(TERMS, minutes=30), replace(TERMS, off_limits="salaries"))
    outcomes = at_once(lambda: save(paired, changes[0], ANA, opened), lambda: save(paired, changes[1], BEN, opened))
    assert outcomes == [Saved.CHANGED] * 2
    assert shown(paired).agreement == replace(TERMS, minutes=30, off_limits="salaries")


# What does not fit


@pytest.mark.parametrize(
    ("part", "wrong", "sentence"),
    [
        ("goals", (), "Write at least one goal"),
        ("goals", tuple("abcdef"), "yours has 6"),
        ("goals", ("x" * 10_000,), "200 characters; one of yours has 10,000"),
        ("meets", "x" * 10_000, "150 characters; yours has 10,000"),
        ("minutes", None, "between 5 and 480"),
        ("confidential", "", "stays between you"),
        ("off_limits", "x" * 10_000, "500 characters; yours has 10,000"),
        ("review_on", MONDAY.date(), "has come already"),
        ("review_on", date(2026, 4, 7), "ends on Monday 6 April"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_kept(
    paired: World, part: str, wrong: Any, sentence: str
) -> None:
    with pytest.raises(WrongForm) as refused:
        save(paired, replace(TERMS, **{part: wrong}))
    assert list(refused.value.errors) == [part]
    assert sentence in refused.value.errors[part]
    assert (paired.rows(PairAgreement), paired.rows(PairGoal), said(paired)) == ([], [], [])


def test_leaving_out_a_line_lets_no_goal_go(paired: World) -> None:
    save(paired, replace(TERMS, goals=("a talk", "learn SQL")))
    with pytest.raises(WrongForm, match="“learn SQL” is on your list"):
        save(paired, TERMS)
    assert goals_of(paired) == ["a talk", "learn SQL"]


def test_only_partners_see_it_and_only_while_they_are(paired: World) -> None:
    save(paired, TERMS)
    pair = paired.row(Pair)
    for stranger in (CHLOE, Actor(TEAM, ORGANIZER)):
        with pytest.raises(NotAllowed):
            shown(paired, stranger, pair)
        with pytest.raises(NotAllowed):
            paired.do(agreeing.save, stranger, pair.id, Written(TERMS, {}))
        with pytest.raises(NotAllowed):
            paired.do(agreeing.still_good, stranger, pair.id)
    paired.do(checking_in.not_a_fit, BEN, pair.id)
    with pytest.raises(NotPossibleNow):
        shown(paired, ANA, pair)


def test_no_organizer_s_page_holds_a_word_of_it(paired: World) -> None:
    secret = replace(TERMS, goals=("secret goal",), off_limits="secret limit", meets="secretly")
    save(paired, secret)
    olga = Actor(TEAM, ORGANIZER)
    here = paired.look(lambda session: standing.standing(session, olga, now=paired.now))
    assert "secret" not in str(here)
    assert [one for one in paired.said() if one.to == f"user:{ORGANIZER}"] == []


# Its end, and going on as two


def test_when_the_pair_ends_it_loses_its_button(paired: World) -> None:
    save(paired, TERMS)
    paired.sent()
    paired.do(checking_in.not_a_fit, BEN, paired.row(Pair).id)
    assert said(paired)[-1].closed
    assert paired.said("agreed")[-1].replaces == paired.said("agreed")[0].key


def test_what_was_not_said_yet_is_not_said_once_the_pair_has_ended(paired: World) -> None:
    save(paired.later(hours=13), TERMS)
    paired.do(checking_in.not_a_fit, BEN, paired.row(Pair).id)
    assert [one.status for one in paired.said("agreed")] == ["dropped"]


def test_two_of_three_go_on_with_what_they_agreed_on(world: World) -> None:
    world.people("UANA", "UBEN", "UCHLOE")
    trio = world.pair("UANA", "UBEN", "UCHLOE")
    save(world, TERMS, CHLOE)
    world.sent()
    assert [shown(world, who, trio).agreement for who in (ANA, BEN, CHLOE)] == [TERMS] * 3
    world.do(checking_in.not_a_fit, CHLOE, trio.id)
    going_on = world.row(Pair, status=PairStatus.ACTIVE)
    assert shown(world, ANA).agreement == TERMS
    there = [one for one in world.said("agreed") if one.to == f"pair:{going_on.id}"]
    assert [one.notice for one in there] == [
        Agreed("Peer mentoring", going_on.id, ("Ana", "Ben"), TERMS, changed=(CARRIED_ON,))
    ], "nobody who left is named"
    introduction = world.said("introduction", f"pair:{going_on.id}")[0]
    assert (there[0].due_at, there[0].replaces) == (introduction.due_at, None)
    (closed,) = [one for one in said(world) if one.closed]
    assert closed.pair_id == trio.id


# When it is offered


def tick(world: World, moment: datetime) -> CheckInQuestion:
    world.at(moment).do(heartbeat.tick)
    world.sent()
    last = world.said("check_in_question", "user:UANA")[-1].notice
    assert isinstance(last, CheckInQuestion)
    return last


def answer(world: World, actor: Actor, state: CheckInState) -> CheckInAnswered:
    with world.writing() as session:
        (pair,) = pairs.active_pairs_of(session, TEAM, actor.user_id)
        return checking_in.answer(session, actor, pair, Answer(state), now=world.now)


def test_it_is_offered_after_the_first_meeting_to_each_and_no_more_once_it_is_there(paired: World) -> None:
    pair = paired.at(FIRST_QUESTION).row(Pair)
    assert answer(paired, ANA, CheckInState.MET).extras == (AgreementOffer(pair.id),)
    assert answer(paired, BEN, CheckInState.MET).extras == (AgreementOffer(pair.id),)
    paired.later(weeks=2)
    assert answer(paired, ANA, CheckInState.MET).extras == (), "that was the second meeting"


def test_it_is_not_offered_where_there_is_one(paired: World) -> None:
    save(paired, TERMS)
    paired.at(FIRST_QUESTION)
    assert answer(paired, ANA, CheckInState.MET).extras == ()


def due(question: CheckInQuestion) -> bool:
    return any(isinstance(extra, AgreementDue) for extra in question.extras)


def test_on_its_day_the_weekly_message_brings_it_up_once(paired: World) -> None:
    save(paired, TERMS)
    seen = []
    for week in range(8):
        question = tick(paired, FIRST_QUESTION + timedelta(weeks=week))
        seen.append(due(question))
        answer(paired, ANA, CheckInState.NOT_YET)
    assert seen == [False, False, False, False, True, False, False, False], "Tuesday 24 February"
    assert len(paired.rows(OutboxRow, to=f"pair:{paired.row(Pair).id}")) == 2, "no message of its own"


@pytest.mark.parametrize("settle", ["still good", "saved as it was", "saved otherwise"])
def test_looking_at_it_settles_it_for_both(paired: World, settle: str) -> None:
    save(paired, TERMS)
    paired.at(datetime(2026, 2, 23, 12, tzinfo=UTC))
    assert shown(paired).is_due
    if settle == "still good":
        paired.do(agreeing.still_good, ANA, paired.row(Pair).id)
    else:
        typed = replace(TERMS, review_on=None, minutes=30 if settle == "saved otherwise" else 45)
        assert save(paired, typed) is Saved.CHANGED
    assert said(paired)[-1].changed == (("minutes",) if settle == "saved otherwise" else (STILL_GOOD,))
    assert not shown(paired, BEN).is_due
    assert not due(tick(paired, datetime(2026, 2, 24, 10, tzinfo=UTC)))


@pytest.mark.parametrize("settle", ["still good", "another day"])
def test_a_question_that_stands_brings_it_up_no_more_once_a_partner_has_looked(paired: World, settle: str) -> None:
    """The button goes from where it stands, at both, and from what is still to be sent."""
    save(paired, TERMS)
    assert due(tick(paired, datetime(2026, 2, 24, 10, tzinfo=UTC)))
    paired.change(paired.row(OutboxRow, key="weekly:UBEN:2026-W09"), status=OutboxStatus.PENDING, sent_at=None)
    if settle == "still good":
        paired.do(agreeing.still_good, BEN, paired.row(Pair).id)
    else:
        assert save(paired, replace(TERMS, review_on=date(2026, 3, 9)), BEN) is Saved.CHANGED
    (changed,) = [one for one in paired.said("check_in_question", "user:UANA") if one.replaces]
    assert isinstance(changed.notice, CheckInQuestion)
    assert (changed.replaces, due(changed.notice)) == ("weekly:UANA:2026-W09", False)
    theirs = paired.said("check_in_question", "user:UBEN")[-1]
    assert isinstance(theirs.notice, CheckInQuestion)
    assert (theirs.replaces, due(theirs.notice)) == (None, False)


def test_another_day_brings_it_up_on_that_day(paired: World) -> None:
    save(paired, TERMS)
    assert due(tick(paired, datetime(2026, 2, 24, 10, tzinfo=UTC)))
    answer(paired, ANA, CheckInState.NOT_YET)
    save(paired, replace(TERMS, review_on=date(2026, 3, 9)))
    assert not due(tick(paired, datetime(2026, 3, 3, 10, tzinfo=UTC)))
    answer(paired, ANA, CheckInState.NOT_YET)
    assert due(tick(paired, datetime(2026, 3, 10, 10, tzinfo=UTC)))
