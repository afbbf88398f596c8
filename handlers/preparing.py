"""Two minutes before a meeting."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.services import preparing
from bot.views import preparing as drawn
from bot.views.ids import Action, parse_ref
from handlers.answering import open_form
from handlers.deps import Body, Deps, user_of, value_of


def register(app: App, deps: Deps) -> None:
    """The button below a question, and below a date in the diary."""

    @app.action(Action.PREPARE)
    def asked_to_prepare(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            shown = preparing.prepare(act.session, act.actor, parse_ref(value_of(body), "pair"))
        open_form(client, body, drawn.prepare(shown))
