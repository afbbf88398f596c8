"""What could not be delivered, as its organizers see it."""

from bot.views import delivering
from bot.views.kit import Message
from bot.views.models import Letter
from tests.views.notices import FRIDAY, TUESDAY, Words


def delivering_answers(words: Words) -> dict[str, Message]:
    """Nothing, and one of each kind."""
    return {
        "undelivered_nothing": delivering.letters([]),
        "undelivered": delivering.letters(undelivered(words)),
    }


def undelivered(words: Words) -> list[Letter]:
    """One of each kind, many times."""
    ana, ben, _ = words.names
    three = [
        Letter(1, (f"#{words.channel}",), TUESDAY, in_channel=True, uncertain=True, error=""),
        Letter(2, (ana, ben), TUESDAY, in_channel=False, uncertain=True, error=""),
        Letter(3, (ana,), FRIDAY, in_channel=False, uncertain=False, error="msg_too_long"),
    ]
    return three * max(1, words.many)
