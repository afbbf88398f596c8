"""Events API: which happenings the app hears of, and in which words.

An event is sent when the manifest subscribes to it, its scope is granted, and the app may see the place.
Source of names, scopes and shapes: https://docs.slack.dev/reference/events
"""

import asyncio
from collections import deque
from collections.abc import Callable

from sandbox.conversations import EVENT_TYPES, kind_of
from sandbox.people import without_fields
from sandbox.shapes import Json
from sandbox.socket_mode import Answer, SocketMode
from sandbox.workspace import APP_ID, BOT_USER_ID, Workspace

# Event -> the scopes of which one is needed; each page: https://docs.slack.dev/reference/events/<event>
EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "channel_archive": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "dnd_updated_user": ("dnd:read",),
    "group_archive": ("groups:read",),
    "group_left": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
}
_SUBSCRIPTIONS = {"im": "message.im", "mpim": "message.mpim", "group": "message.groups", "channel": "message.channels"}
REMEMBERED = 200
# The delivery under way, to be awaited by whoever wants to know whether the app acked.
Sent = asyncio.Task[Answer] | None


class EventFeed:
    """Tells the app what happened, in the background; `settle` waits for its acks. `deliveries`: how often each."""

    def __init__(self, workspace: Workspace, sockets: SocketMode, deliveries: Callable[[], int]) -> None:
        self._workspace = workspace
        self._deliveries = deliveries
        self._sockets = sockets
        self._tasks: set[asyncio.Task[Answer]] = set()
        self._sent: deque[Json] = deque(maxlen=REMEMBERED)

    def subscribed(self, name: str) -> bool:
        """Whether the manifest asks for this event and grants a scope for it."""
        scopes = EVENT_SCOPES.get(name, ())
        granted = not scopes or bool(self._workspace.manifest.scopes & set(scopes))
        return name in self._workspace.manifest.events and granted

    def emit(self, subscription: str, event: Json) -> Sent:
        """Send the event in the background when the app is subscribed to it; None when it is not, or on a bad day."""
        times = self._deliveries()
        if not self.subscribed(subscription) or not times:
            return None
        payload = self._payload({**event, "event_ts": event.get("event_ts") or self._workspace.next_ts()})
        self._sent.append(payload)
        started = [self._start(payload, {"retry_attempt": 0, "retry_reason": ""}) for _ in range(times)]
        return started[-1]

    def redeliver(self, event_id: str) -> bool:
        """Send an event again as Slack's retry does; `event_id` may be "last". False when it is not remembered."""
        known = [payload for payload in self._sent if event_id in (payload["event_id"], "last")]
        if known:
            self._start(known[-1], {"retry_attempt": 1, "retry_reason": "timeout"})
        return bool(known)

    async def settle(self) -> None:
        """Wait until every event was acked or given up."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def clear(self) -> None:
        self._sent.clear()

    # What happens in a workspace

    def message(self, channel: Json, message: Json, changes: Json | None = None) -> Sent:
        """A message was posted; or, with `changes` (subtype and its parts), edited or deleted."""
        if not self._workspace.app_sees(channel):
            return None
        place = {"channel": channel["id"], "channel_type": EVENT_TYPES[kind_of(channel)]}
        shown = {key: value for key, value in message.items() if key != "metadata"}
        event = {**shown, **place} if changes is None else {"type": "message", **changes, **place, "hidden": True}
        event["event_ts"] = event["ts"] = event.get("ts") or self._workspace.next_ts()
        sent = self.emit(_SUBSCRIPTIONS[place["channel_type"]], event)
        if f"<@{BOT_USER_ID}>" in message.get("text", "") and changes is None:
            self.emit("app_mention", {**shown, "type": "app_mention", "channel": channel["id"]})
        return sent

    def home_opened(self, user_id: str, channel_id: str, tab: str) -> Sent:
        event: Json = {"type": "app_home_opened", "user": user_id, "channel": channel_id, "tab": tab}
        view = self._workspace.home(user_id)
        if view is not None and tab == "home":
            event["view"] = view
        return self.emit("app_home_opened", event)

    def joined(self, channel: Json, user_id: str, inviter: str | None) -> None:
        event = {"type": "member_joined_channel", "user": user_id, **self._place(channel)}
        if self._workspace.app_sees(channel):
            self.emit("member_joined_channel", {**event, **({"inviter": inviter} if inviter else {})})

    def left(self, channel: Json, user_id: str, actor: str) -> None:
        """Someone left or was removed; the app itself hears of its own leaving in another event."""
        if user_id == BOT_USER_ID:
            name = "group_left" if channel["is_private"] else "channel_left"
            self.emit(name, {"type": name, "channel": channel["id"], "actor_id": actor})
        elif self._workspace.app_sees(channel):
            self.emit("member_left_channel", {"type": "member_left_channel", "user": user_id, **self._place(channel)})

    def archived(self, channel: Json, user_id: str) -> None:
        name = "group_archive" if channel["is_private"] else "channel_archive"
        if self._workspace.visible_to(BOT_USER_ID, channel):
            self.emit(name, {"type": name, "channel": channel["id"], "user": user_id})

    def person(self, kind: str, user: Json) -> None:
        """`kind` is user_change or team_join."""
        shown = without_fields(user, email="users:read.email" in self._workspace.manifest.scopes)
        self.emit(kind, {"type": kind, "user": shown, "cache_ts": self._workspace.seconds()})

    def quiet(self, user_id: str, status: Json) -> None:
        """Somebody's do-not-disturb was changed."""
        self.emit("dnd_updated_user", {"type": "dnd_updated_user", "user": user_id, "dnd_status": status})

    def _place(self, channel: Json) -> Json:
        kind = "G" if channel["is_private"] else "C"
        return {"channel": channel["id"], "channel_type": kind, "team": self._workspace.team["id"]}

    def _payload(self, event: Json) -> Json:
        team = self._workspace.team["id"]
        bot = {
            "enterprise_id": None,
            "team_id": team,
            "user_id": BOT_USER_ID,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "sandbox",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.next_id("Ev"),
            "event_time": self._workspace.seconds(),
            "authorizations": [bot],
            "is_ext_shared_channel": False,
            "event_context": f"sandbox-{event['type']}",
        }

    def _start(self, payload: Json, retry: Json) -> asyncio.Task[Answer]:
        task = asyncio.get_running_loop().create_task(self._deliver(payload, retry))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _deliver(self, payload: Json, retry: Json) -> Answer:
        return await self._sockets.deliver("events_api", payload, name=payload["event"]["type"], retry=retry)
