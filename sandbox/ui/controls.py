"""What an interactive Block Kit element shows and holds, whatever its type. Pure.

A select of five kinds, a date, a box to type in: the templates and the page's JavaScript see one `Control` each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.ui.moments import zone
from sandbox.ui.mrkdwn import Reader, plain_words

Json = Mapping[str, Any]

_SOURCES = {"users": "people", "channels": "channels", "conversations": "conversations", "external": "external"}
_NATIVE = {
    "datepicker": ("date", "date"),
    "timepicker": ("time", "time"),
    "number_input": ("number", "value"),
    "email_text_input": ("email", "value"),
    "url_text_input": ("url", "value"),
    "plain_text_input": ("text", "value"),
}


@dataclass(frozen=True)
class Choice:
    """One entry of a menu: `raw` is the option object an app gets back."""

    value: str
    label: str
    description: str = ""
    group: str = ""
    raw: Json | None = None

    def data(self) -> dict[str, Any]:
        """The entry as the page's JavaScript reads it."""
        return {
            "value": self.value,
            "label": self.label,
            "description": self.description,
            "group": self.group,
            "raw": self.raw,
        }


def state_of(values: Json, block_id: str, action_id: str) -> Json | None:
    """What a view's `state.values` holds for one element, or None where it was never set."""
    held = values.get(block_id, {}).get(action_id)
    return held if isinstance(held, Mapping) else None


def words(text: Json | None, reader: Reader) -> str:
    """A text object as one line without markup."""
    if not text:
        return ""
    content = str(text.get("text", ""))
    return plain_words(content, reader) if text.get("type") == "mrkdwn" else content


def choice_of(option: Json, reader: Reader, group: str = "") -> Choice:
    """An option object as a menu entry."""
    return Choice(
        value=str(option.get("value", "")),
        label=words(option.get("text"), reader),
        description=words(option.get("description"), reader),
        group=group,
        raw=option,
    )


def source_of(kind: str) -> str:
    """Where a select's entries come from: static, external, people, channels or conversations."""
    return _SOURCES.get(kind.removeprefix("multi_").removesuffix("_select"), "static")


def choices(element: Json, reader: Reader) -> list[Choice]:
    """The entries an element carries itself, groups flattened; none for lists the workspace or the app gives."""
    found = [choice_of(option, reader) for option in element.get("options") or ()]
    for group in element.get("option_groups") or ():
        label = words(group.get("label"), reader)
        found += [choice_of(option, reader, label) for option in group.get("options") or ()]
    return found


def chosen(element: Json, held: Json | None, reader: Reader) -> list[Choice]:
    """The selected entries: those a person set, else the element's initial ones."""
    kind = str(element.get("type", ""))
    base = kind.removeprefix("multi_").removesuffix("_select")
    if base in {"users", "channels", "conversations"}:
        return [_place_or_person(ident, reader) for ident in _idents(base, element, held)]
    picked = _options("", held) if held is not None else _options("initial_", element)
    return [choice_of(option, reader) for option in picked]


def _options(prefix: str, holder: Json | None) -> list[Json]:
    holder = holder or {}
    single = "initial_option" if prefix else "selected_option"
    many = "initial_options" if prefix else "selected_options"
    return [option for option in [holder.get(single), *(holder.get(many) or ())] if option]


def _idents(base: str, element: Json, held: Json | None) -> list[str]:
    singular = base.removesuffix("s")
    holder, prefix = (held, "selected") if held is not None else (element, "initial")
    return [ident for ident in [holder.get(f"{prefix}_{singular}"), *(holder.get(f"{prefix}_{base}") or ())] if ident]


def _place_or_person(ident: str, reader: Reader) -> Choice:
    name = reader.people.get(ident)
    if name is None:
        name = f"#{reader.channels[ident]}" if ident in reader.channels else ident
    return Choice(value=ident, label=name)


def typed(element: Json, held: Json | None, reader: Reader) -> str:
    """What stands in a field for text, numbers, dates or times; the reader's wall clock for a date and time."""
    kind = str(element.get("type", ""))
    if kind == "datetimepicker":
        seconds = (held or {}).get("selected_date_time") if held is not None else element.get("initial_date_time")
        return _wall(seconds, reader)
    suffix = _NATIVE.get(kind, ("text", "value"))[1]
    key = suffix if suffix == "value" else f"selected_{suffix}"
    found = held.get(key) if held is not None else element.get(f"initial_{suffix}")
    return "" if found is None else str(found)


def _wall(seconds: object, reader: Reader) -> str:
    if not isinstance(seconds, int):
        return ""
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone(reader.tz)).strftime("%Y-%m-%dT%H:%M")


def native_type(kind: str) -> str:
    """The HTML input type that stands for an element which a browser has by itself."""
    return "datetime-local" if kind == "datetimepicker" else _NATIVE.get(kind, ("text", ""))[0]


def is_menu(kind: str) -> bool:
    """Whether an element is one of the ten selects."""
    return kind.endswith("_select")


def without_ids(values: Sequence[Choice]) -> list[str]:
    """The labels alone, for a line that names what is chosen."""
    return [choice.label for choice in values]
