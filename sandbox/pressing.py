"""What a person can press: the element must be there, and the value one it offers."""

from collections.abc import Iterable

from sandbox.blocks import LISTS, STATEFUL, find, options_of
from sandbox.errors import SlackError
from sandbox.people import People
from sandbox.shapes import Json

_EXTERNAL = {"external_select", "multi_external_select"}
_SOURCED = {*_EXTERNAL, "static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"}
_OF_BUTTON = ("text", "value", "style", "url")


def completed(blocks: list[Json], action: Json, *, offered: Iterable[str], people: People) -> Json:
    """The action as Slack sends it, filled in from the element it names.

    `offered`: the values of options an external select has shown. Raises SlackError: no_such_action when no such
    element is drawn there (or the block, type or value is not its own), option_not_offered for a choice it lacks.
    """
    found = find(blocks, str(action.get("action_id")), action.get("block_id"))
    if found is None:
        raise SlackError("no_such_action", [f"[ERROR] nothing there is called {action.get('action_id')}"])
    block, element = found
    kind = element["type"]
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise SlackError("no_such_action", ["[ERROR] that input does not dispatch actions"])
    if action.get("type", kind) != kind:
        raise SlackError("no_such_action", [f"[ERROR] that is a {kind}"])
    whole = {**action, "type": kind, "action_id": element["action_id"], "block_id": block["block_id"]}
    if kind == "button":
        return _button(element, whole)
    _check_choice(element, whole, offered, people)
    return whole


def _button(element: Json, action: Json) -> Json:
    if action.get("value", element.get("value")) != element.get("value"):
        raise SlackError("no_such_action", ["[ERROR] the button carries another value"])
    return {**action, **{key: element[key] for key in _OF_BUTTON if key in element}}


def _check_choice(element: Json, action: Json, offered: Iterable[str], people: People) -> None:
    key = "selected_option" if element["type"] == "overflow" else STATEFUL[element["type"]][0]
    if key not in action:
        raise SlackError("invalid_arguments", [f"[ERROR] a {element['type']} sends {key}"])
    chosen = action[key] if key in LISTS else [action[key]]
    if element["type"] in _SOURCED:
        own = {option["value"]: option for option in [*options_of(element), *_initial(element)]}
        known = {*own, *offered} if element["type"] in _EXTERNAL else set(own)
        if any(option is not None and option.get("value") not in known for option in chosen):
            raise SlackError("option_not_offered")
        whole = [option and own.get(option["value"], option) for option in chosen]
        action[key] = whole if key in LISTS else whole[0]
    if element["type"] in ("users_select", "multi_users_select") and any(
        user not in people.by_id for user in chosen if user
    ):
        raise SlackError("option_not_offered")


def _initial(element: Json) -> list[Json]:
    single = element.get("initial_option")
    return [*(element.get("initial_options") or ()), *([single] if single else ())]


def forged(action: Json) -> Json:
    """An action taken as it is, for tests of what a hostile client could send."""
    return {"type": "button", "block_id": "forged", **action}
