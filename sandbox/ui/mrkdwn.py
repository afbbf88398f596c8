"""Slack's mrkdwn and plain text as HTML. Pure, and everything is escaped: what a person typed never becomes markup.

The grammar is that of https://docs.slack.dev/messaging/formatting-message-text/.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup, escape

from sandbox.ui.emoji import emoji
from sandbox.ui.moments import format_date

_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_LIST_ITEM = re.compile(r"^(\s*)(?:•|◦|▪|-|\d{1,3}\.)\s+(?=\S)")
_URL = r"https?://[^\s<>|`]+[^\s<>|`.,;:!?'\")\]*_~]"
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?<![\w:]):(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):"
    r"|(?<![\w*])\*(?P<bold>\S(?:[^*\n]*\S)?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
    rf"|(?P<url>{_URL})"
)
_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")
_SAFE_LINK = re.compile(r"^(?:https?://|mailto:|tel:)", re.IGNORECASE)
_TAGS = {"bold": "strong", "italic": "em", "strike": "s"}


@dataclass(frozen=True)
class Reader:
    """Who reads, and the names and clock their text is shown with.

    Args:
        now: aware UTC.
        tz: the reader's zone name.
        user: the reader's user id; a mention of them is set off from other mentions.
        people: user id to shown name.   channels: channel id to name, without `#`.
    """

    now: datetime
    tz: str = "UTC"
    user: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


def unescape(text: str) -> str:
    """Slack's three entities back to characters; no other entity is known to Slack."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def render_plain(text: str, *, emojis: bool = True) -> Markup:
    """plain_text as HTML: escaped, line breaks kept, shortcodes drawn unless `emojis` is false."""
    if emojis:
        text = _EMOJI.sub(lambda match: emoji(match[1]) or match[0], text)
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def render_mrkdwn(text: str, reader: Reader) -> Markup:
    """mrkdwn as HTML: code blocks, then quotes and lists by line, then what stands within a line."""
    parts: list[Markup] = []
    end = 0
    for fence in _FENCE.finditer(text):
        parts.append(_lines(text[end : fence.start()].rstrip("\n"), reader))
        parts.append(Markup("<pre>{}</pre>").format(_code(fence[1], reader)))
        end = fence.end()
        end += text.startswith("\n", end)
    parts.append(_lines(text[end:], reader))
    return Markup("").join(parts)


def plain_words(text: str, reader: Reader) -> str:
    """mrkdwn as one line without any markup: for titles, labels and the inspector."""
    drawn = re.sub(r"<br>|</?(?:pre|blockquote)>", " ", str(render_mrkdwn(text, reader)))
    return Markup(drawn).striptags()


def _lines(text: str, reader: Reader) -> Markup:
    if not text:
        return Markup("")
    rest_quoted = re.search(r"(?m)^(?:&gt;|>){3} ?", text)
    if rest_quoted:
        before = _lines(text[: rest_quoted.start()].rstrip("\n"), reader)
        return before + _quote(text[rest_quoted.end() :].split("\n"), reader)
    out, lines = Markup(""), text.split("\n")
    position = 0
    while position < len(lines):
        size = _quoted(lines, position)
        if size:
            out += _quote([_QUOTE.sub("", line) for line in lines[position : position + size]], reader)
            position += size
            continue
        out += _line(lines[position], reader)
        position += 1
        if position < len(lines) and not _quoted(lines, position):
            out += Markup("<br>")
    return out


def _quoted(lines: list[str], start: int) -> int:
    size = 0
    while start + size < len(lines) and _QUOTE.match(lines[start + size]):
        size += 1
    return size


def _quote(lines: list[str], reader: Reader) -> Markup:
    return Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(_line(line, reader) for line in lines))


def _line(line: str, reader: Reader) -> Markup:
    if not _LIST_ITEM.match(line):
        return render_inline(line, reader)
    return Markup('<span class="list-item">{}</span>').format(render_inline(line.strip(), reader))


def _code(text: str, reader: Reader) -> Markup:
    """Code shows what was written; a link or mention within it keeps its meaning, as on Slack."""
    out, end = Markup(""), 0
    for match in re.finditer(r"<([^<>\n]+)>", text):
        out += escape(unescape(text[end : match.start()])) + _angle(match[1], reader)
        end = match.end()
    return out + escape(unescape(text[end:]))


def render_inline(text: str, reader: Reader) -> Markup:
    """One line of mrkdwn: code, links and mentions, shortcodes, bold, italic, strike and bare addresses."""
    out, end = Markup(""), 0
    for match in _INLINE.finditer(text):
        out += escape(unescape(text[end : match.start()])) + _inline_piece(match, reader)
        end = match.end()
    return out + escape(unescape(text[end:]))


def _inline_piece(match: re.Match[str], reader: Reader) -> Markup:
    kind = match.lastgroup or ""
    content = match[kind]
    if kind == "code":
        return Markup("<code>{}</code>").format(_code(content, reader))
    if kind == "angle":
        return _angle(content, reader)
    if kind == "emoji":
        return escape(emoji(content) or match[0])
    if kind == "url":
        return _link(content, content)
    tag = _TAGS[kind]
    return Markup(f"<{tag}>{{}}</{tag}>").format(render_inline(content, reader))


def _angle(content: str, reader: Reader) -> Markup:
    target, _, label = content.partition("|")
    if re.fullmatch(r"@[UWB][A-Z0-9]+", target):
        return _person(target[1:], label, reader)
    if re.fullmatch(r"#[CGD][A-Z0-9]+", target):
        name = reader.channels.get(target[1:]) or unescape(label) or target[1:]
        return Markup('<span class="mention">#{}</span>').format(name)
    if target.startswith("!"):
        return _special(target[1:], label, reader)
    if _SAFE_LINK.match(target):
        return _link(target, label or re.sub(r"^mailto:", "", target))
    return escape(unescape(f"<{content}>"))


def _person(user: str, label: str, reader: Reader) -> Markup:
    name = reader.people.get(user) or unescape(label) or user
    kind = "mention mention-me" if user == reader.user else "mention"
    return Markup('<span class="{}">@{}</span>').format(kind, name)


def _special(content: str, label: str, reader: Reader) -> Markup:
    if content.startswith("date^"):
        return _date(content, label, reader)
    name = content.partition("^")[0]
    if name in {"here", "channel", "everyone"}:
        return Markup('<span class="mention mention-me">@{}</span>').format(name)
    shown = unescape(label) or name
    return Markup('<span class="mention">{}</span>').format(shown)


def _date(content: str, fallback: str, reader: Reader) -> Markup:
    _, seconds, pattern, link = [*content.split("^", 3), "", "", ""][:4]
    try:
        words = format_date(int(seconds), unescape(pattern), tz=reader.tz, now=reader.now)
    except (ValueError, OverflowError, OSError):
        return escape(unescape(fallback))
    shown = Markup('<time title="{}">{}</time>').format(unescape(fallback), words)
    return _anchor(link, shown) if _SAFE_LINK.match(link) else shown


def _link(target: str, label: str) -> Markup:
    return _anchor(target, escape(unescape(label)))


def _anchor(target: str, label: Markup) -> Markup:
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(unescape(target), label)
