"""One of each answer and modal around invitations and what organizers bring."""

from dataclasses import replace
from typing import Any

from bot.domain.matching.roster import Problem
from bot.domain.notices import Invited
from bot.views import importing, inviting
from bot.views.kit import Message
from bot.views.models import InvitationsAhead
from tests.views.notices import APRIL, Words

TABLE = "person, department, start date\n@ana, Sales, 2024-02-31\n@nobody, <b>, 2024-03-01"
PROBLEMS = (
    Problem(2, 0, '"start date"', 'there is no such day as "2024-02-31"'),
    Problem(3, 0, "person", 'nobody here is called "@nobody"; their name in Slack or member id is wanted'),
)


def _ahead(words: Words) -> InvitationsAhead:
    return InvitationsAhead(1, words.program, 12, 3, Invited(words.program, 0, "Ben", words.names[0], 12, 2, APRIL))


def inviting_answers(words: Words) -> dict[str, Message]:
    """What an organizer reads who invited in words."""
    return {
        "invite_sure": inviting.sure(_ahead(words), ("C0GENERAL", "U0BEN")),
        "invite_sure_again": inviting.sure(replace(_ahead(words), invited=1, cannot=0), ("C0GENERAL",), more=True),
        "invite_not_sent": inviting.not_sent(words.program),
        "invited": inviting.sent(words.program, 12, 3),
        "invited_all": inviting.sent(words.program, 1, 0),
        "invited_nobody": inviting.sent(words.program, 0, 3),
    }


def inviting_modals(words: Words) -> dict[str, dict[str, Any]]:
    """The form, and what comes after it."""
    return {
        "invite": inviting.form(1, words.program),
        "invite_sure": inviting.sure_modal(_ahead(words), ("C0GENERAL", "U0BEN")),
        "inviting": inviting.inviting(),
        "invited": inviting.sent_modal(words.program, 12, 3),
        "import": importing.form(1),
        "import_with_problems": importing.form(1, TABLE, PROBLEMS),
        "import_with_many_problems": importing.form(1, TABLE, PROBLEMS * 12),
        "importing": importing.importing(),
        "imported": importing.done(47, 12, previewed=False),
        "imported_after_a_preview": importing.done(47, 12, previewed=True),
    }
