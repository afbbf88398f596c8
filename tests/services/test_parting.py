"""How pairs end: with no fault, and a neutral word to whoever stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.agreements import marks
from bot.domain.checkins import Answer, CheckInState
from bot.domain.enrollment import EnrollmentStatus
from bot.domain.milestones import MilestoneStatus
from bot.domain.notices import Introduction, PairClosed
from bot.domain.pairs import PairEnding, PairStatus
from bot.services import agreeing, checking_in, enrolling, heartbeat, nudging, parting, remembering
from bot.services.standing import standing
from bot.views.answers import next_step
from storage.tables import Milestone, Nudge, OutboxRow, OutboxStatus, Pair, Person
from tests.builders import MONDAY, TEAM, World, person_facts


def test_not_a_fit_puts_both_first_in_line_and_tells_only_the_other(either_world: World) -> None:
    world = either_world
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.do(checking_in.not_a_fit, ana, pair.id)
    assert world.row(Pair).ending is PairEnding.NOT_A_FIT
    assert (world.enrollment("UANA").left_out, world.enrollment("UBEN").left_out) == (1, 1)
    (told,) = world.said("pair_closed")
    assert told.to == "user:UBEN"
    assert told.notice == PairClosed(
        "Peer mentoring", "Ana", PairEnding.NOT_A_FIT, world.enrollment("UBEN").id or 0, pair.id
    )


def test_who_has_not_heard_yet_that_a_pair_ended_reads_it_where_they_stand(world: World) -> None:
    """The word waits for Ben's morning; until then `/mentor` and Home say so, and nothing of why."""
    ana, ben = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.at(MONDAY.replace(hour=20)).do(checking_in.not_a_fit, ana, pair.id)
    here = world.look(lambda session: standing(session, ben, now=world.now))
    assert next_step(here) == (
        "Hello Ben. Your pairing with Ana has ended, which says nothing about you. "
        "You are in Peer mentoring, and in line for the next match. Nothing to do for now."
    )
    assert world.look(lambda session: standing(session, ana, now=world.now)).ended is None
    world.sent()
    assert world.look(lambda session: standing(session, ben, now=world.now)).ended is None


@pytest.mark.parametrize("ending", [PairEnding.NOT_A_FIT, PairEnding.LEFT, PairEnding.WRAPPED_UP])
def test_when_one_of_three_goes_the_two_go_on_in_a_conversation_of_their_own(world: World, ending: PairEnding) -> None:
    world.people("UANA", "UBEN", "UCHLOE")
    trio = world.pair("UANA", "UBEN", "UCHLOE")
    with world.writing() as session:
        parting.end(session, session.merge(trio), "UANA", ending, now=world.later(weeks=3).now)
    assert world.pairs_of() == [{"UBEN", "UCHLOE"}]
    assert world.pairs_of(ended=True) == [{"UANA", "UBEN", "UCHLOE"}]
    assert world.said("pair_closed") == []
    (_, introduction) = world.said("introduction")
    assert isinstance(introduction.notice, Introduction)
    assert introduction.notice.names == ("Ben", "Chloe")
    assert (introduction.notice.goes_on, introduction.notice.reason) == (True, ()), "no match was kept"
    assert introduction.to != f"pair:{trio.id}"


def test_the_two_who_go_on_are_asked_no_sooner_than_they_would_have_been(world: World) -> None:
    ana, *_ = world.people("UANA", "UBEN", "UCHLOE")
    trio = world.pair("UANA", "UBEN", "UCHLOE")
    world.later(days=1).do(checking_in.not_a_fit, ana, trio.id)
    going_on = world.row(Pair, status=PairStatus.ACTIVE)
    assert going_on.ask_from == trio.ask_from


def test_someone_gone_from_slack_leaves_their_pairs_and_programs(either_world: World) -> None:
    world = either_world
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    gone = person_facts("UANA", "Ana")
    for _ in range(2):
        world.do(remembering.remember, TEAM, type(gone)(**{**vars(gone), "is_gone": True}))
    assert world.row(Pair).ending is PairEnding.GONE
    assert world.status("UANA") is EnrollmentStatus.LEFT
    (told,) = world.said("pair_closed")
    assert (told.to, world.enrollment("UBEN").left_out) == ("user:UBEN", 1)


def test_someone_slack_would_not_deliver_to_is_gone_and_their_partner_hears_of_it_once(world: World) -> None:
    world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    for _ in range(2):
        world.do(remembering.found_gone, TEAM, "UANA")
    assert world.row(Person, user_id="UANA").is_gone
    assert [told.to for told in world.said("pair_closed")] == ["user:UBEN"]


def test_nobody_writes_to_someone_who_is_gone(world: World) -> None:
    _, ben = world.people("UANA", "UBEN")
    world.pair("UANA", "UBEN")
    world.do(enrolling.leave, ben, world.program_id)
    gone = vars(person_facts("UANA", "Ana")) | {"is_gone": True}
    world.do(remembering.remember, TEAM, type(person_facts("U", ""))(**gone))
    assert [said.to for said in world.said("pair_closed")] == ["user:UANA"]


