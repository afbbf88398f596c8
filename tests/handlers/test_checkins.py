"""A check-in in words: what was typed with it is read once more, or stands in the form."""

import pytest

from bot.content import steering as words
from bot.domain.checkins import CheckInState
from bot.views.ids import Action, View
from storage.tables import CheckIn
from tests.handlers.desk import GENERAL, Desk
from tests.handlers.test_listeners import joined
from tests.views.test_limits import buttons

ANA = "U0ANA"


@pytest.fixture
def paired(desk: Desk) -> Desk:
    joined(desk, ANA, "U0BEN")
    desk.world.pair(ANA, "U0BEN")
    return desk


def test_a_note_typed_with_an_answer_is_read_once_more_and_escaped(paired: Desk) -> None:
    paired.command("checkin met 45m talked about &lt;SQL&gt; &amp; *roadmaps*")
    assert paired.world.row(CheckIn).note == "talked about <SQL> & *roadmaps*"
    shown = paired.control.messages(GENERAL)[-1]
    assert shown["text"].endswith(f"{words.YOUR_NOTE} talked about &lt;SQL&gt; &amp; *roadmaps*")
    quoted = f"{words.YOUR_NOTE}\n> talked about &lt;SQL&gt; &amp; *roadmaps*"
    assert [block["text"]["text"] for block in shown["blocks"] if block["type"] == "section"][1] == quoted


def test_an_answer_without_a_note_says_nothing_of_one(paired: Desk) -> None:
    paired.command("checkin met 45m")
    assert words.YOUR_NOTE not in paired.said()


def chosen(desk: Desk) -> tuple[str | None, str | None]:
    """What is chosen as stuck in the open form, and its note."""
    inputs = [block["element"] for block in desk.open_view()["blocks"] if block["type"] == "input"]
    of_name = {element["action_id"]: element for element in inputs}
    option = of_name["stuck_reason"].get("initial_option")
    return option and option["value"], of_name["note"].get("initial_value")


def test_what_is_stuck_is_chosen_in_the_form_as_it_was_typed(paired: Desk) -> None:
    paired.command("checkin stuck no reply: two weeks now")
    assert chosen(paired) == ("no_reply", "two weeks now")
    paired.command("stuck")
    assert chosen(paired) == (None, None)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("stuck no reply", ("no_reply", None)),
        ("stuck no reply: two weeks now", ("no_reply", "two weeks now")),
        ("stuck we never begin", (None, "we never begin")),
        ("stuck", (None, None)),
        (f"stuck {'very ' * 600}much", (None, f"{'very ' * 600}much"[:1000].strip())),
    ],
)
def test_in_the_dm_the_button_opens_the_form_with_what_was_typed(
    paired: Desk, typed: str, stands: tuple[str | None, str | None]
) -> None:
    dm = paired.dm()
    paired.hear("wrote_to_the_bot", channel=dm, text=typed, event_id="Ev1")
    (opens,) = buttons(paired.control.messages(dm)[-1]["blocks"])
    paired.press(opens["action_id"], opens["value"])
    assert paired.open_view()["callback_id"] == View.CHECK_IN
    assert chosen(paired) == stands


def test_a_forged_reason_chooses_nothing(paired: Desk) -> None:
    paired.press(Action.STUCK, "pair:1 gossip")
    assert chosen(paired) == (None, None)
    assert paired.world.rows(CheckIn, state=CheckInState.STUCK) == []


def test_a_lesson_typed_in_the_dm_is_offered_as_what_it_is(desk: Desk) -> None:
    dm = desk.dm()
    desk.hear("wrote_to_the_bot", channel=dm, text="learn 2", event_id="Ev1")
    assert desk.said(dm).startswith("Lesson 2, *")
    (opens,) = buttons(desk.control.messages(dm)[-1]["blocks"])
    assert (opens["text"]["text"], opens["action_id"], opens["value"]) == ("Read", Action.READ_LESSON, "lesson:2")
