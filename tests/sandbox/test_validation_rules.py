"""What is taken and what is refused, beyond sheer size: where it says so, and in which words."""

from typing import Any

import pytest

from sandbox.errors import SlackError
from sandbox.validation import check_message, check_view
from sandbox.validation.blocks import SURFACES
from sandbox.validation.elements import ELEMENTS

Block = dict[str, Any]


def plain(words: str = "words") -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str = "words") -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


def option(value: str = "a", **fields: Any) -> dict[str, Any]:
    return {"text": plain(), "value": value, **fields}


def section(**accessory: Any) -> Block:
    return {"type": "section", "text": mrkdwn(), "accessory": accessory}


def entry(**element: Any) -> Block:
    return {"type": "input", "block_id": "b", "label": plain(), "element": element}


def actions(*elements: dict[str, Any]) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(**fields: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(), **fields}


def modal(*blocks: Block, **fields: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **fields}


OPTIONS = [option("a"), option("b")]
CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}
RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "hi", "style": {"bold": True}}]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U0ANA"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "link", "url": "https://example.com"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "wave"}]},
    ],
}
GOOD_ELEMENTS: dict[str, dict[str, Any]] = {
    "image": {"image_url": "https://example.com/i.png", "alt_text": "a lamp"},
    "button": {"text": plain(), "value": "", "style": "primary", "confirm": CONFIRM, "url": "https://example.com"},
    "workflow_button": {"text": plain(), "workflow": {"trigger": {"url": "https://slack.com/shortcuts/Ft1/x"}}},
    "icon_button": {"icon": "trash", "text": plain()},
    "feedback_buttons": {
        "positive_button": {"text": plain(), "value": "up"},
        "negative_button": {"text": plain(), "value": "down"},
    },
    "overflow": {"options": [option(url="https://example.com")]},
    "checkboxes": {"options": OPTIONS, "initial_options": OPTIONS[:1]},
    "radio_buttons": {"options": [option(text=mrkdwn(), description=mrkdwn())]},
    "datepicker": {"initial_date": "2026-02-28", "placeholder": plain()},
    "timepicker": {"initial_time": "23:59", "timezone": "Europe/Lisbon"},
    "datetimepicker": {"initial_date_time": 1_770_000_000},
    "static_select": {"options": OPTIONS, "initial_option": OPTIONS[1], "focus_on_load": True},
    "external_select": {"min_query_length": 2, "initial_option": option("elsewhere")},
    "users_select": {"initial_user": "U0ANA"},
    "conversations_select": {"filter": {"include": ["public"], "exclude_bot_users": True}},
    "channels_select": {"initial_channel": "C0GENERAL"},
    "multi_static_select": {
        "option_groups": [{"label": plain(), "options": OPTIONS}],
        "initial_options": OPTIONS,
        "max_selected_items": 2,
    },
    "multi_external_select": {"initial_options": OPTIONS},
    "multi_users_select": {"initial_users": ["U0ANA"], "max_selected_items": 1},
    "multi_conversations_select": {"default_to_current_conversation": True},
    "multi_channels_select": {"initial_channels": ["C0GENERAL"]},
    "plain_text_input": {"min_length": 2, "max_length": 5, "initial_value": "five!", "multiline": True},
    "email_text_input": {"initial_value": "ana@example.com"},
    "url_text_input": {"initial_value": "https://example.com"},
    "number_input": {"is_decimal_allowed": False, "min_value": "-1", "initial_value": "0", "max_value": "10"},
    "rich_text_input": {"initial_value": RICH, "min_lines": 1, "max_lines": 4},
    "file_input": {"filetypes": ["png"], "max_files": 1},
}
IN_CONTEXT_ACTIONS = ("icon_button", "feedback_buttons")
IN_SECTION = ("image", "button", "workflow_button", "overflow")


def placed(kind: str, **changes: Any) -> dict[str, Any]:
    """The element in a modal where it may stand; the two that may not, in a message."""
    element = {"type": kind, **GOOD_ELEMENTS[kind], **changes}
    if kind in IN_CONTEXT_ACTIONS:
        return {"blocks": [{"type": "context_actions", "elements": [element]}]}
    return modal(section(**element) if kind in IN_SECTION else entry(**element))


def check(payload: dict[str, Any]) -> None:
    if "title" in payload:
        check_view(payload, "modal")
    else:
        check_message(payload)


@pytest.mark.parametrize("kind", ELEMENTS)
def test_every_element_is_taken_where_it_belongs(kind: str) -> None:
    check(placed(kind))


@pytest.mark.parametrize("kind", ELEMENTS)
def test_no_element_takes_a_field_it_does_not_have(kind: str) -> None:
    with pytest.raises(SlackError) as refused:
        check(placed(kind, colour="red"))
    assert "invalid additional property: colour" in refused.value.messages[-1]


