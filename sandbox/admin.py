"""What a workspace's admins do (people, channels) and what a bad day does (faults, lost connections)."""

from sandbox.conversations import kind_of
from sandbox.errors import SlackError
from sandbox.events import EventFeed
from sandbox.faults import Faults
from sandbox.people import DND, SNOOZE
from sandbox.shapes import Json
from sandbox.socket_mode import SocketMode
from sandbox.workspace import BOT_USER_ID, Workspace


class Admin:
    """Changes to the company, each told to the app as Slack tells it."""

    def __init__(self, workspace: Workspace, sockets: SocketMode, events: EventFeed, faults: Faults) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._events = events
        self._faults = faults

    async def remove(self, channel: str, user: str, by: str | None = None) -> Json:
        """Take someone (or the app) out of a channel."""
        place = self._channel(channel)
        self._workspace.people.get(user)
        if user == BOT_USER_ID and self._workspace.app_sees(place):
            self._events.left(place, user, by or user)
            self._workspace.conversations.leave(channel, user)
        elif self._workspace.conversations.leave(channel, user):
            self._events.left(place, user, by or user)
        else:
            raise SlackError("not_in_channel")
        self._workspace.post(
            channel, {"subtype": "channel_leave", "user": user, "text": f"<@{user}> has left the channel"}
        )
        self._workspace.traffic.broadcast("channel", channel=channel)
        await self._events.settle()
        return {"ok": True}

    async def archive(self, channel: str, by: str = "") -> Json:
        """Archive a channel: nobody writes there any more."""
        place = self._channel(channel)
        if place["is_archived"]:
            raise SlackError("already_archived")
        place["is_archived"] = True
        self._workspace.traffic.broadcast("channel", channel=channel)
        self._events.archived(place, by)
        await self._events.settle()
        return {"ok": True}

    async def create_channel(self, body: Json) -> Json:
        """{name, members, is_private?, topic?}: a new channel."""
        if any(channel["name"] == body["name"] for channel in self._workspace.conversations.by_id.values()):
            raise SlackError("name_taken")
        for member in body["members"]:
            self._workspace.people.get(member)
        options = {key: body[key] for key in ("is_private", "topic", "id") if key in body}
        channel = self._workspace.create_channel(body["name"], body["members"], **options)
        return {"ok": True, "channel": channel}

    async def change_user(self, body: Json) -> Json:
        """{id, ...changes} for someone known, or a new colleague as in a seed."""
        user_id, now = body["id"], self._workspace.clock.now()
        if user_id in self._workspace.people.by_id:
            changes = {key: value for key, value in body.items() if key != "id"}
            user = self._workspace.people.change(user_id, changes, now)
            kind = "user_change"
            if {DND, SNOOZE} & set(changes):
                self._events.quiet(user_id, self._workspace.people.dnd_status(user_id, now))
        else:
            user = self._workspace.people.join(body, now)
            kind = "team_join"
        self._workspace.traffic.broadcast("person", user=user_id)
        self._events.person(kind, user)
        await self._events.settle()
        return {"ok": True, "user": user}

    async def break_things(self, body: Json) -> Json:
        """A fault of the Web API (see faults.py), {"clear": true}, {"socket": ...} or {"redeliver": event_id}."""
        if body.get("clear"):
            self._faults.clear()
        elif "socket" in body:
            await self._trouble_sockets(body["socket"], close=bool(body.get("close", True)))
        elif "redeliver" in body:
            if not self._events.redeliver(body["redeliver"]):
                raise SlackError("no_such_event")
            await self._events.settle()
        else:
            self._faults.add(body)
        return {"ok": True}

    async def _trouble_sockets(self, kind: str, *, close: bool) -> None:
        acts = {"warning": self._sockets.warn, "link_disabled": self._sockets.disable, "drop": self._sockets.drop}
        if kind == "refresh_requested":
            await self._sockets.refresh(close=close)
        elif kind in acts:
            await acts[kind]()
        else:
            raise SlackError("invalid_arguments", [f"[ERROR] no such trouble: {kind}"])

    def _channel(self, channel: str) -> Json:
        place = self._workspace.conversations.get(channel)
        if kind_of(place) in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
        return place
