"""What could not be delivered: looked at, and decided one by one."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import forms as words
from bot.services import delivering
from bot.services.delivering import Verdict
from bot.views import delivering as views
from bot.views import modals
from bot.views.ids import Action, parse_ref
from bot.views.kit import Message
from bot.views.programs import headed
from handlers import organizing
from handlers.answering import answer
from handlers.deps import Act, Body, Deps, user_of, value_of
from storage.tables import Program


def register(app: App, deps: Deps) -> None:
    """The list and its buttons."""

    @app.action(Action.SHOW_UNDELIVERED)
    def asked_what_was_not_delivered(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            shown = undelivered(deps, act, parse_ref(value_of(body), "program"))
        answer(deps, client, body, shown)

    @app.action(Action.POST_AGAIN)
    def had_it_said_again(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _decide(deps, client, body, Verdict.AGAIN)

    @app.action(Action.IT_IS_THERE)
    def saw_it_there(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _decide(deps, client, body, Verdict.THERE)

    @app.action(Action.LET_IT_GO)
    def let_it_go(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _decide(deps, client, body, Verdict.LET_GO)


def undelivered(deps: Deps, act: Act, program_id: int | None = None) -> Message:
    """What waits for a decision in the actor's program."""
    program = organizing.mine(deps, act, program_id)
    return _listed(act, program)


def _listed(act: Act, program: Program) -> Message:
    return headed(views.letters(delivering.undelivered(act.session, program)), organizing.heading(act, program))


def _decide(deps: Deps, client: WebClient, body: Body, verdict: Verdict) -> None:
    with deps.acting(user_of(body)) as act:
        program = delivering.decide(act.session, act.actor, parse_ref(value_of(body), "letter"), verdict, now=act.now)
        shown = _listed(act, program)
    if (body.get("view") or {}).get("type") == "modal":
        client.views_update(view_id=body["view"]["id"], view=modals.shown_over(words.DONE_TITLE, shown.blocks))
    else:
        answer(deps, client, body, shown, replace=True)