def test_an_introduction_not_yet_sent_is_withdrawn(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.do(checking_in.not_a_fit, ana, pair.id)
    (introduction,) = world.said("introduction")
    assert introduction.status is OutboxStatus.DROPPED


def test_open_questions_lose_their_buttons(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.later(days=15, hours=1).do(nudging.ask_due)
    world.sent()
    world.do(checking_in.not_a_fit, ana, pair.id)
    questions = {said.to: said.key for said in world.said("check_in_question")}
    assert {said.to: said.replaces for said in world.said("question_closed")} == questions
    assert all(nudge.answered_at == world.now for nudge in world.rows(Nudge))
    world.later(weeks=1).do(nudging.ask_due)
    assert len(world.said("check_in_question")) == 2


def test_a_question_that_waits_is_not_asked_once_the_pair_has_ended(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.later(days=15, hours=1).do(nudging.ask_due)
    world.do(checking_in.not_a_fit, ana, pair.id)
    questions = world.said("check_in_question")
    assert len(questions) == 2
    assert {said.status for said in questions} == {OutboxStatus.DROPPED}
    assert world.said("question_closed") == []


@pytest.mark.parametrize("sent", [False, True])
def test_nobody_is_asked_to_celebrate_a_pairing_that_is_over(either_world: World, sent: bool) -> None:
    """The word that it ended comes alone, and what was asked already loses its buttons."""
    world = either_world
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    with world.writing() as session:
        checking_in.answer(session, ana, session.merge(pair), Answer(CheckInState.MET), now=world.now)
    if sent:
        for row in world.rows(OutboxRow, status=OutboxStatus.PENDING):
            world.change(row, status=OutboxStatus.SENT, channel_id="D1", ts="1.0")
    world.do(checking_in.not_a_fit, ana, pair.id)
    assert world.row(Milestone).status is MilestoneStatus.PRIVATE
    asked = world.said("milestone_consent_asked")
    closed = world.said("milestone_consent_answered")
    if sent:
        assert {one.to for one in closed} == {one.to for one in asked} != set()
    else:
        assert {one.status for one in asked} == {OutboxStatus.DROPPED}
        assert not closed
    (told,) = world.said("pair_closed")
    assert told.to == "user:UBEN"
    assert told.due_at == world.now if not sent else told.due_at > world.now


def test_a_pairing_that_ended_well_may_still_be_celebrated(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    for state in (CheckInState.MET, CheckInState.WRAP_UP):
        with world.writing() as session:
            checking_in.answer(session, ana, session.merge(pair), Answer(state), now=world.now)
    assert {one.status for one in world.rows(Milestone)} == {MilestoneStatus.ASKING}


def closings(world: World) -> list[datetime]:
    """When what stands in a group DM loses its buttons."""
    return [one.due_at for one in world.said() if one.to.startswith("pair:") and one.replaces is not None]


def test_the_group_dm_keeps_its_buttons_until_who_stays_hears_that_the_pair_has_ended(either_world: World) -> None:
    """Buttons that vanish on an evening would say it before the morning's word does, and to nobody in particular."""
    world = either_world
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    begun = world.do(agreeing.agreement_of, ana, pair.id).agreement
    world.do(agreeing.save, ana, pair.id, agreeing.Written(replace(begun, goals=("a talk",)), marks(begun)))
    world.sent()
    world.at(MONDAY.replace(hour=20)).do(checking_in.not_a_fit, ana, pair.id)
    (told,) = world.said("pair_closed")
    assert told.due_at > world.now
    assert closings(world) == [told.due_at, told.due_at]
    closed = [one.notice for one in world.said() if one.key.endswith(":closed")]
    assert not any("left" in str(one) or "ended" in str(one) for one in closed), "nobody learns who ended it"


def test_the_group_dm_waits_where_the_word_waits_for_the_end_of_a_break(world: World) -> None:
    ana, ben = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.sent()
    world.at(MONDAY.replace(hour=20)).do(checking_in.not_a_fit, ana, pair.id)
    world.do(enrolling.pause, ben, (MONDAY + timedelta(weeks=2)).date())
    (told,) = world.said("pair_closed")
    assert told.due_at >= MONDAY + timedelta(weeks=2)
    assert closings(world) == [told.due_at]
    world.later(days=1, hours=-8).do(enrolling.resume, ben)
    assert closings(world) == [world.said("pair_closed")[0].due_at] == [world.now]


def test_the_group_dm_of_three_waits_for_that_of_the_two_who_go_on(world: World) -> None:
    ana, *_ = world.people("UANA", "UBEN", "UCHLOE")
    trio = world.pair("UANA", "UBEN", "UCHLOE")
    world.sent()
    world.at(MONDAY.replace(hour=20)).do(checking_in.not_a_fit, ana, trio.id)
    anew = next(one for one in world.said("introduction") if one.to != f"pair:{trio.id}")
    assert closings(world) == [anew.due_at]
    assert anew.due_at > world.now


def test_when_nobody_is_left_to_hear_it_the_group_dm_closes_at_once(world: World) -> None:
    ana, _ = world.people("UANA", "UBEN")
    pair = world.pair("UANA", "UBEN")
    world.sent()
    world.change(world.row(Person, user_id="UBEN"), is_gone=True)
    world.at(MONDAY.replace(hour=20)).do(checking_in.not_a_fit, ana, pair.id)
    assert closings(world) == [world.now]


def test_at_the_end_of_a_round_the_group_dm_closes_when_the_last_has_read_their_goodbye(world: World) -> None:
    world.people("UANA")
    world.person("ULI", timezone="America/New_York")
    world.pair("UANA", "ULI")
    world.sent()
    world.later(weeks=12, hours=-8).do(heartbeat.tick)
    goodbyes = [one.due_at for one in world.said("pair_finished")]
    assert len(set(goodbyes)) == 2
    assert closings(world) == [max(goodbyes)]