def test_no_block_takes_a_field_it_does_not_have() -> None:
    for kind in SURFACES["message"].shapes:
        with pytest.raises(SlackError) as refused:
            check_message({"blocks": [{"type": kind, "colour": "red"}]})
        lines = " ".join(refused.value.messages)
        assert "invalid additional property: colour [json-pointer:/blocks/0]" in lines


WRONG_ELEMENTS = [
    ("button", {"text": mrkdwn()}, "must be a valid enum value", "/text/type"),
    ("button", {"text": "words"}, "must provide an object", "/text"),
    ("button", {"style": "warning"}, "must be a valid enum value", "/style"),
    ("button", {"style": None}, "must provide a string", "/style"),
    ("button", {"url": "javascript:alert(1)"}, "failed to match schema", "/url"),
    ("button", {"action_id": ""}, "must be more than 0 characters", "/action_id"),
    ("button", {"value": 7}, "must provide a string", "/value"),
    ("button", {"confirm": {"title": plain()}}, "missing required field: text", "/confirm"),
    ("button", {"confirm": {**CONFIRM, "title": mrkdwn()}}, "must be a valid enum value", "/confirm/title/type"),
    ("image", {"slack_file": {"id": "F1"}}, "must define only one of `image_url` or `slack_file`", ""),
    ("overflow", {"options": []}, "no less than 1 items allowed", "/options"),
    ("overflow", {"options": [option("a"), option("a")]}, 'option `value` "a" already exists', ""),
    ("static_select", {"options": [option(text=mrkdwn())]}, "must be a valid enum value", "/options/0/text/type"),
    ("static_select", {"options": "a,b"}, "must provide an array", "/options"),
    ("static_select", {"option_groups": []}, "no less than 1 items allowed", "/option_groups"),
    (
        "static_select",
        {"options": [option(url="https://example.com")]},
        "invalid additional property: url",
        "/options/0",
    ),
    (
        "static_select",
        {"initial_option": option("c")},
        "must exactly match one of the provided options",
        "/initial_option",
    ),
    ("static_select", {"initial_option": None}, "must provide an object", "/initial_option"),
    (
        "checkboxes",
        {"initial_options": [option("a", description=plain())]},
        "must exactly match one of the provided options",
        "/initial_options/0",
    ),
    ("radio_buttons", {"placeholder": plain()}, "invalid additional property: placeholder", ""),
    ("multi_static_select", {"max_selected_items": 1}, "no more than 1 items allowed", "/initial_options"),
    ("multi_users_select", {"max_selected_items": 0}, "must be greater than 0", "/max_selected_items"),
    ("multi_users_select", {"max_selected_items": True}, "must provide an integer", "/max_selected_items"),
    ("multi_users_select", {"initial_users": ["U1", "U2"]}, "no more than 1 items allowed", "/initial_users"),
    ("conversations_select", {"filter": {"include": []}}, "no less than 1 items allowed", "/filter/include"),
    ("conversations_select", {"filter": {"include": ["dm"]}}, "must be a valid enum value", "/filter/include/0"),
    ("external_select", {"min_query_length": -1}, "must be greater than -1", "/min_query_length"),
    ("external_select", {"options": OPTIONS}, "invalid additional property: options", ""),
    ("datepicker", {"initial_date": "2026-02-29"}, "failed to match schema", "/initial_date"),
    ("datepicker", {"initial_date": "20260228"}, "failed to match schema", "/initial_date"),
    ("timepicker", {"initial_time": "24:00"}, "failed to match schema", "/initial_time"),
    ("timepicker", {"initial_time": "9:30"}, "failed to match schema", "/initial_time"),
    ("timepicker", {"timezone": "Lisbon"}, "failed to match schema", "/timezone"),
    ("datetimepicker", {"initial_date_time": 1_770_000_000_000}, "must be less than 10000000000", "/initial_date_time"),
    ("plain_text_input", {"initial_value": "longer"}, "must be less than 6 characters", "/initial_value"),
    ("plain_text_input", {"initial_value": "x"}, "must be more than 1 characters", "/initial_value"),
    ("plain_text_input", {"min_length": 6}, "must be less than 6", "/min_length"),
    ("plain_text_input", {"multiline": "yes"}, "must provide a boolean", "/multiline"),
    (
        "plain_text_input",
        {"dispatch_action_config": {"trigger_actions_on": ["on_blur"]}},
        "must be a valid enum value",
        "/dispatch_action_config/trigger_actions_on/0",
    ),
    ("number_input", {"initial_value": 5}, "must provide a string", "/initial_value"),
    ("number_input", {"initial_value": "five"}, "failed to match schema", "/initial_value"),
    ("number_input", {"initial_value": "0.5"}, "must be an integer", "/initial_value"),
    ("number_input", {"initial_value": "11"}, "must not be greater than max_value", "/initial_value"),
    ("number_input", {"min_value": "11"}, "must not be greater than initial_value", "/min_value"),
    ("email_text_input", {"initial_value": "ana"}, "failed to match schema", "/initial_value"),
    ("url_text_input", {"initial_value": "example"}, "failed to match schema", "/initial_value"),
    ("rich_text_input", {"min_lines": 5}, "must not be greater than max_lines", "/min_lines"),
    ("file_input", {"max_files": 0}, "must be greater than 0", "/max_files"),
]


