"""Every limit: a value at it passes, one more fails, as Slack's own error."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.errors import SlackError
from sandbox.validation import check_message, check_options, check_view
from sandbox.validation.limits import MOST

Check = Callable[[], None]


def plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


def message(*blocks: dict[str, Any]) -> Check:
    return lambda: check_message({"text": "fallback", "blocks": list(blocks)})


def says(**arguments: Any) -> Check:
    return lambda: check_message(arguments)


def modal(**fields: Any) -> Check:
    view = {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": [{"type": "divider"}]}
    return lambda: check_view({**view, **fields}, "modal")


def modal_with(*blocks: dict[str, Any]) -> Check:
    return modal(blocks=list(blocks))


def section(**fields: Any) -> dict[str, Any]:
    return {"type": "section", **({} if "fields" in fields else {"text": plain("words")}), **fields}


def accessory(**element: Any) -> Check:
    return message(section(accessory=element))


def button(**fields: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Press"), **fields}


def confirmed(**fields: str) -> Check:
    confirm = {name: plain("words") for name in ("title", "text", "confirm", "deny")}
    return accessory(**button(confirm={**confirm, **{name: plain(words) for name, words in fields.items()}}))


def option(n: int = 0, **fields: Any) -> dict[str, Any]:
    return {"text": plain("choice"), "value": f"v{n}", **fields}


def options(n: int) -> list[dict[str, Any]]:
    return [option(i) for i in range(n)]


def menu(**fields: Any) -> Check:
    return accessory(type="static_select", **fields)


def groups(count: int) -> list[dict[str, Any]]:
    return [{"label": plain("group"), "options": [option(n)]} for n in range(count)]


def put(element: dict[str, Any], **fields: Any) -> Check:
    return modal_with({"type": "input", "label": plain("Label"), "element": element, **fields})


def image(**fields: Any) -> Check:
    return message({"type": "image", "image_url": "https://example.com/i.png", "alt_text": "a lamp", **fields})


def video(**fields: Any) -> Check:
    urls = {"thumbnail_url": "https://example.com/t.png", "video_url": "https://example.com/v"}
    return message({"type": "video", "title": plain("Film"), "alt_text": "a film", **urls, **fields})


def link(n: int) -> str:
    return "https://example.com/".ljust(n, "x")


def row(cells: int) -> list[dict[str, Any]]:
    return [{"type": "raw_text", "text": "cell"}] * cells


def table(**fields: Any) -> Check:
    return message({"type": "table", "rows": [row(1)], **fields})


def divider() -> dict[str, Any]:
    return {"type": "divider"}


def padded_to(size: int) -> Check:
    """A modal of exactly `size` bytes as JSON, by emoji: few characters, four bytes each."""
    heavy = [section(fields=[plain("😀" * 2000)] * 10)] * 3
    lengths = [0] * 10
    short = size - view_bytes(heavy, lengths)
    lengths = [short // 10 + (n < short % 10) for n in range(10)]
    assert view_bytes(heavy, lengths) == size
    return modal_with(*heavy, padding(lengths))


def padding(lengths: list[int]) -> dict[str, Any]:
    return section(fields=[plain("x" * length) for length in lengths])


def view_bytes(heavy: list[dict[str, Any]], lengths: list[int]) -> int:
    blocks = [*heavy, padding(lengths)]
    view = {"type": "modal", "title": plain("Title"), "submit": plain("Save"), "blocks": blocks}
    return len(json.dumps(view, ensure_ascii=False).encode())


def card(**fields: Any) -> dict[str, Any]:
    return {"type": "card", "title": plain("Card"), **fields}


def container(**fields: Any) -> Check:
    return message({"type": "container", "title": plain("Box"), "child_blocks": [divider()], **fields})


CASES: dict[str, Callable[[int], Check]] = {
    "message.text": lambda n: says(text="x" * n),
    "message.blocks": lambda n: message(*[divider()] * n),
    "message.characters": lambda n: message(
        *[section(text=plain("x" * 1000))] * 12, section(text=plain("x" * (n - 12_000)))
    ),
    "message.markdown": lambda n: message(
        {"type": "markdown", "text": "x" * (n - 1000)}, {"type": "markdown", "text": "x" * 1000}
    ),
    "message.attachments": lambda n: says(text="hello", attachments=[{"text": "more"}] * n),
    "message.tables": lambda n: message(*[{"type": "table", "rows": [row(1)]}] * n),
    "view.blocks": lambda n: modal_with(*[divider()] * n),
    "view.title": lambda n: modal(title=plain("x" * n)),
    "view.submit": lambda n: modal(submit=plain("x" * n)),
    "view.close": lambda n: modal(close=plain("x" * n)),
    "view.private_metadata": lambda n: modal(private_metadata="x" * n),
    "view.callback_id": lambda n: modal(callback_id="x" * n),
    "view.external_id": lambda n: modal(external_id="x" * n),
    "view.bytes": padded_to,
    "text": lambda n: message({"type": "context", "elements": [mrkdwn("x" * n)]}),
    "block_id": lambda n: message({"type": "divider", "block_id": "x" * n}),
    "action_id": lambda n: accessory(**button(action_id="x" * n)),
    "section.text": lambda n: message(section(text=mrkdwn("x" * n))),
    "section.fields": lambda n: message(section(fields=[plain("x")] * n)),
    "section.field": lambda n: message(section(fields=[mrkdwn("x" * n)])),
    "header.text": lambda n: message({"type": "header", "text": plain("x" * n)}),
    "context.elements": lambda n: message({"type": "context", "elements": [plain("x")] * n}),
    "actions.elements": lambda n: message({"type": "actions", "elements": [button()] * n}),
    "context_actions.elements": lambda n: message(
        {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("x")}] * n}
    ),
    "image.image_url": lambda n: image(image_url=link(n)),
    "image.alt_text": lambda n: image(alt_text="x" * n),
    "image.title": lambda n: image(title=plain("x" * n)),
    "input.label": lambda n: put({"type": "plain_text_input"}, label=plain("x" * n)),
    "input.hint": lambda n: put({"type": "plain_text_input"}, hint=plain("x" * n)),
    "markdown.text": lambda n: message({"type": "markdown", "text": "x" * n}),
    "video.title": lambda n: video(title=plain("x" * n)),
    "video.author_name": lambda n: video(author_name="x" * n),
    "video.description": lambda n: video(description=plain("x" * n)),
    "button.text": lambda n: accessory(**button(text=plain("x" * n))),
    "button.value": lambda n: accessory(**button(value="x" * n)),
    "button.url": lambda n: accessory(**button(url=link(n))),
    "button.accessibility_label": lambda n: accessory(**button(accessibility_label="x" * n)),
    "option.text": lambda n: menu(options=[option(text=plain("x" * n))]),
    "option.value": lambda n: menu(options=[option(value="x" * n)]),
    "option.description": lambda n: menu(options=[option(description=plain("x" * n))]),
    "option.url": lambda n: accessory(type="overflow", options=[option(url=link(n))]),
    "option_group.label": lambda n: menu(option_groups=[{"label": plain("x" * n), "options": options(1)}]),
    "option_group.options": lambda n: menu(option_groups=[{"label": plain("group"), "options": options(n)}]),
    "select.options": lambda n: menu(options=options(n)),
    "select.option_groups": lambda n: menu(option_groups=groups(n)),
    "placeholder": lambda n: menu(options=options(1), placeholder=plain("x" * n)),
    "overflow.options": lambda n: accessory(type="overflow", options=options(n)),
    "radio_buttons.options": lambda n: accessory(type="radio_buttons", options=options(n)),
    "checkboxes.options": lambda n: accessory(type="checkboxes", options=options(n)),
    "confirm.title": lambda n: confirmed(title="x" * n),
    "confirm.text": lambda n: confirmed(text="x" * n),
    "confirm.confirm": lambda n: confirmed(confirm="x" * n),
    "confirm.deny": lambda n: confirmed(deny="x" * n),
    "plain_text_input.length": lambda n: put({"type": "plain_text_input", "max_length": n}),
    "file_input.max_files": lambda n: put({"type": "file_input", "max_files": n}),
    "table.rows": lambda n: table(rows=[row(1)] * n),
    "table.cells": lambda n: table(rows=[row(n)]),
    "table.column_settings": lambda n: table(column_settings=[{"align": "left"}] * n),
    "card.title": lambda n: message(card(title=plain("x" * n))),
    "card.subtitle": lambda n: message(card(subtitle=plain("x" * n))),
    "card.body": lambda n: message(card(body=plain("x" * n))),
    "carousel.elements": lambda n: message({"type": "carousel", "elements": [card()] * n}),
    "container.title": lambda n: container(title=plain("x" * n)),
    "container.subtitle": lambda n: container(subtitle=plain("x" * n)),
    "container.child_blocks": lambda n: container(child_blocks=[divider()] * n),
}
ERRORS = {
    "message.text": "msg_too_long",
    "message.characters": "msg_blocks_too_long",
    "message.attachments": "too_many_attachments",
    "view.bytes": "view_too_large",
    "plain_text_input.length": "invalid_arguments",
    "file_input.max_files": "invalid_arguments",
    "input.label": "invalid_arguments",
    "input.hint": "invalid_arguments",
}


def test_every_limit_has_its_case() -> None:
    assert set(CASES) == set(MOST)


@pytest.mark.parametrize("limit", MOST)
def test_what_is_at_the_limit_passes(limit: str) -> None:
    CASES[limit](MOST[limit])()


@pytest.mark.parametrize("limit", MOST)
def test_one_more_than_the_limit_fails(limit: str) -> None:
    with pytest.raises(SlackError) as refused:
        CASES[limit](MOST[limit] + 1)()
    expected = "invalid_arguments" if limit.startswith("view.") else "invalid_blocks"
    assert refused.value.error == ERRORS.get(limit, expected)


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (CASES["section.text"](3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (CASES["message.blocks"](51), "no more than 50 items allowed [json-pointer:/blocks]"),
        (CASES["button.text"](76), "must be less than 76 characters [json-pointer:/blocks/0/accessory/text/text]"),
        (CASES["view.title"](25), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (CASES["view.blocks"](101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (CASES["view.callback_id"](256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (CASES["section.text"](0), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ],
)  # fmt: skip
def test_the_line_is_the_one_slack_writes(check: Check, line: str) -> None:
    with pytest.raises(SlackError) as refused:
        check()
    assert f"[ERROR] {line}" in refused.value.messages


def test_external_options_keep_to_a_menus_limits() -> None:
    check_options({"options": options(100)})
    check_options({"options": []})
    check_options({"option_groups": groups(100)})
    refused: list[dict[str, Any]] = [{}, {"options": options(101)}, {"options": [option(), option()]}, {"choices": []}]
    for wrong in refused:
        with pytest.raises(SlackError, match="invalid_arguments"):
            check_options(wrong)
