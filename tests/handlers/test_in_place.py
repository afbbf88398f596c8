"""Ending something: in the bot's DM the message itself says so, and no button is left that leads nowhere."""

from typing import Any

import pytest

from bot.content import answers as said
from bot.domain.checkins import Answer, CheckInState, StuckReason
from bot.domain.people import Actor
from bot.services import checking_in, nudging
from bot.views.ids import Action
from bot.views.messages import render
from storage import outbox
from storage.tables import CheckIn, Nudge, OutboxRow, OutboxStatus, Pair
from tests.builders import TEAM, World
from tests.handlers.desk import Desk
from tests.handlers.test_listeners import joined
from tests.views.test_limits import buttons

ANA = "U0ANA"


@pytest.fixture
def pair(desk: Desk) -> Pair:
    joined(desk, ANA, "U0BEN")
    return desk.world.pair(ANA, "U0BEN")


def shown(desk: Desk, channel: str) -> list[tuple[str, list[str]]]:
    """Each message in a place: its text, and the acts of its buttons."""
    told = desk.control.messages(channel)
    return [(one["text"], [button["action_id"] for button in buttons(one.get("blocks") or [])]) for one in told]


def press(desk: Desk, action: Action, value: str, channel: str, ts: str, **more: Any) -> None:
    desk.hear("pressed_in_message", ANA, action_id=action, value=value, channel=channel, message_ts=ts, **more)


def last(desk: Desk, channel: str) -> str:
    return str(desk.control.messages(channel)[-1]["ts"])


def test_ending_the_pair_from_its_card_in_the_dm_leaves_the_answer_in_its_place(desk: Desk, pair: Pair) -> None:
    dm = desk.dm()
    desk.hear("wrote_to_the_bot", channel=dm, text="match", event_id="Ev1")
    assert Action.NOT_A_FIT in shown(desk, dm)[-1][1]
    press(desk, Action.NOT_A_FIT, f"pair:{pair.id}", dm, last(desk, dm))
    assert shown(desk, dm) == [(said.NOT_A_FIT_DONE, [Action.MATCH_ME_AGAIN, Action.OPEN_PAUSE])]


def test_wrapping_up_from_the_card_leaves_the_answer_in_its_place(desk: Desk, pair: Pair) -> None:
    dm = desk.dm()
    desk.hear("wrote_to_the_bot", channel=dm, text="match", event_id="Ev1")
    press(desk, Action.WRAP_UP, f"pair:{pair.id}", dm, last(desk, dm))
    ((text, left),) = shown(desk, dm)
    assert "You wrapped up with Ben" in text
    assert left == []


def test_leaving_and_coming_back_are_said_in_place_too(desk: Desk, pair: Pair) -> None:
    dm = desk.dm()
    desk.hear("wrote_to_the_bot", channel=dm, text="pause 2w", event_id="Ev1")
    press(desk, Action.RESUME, "", dm, last(desk, dm))
    assert shown(desk, dm) == [(said.RESUMED, [])]
    desk.hear("wrote_to_the_bot", channel=dm, text="leave", event_id="Ev2")
    press(desk, Action.LEAVE, f"program:{pair.program_id}", dm, last(desk, dm))
    assert shown(desk, dm)[1:] == [(said.LEFT.format(program="Peer mentoring"), [])]


def test_asking_again_below_a_closing_message_changes_it_once_and_keeps_what_it_says(desk: Desk, pair: Pair) -> None:
    dm, world = desk.dm(), desk.world
    world.do(checking_in.not_a_fit, Actor(TEAM, "U0BEN"), pair.id)
    row = next(one for one in world.rows(OutboxRow, to=f"user:{ANA}") if one.notice["kind"] == "pair_closed")
    world.change(row, status=OutboxStatus.SENT, ts="1700000000.000100")
    value = f"enrollment:{row.notice['enrollment_id']}"
    for _ in range(2):
        press(desk, Action.MATCH_ME_AGAIN, value, dm, "1700000000.000100")
    (changed,) = world.rows(OutboxRow, to=f"user:{ANA}", replaces=row.key)
    assert changed.notice == {**row.notice, "again": {"in_round": True, "next_week": None}}
    drawn = render(outbox.decode(changed.notice))
    assert "plans have changed" in drawn.text
    assert "You are in line for the next match" in drawn.text
    assert [one["action_id"] for one in buttons(drawn.blocks)] == [Action.OPEN_PAUSE]
    assert shown(desk, dm) == [], "nothing besides"


def test_in_a_place_that_others_read_it_is_said_beside_the_card_to_who_pressed(desk: Desk, pair: Pair) -> None:
    group = str(desk.client.conversations_open(users=[ANA, "U0BEN"])["channel"]["id"])
    card = desk.client.chat_postMessage(channel=group, text="Ana, meet Ben.")
    press(desk, Action.NOT_A_FIT, f"pair:{pair.id}", group, str(card["ts"]))
    before, beside = desk.control.messages(group)
    assert before["text"] == "Ana, meet Ben."
    assert (beside["text"], beside["visible_to"]) == (said.NOT_A_FIT_DONE, ANA)


def test_a_message_of_the_outbox_is_changed_by_the_outbox_alone(desk: Desk, pair: Pair) -> None:
    """It may hold the questions of other programs, too."""
    world, dm = desk.world, desk.dm()
    ts = said_stuck(world, desk, dm)
    press(desk, Action.NOT_A_FIT, f"pair:{pair.id}", dm, ts)
    assert shown(desk, dm) == [("How does it stand?", [])]
    changed = world.said("check_in_answered", f"user:{ANA}")[-1]
    assert changed.replaces == world.row(Nudge, user_id=ANA).message_key
    assert getattr(changed.notice, "again_id", None) == world.enrollment(ANA).id


def said_stuck(world: World, desk: Desk, dm: str) -> str:
    """Ana's question stands in her DM, and she has answered that the two are no fit; where it stands."""
    world.later(days=15, hours=1).do(nudging.ask_due)
    nudge = world.row(Nudge, user_id=ANA)
    ts = str(desk.client.chat_postMessage(channel=dm, text="How does it stand?")["ts"])
    row = world.row(OutboxRow, key=nudge.message_key)
    world.change(row, status=OutboxStatus.SENT, channel_id=dm, ts=ts, sent_at=world.now)
    stuck = Answer(CheckInState.STUCK, stuck_reason=StuckReason.FIT)
    world.do(checking_in.answer_question, Actor(TEAM, ANA), nudge.id, stuck)
    return ts


def test_what_is_taken_out_of_the_diary_is_said_in_place(desk: Desk, pair: Pair) -> None:
    dm = desk.dm()
    desk.hear("wrote_to_the_bot", channel=dm, text="scheduled tomorrow", event_id="Ev1")
    desk.hear("wrote_to_the_bot", channel=dm, text="met 45m", event_id="Ev2")
    text, acts = shown(desk, dm)[-1]
    assert "Tuesday 13 January stays in the diary" in text
    assert Action.TAKE_OUT in acts
    met = max(one.id for one in desk.world.rows(CheckIn))
    press(desk, Action.TAKE_OUT, f"check_in:{met}", dm, last(desk, dm))
    text, acts = shown(desk, dm)[-1]
    assert "stays in the diary" not in text
    assert Action.TAKE_OUT not in acts
