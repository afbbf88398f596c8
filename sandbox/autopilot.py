"""What people nobody is playing do: press a button, fill a form. Pure: the same seed, person and message, the same act.

It knows blocks and nothing of any app. People mostly do what the primary button suggests, never what is destructive (a
`danger` style or a confirmation) and never follow a link out of Slack.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.validation.answers import ANSWER_KEYS, answer_of

Json = Mapping[str, Any]
# Words that read well as a reason, an answer and a plan alike.
PHRASES = (
    "asking better questions",
    "a calm half hour",
    "clearer summaries",
    "the patient explanation",
    "listening first",
    "a good idea at the right time",
    "time in a busy week",
    "an honest answer",
)
LEAVES_ALONE = 0.10
CHOOSES_ANOTHER = 0.15
LEAVES_BLANK = 0.5
MINUTES = (30, 60)  # a number somebody would give where none is asked for in particular
SEVERAL = 3  # choices made where many may be


def choose_action(message: Json, user_id: str, *, seed: int) -> dict[str, Any] | None:
    """What a person does about a message: an action as in block_actions, or None to leave it alone.

    `message` is a message as Slack returns it. Three in four press the primary button, some another harmless one.
    """
    chance = random.Random(f"{seed}:{user_id}:{message['ts']}")
    roll = chance.random()
    offered = [*_harmless(message)]
    primary = [action for style, action in offered if style == "primary"]
    others = [action for style, action in offered if style != "primary"]
    if not offered or roll < LEAVES_ALONE:
        return None
    wanted = others if roll < LEAVES_ALONE + CHOOSES_ANOTHER else primary
    return chance.choice(wanted or primary or others)


def _harmless(message: Json) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each act that may be tried, after its style."""
    for block in message.get("blocks") or ():
        for element in [*_elements_of(block)]:
            if "action_id" not in element or "confirm" in element or "url" in element:
                continue
            if element.get("style") != "danger":
                where = {name: element[name] for name in ("type", "action_id")} | {
                    "block_id": block.get("block_id", "")
                }
                yield from ((element.get("style", ""), {**where, **what}) for what in _acts(element))


def _elements_of(block: Json) -> Iterator[Json]:
    if block["type"] == "actions":
        yield from block["elements"]
    elif block["type"] == "section" and "accessory" in block:
        yield block["accessory"]


def _acts(element: Json) -> Iterator[dict[str, Any]]:
    if element["type"] == "button":
        yield {name: element[name] for name in ("text", "value") if name in element}
    elif element["type"] in ("static_select", "radio_buttons", "overflow"):
        yield from ({"selected_option": option} for option in _options(element) if "url" not in option)


def _options(element: Json) -> list[Json]:
    groups: Sequence[Json] = element.get("option_groups") or ()
    return [*(element.get("options") or ()), *(option for group in groups for option in group["options"])]


@dataclass(frozen=True)
class Situation:
    """What a person filling a form goes by."""

    user_id: str
    now: datetime
    chance: random.Random
    options: Mapping[str, Any]


Filler = Callable[[Json, Situation], Any]


def fill_view(
    view: Json, user_id: str, *, now: datetime, seed: int, options: Mapping[str, Any] | None = None
) -> dict[str, dict[str, Any]]:
    """Answers to a modal, in the shape of view.state.values: what was there stays, what is required is filled in.

    `options` may offer what only the workspace or the app knows: "users", "conversations" and "channels" as lists of
    ids, "external" as a list of option objects or as such lists by action_id. A required field nothing is offered
    for stays blank, as does any optional field half the time.
    """
    chance = random.Random(f"{seed}:{user_id}:{now.date()}:{view.get('callback_id', '')}")
    situation = Situation(user_id, now, chance, options or {})
    state = (view.get("state") or {}).get("values") or {}
    values: dict[str, dict[str, Any]] = {}
    for block, element in _stateful(view):
        held = state.get(block["block_id"], {}).get(element["action_id"])
        answer = _kept(element, held)
        if answer is None and block["type"] == "input":
            answer = _new_answer(block, element, situation)
        values.setdefault(block["block_id"], {})[element["action_id"]] = _entry(element, answer)
    return values


def _stateful(view: Json) -> Iterator[tuple[Json, Json]]:
    for block in view["blocks"]:
        elements = [block["element"]] if block["type"] == "input" else _elements_of(block)
        yield from ((block, element) for element in elements if element["type"] in ANSWER_KEYS)


def _kept(element: Json, held: Any) -> Any:
    """What the person has chosen already, else what the app chose beforehand."""
    answer = answer_of(element, held)
    if answer is None and held is None:
        return next((element[name] for name in INITIAL if element.get(name)), None)
    return answer


