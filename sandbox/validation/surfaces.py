"""What must hold among all the blocks of one message or view."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from sandbox.validation.blocks import SURFACES
from sandbox.validation.limits import MOST
from sandbox.validation.rules import Items, Json, Problem

Surface = Literal["message", "modal", "home"]
INNER = {"carousel": "elements", "container": "child_blocks"}  # where a block keeps its own blocks
ROWS = {"actions": "elements", "context_actions": "elements", "card": "actions"}  # and its elements


def block_problems(blocks: Any, surface: Surface, at: str) -> list[Problem]:
    """Everything wrong with a list of blocks standing at the JSON pointer `at`."""
    limit = MOST["message.blocks" if surface == "message" else "view.blocks"]
    found = [*Items(SURFACES[surface], limit, least=0).check(blocks, at)]
    return found or [*_among(blocks, surface, at)]


Placed = tuple[str, Json]  # a block or an element, after its JSON pointer


def every_block(blocks: Sequence[Json], at: str) -> Iterator[Placed]:
    """The blocks with their pointers, those inside carousels and containers too."""
    for n, block in enumerate(blocks):
        yield f"{at}/{n}", block
        name = INNER.get(block["type"])
        if name:
            yield from every_block(block[name], f"{at}/{n}/{name}")


def block_elements(block: Json, at: str = "") -> Iterator[Placed]:
    """A block's interactive elements and images with their pointers, the block standing at `at`."""
    for name in ("accessory", "element"):
        if name in block:
            yield f"{at}/{name}", block[name]
    name = ROWS.get(block["type"], "")
    yield from ((f"{at}/{name}/{n}", element) for n, element in enumerate(block.get(name, ())))


def _among(blocks: Sequence[Json], surface: Surface, at: str) -> Iterator[Problem]:
    placed = [*every_block(blocks, at)]
    yield from _unique("block_id", placed)
    for pointer, block in placed:
        yield from _unique("action_id", block_elements(block, pointer))
        yield from _out_of_place(block, surface, pointer)
    yield from _one_focus(placed)
    if surface == "message":
        yield from _one_table(placed)
        yield from _markdown_in_all(blocks, at)


def _unique(name: str, placed: Iterable[Placed]) -> Iterator[Problem]:
    seen: set[str] = set()
    for pointer, part in placed:
        if part.get(name) in seen:
            yield Problem(f"{pointer}/{name}", f'`{name}` "{part[name]}" already exists')
        elif name in part:
            seen.add(part[name])


def _out_of_place(block: Json, surface: Surface, at: str) -> Iterator[Problem]:
    """Files are taken in modals alone; a response_url is given only where a modal's input asks for it."""
    for pointer, element in block_elements(block, at):
        if element["type"] == "file_input" and surface != "modal":
            yield Problem(f"{pointer}/type", "unsupported type: file_input")
        if element.get("response_url_enabled") and (surface != "modal" or block["type"] != "input"):
            yield Problem(f"{pointer}/response_url_enabled", "invalid additional property: response_url_enabled")


def _one_focus(placed: Iterable[Placed]) -> Iterator[Problem]:
    elements = [found for at, block in placed for found in block_elements(block, at)]
    focused = [pointer for pointer, element in elements if element.get("focus_on_load")]
    for pointer in focused[1:]:
        yield Problem(f"{pointer}/focus_on_load", "only one element can have `focus_on_load`")


def _one_table(placed: Iterable[Placed]) -> Iterator[Problem]:
    tables = [pointer for pointer, block in placed if block["type"] == "table"]
    for pointer in tables[MOST["message.tables"] :]:
        yield Problem(f"{pointer}/type", "only one table allowed")


def _markdown_in_all(blocks: Sequence[Json], at: str) -> Iterator[Problem]:
    total = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if total > MOST["message.markdown"]:
        yield Problem(at, f"markdown must be less than {MOST['message.markdown'] + 1} characters in all")
