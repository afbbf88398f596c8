"""After a time together: the certificate, for who wants one."""

from typing import Any

from slack_bolt import App

from bot.services import concluding
from bot.views.ids import Action, parse_ref
from handlers.deps import Body, Deps, user_of, value_of


def register(app: App, deps: Deps) -> None:
    """One button; its answer is the picture itself."""

    @app.action(Action.GET_CERTIFICATE)
    def asked_for_the_certificate(ack: Any, body: Body) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            concluding.ask_for_certificate(act.session, act.actor, parse_ref(value_of(body), "pair"), now=act.now)
