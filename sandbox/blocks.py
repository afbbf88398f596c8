"""Walks blocks: what can be pressed or filled in, and what Slack fills in itself."""

import copy
from collections.abc import Callable, Iterator

from sandbox.shapes import Json

# Element type -> (key of its value in state.values, key of its initial value).
# Source: https://docs.slack.dev/reference/block-kit/block-elements
STATEFUL: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}
LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) with an action_id, in the order they are drawn."""
    for block in blocks:
        inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def find(blocks: list[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json] | None:
    """The (block, element) of that action_id, in that block when one is named."""
    for block, element in elements(blocks):
        if element["action_id"] == action_id and block_id in (None, block["block_id"]):
            return block, element
    return None


def dressed(blocks: list[Json], new_id: Callable[[], str]) -> list[Json]:
    """A copy of the blocks with the block_ids and action_ids that Slack makes up where none were given."""
    copied = copy.deepcopy(blocks)
    for block in copied:
        block.setdefault("block_id", new_id())
        inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        for element in inside:
            if isinstance(element, dict) and _acts(element):
                element.setdefault("action_id", new_id())
    return copied


def _acts(element: Json) -> bool:
    return element.get("type") in STATEFUL or element.get("type") in ("button", "overflow", "workflow_button")


def state_of(blocks: list[Json], typed: Json | None = None) -> Json:
    """`state.values` of these blocks: initial values, with what a person had `typed` (same shape) where it fits."""
    values: Json = {}
    for block, element in elements(blocks):
        if element["type"] in STATEFUL:
            kept = (typed or {}).get(block["block_id"], {}).get(element["action_id"])
            fits = kept is not None and kept.get("type") == element["type"]
            values.setdefault(block["block_id"], {})[element["action_id"]] = kept if fits else _initial(element)
    return values


def _initial(element: Json) -> Json:
    key, initial = STATEFUL[element["type"]]
    return {"type": element["type"], key: element.get(initial, [] if key in LISTS else None)}


def options_of(element: Json) -> list[Json]:
    """The options an element offers by itself, groups flattened."""
    grouped = [option for group in element.get("option_groups") or () for option in group["options"]]
    return [*(element.get("options") or ()), *grouped]
