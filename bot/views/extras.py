"""What a week's message holds beside its questions: a sentence each, with its button."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.content import learning, preparation
from bot.content import messages as words
from bot.domain.notices import Extra, LessonOffer
from bot.views.ids import Action, Ref
from bot.views.kit import and_list, button, escape, section


def with_extras(text: str, extras: Sequence[Extra]) -> str:
    """The text of a message, complete by itself, with all that it holds."""
    return " ".join([text, *map(sentence, extras)])


def blocks_of(extras: Sequence[Extra]) -> list[Block]:
    """A line each, with its button."""
    return [section(sentence(extra), _button(extra)) for extra in extras]


def sentence(extra: Extra) -> str:
    """What is due, in mrkdwn."""
    if isinstance(extra, LessonOffer):
        return words.LESSON.format(title=escape(extra.title))
    return preparation.I_DRIVE if extra.mine else preparation.THEY_DRIVE.format(driver=escape(extra.driver))


def _button(extra: Extra) -> ButtonElement:
    if isinstance(extra, LessonOffer):
        return read_lesson(extra)
    return button(preparation.PREPARE, Action.PREPARE, Ref("pair", extra.pair_id))


def read_lesson(offer: LessonOffer, *, primary: bool = False) -> ButtonElement:
    """Opens the lesson."""
    return button(learning.READ, Action.READ_LESSON, Ref("lesson", offer.number), primary=primary)


def because(extras: Sequence[Extra], *, meeting: bool) -> str:
    """Why a message came: all that is due."""
    due = [words.MEETING_DUE] if meeting else []
    return and_list([*due, *(words.LESSON_DUE for extra in extras if isinstance(extra, LessonOffer))])
