"""What Slack's client itself refuses to submit, before the app hears of it: the checks on a modal's fields."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sandbox.validation.elements import is_date, is_email, is_number, is_time
from sandbox.validation.objects import is_web_address
from sandbox.validation.relations import all_options
from sandbox.validation.rules import Json

# Where view.state.values keeps the answer of each element (docs.slack.dev/reference/interaction-payloads).
ANSWER_KEYS: Mapping[str, str] = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
WELL_FORMED = {
    "email_text_input": (is_email, "Please enter a valid email address."),
    "url_text_input": (is_web_address, "Please enter a valid URL."),
    "datepicker": (is_date, "Please enter a valid date."),
    "timepicker": (is_time, "Please enter a valid time."),
}


def refused_answers(view: Json, values: Mapping[str, Any]) -> dict[str, str]:
    """The sentence shown under each input block whose answer Slack's client would not submit, by block_id.

    `view` is a view as Slack returns it (every block has its block_id), `values` have the shape of view.state.values.
    Empty when everything may be submitted.
    """
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    found = ((block["block_id"], _objection(block, values)) for block in inputs)
    return {block_id: sentence for block_id, sentence in found if sentence}


def answer_of(element: Json, given: Any) -> Any:
    """What one element's entry of view.state.values holds; None where it is blank or of another shape."""
    if not isinstance(given, Mapping):
        return None
    return given.get(ANSWER_KEYS[element["type"]]) or None


def _objection(block: Json, values: Mapping[str, Any]) -> str:
    element = block["element"]
    answered = values.get(block["block_id"])
    given = answered.get(element.get("action_id")) if isinstance(answered, Mapping) else None
    answer = answer_of(element, given)
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return "" if block.get("optional") else "Please complete this required field."
    return next(_complaints(element, answer), "")


def _complaints(element: Json, answer: Any) -> Iterator[str]:
    kind = element["type"]
    if kind == "plain_text_input":
        yield from _wrong_length(element, str(answer))
    elif kind == "number_input":
        yield from _wrong_number(element, str(answer))
    elif kind in WELL_FORMED:
        fits, sentence = WELL_FORMED[kind]
        yield from () if fits(str(answer)) else (sentence,)
    elif isinstance(answer, list):
        yield from _too_many(element, answer)
    if "options" in element or "option_groups" in element:
        yield from _not_offered(element, answer)


def _wrong_length(element: Json, answer: str) -> Iterator[str]:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(answer) < least:
        yield f"Please enter at least {least} characters."
    if len(answer) > most:
        yield f"Please enter no more than {most} characters."


def _wrong_number(element: Json, answer: str) -> Iterator[str]:
    if not is_number(answer) or ("." in answer and not element["is_decimal_allowed"]):
        yield "Please enter a valid number."
        return
    if Decimal(answer) < Decimal(element.get("min_value", answer)):
        yield f"Please enter a number of at least {element['min_value']}."
    if Decimal(answer) > Decimal(element.get("max_value", answer)):
        yield f"Please enter a number of at most {element['max_value']}."


def _too_many(element: Json, answer: list[Any]) -> Iterator[str]:
    most = element.get("max_selected_items", element.get("max_files", len(answer)))
    if len(answer) > most:
        yield f"Please select no more than {most}."


def _not_offered(element: Json, answer: Any) -> Iterator[str]:
    offered = {option["value"] for option in all_options(element)}
    chosen = answer if isinstance(answer, list) else [answer]
    if any(not isinstance(option, Mapping) or option.get("value") not in offered for option in chosen):
        yield "Please choose one of the options."
