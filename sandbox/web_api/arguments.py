"""A call's arguments: merged from query, form and JSON, and read the way Slack reads them."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sandbox.errors import SlackError
from sandbox.shapes import Json

# Arguments that hold JSON inside a form field, with Slack's error when it cannot be parsed.
_JSON_FIELDS = {
    "blocks": "invalid_blocks_format",
    "attachments": "invalid_attachments",
    "metadata": "invalid_metadata_format",
    "view": "invalid_arguments",
    "files": "invalid_arguments",
}


async def read_arguments(request: web.Request) -> Json:
    """Query, form and JSON body in one, later ones over earlier ones.

    Raises SlackError: invalid_json or json_not_object for a body that claims to be JSON.
    """
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        arguments.update(_json_object(await request.text()))
    elif request.can_read_body:
        arguments.update({key: value for key, value in (await request.post()).items() if isinstance(value, str)})
    return {key: _parsed(key, value) for key, value in arguments.items()}


async def sent_bytes(request: web.Request) -> bytes:
    """What was posted: the whole body, or the first file of a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    fields = (await request.post()).values()
    files = (field.file.read() for field in fields if isinstance(field, web.FileField))
    return next(files, b"")


def _json_object(body: str) -> Json:
    if not body.strip():
        return {}
    try:
        content = json.loads(body)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(content, dict):
        raise SlackError("json_not_object")
    return content


def _parsed(key: str, value: Any) -> Any:
    if key not in _JSON_FIELDS or not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise SlackError(_JSON_FIELDS[key]) from None


def text_of(arguments: Mapping[str, Any], key: str) -> str:
    """The argument as text, "" when missing."""
    value = arguments.get(key)
    return "" if value is None else str(value)


def needed(arguments: Mapping[str, Any], key: str) -> str:
    """The argument as text. Raises SlackError("invalid_arguments") when missing."""
    value = text_of(arguments, key)
    if not value:
        raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {key}"])
    return value


def flag(arguments: Mapping[str, Any], key: str) -> bool:
    """Slack takes true, 1, "true" and "1"."""
    return str(arguments.get(key, "")).lower() in ("true", "1")


def listed(arguments: Mapping[str, Any], key: str) -> list[str]:
    """A comma-separated argument (or a JSON list) as a list."""
    value = arguments.get(key) or ""
    parts = value if isinstance(value, list) else str(value).split(",")
    return [str(part).strip() for part in parts if str(part).strip()]


def number(arguments: Mapping[str, Any], key: str, default: int) -> int:
    """The argument as a whole number. Raises SlackError("invalid_arguments")."""
    value = arguments.get(key)
    if value in (None, ""):
        return default
    try:
        return int(str(value))
    except ValueError:
        raise SlackError("invalid_arguments", [f"[ERROR] must be an integer [json-pointer:/{key}]"]) from None
