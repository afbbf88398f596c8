"""rich_text blocks as HTML: sections, lists, quotes and code. Pure.

The shapes are those of https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from sandbox.ui.emoji import emoji
from sandbox.ui.mrkdwn import Reader, render_inline

Json = Mapping[str, Any]

_STYLES = (("code", "code"), ("strike", "s"), ("italic", "em"), ("bold", "strong"))


def render_rich_text(elements: Sequence[Json], reader: Reader) -> Markup:
    """The four containers of a rich_text block, in order."""
    return Markup("").join(_container(element, reader) for element in elements)


def _container(element: Json, reader: Reader) -> Markup:
    kind = element.get("type")
    if kind == "rich_text_list":
        return _list(element, reader)
    inside = _pieces(element.get("elements") or (), reader)
    tag = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}.get(str(kind), "div")
    return Markup(f"<{tag}>{{}}</{tag}>").format(inside)


def _list(element: Json, reader: Reader) -> Markup:
    tag = "ol" if element.get("style") == "ordered" else "ul"
    items = [_pieces(item.get("elements") or (), reader) for item in element.get("elements") or ()]
    body = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    indent = min(int(element.get("indent") or 0), 8)
    return Markup(f'<{tag} class="indent-{{}}">{{}}</{tag}>').format(indent, body)


def _pieces(elements: Sequence[Json], reader: Reader) -> Markup:
    return Markup("").join(_styled(element, reader) for element in elements)


def _styled(element: Json, reader: Reader) -> Markup:
    out = _piece(element, reader)
    style = element.get("style") or {}
    for name, tag in _STYLES:
        if isinstance(style, Mapping) and style.get(name):
            out = Markup(f"<{tag}>{{}}</{tag}>").format(out)
    return out


def _piece(element: Json, reader: Reader) -> Markup:
    kind = element.get("type")
    if kind == "text":
        return Markup("<br>").join(escape(line) for line in str(element.get("text", "")).split("\n"))
    if kind == "emoji":
        name = str(element.get("name", ""))
        return escape(emoji(name) or f":{name}:")
    return render_inline(_as_mrkdwn(element), reader)


def _as_mrkdwn(element: Json) -> str:
    kind, label = element.get("type"), _entities(element.get("text"))
    if kind == "link":
        return f"<{_entities(element.get('url'))}|{label}>" if label else f"<{_entities(element.get('url'))}>"
    if kind == "user":
        return f"<@{element.get('user_id')}>"
    if kind == "channel":
        return f"<#{element.get('channel_id')}>"
    if kind == "broadcast":
        return f"<!{element.get('range')}>"
    if kind == "date":
        fallback = _entities(element.get("fallback"))
        return f"<!date^{element.get('timestamp')}^{_entities(element.get('format'))}|{fallback}>"
    return label


def _entities(text: object) -> str:
    return str(text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
