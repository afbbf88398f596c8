"""Stuck: a next step for each reason, and nobody hears of it but whom the person chose, not by inference either."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from bot.content import answers
from bot.domain.cadence import start_of_day
from bot.domain.checkins import Answer, CheckInState, StuckAudience, StuckReason
from bot.domain.notices import CheckInAnswered, CheckInQuestion, StuckShared, Weekly, WeeklyPart
from bot.domain.people import Actor
from bot.errors import NotAllowed, NotPossibleNow
from bot.services import checking_in, nudging, standing
from bot.views import messages, steering
from bot.views.ids import Action
from storage import outbox, programs
from storage.tables import CheckIn, Nudge, Organizer, OutboxRow, Pair
from tests.builders import ORGANIZER, TEAM, World
from tests.views.test_limits import buttons

TUESDAY = datetime(2026, 1, 27, 10, tzinfo=UTC)
TODAY = TUESDAY.date()
ANA, BEN, OLGA = Actor(TEAM, "UANA"), Actor(TEAM, "UBEN"), Actor(TEAM, ORGANIZER)
PAU = "UPAU"


def stuck(reason: StuckReason, to: str | None = None, note: str = "") -> Answer:
    audience = StuckAudience.ORGANIZER if to else StuckAudience.NOBODY
    return Answer(CheckInState.STUCK, note=note, stuck_reason=reason, stuck_audience=audience, stuck_to=to)


def said_stuck(world: World, given: Answer, *users: str) -> int:
    """Ana says so under her question; her answer's id."""
    for user in users or ("UANA", "UBEN"):
        if user != ORGANIZER:
            world.person(user)
    world.pair(*(users or ("UANA", "UBEN")))
    world.at(TUESDAY).do(nudging.ask_due)
    world.do(checking_in.answer_question, ANA, world.row(Nudge, user_id="UANA").id, given)
    return world.row(CheckIn).id


def organizer(world: World, user_id: str) -> None:
    if user_id == PAU:
        world.person(PAU, "Pau", enrolled=False)
    with world.writing() as session:
        session.add(Organizer(program_id=world.program_id, user_id=user_id, workspace_id=TEAM))


def shown(world: World) -> CheckInAnswered:
    notice = world.said("check_in_answered", "user:UANA")[-1].notice
    assert isinstance(notice, CheckInAnswered)
    return notice


STEPS = {
    StuckReason.TIMING: [Action.FIND_A_TIME, Action.OPEN_PAUSE],
    StuckReason.FIT: [Action.NOT_A_FIT],
    StuckReason.NO_REPLY: [Action.NEXT_WEEK, Action.TELL_ORGANIZER, Action.NOT_A_FIT],
    StuckReason.SERIOUS: [Action.TELL_ORGANIZER, Action.NOT_A_FIT],
}


@pytest.mark.parametrize("reason", StuckReason)
def test_each_reason_has_its_own_next_step(world: World, reason: StuckReason) -> None:
    said_stuck(world, stuck(reason))
    assert [button.action_id for button in steering.next_steps(shown(world))] == STEPS[reason]


def test_something_serious_names_who_can_listen_and_says_that_the_bot_is_no_help_line(world: World) -> None:
    organizer(world, PAU)
    said_stuck(world, stuck(StuckReason.SERIOUS))
    text = messages.render(shown(world)).text
    assert "Olga and Pau run this program and can listen" in text
    assert "I am no help line" in text


def test_one_organizer_is_told_and_no_other(world: World) -> None:
    organizer(world, PAU)
    said_stuck(world, stuck(StuckReason.FIT, PAU, "we want different things"))
    (told,) = world.said("stuck_shared")
    assert (told.to, told.notice) == (
        f"user:{PAU}",
        StuckShared("Peer mentoring", "Ana", StuckReason.FIT, "we want different things"),
    )
    assert shown(world).told == "Pau"


def test_an_organizer_can_be_told_later_once_even_after_the_pair_has_ended(either_world: World) -> None:
    world = either_world
    kept = said_stuck(world, stuck(StuckReason.NO_REPLY))
    world.later(hours=1).do(checking_in.not_a_fit, ANA, world.row(Pair).id)
    assert world.do(checking_in.tell_organizer, ANA, kept, ORGANIZER, "no answer in weeks") == "Olga"
    (told,) = world.said("stuck_shared")
    assert told.notice == StuckShared("Peer mentoring", "Ana", StuckReason.NO_REPLY, "no answer in weeks")
    with pytest.raises(NotPossibleNow, match="knows already"):
        world.do(checking_in.tell_organizer, ANA, kept, ORGANIZER, "")
    assert len(world.said("stuck_shared")) == 1


def test_telling_later_is_shown_below_the_answer_in_place(world: World) -> None:
    kept = said_stuck(world, stuck(StuckReason.SERIOUS))
    world.later(minutes=5).do(checking_in.tell_organizer, ANA, kept, ORGANIZER, "")
    assert shown(world).told == "Olga"
    assert [button.action_id for button in steering.next_steps(shown(world))] == [Action.NOT_A_FIT]


