"""What a week's message holds beside its questions: a sentence each, with its button."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.content import agreement, learning, preparation
from bot.content import messages as words
from bot.domain.notices import AgreementDue, AgreementOffer, Extra, GoalResting, LessonOffer
from bot.views.ids import Action, Ref
from bot.views.kit import and_list, button, emphasised, escape, section, unmarked

MOST_WORDS = 12
"""Of what someone wrote, repeated in a sentence of ours."""


def with_extras(text: str, extras: Sequence[Extra]) -> str:
    """The text of a message, complete by itself, with all that it holds."""
    return " ".join([text, *map(sentence, extras)])


def blocks_of(extras: Sequence[Extra]) -> list[Block]:
    """A line each, with its button."""
    return [section(sentence(extra), _button(extra)) for extra in extras]


def sentence(extra: Extra) -> str:
    """What is due, in mrkdwn."""
    if isinstance(extra, LessonOffer):
        return words.LESSON.format(title=unmarked(extra.title))
    if isinstance(extra, GoalResting):
        return words.GOAL_RESTING.format(goal=emphasised(in_short(extra.text)))
    if isinstance(extra, AgreementDue):
        return agreement.DUE_LINE
    if isinstance(extra, AgreementOffer):
        return agreement.OFFER
    return preparation.I_DRIVE if extra.mine else preparation.THEY_DRIVE.format(driver=escape(extra.driver))


def _button(extra: Extra) -> ButtonElement:
    if isinstance(extra, LessonOffer):
        return read_lesson(extra)
    if isinstance(extra, GoalResting):
        return button(words.GOAL_OPEN, Action.OPEN_GOAL, Ref("goal", extra.goal_id))
    if isinstance(extra, AgreementDue | AgreementOffer):
        label = agreement.LOOK if isinstance(extra, AgreementDue) else agreement.WRITE
        return button(label, Action.OPEN_AGREEMENT, Ref("pair", extra.pair_id))
    return button(preparation.PREPARE, Action.PREPARE, Ref("pair", extra.pair_id))


def read_lesson(offer: LessonOffer, *, primary: bool = False) -> ButtonElement:
    """Opens the lesson."""
    return button(learning.READ, Action.READ_LESSON, Ref("lesson", offer.number), primary=primary)


def because(extras: Sequence[Extra], *, meeting: bool) -> str:
    """Why a message came: all that is due."""
    due = [words.MEETING_DUE] if meeting else []
    due += [words.LESSON_DUE for extra in extras if isinstance(extra, LessonOffer)]
    due += [agreement.DUE_WHY for extra in extras if isinstance(extra, AgreementDue)]
    return and_list([*due, *(words.GOAL_DUE for extra in extras if isinstance(extra, GoalResting))])


def in_short(said: str) -> str:
    """The first words of something longer, on one line."""
    found = said.split()
    return " ".join(found[:MOST_WORDS]) + ("…" if len(found) > MOST_WORDS else "")
