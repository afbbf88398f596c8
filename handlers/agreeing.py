"""What a pair agrees on: the button that opens it, its form, and "still good"."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import agreement as words
from bot.errors import NotPossibleNow, WrongForm
from bot.services import agreeing, standing
from bot.services.agreeing import ChangedMeanwhile, Saved, Written
from bot.views import agreement
from bot.views.ids import Action, Ref, View, parse_ref
from handlers import forms
from handlers.answering import open_form
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.home import show_home
from handlers.replies import Form, Reply

SAID = {Saved.FIRST: words.SAVED_FIRST, Saved.CHANGED: words.SAVED, Saved.UNCHANGED: words.NOTHING_CHANGED}


def register(app: App, deps: Deps) -> None:
    """Opening it, saving it, leaving it as it is."""

    @app.action(Action.OPEN_AGREEMENT)
    def asked_for_the_agreement(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            form = _form(act, parse_ref(value_of(body), "pair"))
        open_form(client, body, form)

    @app.view(View.AGREEMENT)
    def saved_the_agreement(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        about = forms.about(view)
        pair_id = forms.number_in(about, "pair")
        written = Written(forms.read_agreement(view["state"]["values"]), forms.marks_in(about))
        try:
            shown = _save(deps, user_of(body), pair_id, written)
        except WrongForm as refused:
            raise forms.Wrong(refused.errors) from refused
        except ChangedMeanwhile as changed:
            shown = _beside_theirs(deps, user_of(body), pair_id, changed)
        ack(response_action="update", view=shown)
        show_home(deps, client, user_of(body))

    @app.action(Action.STILL_GOOD)
    def found_it_still_good(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        pair_id = parse_ref(value_of(body), "pair")
        with deps.acting(user_of(body)) as act:
            agreeing.still_good(act.session, act.actor, pair_id, now=act.now)
            here = agreeing.agreement_of(act.session, act.actor, pair_id, now=act.now)
        view = body.get("view") or {}
        shown = agreement.saved(here, words.LOOKED_AT)
        if view.get("type") == "modal":
            client.views_update(view_id=view["id"], view=shown)
            show_home(deps, client, user_of(body))
        else:
            open_form(client, body, shown)


def _form(act: Act, pair_id: int | None) -> dict[str, Any]:
    return agreement.form(agreeing.agreement_of(act.session, act.actor, pair_id, now=act.now))


def _save(deps: Deps, user_id: str, pair_id: int | None, written: Written) -> dict[str, Any]:
    with deps.acting(user_id) as act:
        saved = agreeing.save(act.session, act.actor, pair_id, written, now=act.now)
        here = agreeing.agreement_of(act.session, act.actor, pair_id, now=act.now)
    return agreement.saved(here, SAID[saved])


def _beside_theirs(deps: Deps, user_id: str, pair_id: int | None, changed: ChangedMeanwhile) -> dict[str, Any]:
    with deps.looking(user_id) as act:
        here = agreeing.agreement_of(act.session, act.actor, pair_id, now=act.now)
    return agreement.changed_meanwhile(here, changed.mine, changed.clashes)


def from_words(act: Act) -> Reply:
    """`/mentor agreement`: the only one's form, or those of several to choose from."""
    mine = standing.standing(act.session, act.actor, now=act.now).pairs
    if not mine:
        raise NotPossibleNow(words.NO_PARTNER)
    if len(mine) > 1:
        return agreement.with_whom(mine)
    return Form(_form(act, mine[0].pair_id), Action.OPEN_AGREEMENT, Ref("pair", mine[0].pair_id))
