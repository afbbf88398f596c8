"""Block Kit as HTML: `render_blocks(blocks, context) -> Markup`. Pure, and usable without the page (a gallery).

What is interactive carries its element as JSON, so that the page's JavaScript can say what a person pressed; without
JavaScript the same markup is a faithful, silent picture.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from sandbox.ui import controls
from sandbox.ui.mrkdwn import Reader, render_inline, render_mrkdwn, render_plain
from sandbox.ui.rich_text import render_rich_text

Json = Mapping[str, Any]

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """The templates of this folder, everything escaped unless it is Markup already."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return made


_ENVIRONMENT = environment()


@dataclass(frozen=True)
class BlockContext:
    """Where blocks stand and who reads them.

    Args:
        reader: names, zone and clock of the person who looks.
        surface: message, modal or home.
        values: `view.state.values`, what was typed or chosen so far.
        errors: block_id to the sentence that refused it.
        prefix: sets DOM ids apart when several surfaces are on one page.
    """

    reader: Reader
    surface: str = "message"
    values: Json = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    prefix: str = "b"


def render_blocks(blocks: Sequence[Json], context: BlockContext) -> Markup:
    """Every block in order, each in a `div.block` with its key and a checksum of its content.

    The checksum lets a page keep what has not changed, with the cursor in it.
    """
    return Markup("\n").join(_block(block, index, context) for index, block in enumerate(blocks))


def _block(block: Json, index: int, context: BlockContext) -> Markup:
    key = str(block.get("block_id") or f"at-{index}")
    body = _ENVIRONMENT.get_template("block.html").render(block=block, draw=Drawing(block, key, context))
    kind = re.sub(r"[^a-z_]", "", str(block.get("type", "")))
    checksum = zlib.crc32(body.encode())
    return Markup('<div class="block block-{}" data-key="{}" data-hash="{:x}">{}</div>').format(
        kind, key, checksum, Markup(body)
    )


@dataclass(frozen=True)
class Drawing:
    """What a block's template asks while it draws one block."""

    block: Json
    key: str
    context: BlockContext

    def text(self, text: Json | str | None) -> Markup:
        """A text object (or a plain string) as HTML."""
        if not text:
            return Markup("")
        if isinstance(text, str):
            return render_plain(text)
        content = str(text.get("text", ""))
        if text.get("type") == "mrkdwn":
            return render_mrkdwn(content, self.context.reader)
        return render_plain(content, emojis=text.get("emoji", True) is not False)

    def words(self, text: Json | None) -> str:
        """A text object as one line without markup, for a label."""
        return controls.words(text, self.context.reader)

    def rich(self, elements: Sequence[Json]) -> Markup:
        return render_rich_text(elements, self.context.reader)

    def markdown(self, text: str) -> Markup:
        """Standard Markdown, so far as a line of chat needs it: bold, headings and links become mrkdwn's."""
        text = re.sub(r"(?m)^#{1,6} +(.+)$", r"*\1*", text)
        text = re.sub(r"\*\*(.+?)\*\*", r"*\1*", text)
        return render_mrkdwn(re.sub(r"\[([^\]\n]+)\]\((\S+?)\)", r"<\2|\1>", text), self.context.reader)

    def inline(self, text: str) -> Markup:
        return render_inline(text, self.context.reader)

    def dom_id(self, element: Json, *more: str) -> str:
        """An id no other element of the page has, safe in attributes that list ids."""
        parts = [self.context.prefix, self.key, str(element.get("action_id", "")), *more]
        return re.sub(r"[^A-Za-z0-9_-]", "_", "-".join(parts))

    def held(self, element: Json) -> Json | None:
        return controls.state_of(self.context.values, self.key, str(element.get("action_id", "")))

    def chosen(self, element: Json) -> list[controls.Choice]:
        return controls.chosen(element, self.held(element), self.context.reader)

    def chosen_values(self, element: Json) -> set[str]:
        return {choice.value for choice in self.chosen(element)}

    def choices(self, element: Json) -> list[dict[str, Any]]:
        return [choice.data() for choice in controls.choices(element, self.context.reader)]

    def typed(self, element: Json) -> str:
        return controls.typed(element, self.held(element), self.context.reader)

    def source(self, element: Json) -> str:
        return controls.source_of(str(element.get("type", "")))

    def native_type(self, element: Json) -> str:
        return controls.native_type(str(element.get("type", "")))

    def is_menu(self, element: Json) -> bool:
        return controls.is_menu(str(element.get("type", "")))

    def error(self) -> str:
        return self.context.errors.get(self.key, "")

    def asks_at_once(self, element: Json) -> bool:
        """Whether a change is told to the app at once: all but inputs that did not ask for it."""
        return self.block.get("type") != "input" or bool(self.block.get("dispatch_action"))

    def act(self, element: Json) -> dict[str, Any]:
        """What the page sends back when a person uses this element, options left out: they have their own."""
        kept = ("type", "action_id", "value", "text", "url", "dispatch_action_config")
        return {key: element[key] for key in kept if key in element}
