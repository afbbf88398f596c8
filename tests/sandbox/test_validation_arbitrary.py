"""Whatever JSON an app sends, it is taken or refused with a SlackError; nothing else ever comes out."""

from collections.abc import Callable
from typing import Any, Literal

from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import SlackError
from sandbox.validation import check_message, check_options, check_view
from sandbox.validation.blocks import SURFACES
from sandbox.validation.elements import ELEMENTS

KEYS = ("type", "text", "elements", "element", "accessory", "options", "fields", "label", "value", "block_id", "rows")
KINDS = ("plain_text", "mrkdwn", "a", *ELEMENTS, *SURFACES["message"].shapes)
MESSAGE_KEYS = ("text", "blocks", "attachments", "metadata", "markdown_text")

arbitrary = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def typed_objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    fields = st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    return st.builds(lambda given, kind: {**given, "type": kind}, fields, st.sampled_from(KINDS))


likely = st.recursive(
    arbitrary | st.sampled_from(KINDS),
    lambda inner: st.lists(inner, max_size=3) | typed_objects(inner),
    max_leaves=20,
)
modals = st.lists(likely, max_size=3).map(
    lambda blocks: {"type": "modal", "title": {"type": "plain_text", "text": "Title"}, "blocks": blocks}
)


def outcome(check: Callable[[], None]) -> SlackError | None:
    try:
        check()
    except SlackError as refused:
        return refused
    return None


def is_well_put(refused: SlackError) -> bool:
    return bool(refused.error) and all(line.startswith("[ERROR] ") for line in refused.messages)


@given(st.dictionaries(st.sampled_from(MESSAGE_KEYS), likely))
def test_any_message_is_taken_or_refused(arguments: dict[str, Any]) -> None:
    refused = outcome(lambda: check_message(arguments))
    assert refused is None or is_well_put(refused)


@given(arbitrary | modals, st.sampled_from(("modal", "home")))
def test_any_view_is_taken_or_refused(view: Any, kind: Literal["modal", "home"]) -> None:
    refused = outcome(lambda: check_view(view, kind))
    assert refused is None or is_well_put(refused)


@given(likely | st.dictionaries(st.sampled_from(("options", "option_groups")), likely))
def test_any_answer_of_options_is_taken_or_refused(answer: Any) -> None:
    refused = outcome(lambda: check_options(answer))
    assert refused is None or is_well_put(refused)
