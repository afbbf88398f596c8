"""What one person sees around a conversation: people, places, unread marks. Pure, from `workspace.state()`."""

import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sandbox.ui.moments import clock_time
from sandbox.ui.mrkdwn import Reader

Json = Mapping[str, Any]
TONES = 12


@dataclass(frozen=True)
class Person:
    """Someone as the page names and draws them. `role` is empty for an ordinary member."""

    id: str
    name: str
    real_name: str
    title: str
    tz: str
    role: str
    is_app: bool

    @property
    def initials(self) -> str:
        """One or two letters for the coloured square."""
        words = re.findall(r"\w+", self.name) or ["?"]
        second = str(words[-1])[0] if len(words) > 1 else ""
        return f"{str(words[0])[0]}{second}".upper()

    @property
    def tone(self) -> int:
        """Which of the avatar colours is this person's, the same every time."""
        return zlib.crc32(self.id.encode()) % TONES

    @property
    def city(self) -> str:
        """The zone as people say it: `Sao Paulo`."""
        return self.tz.rpartition("/")[2].replace("_", " ")

    def wall_time(self, now: datetime) -> str:
        return clock_time(now, self.tz)


@dataclass(frozen=True)
class Place:
    """One line of the sidebar: a channel, a DM or a group DM."""

    id: str
    kind: str
    name: str
    people: tuple[Person, ...]
    unread: int = 0
    pings: int = 0
    private: bool = False
    topic: str = ""


def _role(user: Json) -> str:
    if user.get("is_owner"):
        return "workspace owner"
    if user.get("is_admin"):
        return "workspace admin"
    return "guest" if user.get("is_restricted") or user.get("is_ultra_restricted") else ""


def person_of(user: Json) -> Person:
    """A user object of Slack as the page draws it."""
    profile = user.get("profile") or {}
    real_name = str(profile.get("real_name") or user.get("real_name") or user.get("name") or user["id"])
    return Person(
        id=str(user["id"]),
        name=str(profile.get("display_name") or real_name),
        real_name=real_name,
        title=str(profile.get("title") or ""),
        tz=str(user.get("tz") or "UTC"),
        role=_role(user),
        is_app=bool(user.get("is_bot")),
    )


def can_be_played(user: Json) -> bool:
    """Whether a visitor may be this person: nobody who is deactivated, a bot, a stranger or not yet here."""
    barred = ("deleted", "is_bot", "is_stranger", "is_invited_user")
    return user["id"] != "USLACKBOT" and not any(user.get(flag) for flag in barred)


@dataclass(frozen=True)
class Scene:
    """The workspace as `user_id` sees it at `now` (aware UTC)."""

    state: Json
    user_id: str
    now: datetime

    @cached_property
    def people(self) -> dict[str, Person]:
        return {user["id"]: person_of(user) for user in self.state["users"]}

    @property
    def me(self) -> Person:
        return self.people[self.user_id]

    @property
    def playable(self) -> list[Person]:
        """Everyone a visitor may be, by name."""
        found = [person_of(user) for user in self.state["users"] if can_be_played(user)]
        return sorted(found, key=lambda person: person.name.casefold())

    @property
    def apps(self) -> list[Json]:
        return list(self.state["apps"])

    @cached_property
    def reader(self) -> Reader:
        """Names, zone and clock for everything this person reads."""
        named = {channel["id"]: str(channel.get("name") or "") for channel in self.state["channels"]}
        people = {ident: person.name for ident, person in self.people.items()}
        return Reader(now=self.now, tz=self.me.tz, user=self.user_id, people=people, channels=named)

    def place(self, channel: Json) -> Place:
        """A conversation under the name this person knows it by."""
        others = [ident for ident in channel.get("members", ()) if ident != self.user_id]
        known = self.people
        people = tuple(known[ident] for ident in others if ident in known)
        direct = bool(channel.get("is_im") or channel.get("is_mpim"))
        kind = "im" if channel.get("is_im") else "mpim" if channel.get("is_mpim") else "channel"
        shown = self._group(people) if direct else str(channel.get("name"))
        topic = str((channel.get("topic") or {}).get("value", "")) if not direct else ""
        return Place(
            channel["id"], kind, shown, people, private=bool(channel.get("is_private")) and not direct, topic=topic
        )

    def _group(self, people: tuple[Person, ...]) -> str:
        """A DM is called by the others; an app comes after the people in it."""
        named = sorted(people, key=lambda person: (person.is_app, person.name.casefold()))
        return ", ".join(person.name for person in named) or f"{self.me.name} (you)"

    def places(self) -> list[Place]:
        """Every conversation this person is in: channels by name, then DMs and group DMs."""
        mine = [channel for channel in self.state["channels"] if self.user_id in channel.get("members", ())]
        found = [self.place(channel) for channel in mine if not channel.get("is_archived")]
        return sorted(found, key=lambda place: (place.kind != "channel", place.kind, place.name.casefold()))

    def app_of(self, place: Place) -> Json | None:
        """The app whose DM this is, or None."""
        if place.kind != "im":
            return None
        bots = {person.id for person in place.people}
        return next((app for app in self.apps if app["bot_user_id"] in bots), None)


def visible(message: Json, user_id: str) -> bool:
    """Whether this person is shown the message: an ephemeral only to whom it is for."""
    return not message.get("is_ephemeral") or message.get("ephemeral_to") == user_id


def unread_counts(messages: Iterable[Json], user_id: str, last_read: str) -> tuple[int, int]:
    """How many messages of others came after `last_read`, and how many of them mention this person."""
    mention = re.compile(rf"<@{re.escape(user_id)}[|>]|<!(?:here|channel|everyone)[|>]")
    new = [message for message in messages if _counts(message, user_id) and str(message["ts"]) > last_read]
    return len(new), sum(1 for message in new if mention.search(str(message.get("text", ""))))


def _counts(message: Json, user_id: str) -> bool:
    joined = str(message.get("subtype") or "").endswith(("_join", "_leave"))
    return message.get("user") != user_id and not message.get("is_ephemeral") and not joined


def with_unread(
    places: Iterable[Place], user_id: str, messages: Callable[[str], Iterable[Json]], last_read: Callable[[str], str]
) -> list[Place]:
    """The same places with their unread marks."""
    marked = []
    for place in places:
        unread, pings = unread_counts(messages(place.id), user_id, last_read(place.id))
        marked.append(Place(place.id, place.kind, place.name, place.people, unread, pings, place.private, place.topic))
    return marked


def first_words(app: Json) -> str:
    """What a newcomer would type first: the app's first command with the first word of its usage hint."""
    command = next(iter(app.get("commands") or ()), None)
    if command is None:
        return ""
    word = re.match(r"\[?\s*([a-z][\w-]*)\s*(?:\||\[|$)", str(command.get("usage_hint") or ""))
    return f"{command['command']} {word[1]}" if word else str(command["command"])