def _new_answer(block: Json, element: Json, situation: Situation) -> Any:
    if block.get("optional") and situation.chance.random() < LEAVES_BLANK:
        return None
    if block.get("optional") and element["type"] in NAMES_SOMEONE:
        return None
    return FILLERS[element["type"]](element, situation)


def _entry(element: Json, answer: Any) -> dict[str, Any]:
    key = ANSWER_KEYS[element["type"]]
    blank: Any = [] if key.endswith("s") else None
    return {"type": element["type"], key: blank if answer is None else answer}


def _words(element: Json, situation: Situation) -> str:
    """A phrase that fits, else one repeated to min_length and cut to max_length."""
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    fitting = [phrase for phrase in PHRASES if least <= len(phrase) <= most]
    phrase = situation.chance.choice(fitting or PHRASES)
    repeated = " ".join([phrase] * (least // len(phrase) + 1))[:most]
    return repeated[:-1] + "." if repeated.endswith(" ") else repeated


def _number(element: Json, situation: Situation) -> str:
    """A whole number between the limits, or the lower limit where none lies between."""
    low, high = Decimal(element.get("min_value", "-Infinity")), Decimal(element.get("max_value", "Infinity"))
    number = situation.chance.randint(*MINUTES)
    if number < low:
        number = math.ceil(low)
    if number > high:
        number = math.floor(high)
    return str(number) if low <= number <= high else str(element["min_value"])


def _choice(element: Json, situation: Situation) -> Any:
    return situation.chance.choice(_options(element))


def _choices(element: Json, situation: Situation) -> list[Any]:
    return _some(_options(element), element, situation)


def _some(offered: Sequence[Any], element: Json, situation: Situation) -> list[Any]:
    most = min(SEVERAL, element.get("max_selected_items", SEVERAL), len(offered))
    return situation.chance.sample(list(offered), situation.chance.randint(1, most)) if most else []


def _external(element: Json, situation: Situation) -> Sequence[Any]:
    external = situation.options.get("external") or ()
    found: Sequence[Any] = external.get(element["action_id"], ()) if isinstance(external, Mapping) else external
    return found


def _one_external(element: Json, situation: Situation) -> Any:
    offered = _external(element, situation)
    return situation.chance.choice(offered) if offered else None


def _some_external(element: Json, situation: Situation) -> list[Any]:
    return _some(_external(element, situation), element, situation)


def _one_of(name: str) -> Filler:
    def fill(element: Json, situation: Situation) -> Any:
        offered = _others(name, situation)
        return situation.chance.choice(offered) if offered else None

    return fill


def _some_of(name: str) -> Filler:
    def fill(element: Json, situation: Situation) -> list[Any]:
        return _some(_others(name, situation), element, situation)

    return fill


def _others(name: str, situation: Situation) -> list[Any]:
    return [offered for offered in situation.options.get(name) or () if offered != situation.user_id]


def _rich_text(element: Json, situation: Situation) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": _words({}, situation)}]}
    return {"type": "rich_text", "elements": [section]}


INITIAL = (
    "initial_value",
    "initial_option",
    "initial_options",
    "initial_date",
    "initial_time",
    "initial_date_time",
    "initial_user",
    "initial_users",
    "initial_conversation",
    "initial_conversations",
    "initial_channel",
    "initial_channels",
)
NAMES_SOMEONE = frozenset(
    name for name in ANSWER_KEYS if name.removeprefix("multi_").split("_")[0] in ("users", "conversations", "channels")
)
FILLERS: Mapping[str, Filler] = {
    "plain_text_input": _words,
    "email_text_input": lambda element, situation: f"{situation.user_id.lower()}@example.com",
    "url_text_input": lambda element, situation: "https://example.com/notes",
    "number_input": _number,
    "rich_text_input": _rich_text,
    "file_input": lambda element, situation: None,
    "static_select": _choice,
    "radio_buttons": _choice,
    "external_select": _one_external,
    "checkboxes": _choices,
    "multi_static_select": _choices,
    "multi_external_select": _some_external,
    "users_select": _one_of("users"),
    "multi_users_select": _some_of("users"),
    "conversations_select": _one_of("conversations"),
    "multi_conversations_select": _some_of("conversations"),
    "channels_select": _one_of("channels"),
    "multi_channels_select": _some_of("channels"),
    "datepicker": lambda element, situation: situation.now.date().isoformat(),
    "timepicker": lambda element, situation: f"{situation.chance.randint(9, 16):02}:00",
    "datetimepicker": lambda element, situation: int(situation.now.timestamp()),
}