@pytest.mark.parametrize("to", ["UBEN", "UANA", "UEVE", PAU])
def test_nobody_is_told_who_runs_nothing_or_is_in_the_pair(world: World, to: str) -> None:
    """Ben runs the program, too; Pau does not."""
    world.person(PAU, "Pau", enrolled=False)
    kept = said_stuck(world, stuck(StuckReason.SERIOUS))
    organizer(world, "UBEN")
    with pytest.raises(NotAllowed, match="cannot be told"):
        world.do(checking_in.tell_organizer, ANA, kept, to, "")
    assert world.said("stuck_shared") == []


def test_an_organizer_who_is_the_partner_is_not_even_offered(world: World) -> None:
    organizer(world, PAU)
    said_stuck(world, stuck(StuckReason.SERIOUS), "UANA", ORGANIZER)
    assert world.look(lambda session: checking_in.may_be_told(session, ANA, world.row(Pair))) == {PAU: "Pau"}
    assert shown(world).organizers == ("Pau",)


def test_only_the_author_tells_of_it_and_only_where_they_are_stuck(world: World) -> None:
    kept = said_stuck(world, stuck(StuckReason.SERIOUS))
    for intruder in (BEN, OLGA):
        with pytest.raises(NotAllowed, match="Only the partners"):
            world.do(checking_in.tell_organizer, intruder, kept, ORGANIZER, "")
    with pytest.raises(NotPossibleNow, match="out of date"):
        world.do(checking_in.tell_organizer, ANA, None, ORGANIZER, "")


def test_asked_again_after_no_reply_means_next_week(world: World) -> None:
    kept = said_stuck(world, stuck(StuckReason.NO_REPLY))
    assert world.row(Pair).ask_from == start_of_day(TODAY + timedelta(weeks=2), "Europe/London")
    world.later(minutes=1).do(checking_in.ask_in, ANA, kept, 1)
    assert world.row(Pair).ask_from == start_of_day(TODAY + timedelta(weeks=1), "Europe/London")
    assert shown(world).settled


ENDS = [None, lambda world: world.do(checking_in.not_a_fit, ANA, world.row(Pair).id)]


@pytest.mark.parametrize("then", ENDS, ids=["and waits", "and ends it"])
@pytest.mark.parametrize("reason", StuckReason)
def test_nobody_else_can_tell_why_or_that_someone_is_stuck(
    world: World, another_world: World, reason: StuckReason, then: Callable[[World], object] | None
) -> None:
    """All that Ben and an organizer who was not chosen read is the same, had Ana said "not yet, in two weeks"."""
    said_stuck(world, stuck(reason, note="a note nobody else reads"))
    kept = said_stuck(another_world, Answer(CheckInState.NOT_YET))
    another_world.do(checking_in.ask_in, ANA, kept, 2)
    for each in (world, another_world):
        _ = then and then(each.later(hours=3))
    assert what_others_read(world) == what_others_read(another_world)
    assert "nobody else reads" not in json.dumps(what_others_read(world), default=str)


def what_others_read(world: World) -> object:
    def read(session: Session) -> object:
        (program,) = programs.programs_of(session, TEAM)
        stands = [standing.standing(session, who, now=world.now) for who in (BEN, OLGA)]
        return stands, standing.roster(session, program, now=world.now)

    heard = [(said.notice, said.to, said.due_at) for said in world.said() if said.to != "user:UANA"]
    return heard, world.look(read)


@pytest.mark.parametrize("reason", [StuckReason.FIT, StuckReason.NO_REPLY, StuckReason.SERIOUS])
def test_who_ends_the_pair_reads_it_where_they_had_said_that_they_are_stuck(world: World, reason: StuckReason) -> None:
    """No button is left there that leads nowhere; an organizer can still be told."""
    said_stuck(world, stuck(reason))
    world.do(checking_in.not_a_fit, ANA, world.row(Pair).id)
    drawn = messages.render(shown(world))
    assert drawn.text == answers.NOT_A_FIT_DONE
    tell = [] if reason is StuckReason.FIT else [Action.TELL_ORGANIZER]
    assert [one["action_id"] for one in buttons(drawn.blocks)] == [Action.MATCH_ME_AGAIN, Action.OPEN_PAUSE, *tell]
    assert world.said("check_in_answered", "user:UBEN") == []


def test_where_two_programs_ask_in_one_message_only_the_pair_that_ended_changes(world: World) -> None:
    pair_id = said_stuck(world, stuck(StuckReason.FIT)) and world.row(Pair).id
    open_one = CheckInQuestion("Leadership", 99, "Ana", ("Eva",), 1, None)
    mine = world.row(Nudge, user_id="UANA")
    asked = world.row(OutboxRow, key=mine.message_key)
    first = CheckInQuestion("Peer mentoring", mine.id, "Ana", ("Ben",), 1, None)
    both = Weekly((WeeklyPart(mine.id, first), WeeklyPart(99, open_one)))
    world.change(asked, notice=outbox.encode(both))
    for row in world.rows(OutboxRow, replaces=mine.message_key):
        world.change(row, replaces="elsewhere")
    world.do(checking_in.not_a_fit, ANA, pair_id)
    weekly = world.said("weekly", "user:UANA")[-1].notice
    assert isinstance(weekly, Weekly)
    assert [type(part.said) for part in weekly.parts] == [CheckInAnswered, CheckInQuestion]
    first_choices = [one["text"]["text"] for one in buttons(messages.render(weekly).blocks) if one.get("style")]
    assert first_choices == ["We met"], "one primary button a message"
