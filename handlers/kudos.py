"""Thanks: giving them after a preview, and deciding who hears of them. The same question is asked about milestones."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import forms as words
from bot.domain.kudos import Consent, tagged, unknown_tags
from bot.errors import NotPossibleNow, WrongWords
from bot.services import celebrating, thanking, valuing
from bot.services.thanking import Planned
from bot.views import modals
from bot.views import thanking as views
from bot.views.ids import Action, View, parse_ref
from bot.views.kit import Message
from handlers import forms
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.grammar import Kudos
from handlers.replies import Form, Reply
from storage import pairs
from storage.tables import Person


def register(app: App, deps: Deps) -> None:
    """The form, its preview, and the three honest answers."""
    _register_giving(app, deps)
    _register_deciding(app, deps)


def _register_giving(app: App, deps: Deps) -> None:
    @app.action(Action.OPEN_KUDOS)
    def asked_to_thank(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            receivers = _partners(act, parse_ref(value_of(body), "pair"))
            view = views.form(receivers, offered=valuing.offered(act.session, act.actor))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(View.KUDOS)
    def wrote_kudos(ack: Any, body: Body, view: Body) -> None:
        receivers, why, values = forms.read_kudos(view["state"]["values"])
        try:
            with deps.acting(user_of(body), *receivers) as act:
                planned = thanking.plan(act.session, act.actor, receivers, why, values, now=act.now)
                shown = views.preview(_shown(planned))
        except NotPossibleNow as refused:
            field = refused.field if isinstance(refused, WrongWords) else "receivers"
            raise forms.Wrong({field: refused.user_message}) from refused
        ack(response_action="push", view=shown)

    @app.view(View.KUDOS_PREVIEW)
    def gave_kudos(ack: Any, body: Body, view: Body) -> None:
        receivers, why, values = forms.kudos_in(forms.about(view))
        with deps.acting(user_of(body), *receivers) as act:
            thanked = thanking.thank(act.session, act.actor, receivers, why, values, now=act.now)
        ack(response_action="update", view=modals.plain(words.DONE_TITLE, delivered(thanked).text))


def _register_deciding(app: App, deps: Deps) -> None:
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


def from_words(act: Act, command: Kudos) -> Reply:
    """What was typed whole is sent at once; else the form, with what was typed in it."""
    offered = valuing.offered(act.session, act.actor)
    why, named = tagged(command.why, offered)
    strange = unknown_tags(command.why, offered)
    if not command.receivers or not why or (offered and why.split() == list(strange)):
        return Form(views.form(command.receivers, why, offered, named), Action.OPEN_KUDOS)
    thanked = thanking.thank(act.session, act.actor, command.receivers, command.why, now=act.now)
    return views.thanked([person.name for person in thanked], strange, offered)


def _shown(planned: Planned) -> views.ThanksPreview:
    return views.ThanksPreview(
        giver=planned.giver.name,
        receivers=tuple(person.name for person in planned.thanked),
        user_ids=tuple(person.user_id for person in planned.thanked),
        why=planned.why,
        values=planned.values,
        channels=tuple(dict.fromkeys(program.channel_name for _, program in planned.to if program.channel_id)),
    )


def _partners(act: Act, pair_id: int | None) -> list[str]:
    """Whom the form starts with: the partners, when it is opened beside a meeting of theirs."""
    members = pairs.members_of(act.session, pair_id) if pair_id else []
    return [user for user in members if user != act.actor.user_id] if act.actor.user_id in members else []


def delivered(thanked: Sequence[Person]) -> Message:
    """The giver sees only that it arrived."""
    return views.thanked([person.name for person in thanked])
