"""Block Kit as HTML: each element says what it is, holds what was typed, and can be found by its label."""

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from sandbox.ui.blocks import BlockContext, render_blocks
from sandbox.ui.mrkdwn import Reader

READER = Reader(
    now=datetime(2026, 4, 7, 9, 0, tzinfo=UTC),
    tz="America/New_York",
    user="U1",
    people={"U1": "Ana", "U2": "Ben"},
    channels={"C1": "general"},
)
NASTY = "</textarea></script>'\"><img src=x onerror=alert(1)>&amp;"


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str, **more: Any) -> dict[str, Any]:
    return {"text": plain(text), "value": value, **more}


class Page(HTMLParser):
    """The start tags of a piece of HTML with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every such tag."""
        named = {name.replace("_", "-"): value for name, value in wanted.items()}
        return [had for found, had in self.tags if found == tag and named.items() <= had.items()]

    def one(self, tag: str, **wanted: str) -> dict[str, str]:
        (found,) = self.all(tag, **wanted)
        return found

    def control(self) -> dict[str, str]:
        (found,) = [had for _, had in self.tags if "control" in had.get("class", "").split()]
        return found


def drawn(*blocks: dict[str, Any], **context: Any) -> Page:
    return Page(str(render_blocks(blocks, BlockContext(READER, **context))))


def asked(element: dict[str, Any], **block: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": "q",
        "label": plain("Question"),
        "element": {"action_id": "a", **element},
        **block,
    }


def acted(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "row", "elements": [{"action_id": "a", **element}]}


TEXT = {"type": "plain_text_input"}
MENU = {"type": "static_select", "options": [option("One", "1"), option("Two", "2")]}


def test_blocks_that_only_show_are_words_in_order() -> None:
    page = drawn(
        {"type": "header", "text": plain("Head")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Bold* <@U2>"}, "fields": [plain("F1"), plain(" F2")]},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_small_"}]},
        {"type": "image", "image_url": "https://a.example/i.png", "alt_text": "A chart", "title": plain("Chart")},
    )
    assert page.words.split() == ["Head", "Bold", "@Ben", "F1", "F2", "small", "Chart"]
    assert len(page.all("hr")) == 1
    assert page.one("img")["alt"] == "A chart"


def test_a_button_carries_what_the_app_gets_back() -> None:
    page = drawn(acted({"type": "button", "text": plain("Go"), "value": NASTY, "style": "primary"}))
    assert "button-primary" in page.one("button")["class"]
    assert page.control()["data-block-id"] == "row"
    element = json.loads(page.control()["data-element"])
    assert element == {"type": "button", "action_id": "a", "value": NASTY, "text": plain("Go")}


