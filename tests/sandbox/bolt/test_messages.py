"""What people write, where they are and who they are, as a real Bolt app hears of it."""

from typing import Any

import pytest

from sandbox.client import Control
from sandbox.server import Sandbox
from sandbox.workspace import BOT_USER_ID
from tests.sandbox.bolt.parrot import Parrot

MESSAGE_TEXTS = [
    ("a < b & c", "a &lt; b &amp; c"),
    ("hey @Ben!", "hey <@U0BEN>!"),
    ("@channel look", "<!channel> look"),
    ("<!channel> look", "&lt;!channel&gt; look"),
    ("mail ben@example.com", "mail ben@example.com"),
    ("see https://a.example", "see <https://a.example>"),
]


@pytest.mark.parametrize(("written", "received"), MESSAGE_TEXTS)
def test_a_dm_reaches_the_app_as_slack_marks_it_up(
    control: Control, parrot: Parrot, written: str, received: str
) -> None:
    answer = control.message(BOT_USER_ID, "U0ANA", written)
    assert (answer["ok"], answer["acked"]) == (True, True)
    event = control.until(lambda: parrot.events("message"))[-1]
    assert (event["text"], event["channel_type"], event["user"]) == (received, "im", "U0ANA")
    assert event["ts"] == answer["ts"]


def test_the_app_hears_only_where_it_is(sandbox: Sandbox, control: Control, parrot: Parrot) -> None:
    control.message("C0GENERAL", "U0ANA", "unheard")
    control.invite("C0GENERAL", BOT_USER_ID, by="U0ANA")
    control.message("C0GENERAL", "U0ANA", "hello @Parrot")
    control.until(lambda: parrot.events("app_mention"))
    joined = parrot.events("member_joined_channel")
    assert [(event["user"], event["channel_type"], event["inviter"]) for event in joined] == [
        (BOT_USER_ID, "C", "U0ANA")
    ]
    texts = [event.get("text") for event in parrot.events("message") if not event.get("subtype")]
    assert texts == [f"hello <@{BOT_USER_ID}>"]


def test_invite_typed_as_a_command_is_slacks_own(control: Control, parrot: Parrot) -> None:
    assert control.command("C0GENERAL", "U0ANA", "/invite", "@Parrot")["ok"]
    assert parrot.events("member_joined_channel")[0]["channel"] == "C0GENERAL"
    assert control.command("C0GENERAL", "U0ANA", "/invite", "@Parrot")["error"] == "already_in_channel"
    assert control.command("C0GENERAL", "U0ANA", "/invite", "@nobody")["error"] == "user_not_found"
    assert parrot.last("command") is None


def test_the_company_changes_and_the_app_hears_of_it(control: Control, parrot: Parrot) -> None:
    control.change_user("U0BEN", tz="Asia/Tokyo", deleted=True, fields={"Department": "Sales"})
    control.change_user("U0NEW", name="nora", real_name="Nora New")
    changed, joined = parrot.events("user_change")[0]["user"], parrot.events("team_join")[0]["user"]
    assert (changed["tz"], changed["tz_offset"], changed["deleted"]) == ("Asia/Tokyo", 9 * 3600, True)
    assert joined["real_name"] == "Nora New"
    assert control.change_user("U0BEN", colour="red")["error"] == "invalid_arguments"
    control.invite("C0PEERMENTORING", BOT_USER_ID)
    control.remove("C0PEERMENTORING", "U0ANA")
    control.remove("C0PEERMENTORING", BOT_USER_ID, by="U0BEN")
    assert parrot.events("member_left_channel")[0]["user"] == "U0ANA"
    assert parrot.events("channel_left")[0]["channel"] == "C0PEERMENTORING"
    control.archive("C0GENERAL", by="U0CHLOE")
    assert parrot.events("channel_archive")[0]["user"] == "U0CHLOE"
    assert control.message("C0GENERAL", "U0CHLOE", "too late")["error"] == "is_archived"


def test_the_app_hears_who_wants_quiet(control: Control, parrot: Parrot) -> None:
    control.change_user("U0BEN", snooze=["2037-01-01T09:00:00Z", "2037-01-01T10:00:00Z"])
    (told,) = parrot.events("dnd_updated_user")
    assert (told["user"], told["dnd_status"]["dnd_enabled"]) == ("U0BEN", True)
    assert told["dnd_status"]["next_dnd_end_ts"] - told["dnd_status"]["next_dnd_start_ts"] == 3600


def test_colleagues_write_to_each_other_unheard(control: Control, parrot: Parrot) -> None:
    place = control.message("U0BEN", "U0ANA", "lunch?")["channel"]
    assert control.message("U0ANA", "U0BEN", "sure")["channel"] == place
    assert [message["text"] for message in control.messages(place)] == ["lunch?", "sure"]
    assert parrot.heard == []


IMPOSSIBLE = [
    ("message", ("C0PEERMENTORING", "U0HUGO", "hi"), "not_in_channel"),
    ("message", ("C404", "U0ANA", "hi"), "channel_not_found"),
    ("message", ("C0GENERAL", "U0JOAN", "hi"), "account_inactive"),
    ("message", ("C0GENERAL", "U404", "hi"), "user_not_found"),
    ("message", ("C0GENERAL", "U0CALBOT", "hi"), "not_a_person"),
    ("message", ("C0GENERAL", "U0ANA", "  "), "no_text"),
    ("message", ("C0GENERAL", "U0ANA", "x" * 40_001), "msg_too_long"),
    ("interact", ("C0GENERAL", "1.1", "U0ANA", {"action_id": "go"}), "message_not_found"),
    ("home_action", ("U0ANA", {"action_id": "go"}), "no_home"),
    ("view_action", ("U0ANA", {"action_id": "go"}), "no_open_view"),
    ("submit_view", ("U0ANA",), "no_open_view"),
    ("close_view", ("U0ANA",), "no_open_view"),
    ("options", ("U0ANA", "skill"), "no_such_action"),
    ("invite", ("C0GENERAL", "U0JOAN"), "user_disabled"),
    ("remove", ("C0PEERMENTORING", "U0HUGO"), "not_in_channel"),
]


@pytest.mark.parametrize(("act", "arguments", "error"), IMPOSSIBLE)
def test_nobody_does_what_slack_gives_no_way_to_do(
    control: Control, act: str, arguments: tuple[Any, ...], error: str
) -> None:
    assert getattr(control, act)(*arguments)["error"] == error
