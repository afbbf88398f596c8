"""The few shapes our messages and modals are made of, on slack_sdk's models."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    InteractiveElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.content.numbers import NUMBERS
from bot.domain.cadence import zone
from bot.domain.checkins import Moment
from bot.views.ids import Action

LONGEST_TEXT = 3000
LONGEST_MESSAGE = 11_000
"""Slack takes about 13,000 characters in the blocks of a message; this leaves room for our own."""


STAR = "\u2217"
"""An asterisk that is no mark."""

_command = {"name": "/mentor"}


def call_the_command(name: str) -> None:
    """What our words call the slash command, once, at the start: an organization may have another /mentor."""
    _command["name"] = name


def in_our_command(text: str) -> str:
    """Our words with the command as it is called here; they always write it as `/mentor ...`."""
    return text.replace("`/mentor", f"`{_command['name']}")


@dataclass(frozen=True)
class Attached:
    """A file that comes with a message. `draw` makes its bytes when it is sent; `alt_text` says what a picture shows,
    and stays empty for what is none."""

    name: str
    title: str
    draw: Callable[[], bytes]
    alt_text: str = ""


@dataclass(frozen=True)
class Message:
    """`text` is complete by itself: notifications and screen readers read it. `blocks` are JSON-ready dicts. A `file`
    comes with the blocks, and cannot be changed once it is sent."""

    text: str
    blocks: list[dict[str, Any]]
    file: Attached | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", in_our_command(self.text))


def escape(words: str) -> str:
    """Make what a person typed safe in mrkdwn: exactly `&`, `<` and `>`, as Slack's "Formatting text" page says."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fitted(text: str, most: int = LONGEST_TEXT) -> str:
    """`text`, or its beginning where it is too long for Slack: never half of an escaped sign or of a mention."""
    if len(text) <= most:
        return text
    return re.sub(r"(&[a-z]{0,3}|<[^<>]*)$", "", text[: most - 1]) + "…"


def fitting(lines: Sequence[str], most: int = LONGEST_MESSAGE) -> int:
    """How many of `lines` fit into one message, from the first on."""
    lengths = accumulate(len(line) + 1 for line in lines)
    return sum(length <= most for length in lengths)


def unmarked(words: str) -> str:
    """A person's words as they stand within bold: escaped, on one line, without the marks that would end it early."""
    return escape(" ".join(words.replace("*", "").replace("`", "").split()))


def emphasised(words: str) -> str:
    """A person's words in bold; words that are nothing but marks are left as they are."""
    return f"*{inner}*" if (inner := unmarked(words)) else escape(words)


def beside_bold(words: str) -> str:
    """A person's words on the line of a label in bold, escaped: their stars look the same, and mark nothing."""
    return escape(" ".join(words.split())).replace("*", STAR)


def quoted(words: str) -> str:
    """A person's words as a quotation, each line marked."""
    return "\n".join(f"> {line}" for line in escape(words).splitlines())


def and_list(names: Sequence[str]) -> str:
    """`Ben`, `Ben and Chloe`, `Ana, Ben and Chloe`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """`1 pair`, `3,000 pairs`; `many` where an s is not enough."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_words(count: int) -> str:
    """`two`, `twelve`, `13`: how a sentence to a person counts."""
    return NUMBERS.get(count, f"{count:,}")


def you_and(people: Sequence[str]) -> str:
    """`you and Ben`, `you, Ben and Chloe`: `people` as they are to be read, escaped where that is needed."""
    return and_list(["you", *people])


def beginning(sentence: str) -> str:
    """With a capital letter first."""
    return sentence[:1].upper() + sentence[1:]


def day_words(day: date) -> str:
    """`Tuesday 13 January`: a date without a year is near."""
    return f"{day:%A} {day.day} {day:%B}"


def diary_words(on: date | None, moment: Moment | None) -> str:
    """A day, or a day and its hour; the zone of that clock where somebody else's shows another hour. Unescaped."""
    if moment is None:
        return day_words(on) if on else ""
    local = moment.start.astimezone(zone(moment.timezone))
    where = f" ({moment.timezone})" if moment.elsewhere else ""
    return f"{day_words(local.date())} at {local:%H:%M}{where}"


def slack_date(moment: datetime, fallback_zone: str) -> str:
    """A moment with its weekday, in each reader's own zone; the fallback names the zone it is written in."""
    local = moment.astimezone(zone(fallback_zone))
    fallback = f"{day_words(local.date())} {local:%H:%M} ({fallback_zone})"
    return f"<!date^{int(moment.timestamp())}^{{date_long_pretty}} at {{time}}|{fallback}>"


def section(text: str, accessory: InteractiveElement | None = None) -> Block:
    """A paragraph of mrkdwn, cut where Slack would refuse it."""
    return SectionBlock(text=MarkdownTextObject(text=fitted(in_our_command(text))), accessory=accessory)


def grey(text: str) -> Block:
    """The last line: why this came."""
    return ContextBlock(elements=[MarkdownTextObject(text=fitted(in_our_command(text)))])


def actions(*elements: InteractiveElement) -> Block:
    """A row of buttons."""
    return ActionsBlock(elements=list(elements))


def button(
    label: str,
    action: Action,
    value: object = "",
    *,
    primary: bool = False,
    danger: bool = False,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """A button; `value` is a Ref or empty."""
    style = "primary" if primary else "danger" if danger else None
    return ButtonElement(text=label, action_id=action, value=str(value) or None, style=style, confirm=confirm)


def confirm(title: str, text: str, yes: str, no: str = "Not now", *, danger: bool = False) -> ConfirmObject:
    """The question before anything that cannot be taken back."""
    return ConfirmObject(
        title=PlainTextObject(text=title),
        text=MarkdownTextObject(text=text),
        confirm=PlainTextObject(text=yes),
        deny=PlainTextObject(text=no),
        style="danger" if danger else None,
    )


def message(text: str, *blocks: Block, lead: str | None = None) -> Message:
    """A message whose first paragraph is `text` (or `lead`, where blocks say it with more marks)."""
    return Message(text, drawn([section(lead or text), *blocks]))


def drawn(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as JSON-ready dicts."""
    return [block.to_dict() for block in blocks]
