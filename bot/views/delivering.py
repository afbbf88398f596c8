"""What could not be delivered, and what an organizer can say of each."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.content import delivering as words
from bot.domain import notices
from bot.views.ids import Action, Ref
from bot.views.kit import (
    Message,
    actions,
    and_list,
    button,
    confirm,
    counted,
    day_words,
    drawn,
    escape,
    grey,
    message,
    section,
    unmarked,
)
from bot.views.messages import render
from bot.views.models import Letter

MOST_SHOWN = 10


@render.register
def _undelivered(notice: notices.Undelivered) -> Message:
    look = button(words.HAVE_A_LOOK, Action.SHOW_UNDELIVERED, Ref("program", notice.program_id), primary=True)
    return message(
        words.UNDELIVERED.format(messages=counted(notice.messages, "message")),
        actions(look),
        grey(words.UNDELIVERED_GREY.format(program=escape(notice.program))),
    )


def letters(listed: Sequence[Letter]) -> Message:
    """Each with its buttons, the oldest first."""
    if not listed:
        return message(words.NOTHING)
    title = words.TITLE.format(messages=counted(len(listed), "message"))
    blocks = [block for one in listed[:MOST_SHOWN] for block in _letter(one)]
    more = len(listed) - MOST_SHOWN
    rest: list[Block] = [grey(words.MORE.format(count=more))] if more > 0 else []
    return Message(title, drawn([section(title), *blocks, *rest]))


def _letter(one: Letter) -> list[Block]:
    ref = Ref("letter", one.row_id)
    sure = confirm(f"{words.LET_IT_GO}?", words.LET_IT_GO_SURE, words.LET_IT_GO)
    let_go = button(words.LET_IT_GO, Action.LET_IT_GO, ref, confirm=sure)
    if not one.uncertain:
        buttons = [button(words.TRY_AGAIN, Action.POST_AGAIN, ref), let_go]
        return [section(_said(words.REFUSED, one)), actions(*buttons)]
    told = words.UNCERTAIN if one.in_channel else words.UNCERTAIN_ALONE
    again, there = button(words.POST_AGAIN, Action.POST_AGAIN, ref), button(words.IT_IS_THERE, Action.IT_IS_THERE, ref)
    return [section(_said(told, one)), actions(again, there, let_go)]


def _said(template: str, one: Letter) -> str:
    return template.format(to=and_list([unmarked(name) for name in one.to]), day=day_words(one.day), error=one.error)
