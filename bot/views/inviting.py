"""Invitations: what the invited read, the organizer's form, and what became of it in totals."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConversationFilter,
    ConversationSelectElement,
    DividerBlock,
)

from bot.content import forms
from bot.content import inviting as words
from bot.domain import notices
from bot.domain.inviting import FEW_BY_NAME, MOST_BY_NAME
from bot.views import fields
from bot.views.foretaste import without_buttons
from bot.views.ids import Action, Invitees, Ref, View
from bot.views.kit import Message, actions, button, counted, day_words, drawn, escape, grey, message, section, unmarked
from bot.views.messages import render, weeks_words
from bot.views.modals import modal, plain
from bot.views.models import InvitationsAhead, InvitedTotals

NOUN = "invitation"
REMINDER = "reminder"
"""The noun of the reminder's buttons, so that what is pressed there changes there."""


@render.register
def _invited(notice: notices.Invited) -> Message:
    """Who invites, what it is in a line, and three answers."""
    inviter, day = escape(notice.inviter), day_words(notice.until)
    return message(
        _lead(notice).format(
            name=escape(notice.first_name),
            inviter=inviter,
            program=unmarked(notice.program),
            cadence=words.EVERY.get(notice.cadence_weeks, weeks_words(notice.cadence_weeks)),
            length=weeks_words(notice.length_weeks),
            day=day,
        ),
        actions(*_answers(notice)),
        grey((words.REMINDED_GREY if notice.reminder else words.INVITED_GREY).format(inviter=inviter, day=day)),
    )


def _lead(notice: notices.Invited) -> str:
    if notice.told_more:
        return words.TOLD_MORE
    return words.REMINDED if notice.reminder else words.INVITED


def _answers(notice: notices.Invited) -> Sequence[ButtonElement]:
    ref = Ref(REMINDER if notice.reminder else NOUN, notice.invitation_id)
    more = [] if notice.told_more else [button(words.TELL_ME_MORE, Action.TELL_ME_MORE, ref)]
    return (
        button(words.COUNT_ME_IN, Action.ACCEPT_INVITATION, ref, primary=True),
        *more,
        button(words.NOT_THIS_TIME, Action.NOT_THIS_TIME, ref),
    )


@render.register
def _closed(notice: notices.InvitationClosed) -> Message:
    program = escape(notice.program)
    return message(
        words.CLOSED[notice.outcome].format(program=program), grey(words.CLOSED_GREY.format(program=program))
    )


def form(program_id: int, program: str) -> dict[str, Any]:
    """Whom to invite."""
    channel = ConversationSelectElement(
        action_id="channel", filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True)
    )
    blocks = [
        section(words.WORDS.format(program=unmarked(program), few=FEW_BY_NAME)),
        fields.people("invited", words.PEOPLE, (), most=MOST_BY_NAME),
        fields.field(words.CHANNEL, channel, hint=words.CHANNEL_HINT),
    ]
    return modal(View.INVITE, words.TITLE, blocks, submit=words.SUBMIT, about={"program": program_id})


def inviting() -> dict[str, Any]:
    """While people are looked up."""
    return plain(words.TITLE, words.INVITING)


def sure(ahead: InvitationsAhead, named: Sequence[str], *, more: bool = False) -> Message:
    """The question before many are invited; `more`: it was asked before, about fewer."""
    send = button(words.SEND, Action.SEND_INVITATIONS, _invitees(ahead, named), primary=True)
    asks = actions(send, button(words.NOT_NOW, Action.SEND_NO_INVITATIONS, Ref("program", ahead.program_id)))
    text = " ".join(_question(ahead, more=more))
    return Message(text, drawn([section(text), *_as_they_read_it(ahead), asks]))


def sure_modal(ahead: InvitationsAhead, named: Sequence[str], *, more: bool = False) -> dict[str, Any]:
    """The same after the form."""
    return modal(
        View.INVITE_SURE,
        words.SURE_TITLE,
        [section(" ".join(_question(ahead, more=more))), *_as_they_read_it(ahead)],
        submit=words.SEND,
        close=words.NOT_NOW,
        about={"invitees": str(_invitees(ahead, named))},
    )


def _invitees(ahead: InvitationsAhead, named: Sequence[str]) -> Invitees:
    return Invitees(ahead.program_id, ahead.invited, tuple(named))


def _question(ahead: InvitationsAhead, *, more: bool) -> list[str]:
    people = counted(ahead.invited, "person", "people")
    question = words.SURE.format(people=people, program=unmarked(ahead.program))
    return [*([words.MORE_NOW] if more else []), question, *_cannot(ahead.cannot), words.EACH]


def _as_they_read_it(ahead: InvitationsAhead) -> list[Block]:
    return [DividerBlock(), section(words.THEY_READ), *without_buttons(ahead.message), DividerBlock()]


def not_sent(program: str) -> Message:
    """Nobody was invited after all."""
    return message(words.NOT_SENT.format(program=escape(program)))


def sent(program: str, invited: int, cannot: int) -> Message:
    """How many an invitation is for, and how many others were named: nothing that depends on anybody's answer."""
    return message(" ".join([*_lines(program, invited, cannot), words.NEXT]))


def sent_modal(program: str, invited: int, cannot: int) -> dict[str, Any]:
    """The same over the form."""
    return plain(forms.DONE_TITLE, *_lines(program, invited, cannot), words.NEXT)


def _lines(program: str, invited: int, cannot: int) -> list[str]:
    said = words.DONE if invited else words.NOBODY
    done = said.format(program=escape(program), people=counted(invited, "person", "people"))
    return [done, *_cannot(cannot)]


def _cannot(count: int) -> list[str]:
    return [words.CANNOT.format(count=count)] if count else []


def totals(of: InvitedTotals) -> str:
    """How many of the invited joined. Who said no has time left as long as who says nothing: it cannot be told."""
    no = of.invited - of.joined - of.running
    running = words.HAVE.get(of.running, words.HAVE_MANY.format(count=of.running))
    return words.TOTALS.format(joined=of.joined, invited=of.invited, running=running, no=no)
