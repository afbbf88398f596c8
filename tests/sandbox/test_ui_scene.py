"""What one person sees around a conversation: rows, names, unread marks, the first words to type."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.ui.reads import Reads
from sandbox.ui.scene import Scene, first_words, unread_counts
from sandbox.ui.stream import once
from sandbox.ui.timeline import KnownBodies, message_body, rows

NOW = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)
BOT = "U0BOT"


def user(ident: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "name": name.lower(),
        "tz": "UTC",
        "profile": {"real_name": name, "display_name": name},
        **more,
    }


def channel(ident: str, members: list[str], **more: Any) -> dict[str, Any]:
    return {"id": ident, "name": ident.lower(), "is_im": False, "is_mpim": False, "members": members, **more}


STATE: dict[str, Any] = {
    "users": [
        user("U1", "Ana", tz="Asia/Tokyo"),
        user("U2", "Ben Okafor", is_admin=True),
        user("U3", "Gone", deleted=True),
        user(BOT, "Helper", is_bot=True),
        user("USLACKBOT", "Slackbot"),
        user("U4", "Guest", is_restricted=True),
        user("U5", "Stranger", is_stranger=True),
    ],
    "channels": [
        channel("C1", ["U1", "U2"]),
        channel("C2", ["U2"]),
        channel("D1", ["U1", BOT], is_im=True, name=""),
        channel("G1", [BOT, "U2", "U1"], is_mpim=True, name="mpdm-x-1"),
        channel("D2", ["U1"], is_im=True, name=""),
        channel("C3", ["U1"], is_archived=True),
    ],
    "apps": [{"id": "A1", "name": "Helper", "bot_user_id": BOT, "commands": []}],
    "team": {"name": "T"},
}
SCENE = Scene(STATE, "U1", NOW)


def message(minutes: float, text: str = "x", who: str = "U2", **more: Any) -> dict[str, Any]:
    moment = NOW + timedelta(minutes=minutes)
    return {"ts": f"{moment.timestamp():.6f}", "user": who, "text": text, **more}


def seen(*messages: dict[str, Any], unread_from: str = "") -> list[str]:
    """Each row as its kind, with a + where it continues the one above."""
    made = rows(list(messages), SCENE.people, SCENE.reader, unread_from=unread_from)
    return [row.kind if row.first or row.kind != "message" else "message+" for row in made]


def test_only_people_who_can_act_can_be_played() -> None:
    assert [(person.name, person.role) for person in SCENE.playable] == [
        ("Ana", ""),
        ("Ben Okafor", "workspace admin"),
        ("Guest", "guest"),
    ]


def test_a_person_sees_the_conversations_they_are_in_by_the_names_of_the_others() -> None:
    names = {place.id: place.name for place in SCENE.places()}
    assert names == {"C1": "c1", "D1": "Helper", "G1": "Ben Okafor, Helper", "D2": "Ana (you)"}


def test_the_dm_with_the_app_is_known_as_the_apps() -> None:
    apps = {place.id: SCENE.app_of(place) for place in SCENE.places()}
    assert [ident for ident, app in apps.items() if app] == ["D1"]


def test_initials_and_colours_stay_the_same() -> None:
    ben = SCENE.people["U2"]
    assert (ben.initials, ben.tone) == ("BO", Scene(STATE, "U2", NOW).me.tone)


def test_messages_of_one_author_within_five_minutes_stand_together() -> None:
    assert seen(message(0), message(4), message(10), message(11, who="U1")) == [
        "day",
        "message",
        "message+",
        "message",
        "message",
    ]


def test_a_new_day_begins_at_the_readers_own_midnight() -> None:
    # 15:00 UTC is midnight in Tokyo.
    assert seen(message(6 * 60 - 1), message(6 * 60 + 1)) == ["day", "message", "day", "message"]


def test_an_ephemeral_is_there_only_for_its_person() -> None:
    mine = message(0, is_ephemeral=True, ephemeral_to="U1")
    assert seen(mine, message(1, is_ephemeral=True, ephemeral_to="U2")) == ["day", "message"]


def test_a_reply_stands_under_what_it_answers() -> None:
    parent, later = message(0, "parent"), message(1, "later")
    reply = message(2, "reply", thread_ts=parent["ts"])
    made = rows([parent, later, reply], SCENE.people, SCENE.reader)
    assert [row.message["text"] for row in made if row.message] == ["parent", "reply", "later"]
    assert [row.reply for row in made if row.message] == [False, True, False]


def test_a_line_stands_before_what_is_new() -> None:
    first = message(0)
    assert seen(first, message(1), unread_from=first["ts"]) == ["day", "message", "new", "message"]
    assert seen(first, message(1, who="U1"), unread_from=first["ts"]) == ["day", "message", "message"]
    assert seen(first, unread_from="") == ["day", "message"]


def test_a_note_names_the_person_once() -> None:
    joined = message(0, "<@U2> has joined the channel", subtype="channel_join")
    (_, row) = rows([joined], SCENE.people, SCENE.reader)
    assert (row.author and row.author.name, str(row.body)) == ("Ben Okafor", "has joined the channel")


def test_a_body_drawn_before_is_drawn_anew_only_when_it_or_its_reader_changed() -> None:
    bodies = KnownBodies(most=3)
    said = message(0, "hello <@U2>")
    for seen_by in (SCENE, Scene(STATE, "U2", NOW), Scene(STATE, "U1", NOW + timedelta(hours=1))):
        assert bodies(said, seen_by.reader) == message_body(said, seen_by.reader)
    assert bodies(said, SCENE.reader) is bodies(dict(said), SCENE.reader)
    edited = {**said, "text": "bye"}
    assert "bye" in bodies(edited, SCENE.reader)


def test_someone_joining_is_a_note_between_messages() -> None:
    assert seen(message(0), message(1, subtype="channel_join"), message(2)) == ["day", "message", "note", "message"]


@pytest.mark.parametrize(
    ("message_seen", "counts"),
    [
        (message(1), (1, 0)),
        (message(1, "hello <@U1>"), (1, 1)),
        (message(1, "hello <!here|here>"), (1, 1)),
        (message(1, who="U1"), (0, 0)),
        (message(-1), (0, 0)),
        (message(1, is_ephemeral=True), (0, 0)),
        (message(1, subtype="channel_join"), (0, 0)),
    ],
)
def test_unread_is_what_others_said_since(message_seen: dict[str, Any], counts: tuple[int, int]) -> None:
    assert unread_counts([message_seen], "U1", message(0)["ts"]) == counts


def test_reading_never_goes_back_until_the_world_does() -> None:
    reads = Reads()
    reads.mark("U1", "C1", "20.0")
    reads.mark("U1", "C1", "10.0")
    assert reads.last("U1", "C1") == "20.0"
    reads.forget_after("15.0")
    assert reads.last("U1", "C1") == ""


@pytest.mark.parametrize(
    ("hint", "words"),
    [
        ("[join | help]", "/do join"),
        ("join", "/do join"),
        ("", "/do"),
        ("[@person]", "/do"),
        ("add [what]", "/do add"),
        ("[what]", "/do"),
    ],
)
def test_the_first_words_to_type_come_from_the_apps_own_hint(hint: str, words: str) -> None:
    app = {"commands": [{"command": "/do", "usage_hint": hint}]}
    assert first_words(app) == words


def test_changes_that_say_the_same_are_told_once_and_every_notice_is_kept() -> None:
    change = {"kind": "message", "channel": "C1", "ts": "1"}
    notice = {"kind": "notice", "user": "U1", "text": "failed"}
    told = once([change, {**change, "ts": "2", "payload": {"large": True}}, notice, notice, {"kind": "log", "n": 1}])
    assert told == [{**change, "ts": "2"}, notice, notice, {"kind": "log", "n": 1}]
