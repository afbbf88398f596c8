"""The workspace itself: pure state in Slack's own JSON shapes. No network, no app's code."""

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import Any

from sandbox.blocks import dressed
from sandbox.clock import WorkspaceClock, microseconds
from sandbox.conversations import Conversations, channel_shape, im_shape, kind_of, mpim_shape
from sandbox.files import Files
from sandbox.manifest import Manifest
from sandbox.people import People
from sandbox.permits import Permits
from sandbox.seed import SLACKBOT, Seed, user_shape
from sandbox.shapes import Json
from sandbox.surfaces import Surfaces
from sandbox.traffic import Traffic

APP_ID = "A0SANDBOX01"
BOT_ID = "B0SANDBOX01"
BOT_USER_ID = "U0SANDBOX01"


class Workspace:
    """One team with one installed app. Reset puts it back to its seed."""

    def __init__(self, seed: Seed, manifest: Manifest, clock: WorkspaceClock) -> None:
        self.seed = seed
        self.manifest = manifest
        self.clock = clock
        self.traffic = Traffic(clock.now)
        self.permits = Permits()
        self.reset()

    def reset(self) -> None:
        """Forget all that happened; the clock is the caller's."""
        self.team = dict(self.seed.team)
        self.surfaces = Surfaces()
        self.people = People(self.team["id"], self.seed.profile_fields)
        self.conversations = Conversations(self.team["id"])
        # Who is played by a person or a script; the autopilot keeps its hands off them.
        self.played: set[str] = set()
        # The app's messages nobody of the autopilot's people has looked at: (channel id, ts).
        self.unseen: deque[tuple[str, str]] = deque(maxlen=5000)
        self.files = Files(self.next_id)
        self._counters: dict[str, int] = {}
        self._last_stamp = 0
        self._people()
        for entry in self.seed.channels:
            self.create_channel(**entry)

    def _people(self) -> None:
        for user in self.seed.users:
            self.people.add({**user, "profile": {**user["profile"], "fields": dict(user["profile"]["fields"])}})
        name = self.manifest.bot_display_name
        handle = name.lower().replace(" ", "")
        entry = {"id": BOT_USER_ID, "name": handle, "real_name": name, "is_bot": True}
        bot = user_shape(entry, self.team["id"], [], self.clock.now())
        bot["profile"].update({"api_app_id": APP_ID, "bot_id": BOT_ID})
        bot["profile"].pop("email")
        self.people.add(bot)

    # Names, numbers and moments

    def next_id(self, prefix: str) -> str:
        """An id nobody else has, such as D0000000001."""
        self._counters[prefix] = self._counters.get(prefix, 0) + 1
        return f"{prefix}{self._counters[prefix]:010d}"

    def next_ts(self) -> str:
        """The present as a `ts`, unique and rising."""
        self._last_stamp = max(self._last_stamp + 1, microseconds(self.clock.now()))
        return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06d}"

    def seconds(self) -> int:
        """The present in whole seconds since 1970."""
        return microseconds(self.clock.now()) // 1_000_000

    # What every piece may ask

    def state(self) -> Json:
        """Users, conversations (with members), apps, team and the present."""
        commands = [
            {"command": known.command, "description": known.description, "usage_hint": known.usage_hint}
            for known in self.manifest.commands
        ]
        app = {"id": APP_ID, "name": self.manifest.name, "bot_user_id": BOT_USER_ID, "bot_id": BOT_ID}
        return {
            "users": self.people.all(),
            "channels": list(self.conversations.by_id.values()),
            "apps": [{**app, "commands": commands}],
            "profile_fields": self.people.fields,
            "now": self.clock.now().isoformat(),
            "team": self.team,
        }

    def messages(self, channel_id: str) -> list[Json]:
        """Oldest first, ephemerals included. Raises SlackError("channel_not_found")."""
        return self.conversations.messages(channel_id)

    def top_view(self, user_id: str) -> Json | None:
        return self.surfaces.top(user_id)

    def home(self, user_id: str) -> Json | None:
        return self.surfaces.home(user_id)

    def log(self, since: int = 0) -> list[Json]:
        return self.traffic.log(since)

    def subscribe(self) -> asyncio.Queue[Json]:
        return self.traffic.subscribe()

    def unsubscribe(self, queue: asyncio.Queue[Json]) -> None:
        self.traffic.unsubscribe(queue)

    # Conversations

    def create_channel(
        self,
        name: str,
        members: Iterable[str],
        id: str | None = None,  # noqa: A002
        is_private: bool = False,
        topic: str = "",
    ) -> Json:
        channel_id = id or self.next_id("C")
        shape = channel_shape(
            channel_id,
            name,
            list(members),
            team_id=self.team["id"],
            created=self.seconds(),
            private=is_private,
            topic=topic,
        )
        self.traffic.broadcast("channel", channel=channel_id)
        return self.conversations.add(shape)

    def direct(self, people: Iterable[str]) -> Json:
        """The DM or group DM of exactly these people, made when there is none yet."""
        members = list(dict.fromkeys(people))
        known = self.conversations.between(members)
        if known is not None:
            return known
        team, created = self.team["id"], self.seconds()
        if len(members) <= 2:
            shape = im_shape(self.next_id("D"), members, team_id=team, created=created)
        else:
            handles = "--".join(self.people.get(member)["name"] for member in members)
            shape = mpim_shape(self.next_id("G"), members, f"mpdm-{handles}-1", team_id=team, created=created)
        self.traffic.broadcast("channel", channel=shape["id"])
        return self.conversations.add(shape)

    def app_im(self, user_id: str) -> Json:
        """The person's DM with the app."""
        return self.direct([user_id, BOT_USER_ID])

    def app_sees(self, channel: Json) -> bool:
        """Whether the app is in the conversation."""
        return self.conversations.is_member(channel["id"], BOT_USER_ID)

    def visible_to(self, user_id: str, channel: Json) -> bool:
        """Whether the conversation exists for this user: public, or a member."""
        return kind_of(channel) == "public_channel" or self.conversations.is_member(channel["id"], user_id)

    # Messages

    def post(self, channel_id: str, message: Json) -> Json:
        """Add a message (without ts) and tell everyone; returns it with its ts."""
        complete = {"type": "message", **message, "ts": self.next_ts(), "team": self.team["id"]}
        self.conversations.put(channel_id, complete)
        self._count_reply(channel_id, complete)
        self._announce(channel_id, complete)
        return complete

    def amend(self, channel_id: str, ts: str, changes: Json) -> Json:
        """Replace parts of a message in place; a part that is None goes. Returns the new message."""
        old = self.conversations.message(channel_id, ts)
        assert old is not None
        new = {key: value for key, value in {**old, **changes}.items() if value is not None}
        self.conversations.put(channel_id, new)
        self._announce(channel_id, new)
        return new

    def remove(self, channel_id: str, ts: str) -> None:
        self.conversations.drop(channel_id, ts)
        self.traffic.broadcast("message", channel=channel_id, ts=ts)

    def _announce(self, channel_id: str, message: Json) -> None:
        if message.get("user") == BOT_USER_ID and message.get("blocks"):
            self.unseen.append((channel_id, message["ts"]))
        self.traffic.broadcast("message", channel=channel_id, ts=message["ts"])

    def tell_only(self, channel_id: str, user_id: str, message: Json) -> Json:
        """Post an ephemeral message for one person."""
        return self.post(channel_id, {**message, "is_ephemeral": True, "ephemeral_to": user_id})

    def slackbot_tells(self, channel_id: str, user_id: str, text: str) -> Json:
        """What Slack itself says to one person in the conversation they are in."""
        return self.tell_only(channel_id, user_id, {"user": SLACKBOT, "text": text})

    def notice(self, user_id: str, text: str, channel_id: str | None = None) -> None:
        """What Slack shows a person outside the conversation."""
        self.traffic.broadcast("notice", user=user_id, text=text, channel=channel_id)

    def as_app(self, text: str, parts: Json) -> Json:
        """A message of the app: `parts` may hold blocks, attachments, metadata, thread_ts."""
        blocks = parts.get("blocks")
        extra: dict[str, Any] = {key: parts[key] for key in ("attachments", "metadata", "thread_ts") if parts.get(key)}
        if blocks:
            extra["blocks"] = dressed(blocks, self.next_block_id)
        profile = {"id": BOT_ID, "app_id": APP_ID, "name": self.manifest.bot_display_name, "deleted": False}
        author = {"user": BOT_USER_ID, "bot_id": BOT_ID, "app_id": APP_ID}
        return {**author, "text": text, "bot_profile": {**profile, "team_id": self.team["id"]}, **extra}

    def next_block_id(self) -> str:
        """A block_id or action_id as Slack makes them up."""
        self._counters["block"] = self._counters.get("block", 0) + 1
        return f"b{self._counters['block']:04d}"

    def _count_reply(self, channel_id: str, message: Json) -> None:
        parent = self.conversations.message(channel_id, message.get("thread_ts", ""))
        if parent is None or parent["ts"] == message["ts"]:
            return
        replies = parent.get("reply_count", 0) + 1
        changes = {"thread_ts": parent["ts"], "reply_count": replies, "latest_reply": message["ts"]}
        self.amend(channel_id, parent["ts"], changes)

    # Keeping

    def snapshot(self) -> Json:
        """All that `restore` needs, as JSON."""
        channels = list(self.conversations.by_id.values())
        return {
            "now": self.clock.now().isoformat(),
            "users": self.people.all(),
            "channels": channels,
            "messages": {channel["id"]: self.messages(channel["id"]) for channel in channels},
            "homes": self.surfaces.homes(),
            "files": self.files.snapshot(),
            "counters": self._counters,
            "last_stamp": self._last_stamp,
        }

    def restore(self, saved: Json) -> None:
        """Take up a snapshot; open modals, triggers and response_urls did not survive it."""
        self.reset()
        self.people.by_id = {user["id"]: user for user in saved["users"]}
        self.conversations = Conversations(self.team["id"])
        for channel in saved["channels"]:
            self.conversations.add(channel)
            for message in saved["messages"][channel["id"]]:
                self.conversations.put(channel["id"], message)
        for user_id, view in saved["homes"].items():
            self.surfaces.publish(user_id, view)
        self.files.restore(saved.get("files", []))
        self._counters = dict(saved["counters"])
        self._last_stamp = saved["last_stamp"]