def test_a_button_with_a_confirmation_brings_its_words() -> None:
    confirm = {
        "title": plain("Sure?"),
        "text": plain("It is gone"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        "style": "danger",
    }
    page = drawn(acted({"type": "button", "text": plain("Leave"), "style": "danger", "confirm": confirm}))
    assert page.one("template")["data-danger"] == "yes"
    assert page.words.split() == ["Leave", "Sure?", "It", "is", "gone", "Yes", "No"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//a.example"])
def test_a_button_leads_nowhere_but_to_the_web(address: str) -> None:
    page = drawn(acted({"type": "button", "text": plain("Go"), "url": address}))
    assert page.one("a")["href"] == "#"


def test_what_people_typed_is_never_markup_anywhere() -> None:
    button = {"type": "button", "action_id": NASTY, "text": plain(NASTY), "value": NASTY}
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": NASTY}]}
    page = drawn(
        {"type": "header", "text": plain(NASTY)},
        {"type": "section", "text": {"type": "mrkdwn", "text": NASTY}, "accessory": button},
        acted({"type": "overflow", "options": [option(NASTY, NASTY, description=plain(NASTY))]}),
        asked({**TEXT, "multiline": True, "initial_value": NASTY, "placeholder": plain(NASTY)}, hint=plain(NASTY)),
        asked({**TEXT, "initial_value": NASTY}, block_id=NASTY),
        asked({"type": "static_select", "options": [option(NASTY, NASTY)], "initial_option": option(NASTY, NASTY)}),
        asked({"type": "checkboxes", "options": [option(NASTY, NASTY, description=plain(NASTY))]}),
        {"type": "rich_text", "elements": [words]},
        {"type": NASTY},
        errors={"q": NASTY},
    )
    assert not page.all("img")
    assert not page.all("script")
    assert {name for _, had in page.tags for name in had if name.startswith("on")} == set()


@pytest.mark.parametrize(
    ("element", "tag", "kind"),
    [
        (TEXT, "input", "text"),
        ({"type": "number_input", "is_decimal_allowed": False}, "input", "number"),
        ({"type": "email_text_input"}, "input", "email"),
        ({"type": "url_text_input"}, "input", "url"),
        ({"type": "datepicker"}, "input", "date"),
        ({"type": "timepicker"}, "input", "time"),
        ({"type": "datetimepicker"}, "input", "datetime-local"),
        ({**TEXT, "multiline": True}, "textarea", ""),
        (MENU, "input", "text"),
        ({"type": "external_select"}, "input", "text"),
        ({"type": "multi_users_select"}, "input", "text"),
    ],
)
def test_every_field_is_reached_by_its_label(element: dict[str, Any], tag: str, kind: str) -> None:
    page = drawn(asked(element))
    field = page.one(tag)
    assert field.get("type", "") == kind
    assert page.one("label")["for"] == field["id"]


@pytest.mark.parametrize("kind", ["checkboxes", "radio_buttons"])
def test_a_group_of_ticks_is_a_fieldset_with_its_question(kind: str) -> None:
    chosen = option("Two", "2")
    initial = {"initial_options": [chosen]} if kind == "checkboxes" else {"initial_option": chosen}
    page = drawn(asked({**MENU, "type": kind, **initial}))
    assert page.all("fieldset")
    assert [json.loads(had["data-option"])["value"] for had in page.all("input") if "checked" in had] == ["2"]
    assert page.words.split()[0] == "Question"


INITIAL = [
    ({**TEXT, "initial_value": "typed"}, "typed"),
    ({"type": "number_input", "initial_value": "0"}, "0"),
    ({"type": "datepicker", "initial_date": "2026-04-09"}, "2026-04-09"),
    ({"type": "timepicker", "initial_time": "10:30"}, "10:30"),
    # 09:00 UTC on a New York wall in summer
    ({"type": "datetimepicker", "initial_date_time": 1775552400}, "2026-04-07T05:00"),
    ({**MENU, "initial_option": option("Two", "2")}, "Two"),
    ({"type": "users_select", "initial_user": "U2"}, "Ben"),
    ({"type": "channels_select", "initial_channel": "C1"}, "#general"),
]


@pytest.mark.parametrize(("element", "shown"), INITIAL)
def test_a_field_starts_with_what_the_app_put_there(element: dict[str, Any], shown: str) -> None:
    assert drawn(asked(element)).one("input")["value"] == shown


HELD = [
    (TEXT, {"value": "mine"}, "mine"),
    ({**TEXT, "initial_value": "theirs"}, {"value": None}, ""),
    ({"type": "datepicker", "initial_date": "2026-04-09"}, {"selected_date": "2026-05-01"}, "2026-05-01"),
    ({**MENU, "initial_option": option("Two", "2")}, {"selected_option": option("One", "1")}, "One"),
    ({"type": "users_select", "initial_user": "U2"}, {"selected_user": "U1"}, "Ana"),
]


@pytest.mark.parametrize(("element", "state", "shown"), HELD)
def test_what_a_person_set_wins_over_what_the_app_put_there(
    element: dict[str, Any], state: dict[str, Any], shown: str
) -> None:
    page = drawn(asked(element), values={"q": {"a": {"type": element["type"], **state}}})
    assert page.one("input")["value"] == shown


def test_a_multi_select_shows_its_choices_as_chips_and_as_data() -> None:
    many = {"type": "multi_external_select", "min_query_length": 0, "max_selected_items": 5}
    page = drawn(asked({**many, "initial_options": [option("SQL", "s"), option("Go", "g")]}))
    (picker,) = [had for _, had in page.tags if "picker" in had.get("class", "").split()]
    assert [choice["raw"]["value"] for choice in json.loads(picker["data-chosen"])] == ["s", "g"]
    assert (picker["data-source"], picker["data-min-query"], picker["data-max"]) == ("external", "0", "5")
    assert "SQL" in page.words


def test_option_groups_keep_their_headings() -> None:
    groups = [{"label": plain("Days"), "options": [option("Monday", "1")]}]
    page = drawn(asked({"type": "static_select", "option_groups": groups}))
    (picker,) = [had for _, had in page.tags if "picker" in had.get("class", "").split()]
    assert [(choice["group"], choice["label"]) for choice in json.loads(picker["data-choices"])] == [("Days", "Monday")]


def test_a_refused_field_says_why_below_it() -> None:
    page = drawn(asked(TEXT), errors={"q": "Please be kind."})
    assert "field-refused" in page.one("div", data_optional="no")["class"]
    assert page.one("p", role="alert")["id"] in page.one("input")["aria-describedby"].split()
    assert "Please be kind." in page.words


def test_an_input_tells_the_app_at_once_only_where_it_asked_to() -> None:
    assert drawn(asked(MENU)).control()["data-at-once"] == "no"
    assert drawn(asked(MENU, dispatch_action=True)).control()["data-at-once"] == "yes"
    assert drawn(acted(MENU)).control()["data-at-once"] == "yes"


def test_limits_reach_the_browser() -> None:
    field = drawn(asked({**TEXT, "max_length": 150, "min_length": 3})).one("input")
    assert (field["maxlength"], field["data-min-length"]) == ("150", "3")
    number = drawn(asked({"type": "number_input", "is_decimal_allowed": True, "min_value": "0", "max_value": "9"}))
    assert number.one("input").items() >= {"min": "0", "max": "9", "step": "any"}.items()


def test_a_checksum_changes_with_the_block_alone() -> None:
    first, again = (
        drawn(asked(TEXT), {"type": "divider"}),
        drawn(asked({**TEXT, "initial_value": "x"}), {"type": "divider"}),
    )
    before, after = ([had["data-hash"] for _, had in page.tags if "data-hash" in had] for page in (first, again))
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_a_rich_text_block_keeps_its_lists_and_styles() -> None:
    words = {"type": "text", "text": "done", "style": {"bold": True, "strike": True}}
    items = [
        {"type": "rich_text_section", "elements": [words]},
        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U2"}]},
    ]
    numbered = {"type": "rich_text_list", "style": "ordered", "elements": items}
    html = str(render_blocks([{"type": "rich_text", "elements": [numbered]}], BlockContext(READER)))
    assert "<ol" in html
    assert "<strong><s>done</s></strong>" in html
    assert "@Ben" in html


def test_an_unknown_block_is_named_rather_than_lost() -> None:
    assert "hologram" in drawn({"type": "hologram"}).words
