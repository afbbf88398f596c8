"""Invitations: what the invited read, the organizer's form, and what became of it in totals."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import ButtonElement, ConversationFilter, ConversationSelectElement

from bot.content import forms
from bot.content import inviting as words
from bot.domain import notices
from bot.views import fields
from bot.views.ids import Action, Ref, View
from bot.views.kit import Message, actions, button, counted, day_words, escape, grey, message, section
from bot.views.messages import render
from bot.views.modals import modal, plain

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
            program=escape(notice.program),
            cadence=words.EVERY.get(notice.cadence_weeks, f"{notice.cadence_weeks} weeks"),
            length=counted(notice.length_weeks, "week"),
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


def form(program_id: int) -> dict[str, Any]:
    """Whom to invite."""
    channel = ConversationSelectElement(
        action_id="channel", filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True)
    )
    blocks = [
        section(words.WORDS),
        fields.people("invited", words.PEOPLE, ()),
        fields.field(words.CHANNEL, channel, hint=words.CHANNEL_HINT),
    ]
    return modal(View.INVITE, words.TITLE, blocks, submit=words.SUBMIT, about={"program": program_id})


def inviting() -> dict[str, Any]:
    """While people are looked up."""
    return plain(words.TITLE, words.INVITING)


def sent(invited: int, cannot: int) -> Message:
    """How many an invitation is for, and how many others were named: nothing that depends on anybody's answer."""
    return message(" ".join([*_lines(invited, cannot), words.NEXT]))


def sent_modal(invited: int, cannot: int) -> dict[str, Any]:
    """The same over the form."""
    return plain(forms.DONE_TITLE, *_lines(invited, cannot), words.NEXT)


def _lines(invited: int, cannot: int) -> list[str]:
    done = words.DONE.format(people=counted(invited, "person", "people")) if invited else words.NOBODY
    return [done, *([words.CANNOT.format(count=cannot)] if cannot else [])]
