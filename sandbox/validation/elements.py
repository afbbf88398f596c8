"""Block elements, as a table (docs.slack.dev/reference/block-kit/block-elements and @slack/types 3.2.0)."""

import re
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.validation.limits import MOST
from sandbox.validation.objects import (
    BOX_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    COUNT,
    DISPATCH_ACTION_CONFIG,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SLACK_FILE,
    WORKFLOW,
    address,
    is_web_address,
    plain_text,
)
from sandbox.validation.relations import (
    initial_among_options,
    initial_text_fits,
    lines_in_order,
    numbers_in_order,
    one_of,
    unique_option_values,
    within_max_selected,
)
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import Integer, Items, OneOf, Relation, Rule, Shape, String, Truth, typed


def is_date(value: str) -> bool:
    """YYYY-MM-DD, a day that exists."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_time(value: str) -> bool:
    """HH:MM on a clock of 24 hours."""
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII) is not None


def is_number(value: str) -> bool:
    """A decimal number, as number inputs want it: a string."""
    return re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII) is not None


def is_email(value: str) -> bool:
    """Something at something."""
    return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) is not None


def is_zone(value: str) -> bool:
    """A name of the IANA time zone database."""
    try:
        return ZoneInfo(value).key == value
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


ACTION: Mapping[str, Rule] = {"action_id": String(MOST["action_id"])}
CONFIRMED: Mapping[str, Rule] = {**ACTION, "confirm": CONFIRM}
CHOSEN: Mapping[str, Rule] = {**CONFIRMED, "focus_on_load": Truth()}
MENU: Mapping[str, Rule] = {**CHOSEN, "placeholder": plain_text(MOST["placeholder"])}
TYPED: Mapping[str, Rule] = {
    **ACTION,
    "focus_on_load": Truth(),
    "placeholder": plain_text(MOST["placeholder"]),
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
STATIC: Mapping[str, Rule] = {
    "options": Items(MENU_OPTION, MOST["select.options"]),
    "option_groups": Items(OPTION_GROUP, MOST["select.option_groups"]),
}
STATIC_RELATIONS = [one_of("options", "option_groups"), unique_option_values, initial_among_options]
STYLE = String(among=("primary", "danger"))
IMAGE_SOURCE: Mapping[str, Rule] = {"image_url": address("image.image_url"), "slack_file": SLACK_FILE}


def menu(kind: str, relations: list[Relation] | None = None, **own: Rule) -> Shape:
    """A select menu of one choice."""
    return typed(kind, {}, {**MENU, **own}, relations or [])


def multi(kind: str, initial: str, relations: list[Relation] | None = None, **own: Rule) -> Shape:
    """A select menu of several choices; `initial` names the field of those chosen beforehand."""
    checks = [*(relations or []), within_max_selected(initial)]
    return typed(kind, {}, {**MENU, "max_selected_items": COUNT, **own}, checks)


def boxes(kind: str, **initial: Rule) -> Shape:
    """Radio buttons or checkboxes."""
    options = Items(BOX_OPTION, MOST[f"{kind}.options"])
    return typed(kind, {"options": options}, {**CHOSEN, **initial}, [unique_option_values, initial_among_options])


def feedback() -> Shape:
    """A thumb up or down of the feedback buttons."""
    label = String(MOST["button.accessibility_label"])
    required: Mapping[str, Rule] = {"text": plain_text(MOST["button.text"]), "value": String(MOST["button.value"])}
    return Shape(required, {"accessibility_label": label})


ID = String()
IDS = Items(ID, least=0)
NUMBER = String(fits=is_number)
LENGTH = MOST["plain_text_input.length"]
IMAGE_ELEMENT = typed("image", {"alt_text": String(MOST["image.alt_text"])}, IMAGE_SOURCE, [one_of(*IMAGE_SOURCE)])

ELEMENTS: Mapping[str, Shape] = {
    "image": IMAGE_ELEMENT,
    "button": typed(
        "button",
        {"text": plain_text(MOST["button.text"])},
        {
            **CONFIRMED,
            "url": address("button.url"),
            "value": String(MOST["button.value"], least=0),
            "style": STYLE,
            "accessibility_label": String(MOST["button.accessibility_label"]),
        },
    ),
    "workflow_button": typed(
        "workflow_button",
        {"text": plain_text(MOST["button.text"]), "workflow": WORKFLOW},
        {**ACTION, "style": STYLE, "accessibility_label": String(MOST["button.accessibility_label"])},
    ),
    "icon_button": typed(
        "icon_button",
        {"icon": String(among=("trash",)), "text": plain_text(MOST["button.text"])},
        {
            **CONFIRMED,
            "value": String(MOST["button.value"]),
            "accessibility_label": String(MOST["button.accessibility_label"]),
            "visible_to_user_ids": IDS,
        },
    ),
    "feedback_buttons": typed(
        "feedback_buttons",
        {"positive_button": feedback(), "negative_button": feedback()},
        ACTION,
    ),
    "overflow": typed(
        "overflow",
        {"options": Items(OVERFLOW_OPTION, MOST["overflow.options"])},
        CONFIRMED,
        [unique_option_values],
    ),
    "checkboxes": boxes("checkboxes", initial_options=Items(BOX_OPTION)),
    "radio_buttons": boxes("radio_buttons", initial_option=BOX_OPTION),
    "datepicker": menu("datepicker", initial_date=String(fits=is_date)),
    "timepicker": menu("timepicker", initial_time=String(fits=is_time), timezone=String(fits=is_zone)),
    "datetimepicker": typed(
        "datetimepicker", {}, {**CHOSEN, "initial_date_time": Integer(1_000_000_000, 9_999_999_999)}
    ),
    "static_select": menu("static_select", STATIC_RELATIONS, **STATIC, initial_option=MENU_OPTION),
    "external_select": menu("external_select", initial_option=MENU_OPTION, min_query_length=Integer(0)),
    "users_select": menu("users_select", initial_user=ID),
    "conversations_select": menu(
        "conversations_select",
        initial_conversation=ID,
        default_to_current_conversation=Truth(),
        response_url_enabled=Truth(),
        filter=CONVERSATION_FILTER,
    ),
    "channels_select": menu("channels_select", initial_channel=ID, response_url_enabled=Truth()),
    "multi_static_select": multi(
        "multi_static_select", "initial_options", STATIC_RELATIONS, **STATIC, initial_options=Items(MENU_OPTION)
    ),
    "multi_external_select": multi(
        "multi_external_select",
        "initial_options",
        initial_options=Items(MENU_OPTION),
        min_query_length=Integer(0),
    ),
    "multi_users_select": multi("multi_users_select", "initial_users", initial_users=IDS),
    "multi_conversations_select": multi(
        "multi_conversations_select",
        "initial_conversations",
        initial_conversations=IDS,
        default_to_current_conversation=Truth(),
        filter=CONVERSATION_FILTER,
    ),
    "multi_channels_select": multi("multi_channels_select", "initial_channels", initial_channels=IDS),
    "plain_text_input": typed(
        "plain_text_input",
        {},
        {
            **TYPED,
            "initial_value": String(LENGTH, least=0),
            "multiline": Truth(),
            "min_length": Integer(0, LENGTH),
            "max_length": Integer(1, LENGTH),
        },
        [initial_text_fits],
    ),
    "email_text_input": typed("email_text_input", {}, {**TYPED, "initial_value": String(fits=is_email)}),
    "url_text_input": typed("url_text_input", {}, {**TYPED, "initial_value": String(fits=is_web_address)}),
    "number_input": typed(
        "number_input",
        {"is_decimal_allowed": Truth()},
        {**TYPED, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        [numbers_in_order],
    ),
    "rich_text_input": typed(
        "rich_text_input",
        {},
        {**TYPED, "initial_value": RICH_TEXT, "min_lines": COUNT, "max_lines": COUNT},
        [lines_in_order],
    ),
    "file_input": typed(
        "file_input", {}, {**ACTION, "filetypes": Items(ID), "max_files": Integer(1, MOST["file_input.max_files"])}
    ),
}

# Which element may stand where.
SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
MULTI_SELECTS = tuple(f"multi_{name}" for name in SELECTS)
PICKERS = ("checkboxes", "radio_buttons", "datepicker", "timepicker", *SELECTS, *MULTI_SELECTS)
IN_SECTION = ("image", "button", "workflow_button", "overflow", *PICKERS)
IN_ACTIONS = ("button", "workflow_button", "overflow", "datetimepicker", "rich_text_input", *PICKERS)
IN_CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")
IN_INPUT = (
    "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input",
    "datetimepicker", *PICKERS,
)  # fmt: skip


def elements(names: tuple[str, ...]) -> OneOf:
    """One of these elements."""
    return OneOf({name: ELEMENTS[name] for name in names})
