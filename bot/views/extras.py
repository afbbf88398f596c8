"""What a week's message holds beside its questions: a sentence each, with its button."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.content import learning
from bot.content import messages as words
from bot.domain.notices import Extra, LessonOffer
from bot.views.ids import Action, Ref
from bot.views.kit import and_list, button, escape, section


def with_extras(text: str, extras: Sequence[Extra]) -> str:
    """The text of a message, complete by itself, with all that it holds."""
    return " ".join([text, *map(sentence, extras)])


def blocks_of(extras: Sequence[Extra]) -> list[Block]:
    """A line each, with its button."""
    return [section(sentence(extra), read_lesson(extra)) for extra in extras]


def sentence(extra: Extra) -> str:
    """What is due, in mrkdwn."""
    return words.LESSON.format(title=escape(extra.title))


def read_lesson(offer: LessonOffer, *, primary: bool = False) -> ButtonElement:
    """Opens the lesson."""
    return button(learning.READ, Action.READ_LESSON, Ref("lesson", offer.number), primary=primary)


def because(extras: Sequence[Extra], *, meeting: bool) -> str:
    """Why a message came: all that is due."""
    due = [words.MEETING_DUE] if meeting else []
    return and_list([*due, *(words.LESSON_DUE for _ in extras)])
