"""Looking at the next match, and releasing it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.content import forms as words
from bot.content import refusals
from bot.errors import MentorError, NotPossibleNow
from bot.services import administering, matchmaking
from bot.services import considering as asking
from bot.views import matches, modals
from bot.views.ids import Action, Ref, View, parse_ref
from bot.views.models import Preview
from handlers import considering, forms
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.home import show_home
from handlers.replies import Form, Reply
from storage import programs
from storage.tables import Program


def register(app: App, deps: Deps) -> None:
    """A modal at once, the preview in it, the number of messages, the release."""

    @app.action(Action.OPEN_MATCHING)
    def asked_for_a_match(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            reply = form(deps, act)
        opened = client.views_open(trigger_id=body["trigger_id"], view=reply.view)
        begin_if_matching(deps, client, user_of(body), reply, opened["view"]["id"])

    @app.action(Action.MATCH_NOW)
    def chose_to_match_now(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            program = asking.ask_no_more(act.session, act.actor, parse_ref(value_of(body), "program"), now=act.now)
        reply, view = _matching(program), body.get("view")
        if view is None:  # forged: that button is only drawn in a modal
            raise NotPossibleNow(refusals.STALE_BUTTON)
        client.views_update(view_id=view["id"], view=reply.view)
        begin_if_matching(deps, client, user_of(body), reply, view["id"])

    @app.view(View.MATCH_PREVIEW)
    def reviewed_match(ack: Any, body: Body, view: Body) -> None:
        with deps.acting(user_of(body)) as act:
            shown = _preview_of(act, forms.number_in(forms.about(view), "run"))
        ack(response_action="push", view=matches.confirm_release(shown))

    @app.view(View.MATCH_CONFIRM)
    def released_match(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        with deps.acting(user_of(body)) as act:
            run_id = forms.number_in(forms.about(view), "run") or 0
            done = matchmaking.release(act.session, act.actor, run_id, now=act.now)
        ack(
            response_action="update",
            view=modals.plain(words.RELEASED_TITLE, matches.released(done.pairs, done.waiting)),
        )
        show_home(deps, client, user_of(body))


def form(deps: Deps, act: Act) -> Form:
    """The modal that says "Matching…", unless people are to be asked first."""
    program = administering.organized_program(act.session, act.actor, deps.organizers, now=act.now)
    return considering.form(act, program) or _matching(program)


def _matching(program: Program) -> Form:
    return Form(matches.matching(), Action.OPEN_MATCHING, Ref("program", program.id), starts=True)


def begin_if_matching(deps: Deps, client: WebClient, user_id: str, reply: Reply, view_id: str) -> None:
    """Compute the match behind the modal that was just opened, and show it there."""
    if isinstance(reply, Form) and reply.starts:
        show = partial(_redraw, client, view_id)
        try:
            _match(deps, user_id, show)
        except MentorError as refused:
            show(modals.plain(words.MATCH_TITLE, refused.user_message))


def _redraw(client: WebClient, view_id: str, view: dict[str, Any]) -> None:
    """Show it, unless the modal was closed meanwhile."""
    try:
        client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if error.response["error"] != "not_found":
            raise


def _match(deps: Deps, user_id: str, show: Callable[[dict[str, Any]], None]) -> None:
    """Read everyone's facts, solve, keep the preview; meanwhile the modal says how far it is."""
    now = deps.clock.now()
    with deps.looking(user_id) as act:
        program = administering.organized_program(act.session, act.actor, deps.organizers, now=now)
        enrolled = [enrollment.user_id for enrollment in programs.enrolled(act.session, program.id)]
    for someone in enrolled:
        deps.meet(someone, now=now, anew=True)
    with deps.looking(user_id) as act:
        draft = matchmaking.prepare(act.session, act.actor, program.id, now=now)
    show(matches.matching(len(draft.inputs.candidates)))
    plan = deps.solve(draft.inputs)
    with deps.acting(user_id) as act:
        run = matchmaking.keep(act.session, act.actor, draft, plan, now=now)
        shown = matchmaking.read_preview(act.session, run)
    show(matches.preview(shown))


def _preview_of(act: Act, run_id: int | None) -> Preview:
    run = programs.match_run(act.session, act.actor.workspace_id, run_id or 0)
    if run is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    administering.check_organizer(act.session, act.actor, run.program_id)
    return matchmaking.read_preview(act.session, run)