@pytest.mark.parametrize(("kind", "changes", "sentence", "below"), WRONG_ELEMENTS)
def test_an_element_is_refused_with_where_and_why(
    kind: str, changes: dict[str, Any], sentence: str, below: str
) -> None:
    where = "/view/blocks/0/" + ("accessory" if kind in IN_SECTION else "element")
    with pytest.raises(SlackError) as refused:
        check(placed(kind, **changes))
    assert refused.value.error == "invalid_arguments"
    assert f"[ERROR] {sentence} [json-pointer:{where}{below}]" in refused.value.messages


WRONG_BLOCKS: list[tuple[list[Any], str]] = [
    ([{"type": "section"}], "must define either `text` or `fields` [json-pointer:/blocks/0/type]"),
    ([{"type": "section", "text": "words"}], "must provide an object [json-pointer:/blocks/0/text]"),
    ([{"type": "section", "text": {"text": "words"}}], "missing required field: type [json-pointer:/blocks/0/text]"),
    (
        [{"type": "section", "text": {**mrkdwn(), "emoji": True}}],
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    (
        [{"type": "section", "text": plain(), "accessory": None}],
        "must provide an object [json-pointer:/blocks/0/accessory]",
    ),
    (
        [{"type": "header", "text": mrkdwn()}],
        "must be a valid enum value [json-pointer:/blocks/0/text/type]",
    ),
    ([{"type": "divider", "text": plain()}], "invalid additional property: text [json-pointer:/blocks/0]"),
    ([{"type": "banner"}], "unsupported type: banner [json-pointer:/blocks/0/type]"),
    ([{"text": plain()}], "missing required field: type [json-pointer:/blocks/0]"),
    ([{"type": ["section"]}], "unsupported type: ['section'] [json-pointer:/blocks/0/type]"),
    (["section"], "must provide an object [json-pointer:/blocks/0]"),
    ([{"type": "actions", "elements": []}], "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        [actions({"type": "plain_text_input"})],
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    ([actions({"type": "image"})], "unsupported type: image [json-pointer:/blocks/0/elements/0/type]"),
    ([entry(type="button", text=plain())], "unsupported type: button [json-pointer:/blocks/0/element/type]"),
    ([section(type="datetimepicker")], "unsupported type: datetimepicker [json-pointer:/blocks/0/accessory/type]"),
    (
        [{"type": "context", "elements": [button()]}],
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        [actions(button(action_id="a"), button(action_id="a"))],
        '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    (
        [{"type": "divider", "block_id": "d"}, {"type": "divider", "block_id": "d"}],
        '`block_id` "d" already exists [json-pointer:/blocks/1/block_id]',
    ),
    (
        [
            {
                "type": "container",
                "title": plain(),
                "block_id": "d",
                "child_blocks": [{"type": "divider", "block_id": "d"}],
            }
        ],
        '`block_id` "d" already exists [json-pointer:/blocks/0/child_blocks/0/block_id]',
    ),
    ([{"type": "alert", "text": plain()}], "unsupported type: alert [json-pointer:/blocks/0/type]"),
    ([{"type": "file"}], "unsupported type: file [json-pointer:/blocks/0/type]"),
    (
        [{"type": "card"}],
        "must define either `hero_image` or `title` or `actions` or `body` [json-pointer:/blocks/0/type]",
    ),
    ([{"type": "image", "alt_text": "x"}], "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]"),
    (
        [{"type": "table", "rows": [[{"type": "mrkdwn"}]]}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/rows/0/0/type]",
    ),
    ([entry(type="file_input")], "unsupported type: file_input [json-pointer:/blocks/0/element/type]"),
    (
        [entry(type="channels_select", response_url_enabled=True)],
        "invalid additional property: response_url_enabled [json-pointer:/blocks/0/element/response_url_enabled]",
    ),
    (
        [section(type="users_select", focus_on_load=True), section(type="users_select", focus_on_load=True)],
        "only one element can have `focus_on_load` [json-pointer:/blocks/1/accessory/focus_on_load]",
    ),
]


@pytest.mark.parametrize(("blocks", "line"), WRONG_BLOCKS)
def test_a_block_is_refused_with_where_and_why(blocks: list[Any], line: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_message({"text": "fallback", "blocks": blocks})
    assert refused.value.error == "invalid_blocks"
    assert f"[ERROR] {line}" in refused.value.messages


GOOD_BLOCKS: list[Block] = [
    RICH,
    {"type": "markdown", "text": "**hi**"},
    {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}]},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, RICH]], "column_settings": [{"align": "right"}]},
    {"type": "carousel", "elements": [{"type": "card", "body": mrkdwn(), "actions": [button()]}]},
    entry(type="plain_text_input"),
]


