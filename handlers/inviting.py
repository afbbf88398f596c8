"""Inviting colleagues, and what the invited answer. An answer is shown to its author alone."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.content import inviting as words
from bot.domain.inviting import MOST_AT_ONCE
from bot.errors import MentorError, NotPossibleNow
from bot.services import administering, inviting
from bot.services.inviting import Sent
from bot.views import inviting as views
from bot.views import modals
from bot.views.ids import Action, Ref, View, parse_ref
from bot.views.kit import Message
from handlers import forms, organizing
from handlers.answering import open_form
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.grammar.commands import AdminInvite
from handlers.joining import join_form
from handlers.replies import Form, Later


def register(app: App, deps: Deps) -> None:
    """The organizer's form, and everybody's answers."""
    _register_answers(app, deps)

    @app.action(Action.OPEN_INVITE)
    def asked_to_invite(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            program_id = organizing.pressed_for(deps, act, body).id
        open_form(client, body, views.form(program_id))

    @app.view(View.INVITE)
    def invited_colleagues(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        users, channels = forms.read_invited(view["state"]["values"])
        program_id = forms.number_in(forms.about(view), "program") or 0
        ack(response_action="update", view=views.inviting())
        try:
            sent = _invite(deps, user_of(body), program_id, users, channels)
            shown = views.sent_modal(sent.invited, sent.cannot)
        except MentorError as refused:
            shown = modals.refusal(refused.user_message)
        client.views_update(view_id=view["id"], view=shown)


def _register_answers(app: App, deps: Deps) -> None:
    @app.action(Action.ACCEPT_INVITATION)
    def accepted_an_invitation(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            program = inviting.program_of(act.session, act.actor, _invitation(body))
            view = join_form(act, program)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action(Action.TELL_ME_MORE)
    def asked_to_be_told_more(ack: Any, body: Body) -> None:
        ack()
        reminder = parse_ref(value_of(body), views.REMINDER) is not None
        with deps.acting(user_of(body)) as act:
            inviting.tell_more(act.session, act.actor, _invitation(body), reminder=reminder, now=act.now)

    @app.action(Action.NOT_THIS_TIME)
    def said_not_this_time(ack: Any, body: Body) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            inviting.decline(act.session, act.actor, _invitation(body), now=act.now)


def _invitation(body: Body) -> int | None:
    """The invitation whose button was pressed, in its first message or in the reminder."""
    return parse_ref(value_of(body), views.NOUN) or parse_ref(value_of(body), views.REMINDER)


def typed(deps: Deps, act: Act, command: AdminInvite) -> Form | Later:
    """`/mentor admin invite`: the form, or those who were named at once."""
    program = organizing.mine(deps, act)
    act.session.flush()
    program_id, organizer = program.id, act.actor.user_id
    if not command.users and not command.channels:
        return Form(views.form(program_id), Action.OPEN_INVITE, Ref("program", program_id))

    def finish() -> Message:
        sent = _invite(deps, organizer, program_id, command.users, command.channels)
        return views.sent(sent.invited, sent.cannot)

    return Later(finish)


def _invite(deps: Deps, organizer: str, program_id: int, users: Sequence[str], channels: Sequence[str]) -> Sent:
    """Find out who is meant and who they are, outside of any transaction, and invite them."""
    with deps.looking(organizer) as act:
        administering.check_organizer(act.session, act.actor, program_id)
    try:
        members = (member for channel_id in channels for member in _members(deps, channel_id))
        wanted = list(dict.fromkeys([*users, *members]))
        inviting.check_number(len(wanted))
        deps.meet_all(wanted, now=deps.clock.now())
    except SlackApiError as error:
        if error.response["error"] != "ratelimited":
            raise
        raise NotPossibleNow(words.SLACK_WANTS_PATIENCE) from error
    return _write_to(deps, organizer, program_id, wanted)


def _write_to(deps: Deps, organizer: str, program_id: int, wanted: Sequence[str]) -> Sent:
    """So many in one transaction, so that nobody's click waits for five hundred."""
    total = Sent(0, 0)
    for at in range(0, len(wanted), inviting.AT_ONCE):
        with deps.acting(organizer) as act:
            some = wanted[at : at + inviting.AT_ONCE]
            total += inviting.invite(act.session, act.actor, program_id, some, now=act.now)
    return total


def _members(deps: Deps, channel_id: str) -> list[str]:
    members = deps.directory.members(channel_id, MOST_AT_ONCE)
    if members is None:
        raise NotPossibleNow(words.CHANNEL_UNSEEN.format(bot=deps.bot_name))
    return members
