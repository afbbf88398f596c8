"""The autopilot does what a person might: mostly the primary button, never harm, and forms that can be submitted."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.autopilot import FILLERS, choose_action, fill_view
from sandbox.validation import check_view
from sandbox.validation.answers import ANSWER_KEYS, refused_answers

NOW = datetime(2026, 2, 3, 10, 0, tzinfo=UTC)
USERS = ["U0ANA", "U0BEN", "U0CHLOE"]


def plain(words: str = "words") -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def choices(count: int) -> list[dict[str, Any]]:
    return [{"text": plain(f"choice {n}"), "value": f"v{n}"} for n in range(count)]


OFFERED = {"users": USERS, "conversations": ["C1", "C2"], "channels": ["C1"], "external": choices(3)}


def button(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": name, "text": plain(name), "value": f"{name}-value", **fields}


def message(*elements: dict[str, Any], ts: str = "1.000001") -> dict[str, Any]:
    blocks = [{"type": "section", "text": plain()}, {"type": "actions", "block_id": "b1", "elements": list(elements)}]
    return {"ts": ts, "text": "How did it go?", "blocks": blocks}


CONFIRM = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}
CHECKIN = (
    button("met", style="primary"),
    button("not_yet"),
    {"type": "static_select", "action_id": "later", "options": choices(2)},
    button("leave", style="danger"),
    button("really", confirm=CONFIRM),
    button("read", url="https://example.com"),
)


def many_acts(*elements: dict[str, Any]) -> Counter[str]:
    acts = [choose_action(message(*elements, ts=f"{n}.0"), "U0ANA", seed=7) for n in range(2000)]
    return Counter("nothing" if act is None else act["action_id"] for act in acts)


def test_an_action_has_the_shape_of_block_actions() -> None:
    acts = [choose_action(message(*CHECKIN, ts=f"{n}.0"), "U0ANA", seed=1) for n in range(100)]
    assert {"type": "button", "action_id": "met", "block_id": "b1", "text": plain("met"), "value": "met-value"} in acts
    chosen = {"type": "static_select", "action_id": "later", "block_id": "b1", "selected_option": choices(2)[1]}
    assert chosen in acts


def test_three_in_four_press_the_primary_button_and_one_in_ten_does_nothing() -> None:
    acts = many_acts(*CHECKIN)
    assert 0.70 < acts["met"] / 2000 < 0.80
    assert 0.07 < acts["nothing"] / 2000 < 0.13
    assert 0.11 < (acts["not_yet"] + acts["later"]) / 2000 < 0.19


def test_nobody_does_what_is_destructive_or_follows_a_link() -> None:
    assert set(many_acts(*CHECKIN)) == {"met", "not_yet", "later", "nothing"}
    assert set(many_acts(*CHECKIN[3:])) == {"nothing"}


def test_without_a_primary_button_another_is_pressed() -> None:
    assert set(many_acts(button("one"), button("two"))) == {"one", "two", "nothing"}


def test_a_section_may_carry_the_button_and_an_overflow_link_is_left_alone() -> None:
    accessory = button("open", style="primary")
    section = {"type": "section", "block_id": "s", "text": plain(), "accessory": accessory}
    act = choose_action({"ts": "3.0", "blocks": [section]}, "U0ANA", seed=1)
    assert act is not None
    assert (act["action_id"], act["block_id"]) == ("open", "s")
    links = [{**option, "url": "https://example.com"} for option in choices(2)]
    assert set(many_acts({"type": "overflow", "action_id": "more", "options": links})) == {"nothing"}


def test_a_message_without_blocks_is_left_alone() -> None:
    assert choose_action({"ts": "1.0", "text": "hello"}, "U0ANA", seed=1) is None


@given(st.integers(), st.sampled_from(USERS), st.integers(0, 10**6))
def test_the_same_seed_person_and_message_bring_the_same_act(seed: int, user: str, ts: int) -> None:
    asked = message(*CHECKIN, ts=f"{ts}.0")
    assert choose_action(asked, user, seed=seed) == choose_action(asked, user, seed=seed)


def test_people_differ() -> None:
    acts = {str(choose_action(message(*CHECKIN), f"U{n}", seed=1)) for n in range(60)}
    assert len(acts) > 2


def texts() -> st.SearchStrategy[dict[str, Any]]:
    lengths = st.tuples(st.integers(0, 3000), st.integers(1, 3000)).map(sorted)
    return lengths.map(lambda pair: {"type": "plain_text_input", "min_length": pair[0], "max_length": max(1, pair[1])})


def numbers() -> st.SearchStrategy[dict[str, Any]]:
    whole = st.lists(st.integers(-(10**6), 10**30), min_size=2, max_size=2).map(sorted)
    tenths = st.lists(st.decimals(-9, 99, places=2), min_size=2, max_size=2).map(sorted)
    limits = st.one_of(whole.map(lambda pair: (False, pair)), tenths.map(lambda pair: (True, pair)))
    return limits.map(
        lambda given: {
            "type": "number_input",
            "is_decimal_allowed": given[0],
            "min_value": str(given[1][0]),
            "max_value": str(given[1][1]),
        }
    )


def menus() -> st.SearchStrategy[dict[str, Any]]:
    kinds = st.sampled_from(("static_select", "multi_static_select", "radio_buttons", "checkboxes"))
    return st.builds(lambda kind, count: {"type": kind, "options": choices(count)}, kinds, st.integers(1, 10))


def grouped() -> st.SearchStrategy[dict[str, Any]]:
    groups = [{"label": plain("group"), "options": choices(4)}]
    limits = st.integers(1, 5)
    return limits.map(lambda most: {"type": "multi_static_select", "option_groups": groups, "max_selected_items": most})


def bare() -> st.SearchStrategy[dict[str, Any]]:
    needing = {"static_select", "multi_static_select", "radio_buttons", "checkboxes", "number_input", "file_input"}
    return st.sampled_from(sorted(set(ANSWER_KEYS) - needing)).map(lambda kind: {"type": kind})


def inputs() -> st.SearchStrategy[dict[str, Any]]:
    element = st.one_of(texts(), numbers(), menus(), grouped(), bare())
    return st.builds(
        lambda element, optional: {
            "type": "input",
            "label": plain(),
            "element": {"action_id": "answer", **element},
            "optional": optional,
        },
        element,
        st.booleans(),
    )


def as_view(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    named = [{"block_id": f"b{n}", **block} for n, block in enumerate(blocks)]
    return {"type": "modal", "title": plain(), "submit": plain(), "callback_id": "form", "blocks": named}


@given(st.lists(inputs(), min_size=1, max_size=6), st.integers(), st.sampled_from(USERS))
def test_whatever_form_is_filled_in_can_be_submitted(blocks: list[dict[str, Any]], seed: int, user: str) -> None:
    view = as_view(blocks)
    check_view(view, "modal")
    values = fill_view(view, user, now=NOW, seed=seed, options=OFFERED)
    assert refused_answers(view, values) == {}
    assert set(values) == {block["block_id"] for block in view["blocks"]}
    assert values == fill_view(view, user, now=NOW, seed=seed, options=OFFERED)


def one(element: dict[str, Any], optional: bool = False, seed: int = 1, **fields: Any) -> Any:
    view = as_view(
        [{"type": "input", "label": plain(), "element": {"action_id": "a", **element}, "optional": optional}]
    )
    entry = fill_view({**view, **fields}, "U0ANA", now=NOW, seed=seed, options=OFFERED)["b0"]["a"]
    return entry[ANSWER_KEYS[element["type"]]]


def test_there_is_a_filler_for_every_element() -> None:
    assert set(FILLERS) == set(ANSWER_KEYS)


INITIAL: list[tuple[dict[str, Any], Any]] = [
    ({"type": "plain_text_input", "initial_value": "mine"}, "mine"),
    ({"type": "static_select", "options": choices(9), "initial_option": choices(9)[8]}, choices(9)[8]),
    ({"type": "multi_static_select", "options": choices(9), "initial_options": choices(3)}, choices(3)),
    ({"type": "users_select", "initial_user": "U0BEN"}, "U0BEN"),
    ({"type": "datepicker", "initial_date": "2026-01-01"}, "2026-01-01"),
    ({"type": "number_input", "is_decimal_allowed": False, "initial_value": "45"}, "45"),
]


@pytest.mark.parametrize("optional", [True, False])
@pytest.mark.parametrize(("element", "initial"), INITIAL)
def test_what_was_there_stays(element: dict[str, Any], initial: Any, optional: bool) -> None:
    assert all(one(element, optional, seed) == initial for seed in range(20))


def test_what_the_person_has_typed_stays_and_what_they_cleared_is_not_brought_back() -> None:
    element = {"type": "plain_text_input", "initial_value": "before"}
    typed = {"values": {"b0": {"a": {"type": "plain_text_input", "value": "typed"}}}}
    cleared = {"values": {"b0": {"a": {"type": "plain_text_input", "value": None}}}}
    assert one(element, state=typed) == "typed"
    assert one(element, state=cleared) != "before"


def test_an_optional_field_is_left_blank_half_the_time() -> None:
    blank = sum(one({"type": "plain_text_input"}, optional=True, seed=seed) is None for seed in range(400))
    assert 160 < blank < 240


def test_somebody_is_named_only_where_it_is_required_and_it_is_never_oneself() -> None:
    assert all(one({"type": "users_select"}, optional=True, seed=seed) is None for seed in range(40))
    named = {one({"type": "users_select"}, seed=seed) for seed in range(40)}
    assert named == {"U0BEN", "U0CHLOE"}


def test_a_date_is_never_in_the_future_and_a_number_is_a_plausible_number_of_minutes() -> None:
    for seed in range(40):
        assert date.fromisoformat(one({"type": "datepicker"}, seed=seed)) <= NOW.date()
        assert one({"type": "datetimepicker"}, seed=seed) <= NOW.timestamp()
        assert 30 <= int(one({"type": "number_input", "is_decimal_allowed": False}, seed=seed)) <= 60


def test_external_options_may_be_offered_by_action_id() -> None:
    view = as_view([{"type": "input", "label": plain(), "element": {"type": "external_select", "action_id": "a"}}])
    offered = {"external": {"a": choices(1)}}
    values = fill_view(view, "U0ANA", now=NOW, seed=1, options=offered)
    assert values["b0"]["a"]["selected_option"] == choices(1)[0]
    blank = fill_view(view, "U0ANA", now=NOW, seed=1)
    assert blank["b0"]["a"]["selected_option"] is None


def test_menus_outside_inputs_keep_what_they_show_and_are_not_touched() -> None:
    menu = {"type": "static_select", "action_id": "m", "options": choices(2), "initial_option": choices(2)[0]}
    picker = {"type": "datepicker", "action_id": "d"}
    view = as_view([{"type": "actions", "elements": [menu, picker, button("go")]}])
    values = fill_view(view, "U0ANA", now=NOW, seed=1)
    assert values == {
        "b0": {
            "m": {"type": "static_select", "selected_option": choices(2)[0]},
            "d": {"type": "datepicker", "selected_date": None},
        }
    }
