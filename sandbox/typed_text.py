"""What a person types, as Slack sends it on.

Sources: https://docs.slack.dev/messaging/formatting-message-text (escaping) and
https://docs.slack.dev/interactivity/implementing-slash-commands (`should_escape`).
"""

import re
from collections.abc import Callable

from sandbox.conversations import Conversations, kind_of
from sandbox.people import People, named
from sandbox.shapes import Json

_PICKED = re.compile(r"<([@#])([A-Z][A-Z0-9]+)(?:\|[^<>]*)?>")
_BROADCAST = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")
_LINK = re.compile(r"(?<![\w<|])(https?://[^\s<>|]+)")
# At most this many words follow an @ in a name such as "@Mei-Lin van der Berg".
_LONGEST_NAME = 4


def as_message(text: str, people: People, conversations: Conversations) -> str:
    """A message's text: & < > escaped, @names and #names made references, links in angle brackets."""
    return _mark_up(text, people, conversations, with_names=False)


def as_command_text(text: str, people: People, conversations: Conversations, *, should_escape: bool) -> str:
    """A slash command's text: references carry names when the manifest asks for escaping, else all stays as typed."""
    if should_escape:
        return _mark_up(text, people, conversations, with_names=True)
    return _PICKED.sub(lambda match: _as_typed(match, people, conversations), text)


def _mark_up(text: str, people: People, conversations: Conversations, *, with_names: bool) -> str:
    kept: list[str] = []

    def keep(reference: str) -> str:
        kept.append(reference)
        return f"\x00{len(kept) - 1}\x00"

    text = _PICKED.sub(lambda match: _kept_pick(match, people, conversations, with_names, keep), text)
    text = _mentions(text, people, with_names, keep)
    text = _channels(text, conversations, with_names, keep)
    if not with_names:
        text = _BROADCAST.sub(lambda match: keep(f"<!{match[1]}>"), text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _LINK.sub(lambda match: f"<{match[1]}>", text)
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], text)


def _kept_pick(
    match: re.Match[str], people: People, conversations: Conversations, with_names: bool, keep: Callable[[str], str]
) -> str:
    sign, found = match[1], match[2]
    if sign == "@" and found in people.by_id:
        return keep(_user(people.by_id[found], with_names))
    if sign == "#" and found in conversations.by_id:
        return keep(_channel(conversations.by_id[found], with_names))
    return match[0]


def _mentions(text: str, people: People, with_names: bool, keep: Callable[[str], str]) -> str:
    pieces = re.split(r"(?<![\w@.])@(?=\w)", text)
    done = [pieces[0]]
    for piece in pieces[1:]:
        user, rest = _longest(piece, people)
        done.append(f"@{piece}" if user is None else keep(_user(user, with_names)) + rest)
    return "".join(done)


def _longest(piece: str, people: People) -> tuple[Json | None, str]:
    """The user whose name starts `piece`, the longest name first, and what follows it."""
    ends = [match.end() for match in re.finditer(r"[^\s,;:!?]+", piece)][:_LONGEST_NAME]
    for end in reversed(ends):
        for name in (piece[:end], piece[:end].rstrip(".'\")")):
            user = named(people.all(), name)
            if user is not None:
                return user, piece[len(name) :]
    return None, piece


def _channels(text: str, conversations: Conversations, with_names: bool, keep: Callable[[str], str]) -> str:
    by_name = {
        channel["name"]: channel for channel in conversations.by_id.values() if kind_of(channel) == "public_channel"
    }

    def replaced(match: re.Match[str]) -> str:
        channel = by_name.get(match[1])
        return match[0] if channel is None else keep(_channel(channel, with_names))

    return re.sub(r"(?<![\w#&])#([\w-]+)", replaced, text)


def _user(user: Json, with_names: bool) -> str:
    return f"<@{user['id']}|{user['name']}>" if with_names else f"<@{user['id']}>"


def _channel(channel: Json, with_names: bool) -> str:
    # A private channel's name is not told to an app that may not be in it.
    name = channel["name"] if kind_of(channel) == "public_channel" else ""
    return f"<#{channel['id']}|{name}>" if with_names else f"<#{channel['id']}|>"


def _as_typed(match: re.Match[str], people: People, conversations: Conversations) -> str:
    if match[1] == "@" and match[2] in people.by_id:
        return f"@{people.by_id[match[2]]['name']}"
    if match[1] == "#" and match[2] in conversations.by_id:
        return f"#{conversations.by_id[match[2]]['name']}"
    return match[0]