@pytest.mark.parametrize("block", GOOD_BLOCKS)
def test_a_right_block_is_taken_in_a_message(block: Block) -> None:
    check_message({"blocks": [block]})


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
    check_message({"blocks": [actions(button(action_id="a")), actions(button(action_id="a"))]})


MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({}, "no_text"),
    ({"text": "  \n"}, "no_text"),
    ({"text": "", "blocks": []}, "no_text"),
    ({"text": None, "blocks": None}, "no_text"),
    ({"text": 5}, "invalid_arguments"),
    ({"text": "hi", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
    ({"text": "hi", "blocks": "[]"}, "invalid_blocks_format"),
    ({"text": "hi", "attachments": {}}, "invalid_attachments"),
    ({"text": "hi", "attachments": ["x"]}, "invalid_attachments"),
    ({"text": "hi", "attachments": [{"blocks": [{"type": "banner"}]}]}, "invalid_attachments"),
    ({"text": "hi", "metadata": "x"}, "invalid_metadata_format"),
    ({"text": "hi", "metadata": {"event_type": "sent"}}, "invalid_metadata_format"),
    ({"text": "hi", "metadata": {"event_type": "", "event_payload": {}}}, "invalid_metadata_format"),
    ({"text": "hi", "metadata": {"event_type": "sent", "event_payload": []}}, "invalid_metadata_format"),
    ({"text": "hi", "markdown_text": "**hi**"}, "markdown_text_conflict"),
    ({"markdown_text": "x" * 12_001}, "msg_too_long"),
]


@pytest.mark.parametrize(("arguments", "error"), MESSAGES)
def test_a_message_is_refused_in_slacks_words(arguments: dict[str, Any], error: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_message(arguments)
    assert refused.value.error == error


def test_a_message_may_be_text_or_blocks_or_attachments_with_metadata() -> None:
    metadata = {"event_type": "notice", "event_payload": {"key": "k"}}
    check_message({"text": "hi", "metadata": metadata})
    check_message({"blocks": [{"type": "divider"}]})
    check_message({"text": "", "attachments": [{"color": "#36c", "blocks": [{"type": "divider"}]}]})
    check_message({"markdown_text": "**hi**"})


WRONG_VIEWS: list[tuple[Any, str, str]] = [
    ("modal", "modal", "must provide an object [json-pointer:/view]"),
    ({**modal(), "type": "home"}, "modal", "must be a valid enum value [json-pointer:/view/type]"),
    ({"type": "modal", "blocks": []}, "modal", "missing required field: title [json-pointer:/view]"),
    ({"type": "modal", "title": plain()}, "modal", "missing required field: blocks [json-pointer:/view]"),
    (modal(id="V1"), "modal", "invalid additional property: id [json-pointer:/view]"),
    (modal(submit_disabled=True), "modal", "invalid additional property: submit_disabled [json-pointer:/view]"),
    (modal(title=mrkdwn()), "modal", "must be a valid enum value [json-pointer:/view/title/type]"),
    (modal(blocks="none"), "modal", "must provide an array [json-pointer:/view/blocks]"),
    (
        {"type": "modal", "title": plain(), "blocks": [entry(type="plain_text_input")]},
        "modal",
        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
    ),
    (
        modal({"type": "markdown", "text": "x"}),
        "modal",
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    (
        {"type": "home", "blocks": [{"type": "alert", "text": plain()}]},
        "home",
        "unsupported type: alert [json-pointer:/view/blocks/0/type]",
    ),
    (
        {"type": "home", "blocks": [], "title": plain()},
        "home",
        "invalid additional property: title [json-pointer:/view]",
    ),
]


@pytest.mark.parametrize(("view", "kind", "line"), WRONG_VIEWS)
def test_a_view_is_refused_with_where_and_why(view: Any, kind: Any, line: str) -> None:
    with pytest.raises(SlackError) as refused:
        check_view(view, kind)
    assert refused.value.error == "invalid_arguments"
    assert refused.value.messages[0] == "[ERROR] failed to match all allowed schemas [json-pointer:/view]"
    assert f"[ERROR] {line}" in refused.value.messages


def test_home_takes_inputs_and_no_blocks_at_all() -> None:
    check_view({"type": "home", "blocks": []}, "home")
    check_view({"type": "home", "blocks": [entry(type="plain_text_input")], "private_metadata": ""}, "home")
