"""Setting a program up: what it is for, its details, a preview of what people will get; another one, and a copy."""

from dataclasses import replace
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import forms as words
from bot.content import refusals
from bot.content import setup as said
from bot.content import templates as of_template
from bot.domain.setups import Setup, from_template
from bot.domain.templates import Purpose
from bot.errors import NotPossibleNow
from bot.services import administering, setting_up
from bot.services.reaching import today_of
from bot.services.setting_up import WrongSetup, setup_of
from bot.views import foretaste, modals
from bot.views import setting_up as views
from bot.views.ids import Action, Ref, View, parse_ref
from bot.views.kit import emphasised, escape
from bot.views.models import ProgramChoice
from bot.views.setting_up import SetupPage
from handlers import forms, organizing
from handlers.answering import open_form
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.grammar import AdminSetup, SetupVerb
from handlers.home import show_home
from handlers.replies import Form
from handlers.setup_form import SetupForm, raw_setup, read_setup
from storage import programs
from storage.tables import Program

Drawn = dict[str, Any]


def register(app: App, deps: Deps) -> None:
    """The buttons that open it, then its three pages."""
    _register_ways_in(app, deps)
    _register_pages(app, deps)


def _register_ways_in(app: App, deps: Deps) -> None:
    @app.action(Action.OPEN_SETUP)
    def asked_to_set_up(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            view = _of(organizing.pressed_for(deps, act, body))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action(Action.CHOOSE_TEMPLATE)
    def chose_to_choose_again(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            view = _first_page(deps, act, parse_ref(value_of(body), "program"))
        client.views_update(view_id=_modal_of(body)["id"], view=view)

    @app.action(Action.ANOTHER_PROGRAM)
    def asked_for_another_program(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            view = _first_page(deps, act, None)
        _instead_or_over(client, body, view)

    @app.action(Action.COPY_PROGRAM)
    def asked_for_a_copy(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            view = _copy_of(act, parse_ref(value_of(body), "program") or 0)
        _instead_or_over(client, body, view)


def _register_pages(app: App, deps: Deps) -> None:
    @app.view(View.SETUP_TEMPLATE)
    def chose_a_template(ack: Any, body: Body, view: Body) -> None:
        chosen = str(forms.raw(view["state"]["values"], "template"))
        with deps.looking(user_of(body)) as act:
            shown = _second_page(deps, act, forms.number_in(forms.about(view), "program"), chosen)
        ack(response_action="update", view=shown)

    @app.view(View.SETUP)
    def gave_details(ack: Any, body: Body, view: Body) -> None:
        kept = raw_setup(view["state"]["values"], forms.about(view))
        form = read_setup(kept)
        setup = _with_channel(deps, form)
        with deps.looking(user_of(body)) as act:
            _check(deps, act, form, setup)
            today = today_of(act.session, act.actor, now=act.now)
        ack(response_action="push", view=foretaste.preview(setup, today, kept))

    @app.view(View.SETUP_PREVIEW)
    def saved_what_was_previewed(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        try:
            said_of_it = _save(deps, user_of(body), read_setup(forms.about(view)))
        except forms.Wrong as wrong:  # its fields lie in the page beneath
            raise NotPossibleNow(" ".join(wrong.errors.values())) from wrong
        ack(response_action="update", view=modals.plain(words.SAVED_TITLE, *said_of_it))
        show_home(deps, client, user_of(body))


def _with_channel(deps: Deps, form: SetupForm) -> Setup:
    """Slack is asked about the channel outside of any transaction."""
    channel = deps.directory.channel(form.setup.channel_id)
    if channel is None:
        raise forms.Wrong({"channel": words.PRIVATE_CHANNEL_UNSEEN})
    return replace(form.setup, channel_name=channel.name, joined=channel.joined)


def _check(deps: Deps, act: Act, form: SetupForm, setup: Setup) -> Program | None:
    """The program that is changed, if it is one; refused where it cannot be so."""
    program = None
    if form.program_id is not None:
        program = administering.check_organizer(act.session, act.actor, form.program_id)
    else:
        administering.check_may_organize(act.session, act.actor, deps.organizers)
    try:
        setting_up.check(act.session, act.actor, setup, program, now=act.now)
    except WrongSetup as wrong:
        raise forms.Wrong(wrong.errors) from wrong
    return program


def _save(deps: Deps, user_id: str, form: SetupForm) -> list[str]:
    """Save it; returns the next step, and what commands mean from now on. Wrong where something came between the
    preview and this."""
    setup = _with_channel(deps, form)
    with deps.acting(user_id) as act:
        before = _check(deps, act, form, setup)
        was_there = before is not None and before.channel_joined
        mine = [one.name for one, _ in programs.run_by(act.session, act.actor.workspace_id, user_id)]
        if form.program_id is not None:
            setting_up.set_up(act.session, act.actor, form.program_id, setup, now=act.now)
        else:
            setting_up.start(act.session, act.actor, deps.organizers, setup, now=act.now, like=form.like_id)
    if form.program_id is not None or not mine:
        return [_next_step(deps, setup, was_there=was_there)]
    meant = said.MEANT_NOW.format(program=escape(setup.name), other=escape(mine[0]))
    return [_next_step(deps, setup, was_there=was_there), meant]


def _next_step(deps: Deps, setup: Setup, *, was_there: bool) -> str:
    step = said.SAVED_AGAIN if was_there else said.SAVED_JOINED
    step = step if setup.joined else said.SAVED
    return step.format(program=emphasised(setup.name), bot=deps.bot_name, channel=escape(setup.channel_name))


def from_words(deps: Deps, act: Act, command: AdminSetup) -> Form:
    """`/mentor admin setup`, `... setup new`, `... setup copy`."""
    if command.verb is SetupVerb.NEW:
        return Form(_first_page(deps, act, None), Action.ANOTHER_PROGRAM)
    program = organizing.mine(deps, act)
    act.session.flush()
    ref = Ref("program", program.id)
    if command.verb is SetupVerb.COPY:
        return Form(_copy_of(act, program.id), Action.COPY_PROGRAM, ref)
    return Form(_of(program), Action.OPEN_SETUP, ref)


def _of(program: Program) -> Drawn:
    """A program that was never set up begins with what it is for."""
    if program.channel_id is None:
        return views.template(program.id, program.purpose)
    return views.details(SetupPage(setup_of(program), program.id))


def _first_page(deps: Deps, act: Act, program_id: int | None) -> Drawn:
    if program_id is not None:
        return views.template(program_id, administering.check_organizer(act.session, act.actor, program_id).purpose)
    administering.check_may_organize(act.session, act.actor, deps.organizers)
    mine = programs.run_by(act.session, act.actor.workspace_id, act.actor.user_id)
    return views.template(None, Purpose.SKILLS, [ProgramChoice(one.id, one.name) for one, _ in mine])


def _second_page(deps: Deps, act: Act, program_id: int | None, chosen: str) -> Drawn:
    """The details of a new program, or of one that is there, as the template has them; its name and channel stay."""
    copied = parse_ref(chosen, "program")
    if copied is not None and program_id is None:
        return _copy_of(act, copied)
    purpose = forms.one_of(Purpose, chosen, Purpose.SKILLS)
    if program_id is None:
        administering.check_may_organize(act.session, act.actor, deps.organizers)
        name = setting_up.name_for(act.session, act.actor.workspace_id, of_template.NAMES[purpose])
        return views.details(SetupPage(from_template(purpose, name)))
    program = administering.check_organizer(act.session, act.actor, program_id)
    name = program.name if program.channel_id else of_template.NAMES[purpose]
    return views.details(SetupPage(from_template(purpose, name, program.channel_id or ""), program.id))


def _copy_of(act: Act, program_id: int) -> Drawn:
    """Everything of a program but its dates, its people and its channel."""
    program = administering.check_organizer(act.session, act.actor, program_id)
    name = setting_up.name_for(act.session, act.actor.workspace_id, program.name)
    copy = replace(setup_of(program), name=name, channel_id="", join_by=None, starts_on=None)
    return views.details(SetupPage(copy, like=ProgramChoice(program.id, program.name)))


def _modal_of(body: Body) -> Body:
    view: Body = body.get("view") or {}
    if view.get("type") != "modal":  # forged: that button is only drawn in a modal
        raise NotPossibleNow(refusals.STALE_BUTTON)
    return view


def _instead_or_over(client: WebClient, body: Body, view: Drawn) -> None:
    """In place of the form whose button was pressed, as that form is about another program."""
    if (body.get("view") or {}).get("type") == "modal":
        client.views_update(view_id=body["view"]["id"], view=view)
    else:
        open_form(client, body, view)
