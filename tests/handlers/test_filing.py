"""The button of a calendar file: in the DM the file is the answer, elsewhere a word says where it went."""

from typing import Any

import pytest

from bot.content import filing as words
from bot.content import refusals
from bot.views.ids import Action
from storage.tables import CheckIn, OutboxRow, Pair
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_listeners import joined

Json = dict[str, Any]


@pytest.fixture
def pair(desk: Desk) -> Pair:
    joined(desk, "U0ANA", "U0BEN")
    return desk.world.pair("U0ANA", "U0BEN")


@pytest.fixture
def kept(desk: Desk, pair: Pair) -> int:
    """Ana has Thursday in the diary."""
    desk.command("checkin scheduled thu")
    return desk.world.row(CheckIn).id


def files(desk: Desk) -> list[OutboxRow]:
    return [row for row in desk.world.rows(OutboxRow) if row.notice["kind"] == "calendar_file"]


def test_the_answer_in_words_has_the_button(desk: Desk, kept: int) -> None:
    drawn = str(desk.control.messages(GENERAL)[-1]["blocks"])
    assert f"check_in:{kept}" in drawn
    assert words.BUTTON in drawn


def test_in_the_dm_the_file_itself_is_the_answer(desk: Desk, kept: int) -> None:
    desk.press(Action.CALENDAR_FILE, f"check_in:{kept}")
    assert [row.to for row in files(desk)] == ["user:U0ANA"]
    assert desk.said(desk.dm()) == "How does it stand?"


def test_elsewhere_a_word_says_where_it_went(desk: Desk, kept: int) -> None:
    group = str(desk.client.conversations_open(users=["U0ANA", "U0BEN"])["channel"]["id"])
    posted = desk.client.chat_postMessage(channel=group, text="Good")
    place = {"channel": group, "message_ts": posted["ts"]}
    desk.hear("pressed_in_message", action_id=Action.CALENDAR_FILE, value=f"check_in:{kept}", **place)
    assert desk.said(group) == words.SENT
    assert len(files(desk)) == 1


@pytest.mark.parametrize(
    "value", ["", "check_in:999", "pair:1", "pair:1 soon", "pair:1 99999999999", "pair:999 1768500000"]
)
def test_a_forged_value_sends_nothing(desk: Desk, kept: int, value: str) -> None:
    desk.press(Action.CALENDAR_FILE, value)
    assert desk.said(desk.dm()) == refusals.STALE_BUTTON
    assert files(desk) == []


def test_a_partner_does_not_get_what_is_in_the_other_s_diary(desk: Desk, kept: int) -> None:
    desk.press(Action.CALENDAR_FILE, f"check_in:{kept}", "U0BEN")
    assert desk.said(desk.dm("U0BEN")) == refusals.NOT_YOUR_PAIR
    assert files(desk) == []
