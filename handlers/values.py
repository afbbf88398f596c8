"""The values of a program, which thanks may carry: an organizer edits them in one place."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.errors import WrongWords
from bot.services import valuing
from bot.views import thanking as views
from bot.views.ids import Action, Ref, View
from bot.views.modals import Drawn
from bot.views.programs import headed_view
from handlers import forms, organizing
from handlers.answering import open_form
from handlers.deps import Act, Body, Deps, user_of
from handlers.replies import Form
from storage.tables import Program


def register(app: App, deps: Deps) -> None:
    """The button and the form."""

    @app.action(Action.OPEN_VALUES)
    def asked_for_values(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            program = organizing.pressed_for(deps, act, body)
            view = _form(act, program)
        open_form(client, body, view)

    @app.view(View.VALUES)
    def chose_values(ack: Any, body: Body, view: Body) -> None:
        program_id = forms.number_in(forms.about(view), "program") or 0
        written = forms.read_values(view["state"]["values"])
        try:
            with deps.acting(user_of(body)) as act:
                program = valuing.choose(act.session, act.actor, program_id, written)
                saved = headed_view(views.values_saved(list(program.values)), organizing.heading(act, program))
        except WrongWords as wrong:
            raise forms.Wrong({wrong.field: wrong.user_message}) from wrong
        ack(response_action="update", view=saved)


def form(deps: Deps, act: Act) -> Form:
    """The form, for a command."""
    program = organizing.mine(deps, act)
    act.session.flush()
    return Form(_form(act, program), Action.OPEN_VALUES, Ref("program", program.id))


def _form(act: Act, program: Program) -> Drawn:
    return headed_view(views.values_form(program.id, program.values), organizing.heading(act, program))
