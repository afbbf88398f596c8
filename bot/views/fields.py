"""The inputs of our modals: each an input block whose block_id is its action_id, so that forms.py finds its value."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)

from bot.content import forms as words
from bot.domain.calendars import name_of
from bot.views.ids import Action

MOST_SKILLS = 5
LONGEST_SKILL = 60
LONGEST_OPTION = 75
LONGEST_LINE = 150
LONGEST_NOTE = 1000
Bounds = tuple[int, int]
MINUTES: Bounds = (5, 480)
WORTH: Bounds = (1, 5)
LENGTH: Bounds = (2, 52)
CADENCE: Bounds = (1, 8)


def field(
    label: str, element: InputInteractiveElement, *, optional: bool = True, hint: str | None = None, tells: bool = False
) -> InputBlock:
    """An input block; `tells`: the choice is sent at once, so that the modal can change."""
    return InputBlock(
        block_id=element.action_id, label=label, element=element, optional=optional, hint=hint, dispatch_action=tells
    )


def skills(
    action: Action,
    label: str,
    chosen: Sequence[str],
    *,
    most: int = MOST_SKILLS,
    optional: bool = True,
    hint: str = words.SKILLS_HINT,
) -> InputBlock:
    """Up to five phrases, or `most`, typed with suggestions."""
    element = ExternalDataMultiSelectElement(
        action_id=action,
        placeholder=words.SKILLS_PLACEHOLDER,
        min_query_length=1,
        max_selected_items=most,
        initial_options=[Option(value=skill, text=skill) for skill in chosen] or None,
    )
    return field(label, element, optional=optional, hint=hint)


def place(chosen: str | None) -> InputBlock:
    """A country or region, typed with suggestions."""
    element = ExternalDataSelectElement(
        action_id=Action.SUGGEST_PLACES,
        placeholder=words.PLACE_PLACEHOLDER,
        min_query_length=1,
        initial_option=place_option(chosen) if chosen else None,
    )
    return field(words.PLACE, element, hint=words.PLACE_HINT)


def place_option(code: str) -> Option:
    """A place as it is chosen and shown."""
    return Option(value=code, text=name_of(code)[:LONGEST_OPTION])


def some(
    name: str,
    label: str,
    options: Mapping[str, str],
    chosen: Sequence[str],
    placeholder: str | None = None,
    *,
    optional: bool = True,
    hint: str | None = None,
) -> InputBlock:
    """Any of a few choices."""
    element = StaticMultiSelectElement(
        action_id=name,
        placeholder=placeholder,
        options=_options(options),
        initial_options=_options({value: options[value] for value in chosen if value in options}) or None,
    )
    return field(label, element, optional=optional, hint=hint)


def line(
    name: str,
    label: str,
    value: str = "",
    placeholder: str = "",
    *,
    most: int = LONGEST_LINE,
    optional: bool = True,
    hint: str | None = None,
) -> InputBlock:
    """One line of plain text."""
    element = PlainTextInputElement(
        action_id=name, initial_value=value or None, placeholder=placeholder or None, max_length=most
    )
    return field(label, element, optional=optional, hint=hint)


def note(
    name: str,
    label: str,
    *,
    most: int = LONGEST_NOTE,
    placeholder: str = "",
    value: str = "",
    optional: bool = True,
    hint: str | None = None,
) -> InputBlock:
    """A few lines of plain text."""
    element = PlainTextInputElement(
        action_id=name,
        multiline=True,
        max_length=most,
        placeholder=placeholder or None,
        initial_value=value or None,
    )
    return field(label, element, optional=optional, hint=hint)


def choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    chosen: str | None,
    *,
    nothing: str = words.NO_PREFERENCE,
    optional: bool = True,
    hint: str | None = None,
) -> InputBlock:
    """A small menu; nothing chosen means nothing said, in the words of `nothing`."""
    element = StaticSelectElement(
        action_id=name,
        placeholder=nothing,
        options=_options(options),
        initial_option=_chosen(options, chosen),
    )
    return field(label, element, optional=optional, hint=hint)


def radio(
    name: str,
    label: str,
    options: Mapping[str, str],
    chosen: str | None,
    *,
    optional: bool = False,
    tells: bool = False,
) -> InputBlock:
    """A few choices, all visible."""
    element = RadioButtonsElement(action_id=name, options=_options(options), initial_option=_chosen(options, chosen))
    return field(label, element, optional=False, tells=tells)


def ticks(name: str, label: str, options: Mapping[str, str], ticked: Sequence[str]) -> InputBlock:
    """Up to ten things to tick."""
    element = CheckboxesElement(
        action_id=name,
        options=_options(options),
        initial_options=_options({value: options[value] for value in ticked}) or None,
    )
    return field(label, element)


def day(name: str, label: str, value: date | None, *, optional: bool = False, hint: str | None = None) -> InputBlock:
    """A date."""
    element = DatePickerElement(action_id=name, initial_date=value.isoformat() if value else None)
    return field(label, element, optional=optional, hint=hint)


def clock_time(
    name: str, label: str, value: time | None, *, optional: bool = False, hint: str | None = None
) -> InputBlock:
    """A local time of day."""
    element = TimePickerElement(action_id=name, initial_time=f"{value:%H:%M}" if value else None)
    return field(label, element, optional=optional, hint=hint)


def number(name: str, label: str, value: int | None, bounds: Bounds, *, optional: bool = True) -> InputBlock:
    """A whole number between two bounds; a value outside of them is not offered."""
    least, most = bounds
    value = value if value is not None and least <= value <= most else None
    element = NumberInputElement(
        action_id=name,
        is_decimal_allowed=False,
        initial_value=str(value) if value is not None else None,
        min_value=str(least),
        max_value=str(most),
    )
    return field(label, element, optional=optional)


def people(
    name: str,
    label: str,
    chosen: Sequence[str],
    *,
    most: int | None = None,
    optional: bool = True,
    hint: str | None = None,
) -> InputBlock:
    """Colleagues, from Slack's own list."""
    element = UserMultiSelectElement(
        action_id=name, initial_users=list(chosen) or None, max_selected_items=most, placeholder=None
    )
    return field(label, element, optional=optional, hint=hint or None)


def _options(options: Mapping[str, str]) -> list[Option]:
    return [Option(value=value, text=text) for value, text in options.items()]


def _chosen(options: Mapping[str, str], chosen: str | None) -> Option | None:
    return Option(value=chosen, text=options[chosen]) if chosen is not None and chosen in options else None
