"""Organizing: the overview, quiet weeks, the roster."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import answers as said
from bot.content import forms as words
from bot.domain.people import Those
from bot.services import quieting, standing
from bot.services.administering import WhichProgram
from bot.views import answers, modals
from bot.views.ids import Action, Ref, View, parse_ref
from bot.views.kit import Message
from bot.views.programs import headed, headed_view
from handlers import forms, organizing
from handlers.answering import answer
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.replies import Form
from storage import programs


def register(app: App, deps: Deps) -> None:
    """Buttons and the form."""

    _register_quiet_weeks(app, deps)

    @app.action(Action.SHOW_OVERVIEW)
    def asked_for_the_overview(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            shown = _overview_or_which(deps, act)
        answer(deps, client, body, shown)

    @app.action(Action.SHOW_PEOPLE)
    def asked_for_people(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            shown = people_of(deps, act, parse_ref(value_of(body), "program"))
        answer(deps, client, body, shown)


def _register_quiet_weeks(app: App, deps: Deps) -> None:
    @app.action(Action.OPEN_QUIET_WEEKS)
    def asked_for_holidays(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            view = quiet_form(deps, act, parse_ref(value_of(body), "program")).view
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(View.QUIET_WEEKS)
    def chose_quiet_weeks(ack: Any, body: Body, view: Body) -> None:
        mondays = forms.read_quiet_weeks(view["state"]["values"])
        with deps.acting(user_of(body)) as act:
            program_id = forms.number_in(forms.about(view), "program") or 0
            quieting.choose_quiet_weeks(act.session, act.actor, program_id, mondays, now=act.now)
            heading = organizing.heading(act, programs.its_program(act.session, act.actor.workspace_id, program_id))
        ack(response_action="update", view=headed_view(modals.plain(words.SAVED_TITLE, said.QUIET_SAVED), heading))


def overview(deps: Deps, act: Act, program_id: int | None = None) -> Message:
    """The program at a glance; the first admin to ask starts it."""
    program = organizing.mine(deps, act, program_id)
    act.session.flush()
    here = standing.organizing(act.session, act.actor, program, now=act.now)
    return answers.organizer(here, program.timezone, deps.bot_name)


def _overview_or_which(deps: Deps, act: Act) -> Message:
    try:
        return overview(deps, act)
    except WhichProgram as which:
        return organizing.ask_which(which, "admin")


def quiet_form(deps: Deps, act: Act, program_id: int | None = None) -> Form:
    """The holidays to come, and the program's quiet weeks."""
    program = organizing.mine(deps, act, program_id)
    act.session.flush()
    coming = quieting.coming_holidays(act.session, program, now=act.now)
    mondays = quieting.weeks_to_choose(program, now=act.now)
    chosen = programs.quiet_weeks(act.session, program.id)
    lines = [modals.holiday_line(holiday.on, holiday.name, holiday.places) for holiday in coming]
    view = modals.quiet_weeks(program.id, mondays, chosen, lines)
    view = headed_view(view, organizing.heading(act, program))
    return Form(view, Action.OPEN_QUIET_WEEKS, Ref("program", program.id))


def people_of(deps: Deps, act: Act, program_id: int | None = None, *, those: Those | None = None) -> Message:
    """Who is in, and with whom; or only some of them."""
    program = organizing.mine(deps, act, program_id)
    act.session.flush()
    listed = answers.people(standing.roster(act.session, program, those, now=act.now), program.id, those)
    return headed(listed, organizing.heading(act, program))
