"""Blocks, as a table, and on which surface each may stand (docs.slack.dev/reference/block-kit/blocks).

`file` and `call` blocks come only from Slack itself; `data_visualization`, `data_table`, `plan`, `task_card` and
`auth_provider` are not known in this workspace, as in many that Slack's phases have not reached: they are refused as an
unsupported type.
"""

from collections.abc import Mapping

from sandbox.validation.elements import (
    ELEMENTS,
    IMAGE_ELEMENT,
    IMAGE_SOURCE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    elements,
)
from sandbox.validation.limits import MOST
from sandbox.validation.objects import any_text, is_web_address, plain_text
from sandbox.validation.relations import one_of, some_of
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import Items, OneOf, Relation, Rule, Shape, String, Truth, typed

WEB = String(fits=is_web_address)


def block(kind: str, required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None,
          relations: list[Relation] | None = None) -> Shape:  # fmt: skip
    """A block: a typed object that may carry a block_id."""
    return typed(kind, required, {"block_id": String(MOST["block_id"]), **(optional or {})}, relations or [])


def context_element() -> OneOf:
    """An image or a text, told apart by type alone."""
    return OneOf({"image": IMAGE_ELEMENT, **any_text(MOST["text"]).shapes})


CELL = OneOf(
    {
        "raw_text": typed("raw_text", {"text": String()}),
        "raw_number": typed("raw_number", {"text": String()}, {"value": String()}),
        "rich_text": RICH_TEXT,
    }
)
COLUMN = Shape({}, {"align": String(among=("left", "center", "right")), "is_wrapped": Truth()})
CARD = block(
    "card",
    {},
    {
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "title": any_text(MOST["card.title"]),
        "subtitle": any_text(MOST["card.subtitle"]),
        "body": any_text(MOST["card.body"]),
        "actions": Items(OneOf({"button": ELEMENTS["button"]})),
    },
    [some_of("hero_image", "title", "actions", "body")],
)

BASIC: Mapping[str, Shape] = {
    "section": block(
        "section",
        {},
        {
            "text": any_text(MOST["section.text"]),
            "fields": Items(any_text(MOST["section.field"]), MOST["section.fields"]),
            "accessory": elements(IN_SECTION),
            "expand": Truth(),
        },
        [some_of("text", "fields")],
    ),
    "divider": block("divider", {}),
    "header": block("header", {"text": plain_text(MOST["header.text"])}),
    "image": block(
        "image",
        {"alt_text": String(MOST["image.alt_text"])},
        {**IMAGE_SOURCE, "title": plain_text(MOST["image.title"])},
        [one_of(*IMAGE_SOURCE)],
    ),
    "context": block("context", {"elements": Items(context_element(), MOST["context.elements"])}),
    "actions": block("actions", {"elements": Items(elements(IN_ACTIONS), MOST["actions.elements"])}),
    "input": block(
        "input",
        {"label": plain_text(MOST["input.label"]), "element": elements(IN_INPUT)},
        {"hint": plain_text(MOST["input.hint"]), "optional": Truth(), "dispatch_action": Truth()},
    ),
    "rich_text": RICH_TEXT,
    "video": block(
        "video",
        {
            "alt_text": String(),
            "title": plain_text(MOST["video.title"]),
            "thumbnail_url": WEB,
            "video_url": WEB,
        },
        {
            "author_name": String(MOST["video.author_name"]),
            "description": plain_text(MOST["video.description"]),
            "provider_icon_url": WEB,
            "provider_name": String(),
            "title_url": WEB,
        },
    ),
}
IN_MESSAGES_ONLY: Mapping[str, Shape] = {
    "markdown": block("markdown", {"text": String(MOST["markdown.text"])}),
    "table": block(
        "table",
        {"rows": Items(Items(CELL, MOST["table.cells"]), MOST["table.rows"])},
        {"column_settings": Items(COLUMN, MOST["table.column_settings"])},
    ),
    "context_actions": block(
        "context_actions", {"elements": Items(elements(IN_CONTEXT_ACTIONS), MOST["context_actions.elements"])}
    ),
    "card": CARD,
    "carousel": block("carousel", {"elements": Items(OneOf({"card": CARD}), MOST["carousel.elements"])}),
    "container": block(
        "container",
        {"child_blocks": Items(OneOf(BASIC), MOST["container.child_blocks"])},
        {
            "title": plain_text(MOST["container.title"]),
            "rich_text_title": RICH_TEXT,
            "subtitle": any_text(MOST["container.subtitle"]),
            "width": String(among=("narrow", "standard", "wide", "full")),
            "icon": IMAGE_ELEMENT,
            "is_collapsible": Truth(),
            "default_collapsed": Truth(),
            "has_header_divider": Truth(),
        },
        [one_of("title", "rich_text_title")],
    ),
}
IN_MODALS_ONLY: Mapping[str, Shape] = {
    "alert": block(
        "alert",
        {"text": any_text(MOST["text"])},
        {"level": String(among=("default", "info", "warning", "error", "success"))},
    ),
}
SURFACES: Mapping[str, OneOf] = {
    "message": OneOf({**BASIC, **IN_MESSAGES_ONLY}),
    "modal": OneOf({**BASIC, **IN_MODALS_ONLY}),
    "home": OneOf(BASIC),
}
