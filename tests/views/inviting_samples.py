"""One of each answer and modal around invitations and what organizers bring."""

from typing import Any

from bot.views import inviting
from bot.views.kit import Message


def inviting_answers() -> dict[str, Message]:
    """What an organizer reads who invited in words."""
    return {
        "invited": inviting.sent(12, 3),
        "invited_all": inviting.sent(1, 0),
        "invited_nobody": inviting.sent(0, 3),
    }


def inviting_modals() -> dict[str, dict[str, Any]]:
    """The form, and what comes after it."""
    return {"invite": inviting.form(1), "inviting": inviting.inviting(), "invited": inviting.sent_modal(12, 3)}
