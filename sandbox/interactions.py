"""What people do in conversations: write, use commands, press; and how the app's answer looks to them.

Used alike by the control API, the page and the autopilot. Each act returns `{ok, ...}` once the app acked, with `shown`
for what Slack would have shown when it did not.
"""

from sandbox.blocks import STATEFUL, find
from sandbox.conversations import kind_of
from sandbox.errors import SlackError
from sandbox.events import EventFeed
from sandbox.payloads import (
    command_payload,
    message_place,
    message_state,
    pressed_payload,
    suggestion_payload,
    view_place,
)
from sandbox.permits import ResponsePermit
from sandbox.pressing import completed, forged
from sandbox.shapes import Json
from sandbox.socket_mode import Answer, SocketMode
from sandbox.typed_text import as_command_text, as_message
from sandbox.validation import check_message, check_options
from sandbox.web_api.response_url import say
from sandbox.workspace import Workspace

LONGEST_MESSAGE = 40_000


class Interactions:
    """Acts of people in conversations and on App Home."""

    def __init__(self, workspace: Workspace, sockets: SocketMode, events: EventFeed) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._events = events
        self._offered: dict[tuple[str, str, str], set[str]] = {}
        self.url = ""

    def clear(self) -> None:
        self._offered.clear()

    # Writing

    async def message(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> Json:
        """Post a message as a person; `text` as typed."""
        place = self.place(channel, user)
        self._check_writing(place, text)
        marked = as_message(text, self._workspace.people, self._workspace.conversations)
        thread = {"thread_ts": thread_ts} if thread_ts else {}
        content = {"user": user, "text": marked, "client_msg_id": self._workspace.next_id("M"), **thread}
        posted = self._workspace.post(place["id"], content)
        sent = self._events.message(place, posted)
        answer = await sent if sent is not None else None
        return {"ok": True, "channel": place["id"], "ts": posted["ts"], "acked": answer is None or answer.acked}

    async def command(
        self, channel: str, user: str, command: str, text: str = "", thread_ts: str | None = None
    ) -> Json:
        """Run a slash command; `text` is what was typed after it."""
        place = self.place(channel, user)
        known = self._workspace.manifest.command(command)
        if thread_ts is not None:
            return self._slackbot(place, user, f"{command} is not supported in threads. Sorry!", "not_in_threads")
        if command == "/invite":
            return await self.invite(channel, self._named(text), by=user)
        if known is None:
            return self._slackbot(place, user, _unknown_command(command), "unknown_command")
        people, conversations = self._workspace.people, self._workspace.conversations
        sent_text = as_command_text(text.strip(), people, conversations, should_escape=known.should_escape)
        payload = command_payload(self._workspace, place, user, command, sent_text, self.url)
        answer = await self._sockets.deliver("slash_commands", payload, name=f"{command} {text}".strip(), accepts=True)
        if not answer.acked:
            return self._slackbot(place, user, f'{command} failed with the error "{answer.error}"', answer.error)
        return self._command_answer(place, user, command, answer.payload)

    # Pressing

    async def press(
        self, channel: str, message_ts: str, user: str, action: Json, *, values: Json | None = None, forge: bool = False
    ) -> Json:
        """Use an element of a message: `action` as in block_actions, `values` what else stands in its inputs."""
        place = self.place(channel, user)
        message = self.seen_message(place, message_ts, user)
        whole = self._action(message.get("blocks", []), action, user, message_ts, forge=forge)
        where = message_place(self._workspace, place, message)
        typed = _with_choice(values or {}, whole)
        secret = self._workspace.permits.response(place["id"], user, message_ts)
        where["response_url"] = f"{self.url}/response/{secret}"
        return await self._pressed(user, {**where, **message_state(message, typed)}, whole)

    async def home_action(self, user: str, action: Json, *, values: Json | None = None, forge: bool = False) -> Json:
        """Use an element of the person's App Home."""
        view = self._workspace.home(user)
        if view is None:
            raise SlackError("no_home")
        return await self.press_in_view(view, user, action, values=values, forge=forge)

    async def press_in_view(
        self, view: Json, user: str, action: Json, *, values: Json | None = None, forge: bool = False
    ) -> Json:
        """Use an element of an open modal or Home; what was typed so far goes along in view.state."""
        self.person(user)
        whole = self._action(view["blocks"], action, user, view["id"], forge=forge)
        keep_typed(view, _with_choice(values or {}, whole))
        return await self._pressed(user, view_place(view), whole)

    async def options(self, user: str, place: Json, blocks: list[Json], surface: str, asked: Json) -> Json:
        """What an external select suggests for `asked` {action_id, block_id, value}; `surface` is a view id or ts."""
        action = {"action_id": asked["action_id"], "block_id": asked.get("block_id")}
        found = _external(blocks, action)
        payload = suggestion_payload(self._workspace, user, place, found, str(asked.get("value", "")))
        answer = await self._sockets.deliver("interactive", payload, name=f"options {found['action_id']}", accepts=True)
        if not answer.acked:
            return self._trouble(user, answer, "This menu couldn't be loaded. Please try again.")
        return self._suggested(user, surface, found["action_id"], answer.payload)

    async def open_home(self, user: str, tab: str = "home") -> Json:
        """Open the app's Home (or its messages tab), as Slack tells the app each time."""
        self.person(user)
        channel = self._workspace.app_im(user)
        sent = self._events.home_opened(user, channel["id"], tab)
        answer = await sent if sent is not None else None
        return {"ok": True, "channel": channel["id"], "acked": answer is None or answer.acked}

    # Membership

    async def invite(self, channel: str, user: str, by: str | None = None) -> Json:
        """Add someone (or the app) to a channel, as /invite does."""
        place = self._workspace.conversations.get(channel)
        invited = self._workspace.people.get(user)
        if kind_of(place) in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
        if by is not None:
            self.place(channel, by)
        if place["is_archived"]:
            raise SlackError("is_archived")
        if invited["deleted"]:
            raise SlackError("user_disabled")
        if not self._workspace.conversations.enter(channel, user):
            raise SlackError("already_in_channel")
        joined = {"subtype": "channel_join", "user": user, "text": f"<@{user}> has joined the channel"}
        self._workspace.post(channel, {**joined, **({"inviter": by} if by else {})})
        self._workspace.traffic.broadcast("channel", channel=channel)
        self._events.joined(place, user, by)
        await self._events.settle()
        return {"ok": True, "channel": channel}

    # Who, where and what

    def person(self, user: str) -> Json:
        """Someone who can act. Raises SlackError: user_not_found, account_inactive or not_a_person."""
        found = self._workspace.people.get(user)
        if found["deleted"]:
            raise SlackError("account_inactive")
        if not self._workspace.people.is_human(user):
            raise SlackError("not_a_person")
        return found

    def place(self, channel: str, user: str) -> Json:
        """A conversation this person is in; a user id stands for the DM with them or the app. Raises SlackError."""
        self.person(user)
        if channel in self._workspace.people.by_id:
            return self._workspace.direct([user, channel])
        place = self._workspace.conversations.get(channel)
        if not self._workspace.conversations.is_member(channel, user):
            raise SlackError("not_in_channel")
        return place

    def _check_writing(self, place: Json, text: str) -> None:
        if place["is_archived"]:
            raise SlackError("is_archived")
        if not text.strip():
            raise SlackError("no_text")
        if len(text) > LONGEST_MESSAGE:
            raise SlackError("msg_too_long")
        if place["is_im"] and self._workspace.app_sees(place) and self._workspace.manifest.messages_tab_read_only:
            raise SlackError("restricted_action")

    def seen_message(self, place: Json, ts: str, user: str) -> Json:
        message = self._workspace.conversations.message(place["id"], ts)
        if message is None or message.get("ephemeral_to", user) != user:
            raise SlackError("message_not_found")
        return message

    def _action(self, blocks: list[Json], action: Json, user: str, surface: str, *, forge: bool) -> Json:
        if forge:
            return forged(action)
        offered = self._offered.get((user, surface, str(action.get("action_id"))), set())
        return completed(blocks, action, offered=offered, people=self._workspace.people)

    async def _pressed(self, user: str, place: Json, action: Json) -> Json:
        payload = pressed_payload(self._workspace, user, place, action)
        answer = await self._sockets.deliver("interactive", payload, name=f"block_actions {action['action_id']}")
        if not answer.acked:
            name = self._workspace.manifest.name
            return self._trouble(user, answer, f"{name} is having trouble responding. Please try again in a bit.")
        return {"ok": True}

    def offered(self, user: str, surface: str) -> dict[str, set[str]]:
        """Option values external selects of this surface have shown this person, by action_id."""
        return {key[2]: values for key, values in self._offered.items() if key[:2] == (user, surface)}

    def _suggested(self, user: str, surface: str, action_id: str, payload: Json) -> Json:
        try:
            check_options(payload)
        except SlackError as refusal:
            return {"ok": False, "error": refusal.error, "messages": refusal.messages}
        groups = payload.get("option_groups") or [{"options": payload.get("options") or []}]
        values = {option["value"] for group in groups for option in group["options"]}
        self._offered.setdefault((user, surface, action_id), set()).update(values)
        return {"ok": True, **{key: payload[key] for key in ("options", "option_groups") if key in payload}}

    def _command_answer(self, place: Json, user: str, command: str, payload: Json) -> Json:
        if not payload:
            return {"ok": True}
        try:
            check_message(payload)
        except SlackError as refusal:
            text = f'{command} failed with the error "invalid_command_response"'
            return {**self._slackbot(place, user, text, "invalid_command_response"), "messages": refusal.messages}
        permit = ResponsePermit(place["id"], user, 0.0)
        return {"ok": True, "ts": say(self._workspace, self._events, permit, payload)["ts"]}

    def _slackbot(self, place: Json, user: str, text: str, error: str | None) -> Json:
        self._workspace.slackbot_tells(place["id"], user, text)
        return {"ok": False, "error": error, "shown": text}

    def _trouble(self, user: str, answer: Answer, text: str) -> Json:
        self._workspace.notice(user, text)
        return {"ok": False, "error": answer.error, "shown": text}

    def _named(self, text: str) -> str:
        marked = as_message(text.strip(), self._workspace.people, self._workspace.conversations)
        if not marked.startswith("<@"):
            raise SlackError("user_not_found")
        return marked[2:].split(">")[0].split("|")[0]


def keep_typed(view: Json, typed: Json) -> None:
    """Put what a person typed into view.state, for the inputs that are there."""
    held = view["state"]["values"]
    for block_id, entries in typed.items():
        for action_id, entry in entries.items():
            if action_id in held.get(block_id, {}):
                held[block_id][action_id] = {"type": held[block_id][action_id]["type"], **entry}


def _with_choice(values: Json, action: Json) -> Json:
    """`values` with what the pressed element itself now holds."""
    if action["type"] not in STATEFUL:
        return values
    key = STATEFUL[action["type"]][0]
    entry = {"type": action["type"], key: action.get(key)}
    block = {**values.get(action["block_id"], {}), action["action_id"]: entry}
    return {**values, action["block_id"]: block}


def _external(blocks: list[Json], action: Json) -> Json:
    found = find(blocks, action["action_id"], action["block_id"])
    if found is None or not found[1]["type"].endswith("external_select"):
        raise SlackError("no_such_action")
    return {"action_id": found[1]["action_id"], "block_id": found[0]["block_id"]}


def _unknown_command(command: str) -> str:
    return (
        f'{command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted '
        "as commands. If you are trying to send a message and not run a command, try preceding the "
        '"/" with an empty space.'
    )
