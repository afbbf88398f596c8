"""Composition objects: texts, options, confirmations (docs.slack.dev/reference/block-kit/composition-objects)."""

from urllib.parse import urlsplit

from sandbox.validation.limits import MOST
from sandbox.validation.relations import one_of, unique_option_values
from sandbox.validation.rules import Integer, Items, OneOf, Rule, Shape, String, Truth, typed


def is_web_address(value: str) -> bool:
    """Whether Slack would follow it: http, https or a mail address, with somewhere to go."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme in ("http", "https") and parts.netloc) or (parts.scheme == "mailto" and bool(parts.path))


def plain_text(most: int | None, least: int = 1) -> Shape:
    """A text object that may only be plain_text."""
    return typed("plain_text", {"text": String(most, least)}, {"emoji": Truth()})


def any_text(most: int | None) -> OneOf:
    """A text object that may be plain_text or mrkdwn."""
    mrkdwn = typed("mrkdwn", {"text": String(most)}, {"verbatim": Truth()})
    return OneOf({"plain_text": plain_text(most), "mrkdwn": mrkdwn}, preface=True)


def address(limit: str) -> String:
    """A web address of at most that limit's characters."""
    return String(MOST[limit], fits=is_web_address)


SLACK_FILE = Shape({}, {"id": String(), "url": String()}, [one_of("id", "url")])
CONFIRM = Shape(
    {
        "title": plain_text(MOST["confirm.title"]),
        "text": any_text(MOST["confirm.text"]),
        "confirm": plain_text(MOST["confirm.confirm"]),
        "deny": plain_text(MOST["confirm.deny"]),
    },
    {"style": String(among=("primary", "danger"))},
)
DISPATCH_ACTION_CONFIG = Shape(
    {}, {"trigger_actions_on": Items(String(among=("on_enter_pressed", "on_character_entered")), most=2)}
)
CONVERSATION_FILTER = Shape(
    {},
    {
        "include": Items(String(among=("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": Truth(),
        "exclude_bot_users": Truth(),
    },
)
WORKFLOW = Shape(
    {
        "trigger": Shape(
            {"url": String(fits=is_web_address)},
            {"customizable_input_parameters": Items(Shape({"name": String(), "value": String()}))},
        )
    }
)


def option(text: Rule, description: Rule, **further: Rule) -> Shape:
    """One choice of a menu or a group of boxes."""
    value = String(MOST["option.value"])
    return Shape({"text": text, "value": value}, {"description": description, **further})


MENU_OPTION = option(plain_text(MOST["option.text"]), plain_text(MOST["option.description"]))
OVERFLOW_OPTION = option(
    plain_text(MOST["option.text"]), plain_text(MOST["option.description"]), url=address("option.url")
)
BOX_OPTION = option(any_text(MOST["option.text"]), any_text(MOST["option.description"]))
OPTION_GROUP = Shape(
    {
        "label": plain_text(MOST["option_group.label"]),
        "options": Items(MENU_OPTION, MOST["option_group.options"]),
    },
    relations=[unique_option_values],
)
OPTION_ANSWER = Shape(
    {},
    {
        "options": Items(MENU_OPTION, MOST["select.options"], least=0),
        "option_groups": Items(OPTION_GROUP, MOST["select.option_groups"], least=0),
    },
    [one_of("options", "option_groups"), unique_option_values],
)
COUNT = Integer(least=1)
