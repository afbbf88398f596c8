"""The Web API through slack_sdk: what it gives, and what it refuses in Slack's own words."""

import json
import urllib.parse
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk import WebClient

from sandbox.client import Control
from sandbox.events import EVENT_SCOPES
from sandbox.manifest import read_manifest
from sandbox.server import Sandbox
from sandbox.web_api.endpoint import FUNCTIONS
from sandbox.web_api.table import METHODS
from sandbox.workspace import BOT_USER_ID
from tests.sandbox.conftest import MANIFEST, SMALL, Json, refusal, web_client

MODAL: Json = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A form"},
    "blocks": [{"type": "divider"}],
}


def test_the_token_says_who_the_app_is(client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["user_id"], answer["team_id"], answer["user"]) == (BOT_USER_ID, "T0SMALL", "parrot")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


def test_every_method_in_the_table_has_its_function() -> None:
    assert set(METHODS) == set(FUNCTIONS)


REFUSALS: list[tuple[str, Json, str]] = [
    ("chat.postMessage", {"channel": "C404", "text": "hi"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0GENERAL", "text": "hi"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "U404", "text": "hi"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "U0ANA"}, "no_text"),
    ("chat.postMessage", {"channel": "U0ANA", "text": "x" * 40_001}, "msg_too_long"),
    ("chat.postMessage", {"text": "hi"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "U0ANA", "text": "hi", "blocks": "[{"}, "invalid_blocks_format"),
    ("chat.postMessage", {"channel": "U0ANA", "text": "hi", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
    ("chat.postMessage", {"channel": "U0ANA", "text": "hi", "metadata": "{"}, "invalid_metadata_format"),
    ("chat.update", {"channel": "C404", "ts": "1.1", "text": "hi"}, "channel_not_found"),
    ("chat.delete", {"channel": "C0GENERAL", "ts": "1.1"}, "not_in_channel"),
    ("chat.postEphemeral", {"channel": "C0GENERAL", "user": "U0ANA", "text": "hi"}, "not_in_channel"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "U404"}, "user_not_found"),
    ("conversations.open", {"users": "U0JOAN"}, "user_disabled"),
    ("conversations.open", {"users": "U0CALBOT"}, "cannot_dm_bot"),
    ("conversations.open", {"channel": "C0GENERAL"}, "method_not_supported_for_channel_type"),
    ("conversations.open", {"users": "U0BEN", "prevent_creation": True}, "channel_not_found"),
    ("conversations.info", {"channel": "C404"}, "channel_not_found"),
    ("conversations.members", {"channel": "C404"}, "channel_not_found"),
    ("conversations.members", {"channel": "C0GENERAL", "cursor": "???"}, "invalid_cursor"),
    ("conversations.members", {"channel": "C0GENERAL", "limit": 5000}, "invalid_limit"),
    ("conversations.list", {"types": "secret"}, "invalid_types"),
    ("conversations.history", {"channel": "C0GENERAL"}, "not_in_channel"),
    ("users.info", {"user": "U404"}, "user_not_found"),
    ("users.info", {}, "invalid_arguments"),
    ("users.list", {"limit": "many"}, "invalid_arguments"),
    ("users.profile.get", {"user": "U404"}, "user_not_found"),
    ("team.profile.get", {"visibility": "some"}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2.3", "view": MODAL}, "invalid_trigger_id"),
    ("views.open", {"trigger_id": "1.2.3"}, "invalid_arguments"),
    ("views.push", {"trigger_id": "1.2.3", "view": MODAL}, "invalid_trigger_id"),
    ("views.update", {"view_id": "V404", "view": MODAL}, "not_found"),
    ("views.update", {"view": MODAL}, "not_found"),
    ("views.publish", {"user_id": "U404", "view": {"type": "home", "blocks": []}}, "user_not_found"),
    ("views.publish", {"user_id": "U0ANA", "view": MODAL}, "invalid_arguments"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
    ("chat.shout", {}, "unknown_method"),
]


@pytest.mark.parametrize(("method", "arguments", "error"), REFUSALS)
def test_it_refuses_what_slack_refuses(client: WebClient, method: str, arguments: Json, error: str) -> None:
    assert refusal(lambda: client.api_call(method, json=arguments))["error"] == error


def test_a_token_is_asked_for_and_known(sandbox: Sandbox) -> None:
    assert refusal(lambda: web_client(sandbox, "xoxb-other").auth_test())["error"] == "invalid_auth"
    assert refusal(lambda: WebClient(base_url=sandbox.slack_api_url).auth_test())["error"] == "not_authed"
    app = web_client(sandbox, sandbox.app_token)
    assert refusal(lambda: app.chat_postMessage(channel="U0ANA", text="x"))["error"] == "not_allowed_token_type"
    assert app.api_call("apps.connections.open")["url"].startswith("ws://127.0.0.1:")


SCOPELESS: list[tuple[str, Json, str]] = [
    ("chat.postMessage", {"channel": "U0ANA", "text": "hi"}, "chat:write"),
    ("users.info", {"user": "U0ANA"}, "users:read"),
    ("users.profile.get", {"user": "U0ANA"}, "users.profile:read"),
    ("conversations.open", {"users": "U0ANA"}, "im:write,mpim:write"),
    ("conversations.history", {"channel": "C0GENERAL"}, "channels:history"),
    ("conversations.list", {"types": "public_channel,im"}, "im:read"),
    ("conversations.info", {"channel": "C0GENERAL"}, "channels:read"),
]


@pytest.mark.parametrize(("method", "arguments", "needed"), SCOPELESS)
def test_a_missing_scope_is_named(tmp_path: Path, method: str, arguments: Json, needed: str) -> None:
    """Each scope of `needed` alone is taken from an app that has all others."""
    with_less = yaml.safe_load(MANIFEST.read_text("utf-8"))
    scopes = with_less["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope not in needed.split(",")]
    path = tmp_path / "manifest.yml"
    path.write_text(yaml.safe_dump(with_less), "utf-8")
    sandbox = Sandbox(SMALL, path)
    sandbox.start()
    try:
        answer = refusal(lambda: web_client(sandbox).api_call(method, params=arguments))
    finally:
        sandbox.stop()
    assert (answer["error"], answer["needed"]) == ("missing_scope", needed)
    assert set(answer["provided"].split(",")) == set(scopes["bot"])


def test_history_asks_for_the_scope_of_its_place(sandbox: Sandbox, client: WebClient) -> None:
    manifest = read_manifest(MANIFEST)
    kinds = {"im": "U0ANA", "mpim": "U0ANA,U0BEN"}
    for kind, users in kinds.items():
        place = client.conversations_open(users=users)["channel"]["id"]
        assert client.conversations_history(channel=place)["messages"] == []
        sandbox.workspace.manifest = replace(manifest, scopes=manifest.scopes - {f"{kind}:history"})
        try:
            answer = refusal(partial(client.conversations_history, channel=place))
        finally:
            sandbox.workspace.manifest = manifest
        assert (answer["error"], answer["needed"]) == ("missing_scope", f"{kind}:history")


@pytest.mark.parametrize("way", ["query GET", "query POST", "form", "json"])
def test_arguments_are_taken_from_wherever_they_stand(sandbox: Sandbox, way: str) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "hi"}}]
    fields = urllib.parse.urlencode({"channel": "U0ANA", "text": "hi", "blocks": json.dumps(blocks)})
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    connection = HTTPConnection(sandbox.url.removeprefix("http://"))
    path = "/api/chat.postMessage"
    if way.startswith("query"):
        connection.request(way.split()[1], f"{path}?{fields}", headers=headers)
    elif way == "form":
        connection.request("POST", path, fields, {**headers, "Content-Type": "application/x-www-form-urlencoded"})
    else:
        body = json.dumps({"text": "hi", "blocks": blocks})
        connection.request("POST", f"{path}?channel=U0ANA", body, {**headers, "Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    assert answer["ok"], answer
    assert answer["message"]["blocks"][0]["block_id"]


@pytest.mark.parametrize(("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object")])
def test_a_body_that_is_no_json_object_is_refused(sandbox: Sandbox, body: str, error: str) -> None:
    connection = HTTPConnection(sandbox.url.removeprefix("http://"))
    connection.request("POST", "/api/auth.test", body, {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    assert answer == {"ok": False, "error": error}


def test_the_same_people_have_the_same_conversation(client: WebClient) -> None:
    def opened(users: Any) -> str:
        return str(client.conversations_open(users=users)["channel"]["id"])

    assert opened("U0ANA,U0BEN") == opened(["U0BEN", "U0ANA"]) == opened(f"U0ANA,U0BEN,{BOT_USER_ID}")
    assert opened("U0ANA,U0BEN") != opened("U0ANA,U0CHLOE")
    assert opened("U0ANA")[0] == "D"
    assert opened("U0ANA") == client.chat_postMessage(channel="U0ANA", text="hi")["channel"]
    eight = "U0ANA,U0BEN,U0CHLOE,U0DEV,U0EVA,U0FEMI,U0GITA,U0HUGO"
    assert opened(eight)
    assert refusal(lambda: opened(f"{eight},U0INES"))["error"] == "too_many_users"
    again = client.conversations_open(users="U0ANA", return_im=True)
    assert (again["already_open"], again["channel"]["user"]) == (True, "U0ANA")


def test_pages_follow_their_cursors_to_the_end(client: WebClient) -> None:
    def walked(call: Callable[..., Any], key: str, **arguments: Any) -> list[Any]:
        found: list[Any] = []
        cursor = ""
        while True:
            answer = call(limit=3, cursor=cursor, **arguments)
            found += answer[key]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return found

    users = [user["id"] for user in walked(client.users_list, "members")]
    assert len(users) == len(set(users)) == 14  # twelve of the seed, Slackbot and the app
    assert users == [user["id"] for user in client.users_list()["members"]]
    members = walked(client.conversations_members, "members", channel="C0GENERAL")
    assert members == client.conversations_members(channel="C0GENERAL")["members"]
    place = client.conversations_open(users="U0ANA")["channel"]["id"]
    posted = [client.chat_postMessage(channel=place, text=str(number))["ts"] for number in range(7)]
    read = [message["ts"] for message in walked(client.conversations_history, "messages", channel=place)]
    assert read == posted[::-1]
    assert sorted(posted) == posted


def test_history_looks_between_two_moments(client: WebClient) -> None:
    place = client.conversations_open(users="U0ANA")["channel"]["id"]
    first, second, third = (client.chat_postMessage(channel=place, text=text)["ts"] for text in "abc")

    def texts(**between: Any) -> list[str]:
        return [message["text"] for message in client.conversations_history(channel=place, **between)["messages"]]

    assert texts(oldest=first) == ["c", "b"]
    assert texts(oldest=first, inclusive=True) == ["c", "b", "a"]
    assert texts(latest=third, oldest=first) == ["b"]
    assert texts(latest=second, inclusive=True) == ["b", "a"]
    answer = refusal(lambda: client.conversations_history(channel=place, oldest="yesterday"))
    assert answer["error"] == "invalid_ts_oldest"


def test_metadata_comes_back_only_when_asked_for(client: WebClient) -> None:
    place = client.conversations_open(users="U0ANA")["channel"]["id"]
    metadata = {"event_type": "sent", "event_payload": {"key": "checkin:1"}}
    client.chat_postMessage(channel=place, text="hi", metadata=metadata)
    assert "metadata" not in client.conversations_history(channel=place)["messages"][0]
    found = client.conversations_history(channel=place, include_all_metadata=True)["messages"][0]
    assert found["metadata"] == metadata


def test_a_message_is_updated_and_deleted_by_its_author_only(client: WebClient, control: Control) -> None:
    place = client.conversations_open(users="U0ANA")["channel"]["id"]
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "hi"}}]
    ts = client.chat_postMessage(channel=place, text="hi", blocks=blocks)["ts"]
    client.chat_update(channel=place, ts=ts, text="ho")
    assert control.messages(place)[0]["text"] == "ho"
    assert control.messages(place)[0]["blocks"], "blocks not given stay"
    client.chat_update(channel=place, ts=ts, text="ho", blocks=[])
    assert "blocks" not in control.messages(place)[0]
    theirs = control.message(place, "U0ANA", "mine")["ts"]
    assert refusal(lambda: client.chat_update(channel=place, ts=theirs, text="x"))["error"] == "cant_update_message"
    assert refusal(lambda: client.chat_delete(channel=place, ts=theirs))["error"] == "cant_delete_message"
    client.chat_delete(channel=place, ts=ts)
    assert [message["text"] for message in control.messages(place)] == ["mine"]
    assert refusal(lambda: client.chat_update(channel=place, ts=ts, text="x"))["error"] == "message_not_found"


def test_ephemerals_are_for_one_member_and_in_no_history(client: WebClient, control: Control) -> None:
    control.invite("C0PEERMENTORING", BOT_USER_ID)
    client.chat_postEphemeral(channel="C0PEERMENTORING", user="U0ANA", text="psst")
    shown = control.messages("C0PEERMENTORING")[-1]
    assert (shown["text"], shown["is_ephemeral"], shown["visible_to"]) == ("psst", True, "U0ANA")
    texts = [message["text"] for message in client.conversations_history(channel="C0PEERMENTORING")["messages"]]
    assert "psst" not in texts
    answer = refusal(lambda: client.chat_postEphemeral(channel="C0PEERMENTORING", user="U0HUGO", text="x"))
    assert answer["error"] == "user_not_in_channel"


def test_places_the_app_is_not_in_stay_hidden_or_closed(client: WebClient, control: Control) -> None:
    secret = control.create_channel("board", ["U0ANA"], is_private=True)["channel"]["id"]
    listed = client.conversations_list(types="public_channel,private_channel,im,mpim")["channels"]
    assert {channel["id"] for channel in listed} == {"C0GENERAL", "C0PEERMENTORING"}
    assert refusal(lambda: client.conversations_info(channel=secret))["error"] == "channel_not_found"
    assert refusal(lambda: client.chat_postMessage(channel=secret, text="x"))["error"] == "channel_not_found"
    control.invite(secret, BOT_USER_ID)
    assert client.conversations_info(channel=secret)["channel"]["is_member"] is True
    control.archive(secret)
    assert refusal(lambda: client.chat_postMessage(channel=secret, text="x"))["error"] == "is_archived"
    still = client.conversations_list(types="private_channel", exclude_archived=True)["channels"]
    assert still == []


def test_a_message_to_a_deactivated_person_goes_through(client: WebClient) -> None:
    assert client.chat_postMessage(channel="U0JOAN", text="still there?")["ok"]


def test_profiles_hold_custom_fields_that_user_objects_leave_out(client: WebClient) -> None:
    user = client.users_info(user="U0DEV")["user"]
    assert (user["tz"], user["profile"]["title"]) == ("Europe/London", "Frontend Engineer")
    assert "fields" not in user["profile"]
    assert "email" not in user["profile"], "the app has no users:read.email"
    fields = client.users_profile_get(user="U0DEV", include_labels=True)["profile"]["fields"]
    labelled = {field["label"]: field["value"] for field in fields.values()}
    assert labelled == {"Department": "Engineering", "Manager": "U0BEN"}
    known = client.team_profile_get()["profile"]["fields"]
    assert {field["label"]: field["type"] for field in known} == {"Department": "text", "Manager": "user"}


def test_a_home_is_published_and_guarded_by_its_hash(client: WebClient, control: Control) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = client.views_publish(user_id="U0ANA", view=home)["view"]
    again = client.views_publish(user_id="U0ANA", view=home, hash=first["hash"])["view"]
    assert (again["id"], again["hash"] != first["hash"]) == (first["id"], True)
    answer = refusal(lambda: client.views_publish(user_id="U0ANA", view=home, hash=first["hash"]))
    assert answer["error"] == "hash_conflict"
    shown = control.home("U0ANA")
    assert shown is not None
    assert shown["hash"] == again["hash"]


def test_a_trigger_opens_once_within_three_seconds_and_modals_stack_three_deep(
    sandbox: Sandbox, client: WebClient, control: Control
) -> None:
    permits = sandbox.workspace.permits
    trigger = permits.trigger("U0ANA")
    view = client.views_open(trigger_id=trigger, view={**MODAL, "external_id": "mine"})["view"]
    assert refusal(lambda: client.views_open(trigger_id=trigger, view=MODAL))["error"] == "exchanged_trigger_id"
    twin = {**MODAL, "external_id": "mine"}
    answer = refusal(lambda: client.views_push(trigger_id=permits.trigger("U0ANA"), view=twin))
    assert answer["error"] == "duplicate_external_id"
    client.views_push(trigger_id=permits.trigger("U0ANA"), view=MODAL)
    top = client.views_push(trigger_id=permits.trigger("U0ANA"), view=MODAL)["view"]
    assert top["root_view_id"] == view["id"]
    answer = refusal(lambda: client.views_push(trigger_id=permits.trigger("U0ANA"), view=MODAL))
    assert answer["error"] == "push_limit_reached"
    renewed = client.views_update(external_id="mine", view={**MODAL, "callback_id": "new", "external_id": "mine"})
    assert renewed["view"]["callback_id"] == "new"
    answer = refusal(lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL))
    assert answer["error"] == "hash_conflict"
    control.close_view("U0ANA", clear=True)
    assert control.view("U0ANA") is None


def test_the_log_holds_no_token(sandbox: Sandbox, control: Control) -> None:
    web_client(sandbox).api_call("auth.test", params={"token": sandbox.bot_token})
    assert sandbox.bot_token not in json.dumps(control.log())


def test_do_not_disturb_is_told_of_one_and_of_many(client: WebClient, control: Control) -> None:
    now = datetime.fromisoformat(control.state()["now"])
    start, end = now + timedelta(hours=1), now + timedelta(hours=2)
    control.change_user("U0BEN", dnd=None)
    control.change_user("U0ANA", dnd=None, snooze=[start.isoformat(), end.isoformat()])
    quiet = {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(start.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }
    off = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    told = client.dnd_info(user="U0ANA").data
    assert isinstance(told, dict)
    assert {key: told[key] for key in quiet} == quiet
    assert client.dnd_teamInfo(users="U0ANA,U0BEN")["users"] == {"U0ANA": quiet, "U0BEN": off}
    assert "dnd" not in client.users_info(user="U0ANA")["user"]
    assert refusal(lambda: client.dnd_teamInfo(users="U0ANA"))["error"] == "no_users_provided"
    assert refusal(lambda: client.dnd_teamInfo(users=",".join(["U0ANA"] * 51)))["error"] == "too_many_users"
    assert refusal(lambda: client.dnd_info(user="U404"))["error"] == "user_not_found"
    control.change_user("U0ANA", snooze=None)
    assert client.dnd_teamInfo(users="U0ANA,U0BEN")["users"] == {"U0ANA": off, "U0BEN": off}


def test_every_event_of_the_test_manifest_has_its_scope_in_the_table() -> None:
    manifest = read_manifest(MANIFEST)
    assert manifest.events <= set(EVENT_SCOPES)
    assert all(not scopes or manifest.scopes & set(scopes) for scopes in EVENT_SCOPES.values())


def test_a_message_has_an_address(client: WebClient) -> None:
    """chat.getPermalink."""
    posted = client.chat_postMessage(channel="U0ANA", text="hi")
    found = client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])
    digits = posted["ts"].replace(".", "")
    assert found["permalink"] == f"https://small-works.slack.com/archives/{posted['channel']}/p{digits}"
    missing = refusal(lambda: client.chat_getPermalink(channel=posted["channel"], message_ts="1.000001"))
    assert missing["error"] == "message_not_found"


def test_everyone_has_a_night_in_their_own_zone(client: WebClient, control: Control) -> None:
    """dnd.info: it is nine on a Monday morning in London."""
    hugo = client.dnd_info(user="U0HUGO")
    assert hugo["dnd_enabled"]
    begins, ends = (datetime.fromtimestamp(hugo[f"next_dnd_{end}_ts"], UTC) for end in ("start", "end"))
    assert (begins.isoformat(), ends.isoformat()) == ("2026-01-12T03:00:00+00:00", "2026-01-12T13:00:00+00:00")
    control.change_user("U0HUGO", dnd=["12:00", "13:30"])
    noon = datetime.fromtimestamp(client.dnd_info(user="U0HUGO")["next_dnd_start_ts"], UTC)
    assert noon.isoformat() == "2026-01-12T17:00:00+00:00"
    assert "dnd" not in client.users_info(user="U0HUGO")["user"]
    control.change_user("U0HUGO", dnd=None)
    assert client.dnd_info(user="U0HUGO")["dnd_enabled"] is False
