"""The name this room gives to a JSON object in Slack's own shape."""

from typing import Any

Json = dict[str, Any]
