"""What people do in an open modal besides submitting it: its buttons, and the menu beside a row."""

from typing import Any

from tests.stories.reading import words_of
from tests.stories.stage import Cast, Stage, Step

Json = dict[str, Any]


def presses_there(person: Cast, label: str) -> Step:
    """A button of the open modal."""

    def pressed(stage: Stage) -> None:
        view = open_modal(stage, person)
        for block in view["blocks"]:
            for element in [*block.get("elements", ()), block.get("accessory") or {}]:
                if element.get("type") == "button" and element["text"]["text"] == label:
                    _carry_out(stage, person, element, {}, block)
                    return
        raise AssertionError(f"no button [{label}] in: {words_of(view)}")

    return Step(f"{person.users[0]} presses [{label}] in the modal", pressed)


def chooses(person: Cast, label: str, beside: str = "") -> Step:
    """An option of the menu in the row that says `beside`."""

    def chose(stage: Stage) -> None:
        view = open_modal(stage, person)
        for block in view["blocks"]:
            menu = block.get("accessory") or {}
            if beside in words_of(block) and menu.get("options"):
                offered = {option["text"]["text"]: option for option in menu["options"]}
                assert label in offered, f"{label} is not among {list(offered)}"
                _carry_out(stage, person, menu, {"selected_option": offered[label]}, block)
                return
        raise AssertionError(f"no menu beside {beside} in: {words_of(view)}")

    return Step(f"{person.users[0]} chooses {label} beside {beside}", chose)


def open_modal(stage: Stage, person: Cast) -> Json:
    """The modal on top."""
    stage.settle()
    view = stage.control.view(person.users[0])
    assert view is not None, f"{person.users[0]} has no modal open"
    return view


def _carry_out(stage: Stage, person: Cast, element: Json, more: Json, block: Json) -> None:
    action = {"action_id": element["action_id"], "block_id": block["block_id"], **more}
    answer = stage.control.view_action(person.users[0], action)
    assert answer["ok"], answer
    stage.settle()
