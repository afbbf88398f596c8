"""What a command answers with: words, or a form that needs a click to open where Slack gives no trigger."""

from dataclasses import dataclass
from typing import Any

from bot.content import forms as words
from bot.views.ids import Action
from bot.views.kit import Message, actions, button, message


@dataclass(frozen=True)
class Form:
    """A modal. In a DM, which brings no trigger, `action` is the button that opens the same.

    `starts`: something begins behind it as soon as it is open.
    """

    view: dict[str, Any]
    action: Action
    value: object = ""
    starts: bool = False

    def instead(self) -> Message:
        """The button that opens it."""
        return message(words.FORM_NEEDS_BUTTON, actions(button(words.OPEN_FORM, self.action, self.value, primary=True)))


Reply = Message | Form
