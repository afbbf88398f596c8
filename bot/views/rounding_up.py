"""The Friday round-up: milestones first, then thanks, each with who agreed to be named; nobody is counted or ranked."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.content import rounding_up as words
from bot.domain import notices
from bot.domain.milestones import MilestoneKind
from bot.views.celebrations import one_line, with_values
from bot.views.ids import Action
from bot.views.kit import (
    LONGEST_MESSAGE,
    LONGEST_TEXT,
    Message,
    actions,
    beginning,
    button,
    emphasised,
    escape,
    fitting,
    grey,
    in_words,
    message,
    section,
)
from bot.views.messages import names, render

MOST_THANKS = MOST_CELEBRATED = 20
"""Lines of one round-up, so that it is read; the others come the Friday after."""
LONGEST_SAID = 200
"""Room for the sentence before the names."""


@render.register
def _round_up(notice: notices.RoundUp) -> Message:
    program, thanks = escape(notice.program), [thanks_line(one) for one in notice.thanks]
    celebrated = celebrated_lines(notice.celebrated)
    heading = (words.ROUND_UP if celebrated else words.THANKS_ONLY).format(program=program)
    heard = [words.THANKS] if celebrated and thanks else []
    return Message(
        " ".join([heading, *celebrated, *heard, "; ".join(thanks)]).strip(),
        [
            *message(heading, *_bullets(celebrated), *[section(line) for line in heard], *_bullets(thanks)).blocks,
            actions(button(words.SAY_THANKS, Action.OPEN_KUDOS)).to_dict(),
            grey(words.ROUND_UP_GREY.format(program=program)).to_dict(),
        ],
    )


def _bullets(lines: Sequence[str]) -> list[Block]:
    return [section(f"• {line}") for line in lines]


def celebrated_lines(celebrated: Sequence[notices.Celebrated]) -> list[str]:
    """A sentence for each kind of milestone, in the order of a time together, with all whom it is about."""
    lines = []
    for kind in MilestoneKind:
        groups = [names(one.names) for one in celebrated if one.milestone is kind]
        one, several = words.CELEBRATED[kind]
        said = one if len(groups) == 1 else several.format(count=beginning(in_words(len(groups))))
        lines += [words.CELEBRATED_LINE.format(said=said, names="; ".join(groups))] if groups else []
    return lines


def thanks_line(thanks: notices.Thanks) -> str:
    """Who is thanked, for what, by whom."""
    receiver, why = emphasised(thanks.receiver), with_values(f"_{one_line(thanks.why)}_", thanks.why, thanks.values)
    return words.THANKS_LINE.format(receiver=receiver, why=why, giver=escape(thanks.giver))


def celebrated_that_fit(celebrated: Sequence[notices.Celebrated]) -> tuple[notices.Celebrated, ...]:
    """The first of them that one round-up can hold, even if all are of one kind."""
    groups = [names(one.names) for one in celebrated[:MOST_CELEBRATED]]
    return tuple(celebrated[: fitting(groups, LONGEST_TEXT - LONGEST_SAID)])


def thanks_that_fit(
    thanks: Sequence[notices.Thanks], celebrated: Sequence[notices.Celebrated]
) -> tuple[notices.Thanks, ...]:
    """The first of `thanks` that one round-up can hold below what it celebrates."""
    used = sum(len(line) + 1 for line in celebrated_lines(celebrated))
    lines = [thanks_line(one) for one in thanks[:MOST_THANKS]]
    return tuple(thanks[: fitting(lines, LONGEST_MESSAGE - used)])
