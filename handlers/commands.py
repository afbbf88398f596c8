"""`/mentor ...` and the same words in the bot's DM: one grammar, one visible reply to every input."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import refusals
from bot.errors import NotPossibleNow
from bot.services import enrolling, standing
from bot.services.administering import WhichProgram
from bot.services.reaching import today_of
from bot.views import answers
from bot.views.ids import Action
from handlers import (
    agreeing,
    checkins,
    delivering,
    goals,
    helping,
    importing,
    inviting,
    joining,
    kudos,
    learning,
    organizing,
    reviewing,
    setting_up,
    setup,
    skills,
    values,
)
from handlers.answering import answer
from handlers.deps import Act, Body, Deps, user_of
from handlers.grammar import commands as typed
from handlers.grammar import parse
from handlers.replies import Form, Later, Reply
from storage import people

BARE = re.compile(r"<@([UW][A-Z0-9]+)>")
MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)[|>]")
Carry = Callable[[Deps, Act, Any], Reply | Later]


def register(app: App, deps: Deps) -> None:
    """The slash command, what is written to the bot itself, and which program an organizer's words are about."""
    organizing.register(app, deps, carry_out)

    @app.command(deps.command)
    def asked(ack: Any, body: Body, respond: Any, client: WebClient) -> None:
        ack()
        reply = carry_out(deps, user_of(body), body.get("text") or "")
        if isinstance(reply, Form):
            opened = client.views_open(trigger_id=body["trigger_id"], view=reply.view)
            _ = reply.then and reply.then(client, opened["view"]["id"])
        else:
            respond(text=reply.text, blocks=reply.blocks)

    @app.event("message")
    def wrote_to_the_bot(event: Body, body: Body, client: WebClient) -> None:
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id"):
            return
        if not deps.first_sight(body):
            return
        reply = carry_out(deps, str(event["user"]), event.get("text") or "")
        shown = reply.instead() if isinstance(reply, Form) else reply
        client.chat_postMessage(channel=event["channel"], text=shown.text, blocks=shown.blocks)

    @app.action(Action.SHOW_HELP)
    def asked_for_help(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            shown = helping.help_for(deps, act, None)
        answer(deps, client, body, shown)


def carry_out(deps: Deps, user_id: str, text: str) -> Reply:
    """Read what was typed and do it. MentorError where it cannot be done."""
    with deps.acting(user_id, *MENTIONED.findall(text)) as act:
        said = _named(act, text)
        try:
            with organizing.naming_meant(deps, act, said):
                reply = _done(deps, act, organizing.without_its_program(deps, act, said))
        except WhichProgram as which:
            reply = organizing.ask_which(which, said)
    return reply.finish() if isinstance(reply, Later) else reply


def _done(deps: Deps, act: Act, text: str) -> Reply | Later:
    command = parse(text, today=today_of(act.session, act.actor, now=act.now))
    return CARRY[type(command)](deps, act, command)


def _named(act: Act, text: str) -> str:
    """Mentions with the name beside the id, as commands bring them: in a DM Slack sends the bare id."""
    known = people.people_named(act.session, act.actor.workspace_id, MENTIONED.findall(text))
    return BARE.sub(lambda m: f"<@{m[1]}|{known[m[1]].name}>" if m[1] in known else m[0], text)


def _status(deps: Deps, act: Act, command: typed.Status) -> Reply:
    return answers.status(standing.standing(act.session, act.actor, now=act.now))


def _help(deps: Deps, act: Act, command: typed.Help) -> Reply:
    return helping.help_for(deps, act, command.topic)


def _match(deps: Deps, act: Act, command: typed.Match) -> Reply:
    return answers.match(standing.standing(act.session, act.actor, now=act.now))


def _pause(deps: Deps, act: Act, command: typed.Pause) -> Reply:
    if command.program is not None and (others := joining.others_than(act, command.program)):
        return others
    if command.until is None:
        return Form(joining.pause_form(act), Action.OPEN_PAUSE)
    enrolling.pause(act.session, act.actor, command.until, now=act.now)
    return answers.paused(command.until)


def _resume(deps: Deps, act: Act, command: typed.Resume) -> Reply:
    enrolling.resume(act.session, act.actor, now=act.now)
    return answers.resumed()


def _leave(deps: Deps, act: Act, command: typed.Leave) -> Reply:
    return joining.to_leave(act, command.program)


def _avoid(deps: Deps, act: Act, command: typed.Avoid) -> Reply:
    if command.user == deps.bot_user_id:
        raise NotPossibleNow(refusals.AVOID_BOT)
    running = enrolling.avoid(act.session, act.actor, command.user)
    return answers.avoiding(command.user, running.id if running else None)


def _avoid_remove(deps: Deps, act: Act, command: typed.AvoidRemove) -> Reply:
    enrolling.stop_avoiding(act.session, act.actor, command.user)
    return answers.no_longer_avoiding(command.user)


def _avoid_list(deps: Deps, act: Act, command: typed.AvoidList) -> Reply:
    return answers.avoid_list(people.avoided_by(act.session, deps.workspace_id, act.actor.user_id))


def _check_in(deps: Deps, act: Act, command: typed.CheckIn) -> Reply:
    return checkins.from_words(act, command)


def _kudos(deps: Deps, act: Act, command: typed.Kudos) -> Reply:
    return kudos.from_words(act, command)


def _goals(deps: Deps, act: Act, command: typed.Goals) -> Reply:
    return goals.from_words(act, command)


def _agreement(deps: Deps, act: Act, command: typed.Agreement) -> Reply:
    return agreeing.from_words(act)


def _learn(deps: Deps, act: Act, command: typed.Learn) -> Reply:
    return learning.from_words(act, command)


def _join(deps: Deps, act: Act, command: typed.Join) -> Reply:
    return joining.to_join(act, command.program)


def _profile(deps: Deps, act: Act, command: typed.Profile) -> Reply:
    return joining.to_change(act, command.program)


def _admin(deps: Deps, act: Act, command: typed.Admin) -> Reply:
    return setup.overview(deps, act)


def _admin_setup(deps: Deps, act: Act, command: typed.AdminSetup) -> Reply:
    return setting_up.from_words(deps, act, command)


def _admin_people(deps: Deps, act: Act, command: typed.AdminPeople) -> Reply:
    return setup.people_of(deps, act, those=command.those)


def _admin_invite(deps: Deps, act: Act, command: typed.AdminInvite) -> Reply | Later:
    return inviting.typed(deps, act, command)


def _admin_import(deps: Deps, act: Act, command: typed.AdminImport) -> Reply:
    return importing.form(deps, act)


def _admin_undelivered(deps: Deps, act: Act, command: typed.AdminUndelivered) -> Reply:
    return delivering.undelivered(deps, act)


def _admin_holidays(deps: Deps, act: Act, command: typed.AdminHolidays) -> Reply:
    return setup.quiet_form(deps, act)


def _admin_skills(deps: Deps, act: Act, command: typed.AdminSkills) -> Reply:
    return skills.form(deps, act)


def _admin_values(deps: Deps, act: Act, command: typed.AdminValues) -> Reply:
    return values.form(deps, act)


def _admin_match(deps: Deps, act: Act, command: typed.AdminMatch) -> Reply | Later:
    return reviewing.typed(deps, act, command)


def _unknown(deps: Deps, act: Act, command: typed.Unknown) -> Reply:
    return answers.unknown(command.typed, command.suggestion)


def _invalid(deps: Deps, act: Act, command: typed.Invalid) -> Reply:
    return answers.say(command.sentence)


CARRY: dict[type, Carry] = {
    typed.Status: _status,
    typed.Help: _help,
    typed.Join: _join,
    typed.Profile: _profile,
    typed.Pause: _pause,
    typed.Resume: _resume,
    typed.Leave: _leave,
    typed.Match: _match,
    typed.Avoid: _avoid,
    typed.AvoidList: _avoid_list,
    typed.AvoidRemove: _avoid_remove,
    typed.CheckIn: _check_in,
    typed.Kudos: _kudos,
    typed.Goals: _goals,
    typed.Agreement: _agreement,
    typed.Learn: _learn,
    typed.Admin: _admin,
    typed.AdminSetup: _admin_setup,
    typed.AdminPeople: _admin_people,
    typed.AdminImport: _admin_import,
    typed.AdminInvite: _admin_invite,
    typed.AdminUndelivered: _admin_undelivered,
    typed.AdminHolidays: _admin_holidays,
    typed.AdminMatch: _admin_match,
    typed.AdminSkills: _admin_skills,
    typed.AdminValues: _admin_values,
    typed.Unknown: _unknown,
    typed.Invalid: _invalid,
}
"""Each command's act; a test holds that the grammar's union is covered."""
