"""What a command answers with: words, or a form that needs a click to open where Slack gives no trigger."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.models.blocks import ButtonElement

from bot.content import forms as words
from bot.views.ids import Action
from bot.views.kit import Message, actions, button, message


@dataclass(frozen=True)
class Form:
    """A modal. In a DM, which brings no trigger, `action` is the button that opens the same; or `button` does it, below
    `lead`.

    `then` goes on once it is open, with its view id: for what takes longer than Slack waits.
    """

    view: dict[str, Any]
    action: Action
    value: object = ""
    then: Callable[[WebClient, str], None] | None = None
    button: ButtonElement | None = None
    lead: str = words.FORM_NEEDS_BUTTON

    def instead(self) -> Message:
        """The button that opens it."""
        opens = self.button or button(words.OPEN_FORM, self.action, self.value, primary=True)
        return message(self.lead, actions(opens))


@dataclass(frozen=True)
class Later:
    """Words that take a while: `finish` finds them once the act's transaction is over."""

    finish: Callable[[], Message]


Reply = Message | Form
