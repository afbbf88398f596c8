"""A conversation as rows: days, groups of one author, replies under what they answer. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup

from sandbox.ui.blocks import BlockContext, render_blocks
from sandbox.ui.files import files_body
from sandbox.ui.moments import clock_time, day_label, moment_of, zone
from sandbox.ui.mrkdwn import Reader, render_mrkdwn
from sandbox.ui.scene import Person, visible

Json = Mapping[str, Any]
GROUPED_WITHIN = timedelta(minutes=5)
SHOWN = 150


@dataclass(frozen=True)
class Row:
    """One line of a conversation: a `day`, the `new` line, a `note` (someone joined) or a `message`."""

    kind: str
    key: str
    label: str = ""
    message: Json | None = None
    author: Person | None = None
    first: bool = True
    reply: bool = False
    time: str = ""
    exact: str = ""
    body: Markup = field(default_factory=Markup)


def rows(
    messages: Sequence[Json],
    people: Mapping[str, Person],
    reader: Reader,
    *,
    unread_from: str = "",
    body: Callable[[Json, Reader], Markup] | None = None,
) -> list[Row]:
    """The rows this reader sees, oldest first.

    Args:
        unread_from: the `ts` of the last message read before this look; the line "New" stands after it.
        body: draws a message; `message_body` when not given.
    """
    draw = body or message_body
    made: list[Row] = []
    before: Json | None = None
    for message in _in_threads([message for message in messages if visible(message, reader.user)]):
        moment = moment_of(message["ts"])
        if before is None or _day(before, reader.tz) != _day(message, reader.tz):
            made.append(Row("day", f"day-{_day(message, reader.tz)}", day_label(moment, reader.now, reader.tz)))
        starts_unread = _starts_unread(before, message, unread_from, reader.user)
        if starts_unread:
            made.append(Row("new", "new", "New"))
        made.append(_row(message, None if starts_unread else before, people, reader, draw))
        before = message
    return made


def _in_threads(messages: Sequence[Json]) -> Iterable[Json]:
    """Messages with each reply right after what it answers."""
    known = {message["ts"] for message in messages}
    replies: dict[str, list[Json]] = {}
    for message in messages:
        if _is_reply(message) and message["thread_ts"] in known:
            replies.setdefault(message["thread_ts"], []).append(message)
    for message in messages:
        if not (_is_reply(message) and message["thread_ts"] in known):
            yield message
            yield from replies.get(message["ts"], ())


def _is_reply(message: Json) -> bool:
    return bool(message.get("thread_ts")) and message["thread_ts"] != message["ts"]


def _day(message: Json, tz: str) -> str:
    return moment_of(message["ts"]).astimezone(zone(tz)).date().isoformat()


def _starts_unread(before: Json | None, message: Json, unread_from: str, user_id: str) -> bool:
    if not unread_from or message.get("user") == user_id or str(message["ts"]) <= unread_from:
        return False
    return before is not None and str(before["ts"]) <= unread_from


def _row(
    message: Json,
    before: Json | None,
    people: Mapping[str, Person],
    reader: Reader,
    draw: Callable[[Json, Reader], Markup],
) -> Row:
    moment = moment_of(message["ts"])
    author = people.get(str(message.get("user") or ""))
    note = str(message.get("subtype") or "") in {"channel_join", "channel_leave", "group_join", "group_leave"}
    return Row(
        kind="note" if note else "message",
        key=str(message["ts"]),
        message=message,
        author=author,
        first=not _continues(message, before, reader.tz),
        reply=_is_reply(message),
        time=clock_time(moment, reader.tz),
        exact=exact_time(moment, reader.tz),
        body=note_body(message, reader) if note else draw(message, reader),
    )


def exact_time(moment: datetime, tz: str) -> str:
    """`Tuesday, 7 April 2026, 10:00 (Europe/Lisbon)`"""
    local = moment.astimezone(zone(tz))
    return f"{local:%A}, {local.day} {local:%B %Y}, {local:%H:%M} ({tz})"


def _continues(message: Json, before: Json | None, tz: str) -> bool:
    """Whether a message needs no avatar and name of its own."""
    if before is None or before.get("subtype") or message.get("subtype") in {"channel_join", "channel_leave"}:
        return False
    same = all(before.get(key) == message.get(key) for key in ("user", "is_ephemeral", "username", "thread_ts"))
    near = moment_of(message["ts"]) - moment_of(before["ts"]) < GROUPED_WITHIN
    return same and near and _day(before, tz) == _day(message, tz)


def note_body(message: Json, reader: Reader) -> Markup:
    """What someone did, without their name: the row begins with it."""
    return render_mrkdwn(re.sub(r"^<@\w+(?:\|[^>]*)?>\s*", "", str(message.get("text") or "")), reader)


def message_body(message: Json, reader: Reader) -> Markup:
    """Blocks if the message has them, else its text; then its files and its attachments."""
    prefix = f"m{message['ts']}"
    blocks = message.get("blocks") or ()
    if blocks and not (message.get("text") and all(block.get("type") == "rich_text" for block in blocks)):
        body = render_blocks(blocks, _context(message, reader, prefix))
    elif message.get("text") or not message.get("files"):
        body = Markup('<div class="section-text">{}</div>').format(
            render_mrkdwn(str(message.get("text") or ""), reader)
        )
    else:
        body = Markup("")
    body += files_body(message.get("files") or ())
    for index, attachment in enumerate(message.get("attachments") or ()):
        body += _attachment(attachment, message, reader, f"{prefix}a{index}")
    return body


def _context(message: Json, reader: Reader, prefix: str) -> BlockContext:
    values = (message.get("state") or {}).get("values") or {}
    return BlockContext(reader, surface="message", values=values, prefix=prefix)


def _attachment(attachment: Json, message: Json, reader: Reader, prefix: str) -> Markup:
    blocks = attachment.get("blocks") or ()
    if blocks:
        inside = render_blocks(blocks, _context(message, reader, prefix))
    else:
        parts = [attachment.get(key) for key in ("pretext", "title", "text", "footer")]
        lines = [Markup("<p>{}</p>").format(render_mrkdwn(str(part), reader)) for part in parts if part]
        inside = Markup("").join(lines)
    return Markup('<div class="attachment">{}</div>').format(inside)


class KnownBodies:
    """Draws each message once for each way it can look: most of a conversation stays as it was.

    Give one to `rows` as `body`; it keeps the `most` last drawn.
    """

    def __init__(self, most: int = 4000) -> None:
        self._most = most
        self._drawn: dict[tuple[object, ...], Markup] = {}

    def __call__(self, message: Json, reader: Reader) -> Markup:
        names = (hash(tuple(reader.people.items())), hash(tuple(reader.channels.items())))
        hour = reader.now.replace(minute=0, second=0, microsecond=0)
        key = (repr(message), reader.user, reader.tz, hour, names)
        found = self._drawn.pop(key, None)
        self._drawn[key] = message_body(message, reader) if found is None else found
        if len(self._drawn) > self._most:
            del self._drawn[next(iter(self._drawn))]
        return self._drawn[key]
