"""Thanks: giving them, and deciding who hears of them. The same question is asked about milestones."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import forms as words
from bot.domain.kudos import Consent
from bot.errors import NotPossibleNow
from bot.services import celebrating, thanking
from bot.views import answers, modals
from bot.views.ids import Action, View, parse_ref
from bot.views.kit import Message
from handlers import forms
from handlers.deps import Act, Body, Deps, user_of, value_of
from storage import pairs
from storage.tables import Person


def register(app: App, deps: Deps) -> None:
    """The form, and the three honest answers."""

    @app.action(Action.OPEN_KUDOS)
    def asked_to_thank(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            receivers = _partners(act, parse_ref(value_of(body), "pair"))
        client.views_open(trigger_id=body["trigger_id"], view=modals.kudos(receivers))

    @app.view(View.KUDOS)
    def gave_kudos(ack: Any, body: Body, view: Body) -> None:
        receivers, why = forms.read_kudos(view["state"]["values"])
        try:
            with deps.acting(user_of(body), *receivers) as act:
                thanked = thanking.thank(act.session, act.actor, receivers, why, now=act.now)
        except NotPossibleNow as refused:
            raise forms.Wrong({"receivers": refused.user_message}) from refused
        ack(response_action="update", view=modals.plain(words.DONE_TITLE, delivered(thanked).text))

    @app.action(Action.POST_IT)
    def agreed_to_post(ack: Any, body: Body) -> None:
        ack()
        _decide(deps, body, Consent.GIVEN)

    @app.action(Action.KEEP_IT_PRIVATE)
    def kept_private(ack: Any, body: Body) -> None:
        ack()
        _decide(deps, body, Consent.REFUSED)

    @app.action(Action.NEVER_ASK_AGAIN)
    def asked_never_to_be_asked(ack: Any, body: Body) -> None:
        ack()
        _decide(deps, body, Consent.REFUSED, never_again=True)


def _decide(deps: Deps, body: Body, said: Consent, *, never_again: bool = False) -> None:
    value = value_of(body)
    with deps.acting(user_of(body)) as act:
        milestone_id = parse_ref(value, "milestone")
        if milestone_id is not None:
            celebrating.answer(act.session, act.actor, milestone_id, said, never_again=never_again, now=act.now)
        else:
            kudos_id = parse_ref(value, "kudos")
            thanking.answer(act.session, act.actor, kudos_id, said, never_again=never_again, now=act.now)


def _partners(act: Act, pair_id: int | None) -> list[str]:
    """Whom the form starts with: the partners, when it is opened beside a meeting of theirs."""
    members = pairs.members_of(act.session, pair_id) if pair_id else []
    return [user for user in members if user != act.actor.user_id] if act.actor.user_id in members else []


def delivered(thanked: Sequence[Person]) -> Message:
    """The giver sees only that it arrived."""
    return answers.thanked([person.name for person in thanked])
