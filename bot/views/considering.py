"""Around a match: the question before it, what organizers hear of it, and the weekly match of rolling programs."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.content import considering as words
from bot.content import forms
from bot.content.inviting import INVITE_MORE
from bot.domain import notices
from bot.views import fields
from bot.views.ids import Action, Ref, View
from bot.views.kit import (
    Message,
    actions,
    button,
    confirm,
    counted,
    emphasised,
    escape,
    fitted,
    grey,
    message,
    section,
    slack_date,
)
from bot.views.messages import names, reason, render
from bot.views.modals import Drawn, modal, plain

LONGEST_LINE = 900
"""Of mrkdwn, so that five lines with every sign escaped fit into one message."""


@render.register
def _asked(notice: notices.ConsideringAsked) -> Message:
    """A line with its own button for each possible partner; every redrawing has the same shape."""
    lead = _lead(notice)
    named = words.NAMED.format(names=names([line.name for line in notice.possible])) if notice.possible else ""
    suggested = words.SUGGESTED.format(names=names(notice.suggested)) if notice.suggested else ""
    until = slack_date(notice.until, notice.timezone)
    return message(
        " ".join(filter(None, [lead, named, suggested])),
        *(_line(line) for line in notice.possible),
        *([section(suggested)] if suggested else []),
        _buttons(notice),
        grey(words.ASKED_GREY.format(program=escape(notice.program), until=until)),
        lead=lead,
    )


def _lead(notice: notices.ConsideringAsked) -> str:
    if notice.answered:
        return words.ANSWERED.format(name=escape(notice.first_name))
    return (words.ASKED if notice.possible else words.ASKED_NOBODY).format(name=escape(notice.first_name))


def _line(line: notices.PossibleLine) -> Block:
    ref = Ref("possible", line.possible_id)
    if line.rather_not:
        text = words.LINE_RATHER_NOT.format(name=emphasised(line.name))
        return section(fitted(text, LONGEST_LINE), button(words.UNDO, Action.RATHER_AFTER_ALL, ref))
    return section(fitted(_who_and_why(line), LONGEST_LINE), button(words.RATHER_NOT, Action.RATHER_NOT, ref))


def _who_and_why(line: notices.PossibleLine) -> str:
    """A sentence that begins with their name says it once."""
    why, name = reason(line.why), escape(line.name)
    if why.startswith(f"{name} "):
        return emphasised(line.name) + why.removeprefix(name)
    return words.LINE.format(name=emphasised(line.name), why=why)


def _buttons(notice: notices.ConsideringAsked) -> Block:
    ref = Ref("considered", notice.considered_id)
    fine = button(words.FINE, Action.CONSIDERED_FINE, ref, primary=True)
    suggest = button(words.SUGGEST, Action.OPEN_SUGGEST, ref)
    return actions(*([] if notice.answered else [fine]), suggest)


@render.register
def _closed(notice: notices.ConsideringClosed) -> Message:
    return message(words.CLOSED, grey(f"{escape(notice.program)}."))


@render.register
def _answers_in(notice: notices.AnswersIn) -> Message:
    ref = Ref("program", notice.program_id)
    text = words.ANSWERS_IN.format(answered=notice.answered, asked=notice.asked)
    invite = words.TO_INVITE.format(names=names(notice.to_invite)) if notice.to_invite else ""
    return message(
        f"{text} {invite}".strip(),
        *([section(invite)] if invite else []),
        actions(
            button(words.PREVIEW, Action.OPEN_MATCHING, ref, primary=True),
            *([button(INVITE_MORE, Action.OPEN_INVITE, ref)] if invite else []),
        ),
        grey(words.ANSWERS_IN_GREY.format(program=escape(notice.program))),
        lead=text,
    )


@render.register
def _weekly_matched(notice: notices.WeeklyMatched) -> Message:
    waiting = words.WEEKLY_WAITING.format(waiting=notice.waiting) if notice.waiting else ""
    text = words.WEEKLY_MATCHED.format(introductions=counted(notice.pairs, "introduction"), waiting=waiting)
    return message(text, grey(words.WEEKLY_GREY.format(program=escape(notice.program))))


@render.register
def _match_ready(notice: notices.MatchReady) -> Message:
    text = words.MATCH_READY.format(pairs=counted(notice.pairs, "pair"), waiting=notice.waiting)
    blocked = [section(f":warning: {notice.blocked}")] if notice.blocked else []
    return message(
        text,
        *blocked,
        actions(button(words.REVIEW, Action.OPEN_MATCHING, Ref("program", notice.program_id), primary=True)),
        grey(words.MATCH_READY_GREY.format(program=escape(notice.program))),
    )


def suggest(considered_id: int, chosen: Sequence[str], most: int) -> Drawn:
    """Whom someone would like to be matched with, and what becomes of it."""
    who = fields.people("suggested", words.SUGGEST_WHO, chosen, most=most, hint=words.SUGGEST_HINT)
    blocks = [section(words.SUGGEST_WORDS), who]
    return modal(View.SUGGEST, words.SUGGEST_TITLE, blocks, submit=forms.SAVE, about={"considered": considered_id})


def ask_first(program_id: int, messages: int, until: str) -> Drawn:
    """Before a match: ask, or skip. `until` is mrkdwn."""
    text = words.ASK_WORDS.format(messages=counted(messages, "message"), until=until)
    skip = button(words.SKIP, Action.MATCH_NOW, Ref("program", program_id))
    about = {"program": program_id}
    return modal(View.ASK_FIRST, words.ASK_TITLE, [section(text), actions(skip)], submit=words.ASK_SUBMIT, about=about)


def asking() -> Drawn:
    """While the messages are written."""
    return plain(words.ASK_TITLE, words.ASKING)


def asked(messages: int, until: str) -> Drawn:
    """They are on their way."""
    return plain(forms.DONE_TITLE, words.ASKED_DONE.format(messages=counted(messages, "message"), until=until))


def asking_now(program_id: int, answered: int, everyone: int, until: str) -> Drawn:
    """How many answered so far, and the way to match before the rest have."""
    text = words.ASKING_NOW.format(answered=answered, asked=everyone, until=until)
    sure = confirm("Match now?", words.MATCH_NOW_SURE, words.MATCH_NOW)
    now = button(words.MATCH_NOW, Action.MATCH_NOW, Ref("program", program_id), confirm=sure)
    return modal(View.ASK_FIRST, forms.MATCH_TITLE, [section(text), actions(now)], close=forms.CLOSE)
