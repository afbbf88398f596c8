"""Bringing what Slack does not know of people, pasted into a form."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.content.inviting import SLACK_WANTS_PATIENCE
from bot.domain.matching.roster import BadRows, Row
from bot.errors import NotPossibleNow
from bot.importing import rows_of
from bot.services import administering, importing
from bot.services.importing import Imported
from bot.views import importing as views
from bot.views.ids import Action, Ref, View
from bot.views.programs import headed_view
from handlers import forms, organizing
from handlers.answering import fill_in, open_form
from handlers.deps import Act, Body, Deps, pages, user_of
from handlers.replies import Form
from storage.tables import Program


def register(app: App, deps: Deps) -> None:
    """The button and the form."""

    @app.action(Action.OPEN_IMPORT)
    def asked_to_bring_details(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            view = _form(act, organizing.pressed_for(deps, act, body))
        open_form(client, body, view)

    @app.view(View.IMPORT)
    def brought_details(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        table = forms.read_table(view["state"]["values"])
        program_id = forms.number_in(forms.about(view), "program") or 0
        try:
            rows = rows_of(table)
        except BadRows as bad:
            ack(response_action="update", view=views.form(program_id, table, bad.problems))
            return
        ack(response_action="update", view=views.importing())
        fill_in(deps, client, body, lambda: _brought(deps, user_of(body), program_id, table, rows))


def form(deps: Deps, act: Act) -> Form:
    """The form, for a command."""
    program = organizing.mine(deps, act)
    act.session.flush()
    return Form(_form(act, program), Action.OPEN_IMPORT, Ref("program", program.id))


def _form(act: Act, program: Program) -> dict[str, Any]:
    return headed_view(views.form(program.id), organizing.heading_of_all(act, program))


def _brought(deps: Deps, organizer: str, program_id: int, table: str, rows: Sequence[Row]) -> dict[str, Any]:
    """What came of a table: how many it changed, or the table with what is wrong in it."""
    try:
        kept = _bring(deps, organizer, program_id, rows)
    except BadRows as bad:
        return views.form(program_id, table, bad.problems)
    return views.done(kept.people, kept.changed, previewed=kept.previewed)


def _bring(deps: Deps, organizer: str, program_id: int, rows: Sequence[Row]) -> Imported:
    """Find out who is meant outside of any transaction, and keep all of a table or nothing."""
    with deps.looking(organizer) as act:
        administering.check_organizer(act.session, act.actor, program_id)
    try:
        listed = [facts for page in pages(deps.directory) for facts in page]
    except SlackApiError as error:
        if error.response["error"] != "ratelimited":
            raise
        raise NotPossibleNow(SLACK_WANTS_PATIENCE) from error
    with deps.acting(organizer) as act:
        return importing.bring(act.session, act.actor, program_id, rows, listed, now=act.now)
