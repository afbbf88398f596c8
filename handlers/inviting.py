"""Inviting colleagues, and what the invited answer. An answer is shown to its author alone."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.content import inviting as words
from bot.content import refusals
from bot.domain.inviting import FEW_BY_NAME, MOST_AT_ONCE
from bot.errors import NotPossibleNow
from bot.services import administering, inviting
from bot.services.inviting import Sent
from bot.views import inviting as views
from bot.views.ids import Action, Invitees, Ref, View, parse_invitees, parse_ref
from bot.views.kit import Message
from bot.views.models import InvitationsAhead
from handlers import forms, organizing
from handlers.answering import answer, fill_in, open_form
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.grammar.commands import AdminInvite
from handlers.joining import join_form
from handlers.replies import Form, Later
from storage import programs


class Shown(NamedTuple):
    """What came of an act, as an answer to words and as a modal after the form."""

    message: Message
    view: dict[str, Any]


def register(app: App, deps: Deps) -> None:
    """The organizer's form, the question before many, and everybody's answers."""
    _register_answers(app, deps)
    _register_the_question(app, deps)

    @app.action(Action.OPEN_INVITE)
    def asked_to_invite(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            program = organizing.pressed_for(deps, act, body)
            view = views.form(program.id, program.name)
        open_form(client, body, view)

    @app.view(View.INVITE)
    def invited_colleagues(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        users, channels = forms.read_invited(view["state"]["values"])
        program_id = forms.number_in(forms.about(view), "program") or 0
        ack(response_action="update", view=views.inviting())
        fill_in(deps, client, body, lambda: _invite_or_ask(deps, user_of(body), program_id, users, channels).view)


def _register_the_question(app: App, deps: Deps) -> None:
    @app.view(View.INVITE_SURE)
    def was_sure(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        invitees = _read(forms.about(view).get("invitees"))
        ack(response_action="update", view=views.inviting())
        fill_in(deps, client, body, lambda: _invite_or_ask_again(deps, user_of(body), invitees).view)

    @app.action(Action.SEND_INVITATIONS)
    def sent_them(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        shown = _invite_or_ask_again(deps, user_of(body), _read(value_of(body)))
        answer(deps, client, body, shown.message, replace=True)

    @app.action(Action.SEND_NO_INVITATIONS)
    def sent_none(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            program = organizing.pressed_for(deps, act, body).name
        answer(deps, client, body, views.not_sent(program), replace=True)


def _read(value: object) -> Invitees:
    invitees = parse_invitees(value if isinstance(value, str) else None)
    if invitees is None:  # forged
        raise NotPossibleNow(refusals.STALE_BUTTON)
    return invitees


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
    """`/mentor admin invite`: the form; few who were named are invited at once, before more it asks."""
    program = organizing.mine(deps, act)
    act.session.flush()
    program_id, organizer = program.id, act.actor.user_id
    if not command.users and not command.channels:
        return Form(views.form(program_id, program.name), Action.OPEN_INVITE, Ref("program", program_id))
    return Later(lambda: _invite_or_ask(deps, organizer, program_id, command.users, command.channels).message)


def _invite_or_ask(deps: Deps, organizer: str, program_id: int, users: Sequence[str], channels: Sequence[str]) -> Shown:
    """A few who were named are invited; a channel, and more than a few, are shown first."""
    named = tuple(dict.fromkeys([*users, *channels]))
    with organizing.naming(deps, organizer, program_id=program_id):
        inviting.check_named(len(named))
        wanted = _meant(deps, organizer, program_id, users, channels)
    if not channels and len(named) <= FEW_BY_NAME:
        return _write_to(deps, organizer, program_id, wanted)
    ahead = _foreseen(deps, organizer, program_id, wanted)
    if not ahead.invited:
        return _sent(ahead.program, Sent(0, ahead.cannot))
    return Shown(views.sure(ahead, named), views.sure_modal(ahead, named))


def _invite_or_ask_again(deps: Deps, organizer: str, invitees: Invitees) -> Shown:
    """Invite those who were shown; where there are more by now, it is asked again."""
    with organizing.naming(deps, organizer, program_id=invitees.program_id):
        wanted = _meant(deps, organizer, invitees.program_id, invitees.users, invitees.channels)
    ahead = _foreseen(deps, organizer, invitees.program_id, wanted)
    if ahead.invited > invitees.counted:
        return Shown(
            views.sure(ahead, invitees.named, more=True),
            views.sure_modal(ahead, invitees.named, more=True),
        )
    return _write_to(deps, organizer, invitees.program_id, wanted)


def _foreseen(deps: Deps, organizer: str, program_id: int, wanted: Sequence[str]) -> InvitationsAhead:
    with deps.looking(organizer) as act:
        return inviting.foresee(act.session, act.actor, program_id, wanted, now=act.now)


def _meant(deps: Deps, organizer: str, program_id: int, users: Sequence[str], channels: Sequence[str]) -> list[str]:
    """Find out who is meant and who they are, outside of any transaction."""
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
    return wanted


def _write_to(deps: Deps, organizer: str, program_id: int, wanted: Sequence[str]) -> Shown:
    """So many in one transaction, so that nobody's click waits for five hundred."""
    total, program = Sent(0, 0), ""
    for at in range(0, len(wanted), inviting.AT_ONCE):
        with deps.acting(organizer) as act:
            some = wanted[at : at + inviting.AT_ONCE]
            total += inviting.invite(act.session, act.actor, program_id, some, now=act.now)
            program = programs.its_program(act.session, act.actor.workspace_id, program_id).name
    return _sent(program, total)


def _sent(program: str, sent: Sent) -> Shown:
    said = (program, sent.invited, sent.cannot)
    return Shown(views.sent(*said), views.sent_modal(*said))


def _members(deps: Deps, channel_id: str) -> list[str]:
    members = deps.directory.members(channel_id, MOST_AT_ONCE)
    if members is None:
        raise NotPossibleNow(words.CHANNEL_UNSEEN.format(bot=deps.bot_name))
    return members
