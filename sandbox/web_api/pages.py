"""Cursor pagination, as https://docs.slack.dev/apis/web-api/pagination says."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sandbox.errors import SlackError
from sandbox.web_api.arguments import number, text_of

Item = TypeVar("Item")


def page_of(
    items: Sequence[Item], arguments: Mapping[str, Any], *, default: int, most: int = 1000
) -> tuple[list[Item], dict[str, str]]:
    """One page and its `response_metadata` (next_cursor "" on the last). `limit` 0 or missing means `default`.

    Raises SlackError: invalid_cursor, or invalid_limit outside 0..`most`.
    """
    limit = number(arguments, "limit", 0) or default
    if not 0 < limit <= most:
        raise SlackError("invalid_limit")
    start = _start(text_of(arguments, "cursor"))
    end = start + limit
    return list(items[start:end]), {"next_cursor": _cursor(end) if end < len(items) else ""}


def _cursor(start: int) -> str:
    return base64.b64encode(f"offset:{start}".encode()).decode()


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, digits = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if word != "offset" or not digits.isdigit():
        raise SlackError("invalid_cursor")
    return int(digits)
