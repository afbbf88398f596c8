"""A real Bolt app over the SDK's built-in Socket Mode client: people act, the app answers, and what they see."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.client import Control
from sandbox.modal_acts import TROUBLE
from sandbox.server import Sandbox
from sandbox.workspace import BOT_USER_ID
from tests.sandbox.conftest import MANIFEST, SMALL, web_client

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, value: str = "1") -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(action_id), "value": value}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "acts", "elements": list(elements)}


def choices(*values: str) -> list[Json]:
    return [{"text": plain(value), "value": value} for value in values]


def entry(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def modal(callback_id: str, *blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


WORD = {"type": "plain_text_input", "action_id": "word", "max_length": 10}
MAIL = {"type": "email_text_input", "action_id": "mail"}
SKILL = {"type": "external_select", "action_id": "skill", "min_query_length": 0}
MON, TUE = choices("mon", "tue")
DAY = {"type": "static_select", "action_id": "day", "options": [MON, TUE], "initial_option": MON}
FORM = modal(
    "form",
    entry("word", WORD),
    entry("mail", MAIL, optional=True),
    entry("skill", SKILL, optional=True),
    actions(button("more"), DAY),
    notify_on_close=True,
)


class Parrot:
    """The app under test: it remembers every body and answers as its `on_...` says."""

    def __init__(self, client: WebClient) -> None:
        self.heard: list[tuple[str, Json]] = []
        self.answer: Json = {}
        self.app = App(client=client, process_before_response=False)
        self.app.command("/parrot")(self._command)
        self.app.command("/plain")(self._command)
        self.app.view("form")(self._submission)
        self.app.view_closed("form")(self._acked("closed"))
        self.app.action({"action_id": "go"})(self._pressed)
        self.app.action({"action_id": "open"})(self._opened)
        for action_id in ("more", "day", "word"):
            self.app.action({"action_id": action_id})(self._acked("pressed"))
        self.app.options("skill")(self._suggest)
        for event in ("message", "app_mention", "app_home_opened", "user_change", "team_join"):
            self.app.event(event)(self._acked("event"))
        for event in ("member_joined_channel", "member_left_channel", "channel_left", "group_left", "channel_archive"):
            self.app.event(event)(self._acked("event"))

    def last(self, kind: str) -> Json | None:
        return next((body for heard, body in reversed(self.heard) if heard == kind), None)

    def events(self, name: str) -> list[Json]:
        return [body["event"] for heard, body in self.heard if heard == "event" and body["event"]["type"] == name]

    def _acked(self, kind: str) -> Callable[..., None]:
        def listener(ack: Callable[..., Any], body: Json) -> None:
            ack()
            self.heard.append((kind, body))

        return listener

    def _command(self, ack: Callable[..., Any], body: Json, client: WebClient, respond: Callable[..., Any]) -> None:
        self.heard.append(("command", body))
        ack()
        if body["text"] == "form":
            client.views_open(trigger_id=body["trigger_id"], view=FORM)
        elif body["text"] == "answers":
            for number in range(6):
                self.heard.append(("response", {"status": respond(f"answer {number}").status_code}))
        elif body["text"] == "aloud":
            respond("everybody hears", response_type="in_channel")

    def _pressed(self, ack: Callable[..., Any], body: Json, respond: Callable[..., Any]) -> None:
        ack()
        self.heard.append(("pressed", body))
        respond(**self.answer)

    def _opened(self, ack: Callable[..., Any], body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    def _submission(self, ack: Callable[..., Any], body: Json) -> None:
        self.heard.append(("submission", body))
        ack(**self.answer)

    def _suggest(self, ack: Callable[..., Any], body: Json) -> None:
        self.heard.append(("suggest", body))
        ack(options=choices(body["value"] or "anything", "sql"))


@pytest.fixture(scope="module")
def parrot_home() -> Iterator[tuple[Sandbox, Parrot]]:
    sandbox = Sandbox(SMALL, MANIFEST, autopilot_seed=7)
    sandbox.start()
    parrot = Parrot(web_client(sandbox))
    quiet = logging.getLogger("parrot")
    quiet.setLevel(logging.CRITICAL)
    client = web_client(sandbox)
    handler = SocketModeHandler(parrot.app, sandbox.app_token, logger=quiet, web_client=client, ping_interval=1)
    handler.connect()
    yield sandbox, parrot
    handler.close()
    sandbox.stop()


@pytest.fixture
def parrot(parrot_home: tuple[Sandbox, Parrot], control: Control) -> Parrot:
    found = parrot_home[1]
    found.heard.clear()
    found.answer = {}
    return found


@pytest.fixture
def sandbox(parrot_home: tuple[Sandbox, Parrot]) -> Sandbox:
    Control(parrot_home[0].url).reset()
    return parrot_home[0]


@pytest.fixture
def form(control: Control, parrot: Parrot) -> Json:
    """Ana has the form open."""
    assert control.command("C0GENERAL", "U0ANA", "/parrot", "form")["ok"]
    return dict(control.until(lambda: control.view("U0ANA")))


def typed(word: str, **more: Json) -> Json:
    return {"word": {"word": {"type": "plain_text_input", "value": word}}, **more}


# Commands

COMMAND_TEXTS = [
    ("/parrot", "kudos @Ben & <b>", "kudos <@U0BEN|ben> &amp; &lt;b&gt;"),
    ("/parrot", "thank @Ana Conceição, please", "thank <@U0ANA|ana>, please"),
    ("/parrot", "<@U0BEN> in #general", "<@U0BEN|ben> in <#C0GENERAL|general>"),
    ("/parrot", "@nobody and #nowhere", "@nobody and #nowhere"),
    ("/parrot", "see https://a.example/b", "see <https://a.example/b>"),
    ("/plain", "kudos @Ben & <b>", "kudos @Ben & <b>"),
    ("/plain", "<@U0BEN> in <#C0GENERAL>", "@ben in #general"),
]


@pytest.mark.parametrize(("command", "written", "received"), COMMAND_TEXTS)
def test_a_commands_text_is_escaped_when_the_manifest_says_so(
    control: Control, parrot: Parrot, command: str, written: str, received: str
) -> None:
    assert control.command("C0GENERAL", "U0ANA", command, written)["ok"]
    heard = parrot.last("command")
    assert heard is not None
    assert heard["text"] == received


@pytest.mark.parametrize(
    ("where", "name"), [(BOT_USER_ID, "directmessage"), ("C0GENERAL", "general"), ("private", "privategroup")]
)
def test_a_command_says_where_it_was_typed(control: Control, parrot: Parrot, where: str, name: str) -> None:
    if where == "private":
        where = control.create_channel("board", ["U0ANA"], is_private=True)["channel"]["id"]
    control.command(where, "U0ANA", "/parrot", "hi")
    heard = parrot.last("command")
    assert heard is not None
    assert heard["channel_name"] == name


def test_slack_itself_answers_what_is_no_command_of_the_app(control: Control) -> None:
    assert "is not a valid command" in control.command("C0GENERAL", "U0ANA", "/nope")["shown"]
    threaded = control.command("C0GENERAL", "U0ANA", "/parrot", "hi", thread_ts="1.1")
    assert threaded["shown"] == "/parrot is not supported in threads. Sorry!"
    assert control.messages("C0GENERAL")[-1]["user"] == "USLACKBOT"


def test_a_response_url_serves_five_times(control: Control, parrot: Parrot) -> None:
    control.command("C0GENERAL", "U0ANA", "/parrot", "answers")
    statuses = control.until(lambda: [body["status"] for kind, body in parrot.heard if kind == "response"][5:])
    assert statuses == [404]
    shown = [message["text"] for message in control.messages("C0GENERAL")]
    assert shown == [f"answer {number}" for number in range(5)]


def test_a_response_url_can_speak_to_the_whole_channel(control: Control, parrot: Parrot) -> None:
    control.command("C0GENERAL", "U0ANA", "/parrot", "aloud")
    said = control.until(lambda: control.messages("C0GENERAL"))[-1]
    assert (said["text"], "is_ephemeral" in said) == ("everybody hears", False)


# Messages

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


# Pressing


def posted(client: WebClient, *elements: Json) -> tuple[str, str]:
    answer = client.chat_postMessage(channel="U0ANA", text="hi", blocks=[actions(*elements)])
    return str(answer["channel"]), str(answer["ts"])


def test_a_press_carries_what_slack_sends(control: Control, parrot: Parrot, client: WebClient) -> None:
    parrot.answer = {"text": "thanks"}
    channel, ts = posted(client, button("go", "42"), DAY)
    chosen = {"acts": {"day": {"type": "static_select", "selected_option": TUE}}}
    assert control.interact(channel, ts, "U0ANA", {"action_id": "go"}, values=chosen)["ok"]
    body = control.until(lambda: parrot.last("pressed"))
    assert body["container"] == {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False}
    assert body["channel"] == {"id": channel, "name": "directmessage"}
    assert body["message"]["ts"] == ts
    assert body["actions"][0]["value"] == "42"
    assert body["actions"][0]["block_id"] == "acts"
    assert body["state"]["values"]["acts"]["day"]["selected_option"]["value"] == "tue"
    assert (body["user"]["username"], body["team"]["domain"]) == ("ana", "small-works")
    assert {"trigger_id", "response_url", "api_app_id"} <= set(body)
    control.until(lambda: control.messages(channel)[0]["text"] == "thanks")
    assert "blocks" not in control.messages(channel)[0], "an answer replaces the message"


ANSWERS = [
    ({"text": "new", "replace_original": False}, ["hi", "new"]),
    ({"text": "new", "replace_original": True}, ["new"]),
    ({"text": "new", "response_type": "ephemeral", "replace_original": False}, ["hi", "new"]),
    ({"delete_original": True}, []),
]


@pytest.mark.parametrize(("answer", "left"), ANSWERS)
def test_a_response_url_replaces_adds_or_deletes(
    control: Control, parrot: Parrot, client: WebClient, answer: Json, left: list[str]
) -> None:
    parrot.answer = answer
    channel, ts = posted(client, button("go"))
    control.interact(channel, ts, "U0ANA", {"action_id": "go"})
    control.until(lambda: [message["text"] for message in control.messages(channel)] == left)


ABSENT = [
    ({"action_id": "gone"}, "no_such_action"),
    ({"action_id": "go", "block_id": "other"}, "no_such_action"),
    ({"action_id": "go", "value": "43"}, "no_such_action"),
    ({"action_id": "go", "type": "static_select"}, "no_such_action"),
    ({"action_id": "day", "selected_option": choices("sun")[0]}, "option_not_offered"),
    ({"action_id": "day"}, "invalid_arguments"),
    ({"action_id": "word"}, "no_such_action"),
]


@pytest.mark.parametrize(("action", "error"), ABSENT)
def test_only_what_is_drawn_can_be_pressed_unless_forged(
    control: Control, parrot: Parrot, client: WebClient, action: Json, error: str
) -> None:
    blocks = [actions(button("go", "42"), DAY), entry("word", WORD)]
    answer = client.chat_postMessage(channel="U0ANA", text="hi", blocks=blocks)
    channel, ts = answer["channel"], answer["ts"]
    assert control.interact(channel, ts, "U0ANA", action)["error"] == error
    assert parrot.last("pressed") is None
    forged = control.interact(channel, ts, "U0ANA", {**action, "action_id": "more"}, forged=True)
    assert forged["ok"]
    assert parrot.last("pressed")


def test_another_persons_message_cannot_be_pressed(control: Control, client: WebClient) -> None:
    channel, ts = posted(client, button("go"))
    assert control.interact(channel, ts, "U0BEN", {"action_id": "go"})["error"] == "not_in_channel"
    control.invite("C0GENERAL", BOT_USER_ID)
    client.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="psst", blocks=[actions(button("go"))])
    psst = control.messages("C0GENERAL")[-1]["ts"]
    assert control.interact("C0GENERAL", psst, "U0BEN", {"action_id": "go"})["error"] == "message_not_found"


def test_an_ephemeral_is_pressed_without_its_message(control: Control, parrot: Parrot, client: WebClient) -> None:
    parrot.answer = {"text": "seen"}
    control.invite("C0GENERAL", BOT_USER_ID)
    client.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="psst", blocks=[actions(button("go"))])
    ts = control.messages("C0GENERAL")[-1]["ts"]
    assert control.interact("C0GENERAL", ts, "U0ANA", {"action_id": "go"})["ok"]
    body = control.until(lambda: parrot.last("pressed"))
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    control.until(lambda: control.messages("C0GENERAL")[-1]["text"] == "seen")


def test_home_is_opened_published_and_pressed(control: Control, parrot: Parrot, client: WebClient) -> None:
    assert control.open_home("U0ANA")["acked"]
    opened = control.until(lambda: parrot.events("app_home_opened"))[0]
    assert (opened["tab"], opened["user"], "view" in opened) == ("home", "U0ANA", False)
    client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": [actions(button("more"), DAY)]})
    chosen = {"action_id": "day", "selected_option": TUE}
    assert control.home_action("U0ANA", chosen)["ok"]
    body = control.until(lambda: parrot.last("pressed"))
    assert body["container"]["type"] == "view"
    assert body["view"]["state"]["values"]["acts"]["day"]["selected_option"]["value"] == "tue"
    control.open_home("U0ANA")
    assert control.until(lambda: parrot.events("app_home_opened")[1:])[0]["view"]["type"] == "home"


# Modals

REFUSED_FIELDS = [
    ({}, {"word": "Please complete this required field."}),
    (typed("far too long a word"), {"word": "far too long"}),
    (typed("ok", mail={"mail": {"type": "email_text_input", "value": "no"}}), {"mail": "valid email"}),
    (
        typed("ok", skill={"skill": {"type": "external_select", "selected_option": choices("never")[0]}}),
        {"skill": "Choose one"},
    ),
]


@pytest.mark.parametrize(("values", "errors"), REFUSED_FIELDS)
def test_what_slacks_client_refuses_never_reaches_the_app(
    control: Control, parrot: Parrot, form: Json, values: Json, errors: dict[str, str]
) -> None:
    answer = control.submit_view("U0ANA", values)
    assert answer["ok"] is False
    assert set(answer["errors"]) == set(errors)
    shown = control.view("U0ANA")
    assert shown is not None
    assert shown["errors"] == answer["errors"]
    assert parrot.last("submission") is None


def test_a_submission_carries_the_state_and_closes_the_modal(control: Control, parrot: Parrot, form: Json) -> None:
    found = control.options("U0ANA", "skill", "spe")["options"]
    assert [option["value"] for option in found] == ["spe", "sql"]
    values = typed("hello", skill={"skill": {"type": "external_select", "selected_option": found[1]}})
    assert control.submit_view("U0ANA", values) == {"ok": True}
    body = control.until(lambda: parrot.last("submission"))
    state = body["view"]["state"]["values"]
    assert state["word"]["word"]["value"] == "hello"
    assert state["mail"]["mail"] == {"type": "email_text_input", "value": None}
    assert state["skill"]["skill"]["selected_option"]["value"] == "sql"
    assert state["acts"]["day"]["selected_option"]["value"] == "mon", "initial values are part of it"
    assert (body["view"]["id"], body["view"]["callback_id"]) == (form["id"], "form")
    assert control.view("U0ANA") is None


def test_fields_the_view_does_not_have_are_refused_unless_forged(control: Control, parrot: Parrot, form: Json) -> None:
    strange = {"other": {"word": {"type": "plain_text_input", "value": "x"}}}
    assert control.submit_view("U0ANA", strange)["error"] == "no_such_input"
    assert control.submit_view("U0ANA", strange, forged=True)["ok"]
    body = control.until(lambda: parrot.last("submission"))
    assert "other" in body["view"]["state"]["values"]


def test_what_was_typed_survives_an_action_and_an_update(
    control: Control, parrot: Parrot, client: WebClient, form: Json
) -> None:
    assert control.view_action("U0ANA", {"action_id": "more"}, values=typed("kept"))["ok"]
    body = control.until(lambda: parrot.last("pressed"))
    assert body["view"]["state"]["values"]["word"]["word"]["value"] == "kept"
    client.views_update(view_id=form["id"], view={**FORM, "blocks": [FORM["blocks"][0]]})
    shown = control.view("U0ANA")
    assert shown is not None
    assert shown["state"]["values"] == typed("kept")


@pytest.mark.parametrize(
    ("answer", "top"),
    [
        ({"response_action": "update", "view": modal("second", entry("word", WORD))}, "second"),
        ({"response_action": "push", "view": modal("third", entry("word", WORD))}, "third"),
        ({"response_action": "clear"}, None),
        ({}, None),
    ],
)
def test_a_submission_is_answered_with_a_response_action(
    control: Control, parrot: Parrot, form: Json, answer: Json, top: str | None
) -> None:
    parrot.answer = answer
    assert control.submit_view("U0ANA", typed("hello"))["ok"]
    shown = control.view("U0ANA")
    assert (shown and shown["callback_id"]) == top
    if top == "third":
        control.close_view("U0ANA")
        below = control.view("U0ANA")
        assert below is not None
        assert below["id"] == form["id"]


def test_the_apps_errors_are_shown_in_place_until_the_next_try(control: Control, parrot: Parrot, form: Json) -> None:
    parrot.answer = {"response_action": "errors", "errors": {"word": "Not that one."}}
    assert control.submit_view("U0ANA", typed("hello")) == {"ok": False, "errors": {"word": "Not that one."}}
    shown = control.view("U0ANA")
    assert shown is not None
    assert shown["errors"] == {"word": "Not that one."}
    assert shown["state"]["values"]["word"]["word"]["value"] == "hello"
    parrot.answer = {}
    assert control.submit_view("U0ANA") == {"ok": True}


BAD_ANSWERS: list[Json] = [
    {"response_action": "errors", "errors": {"acts": "not an input"}},
    {"response_action": "update", "view": {**modal("x"), "title": plain("far too long for the title of a modal")}},
    {"response_action": "dance"},
]


@pytest.mark.parametrize("answer", BAD_ANSWERS)
def test_an_answer_slack_cannot_use_leaves_the_modal_with_its_trouble(
    control: Control, parrot: Parrot, form: Json, answer: Json
) -> None:
    parrot.answer = answer
    result = control.submit_view("U0ANA", typed("hello"))
    assert (result["ok"], result["shown"]) == (False, TROUBLE)
    shown = control.view("U0ANA")
    assert shown is not None
    assert shown["id"] == form["id"]


def test_closing_tells_the_app_when_it_asked_to_know(control: Control, parrot: Parrot, form: Json) -> None:
    control.close_view("U0ANA")
    closed = control.until(lambda: parrot.last("closed"))
    assert (closed["view"]["id"], closed["is_cleared"]) == (form["id"], False)
    assert control.view("U0ANA") is None


def test_the_autopilot_presses_fills_in_and_submits(
    sandbox: Sandbox, control: Control, parrot: Parrot, client: WebClient
) -> None:
    everyone = ["U0ANA", "U0BEN", "U0CHLOE", "U0DEV", "U0EVA", "U0FEMI", "U0GITA", "U0HUGO"]
    for user in everyone:
        client.chat_postMessage(channel=user, text="hi", blocks=[actions({**button("open"), "style": "primary"})])
    control.message("C0GENERAL", "U0ANA", "I am played")
    control.advance("P1D")
    submitted = [body for kind, body in parrot.heard if kind == "submission"]
    people = {body["user"]["id"] for body in submitted}
    assert len(people) >= 4
    assert people <= set(everyone) - {"U0ANA"}
    assert all(body["view"]["state"]["values"]["word"]["word"]["value"] for body in submitted)
    assert [control.view(user) for user in everyone] == [None] * len(everyone)


def test_colleagues_write_to_each_other_unheard(control: Control, parrot: Parrot) -> None:
    place = control.message("U0BEN", "U0ANA", "lunch?")["channel"]
    assert control.message("U0ANA", "U0BEN", "sure")["channel"] == place
    assert [message["text"] for message in control.messages(place)] == ["lunch?", "sure"]
    assert parrot.heard == []


def test_a_refreshed_client_comes_back_by_itself(sandbox: Sandbox, control: Control, parrot: Parrot) -> None:
    control.faults(socket="refresh_requested", close=True)
    control.until(lambda: sandbox.sockets.connections == 1, seconds=8)
    control.until(lambda: control.command("C0GENERAL", "U0ANA", "/parrot", "back?")["ok"], seconds=8)
