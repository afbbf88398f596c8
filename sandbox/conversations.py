"""Channels, DMs and group DMs with their messages, in Slack's shape."""

from collections.abc import Iterable

from sandbox.errors import SlackError
from sandbox.shapes import Json


class Conversations:
    """Conversations by id; messages by conversation and `ts`, oldest first."""

    def __init__(self, team_id: str) -> None:
        self.team_id = team_id
        self.by_id: dict[str, Json] = {}
        self._messages: dict[str, dict[str, Json]] = {}
        self._by_people: dict[frozenset[str], str] = {}
        self._joined: dict[str, set[str]] = {}

    def add(self, channel: Json) -> Json:
        """Take in a channel object; `members` is part of it here though Slack's own leaves it out."""
        self.by_id[channel["id"]] = channel
        self._messages[channel["id"]] = {}
        self._joined[channel["id"]] = set(channel["members"])
        if channel["is_im"] or channel["is_mpim"]:
            self._by_people[frozenset(channel["members"])] = channel["id"]
        return channel

    def get(self, channel_id: str) -> Json:
        """The conversation. Raises SlackError("channel_not_found")."""
        channel = self.by_id.get(channel_id)
        if channel is None:
            raise SlackError("channel_not_found")
        return channel

    def between(self, people: Iterable[str]) -> Json | None:
        """The DM or group DM of exactly these people, if it was ever opened: the same people, the same one."""
        channel_id = self._by_people.get(frozenset(people))
        return None if channel_id is None else self.by_id[channel_id]

    def is_member(self, channel_id: str, user_id: str) -> bool:
        return user_id in self._joined.get(channel_id, ())

    def enter(self, channel_id: str, user_id: str) -> bool:
        """Make the user a member; False when they were one."""
        if self.is_member(channel_id, user_id):
            return False
        self._joined[channel_id].add(user_id)
        self.by_id[channel_id]["members"].append(user_id)
        return True

    def leave(self, channel_id: str, user_id: str) -> bool:
        """Take the user out; False when they were not in it."""
        if not self.is_member(channel_id, user_id):
            return False
        self._joined[channel_id].discard(user_id)
        self.by_id[channel_id]["members"].remove(user_id)
        return True

    def put(self, channel_id: str, message: Json) -> None:
        self._messages[channel_id][message["ts"]] = message

    def message(self, channel_id: str, ts: str) -> Json | None:
        return self._messages.get(channel_id, {}).get(ts)

    def drop(self, channel_id: str, ts: str) -> None:
        self._messages[channel_id].pop(ts, None)

    def messages(self, channel_id: str) -> list[Json]:
        """All messages, ephemerals too, oldest first. Raises SlackError("channel_not_found")."""
        self.get(channel_id)
        return list(self._messages[channel_id].values())


def channel_shape(
    channel_id: str,
    name: str,
    members: list[str],
    *,
    team_id: str,
    created: int,
    private: bool = False,
    topic: str = "",
) -> Json:
    """A public or private channel."""
    note = {"value": "", "creator": "", "last_set": 0}
    return {
        "id": channel_id,
        "name": name,
        "name_normalized": name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "is_archived": False,
        "is_general": name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "created": created,
        "creator": members[0] if members else "",
        "context_team_id": team_id,
        "shared_team_ids": [team_id],
        "topic": {**note, "value": topic},
        "purpose": dict(note),
        "members": members,
    }


def im_shape(channel_id: str, people: list[str], *, team_id: str, created: int) -> Json:
    """A DM of two people (or of one with themselves)."""
    return {
        "id": channel_id,
        "name": "",
        "is_channel": False,
        "is_group": False,
        "is_im": True,
        "is_mpim": False,
        "is_private": True,
        "is_archived": False,
        "is_org_shared": False,
        "created": created,
        "context_team_id": team_id,
        "members": people,
        "priority": 0,
    }


def mpim_shape(channel_id: str, people: list[str], name: str, *, team_id: str, created: int) -> Json:
    """A group DM, named as Slack names them: mpdm-ana--ben--mentor-1."""
    group = channel_shape(channel_id, name, people, team_id=team_id, created=created, private=True)
    return {**group, "is_channel": False, "is_group": True, "is_mpim": True}


def kind_of(channel: Json) -> str:
    """The type names of conversations.list: public_channel, private_channel, mpim or im."""
    if channel["is_im"]:
        return "im"
    if channel["is_mpim"]:
        return "mpim"
    return "private_channel" if channel["is_private"] else "public_channel"


# channel_type of an event's message, by kind: https://docs.slack.dev/reference/events/message
EVENT_TYPES = {"im": "im", "mpim": "mpim", "private_channel": "group", "public_channel": "channel"}
