"""One of each answer and modal around invitations and what organizers bring."""

from typing import Any

from bot.domain.matching.roster import Problem
from bot.views import importing, inviting
from bot.views.kit import Message

TABLE = "person, department, start date\n@ana, Sales, 2024-02-31\n@nobody, <b>, 2024-03-01"
PROBLEMS = (
    Problem(2, 1, "start_date", 'there is no such day as "2024-02-31"'),
    Problem(3, 2, "person", 'nobody here is called "@nobody"; their @name or Slack member id is wanted'),
)


def inviting_answers() -> dict[str, Message]:
    """What an organizer reads who invited in words."""
    return {
        "invited": inviting.sent(12, 3),
        "invited_all": inviting.sent(1, 0),
        "invited_nobody": inviting.sent(0, 3),
    }


def inviting_modals() -> dict[str, dict[str, Any]]:
    """The form, and what comes after it."""
    return {
        "invite": inviting.form(1),
        "inviting": inviting.inviting(),
        "invited": inviting.sent_modal(12, 3),
        "import": importing.form(1),
        "import_with_problems": importing.form(1, TABLE, PROBLEMS),
        "import_with_many_problems": importing.form(1, TABLE, PROBLEMS * 12),
        "importing": importing.importing(),
        "imported": importing.done(47, 12),
    }
