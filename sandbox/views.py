"""A view object as Slack keeps it, from what the app sent."""

import hashlib
import json

from sandbox.blocks import dressed, state_of
from sandbox.shapes import Json
from sandbox.workspace import APP_ID, BOT_ID, Workspace

_GIVEN = {
    "callback_id": "",
    "private_metadata": "",
    "external_id": "",
    "title": None,
    "close": None,
    "submit": None,
    "clear_on_close": False,
    "notify_on_close": False,
    "submit_disabled": False,
}


def new_view(workspace: Workspace, given: Json) -> Json:
    """A freshly opened or published view, with ids, empty stack places and initial state."""
    view_id = workspace.next_id("V")
    places = {"id": view_id, "root_view_id": view_id, "previous_view_id": None}
    return _stamped(workspace, given, places, typed=None)


def renewed_view(workspace: Workspace, old: Json, given: Json) -> Json:
    """`old` with new content: it keeps its place, and what was typed into inputs that stay."""
    places = {key: old[key] for key in ("id", "root_view_id", "previous_view_id")}
    return _stamped(workspace, given, places, typed=old["state"]["values"])


def replace(old: Json, new: Json) -> None:
    """Make `old` become `new` in place, so that every holder of the view sees it."""
    old.clear()
    old.update(new)


def _stamped(workspace: Workspace, given: Json, places: Json, typed: Json | None) -> Json:
    blocks = dressed(given.get("blocks", []), workspace.next_block_id)
    content = {key: given.get(key, default) for key, default in _GIVEN.items()}
    team = workspace.team["id"]
    return {
        **places,
        "type": given["type"],
        "team_id": team,
        "app_id": APP_ID,
        "app_installed_team_id": team,
        "bot_id": BOT_ID,
        **content,
        "blocks": blocks,
        "state": {"values": state_of(blocks, typed)},
        "hash": f"{workspace.next_ts()}.{_digest(blocks)}",
    }


def _digest(blocks: list[Json]) -> str:
    return hashlib.sha256(json.dumps(blocks).encode()).hexdigest()[:8]
