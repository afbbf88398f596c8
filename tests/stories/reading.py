"""Reading what Slack shows: the words, the buttons and the fields of messages and views; and filling fields in."""

from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]
READ = {"blocks", "elements", "text", "title", "submit", "element", "label", "accessory", "hint", "fields"}


def words_of(shown: Json) -> str:
    """Every word of a message or a view: its text, its blocks, its title, its buttons."""
    return " | ".join(dict.fromkeys(_texts(shown)))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key == "text":
                yield value
            elif key in READ:
                yield from _texts(value)
    elif isinstance(node, list):
        for one in node:
            yield from _texts(one)


def buttons(blocks: Sequence[Json]) -> Iterator[Json]:
    """Every button drawn in these blocks."""
    for block in blocks:
        drawn = [*block.get("elements", ()), *filter(None, [block.get("accessory")])]
        yield from (element for element in drawn if element["type"] == "button")


def element_of(view: Json, block_id: str) -> Json:
    """The input of a field. AssertionError where the form has no such field."""
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert block_id in fields, f"{block_id} is not among {list(fields)}"
    found: Json = fields[block_id]
    return found


def filled(element: Json, said: Any, offered: list[Json] | None = None) -> Json:
    """The state of an element once someone said so; choices may be given by their label."""
    kind = element["type"]
    if offered is not None:
        return {"selected_options": offered}
    if kind in ("radio_buttons", "static_select"):
        chosen = [option for option in element["options"] if said in (option["value"], option["text"]["text"])]
        assert chosen, f"{said} is not among {element['options']}"
        return {"selected_option": chosen[0]}
    names = {
        "datepicker": "selected_date",
        "timepicker": "selected_time",
        "multi_users_select": "selected_users",
        "conversations_select": "selected_conversation",
    }
    return {names.get(kind, "value"): said if kind in names else str(said)}
