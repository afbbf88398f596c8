"""After "not yet" and "something's stuck": when to ask again, a time that suits everyone, and who may know."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.services import arranging, checking_in
from bot.views import messages, steering
from bot.views.ids import Action, View, parse_ref
from handlers import forms
from handlers.answering import of_the_outbox, open_form, settle
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.home import show_home
from storage import pairs


def register(app: App, deps: Deps) -> None:
    """The buttons below an answer, and the forms they open."""
    _register_days(app, deps)
    _register_times(app, deps)
    _register_telling(app, deps)


def _register_days(app: App, deps: Deps) -> None:
    @app.action(Action.NEXT_WEEK)
    def asked_for_next_week(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _ask_in(deps, client, body, weeks=1)

    @app.action(Action.IN_TWO_WEEKS)
    def asked_for_two_weeks(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _ask_in(deps, client, body, weeks=2)

    @app.action(Action.TAKE_OUT)
    def took_it_out_of_the_diary(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            shown = checking_in.take_out(act.session, act.actor, _check_in(body), now=act.now)
        if not of_the_outbox(deps, body):
            settle(deps, client, body, messages.render(shown))


def _ask_in(deps: Deps, client: WebClient, body: Body, *, weeks: int) -> None:
    """The message of the question changes by itself; where the answer was shown elsewhere, it is said there."""
    with deps.acting(user_of(body)) as act:
        shown = checking_in.ask_in(act.session, act.actor, _check_in(body), weeks, now=act.now)
        in_place = checking_in.stands_under_a_question(act.session, act.actor, _check_in(body))
    if not in_place or body.get("view"):
        settle(deps, client, body, steering.settled(shown))


def _register_times(app: App, deps: Deps) -> None:
    @app.action(Action.FIND_A_TIME)
    def asked_for_times(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            offer = arranging.offer(act.session, act.actor, _check_in(body), now=act.now)
        view = steering.find_a_time(_check_in(body), offer.partners, offer.timezone, offer.times)
        open_form(client, body, view)

    @app.view(View.FIND_A_TIME)
    def chose_a_time(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        start = forms.read_time(view["state"]["values"])
        kept = forms.number_in(forms.about(view), "check_in")
        with deps.acting(user_of(body)) as act:
            shown = arranging.propose(act.session, act.actor, kept, start, now=act.now)
        ack(response_action="update", view=steering.time_sent(shown))
        show_home(deps, client, user_of(body))


def _register_telling(app: App, deps: Deps) -> None:
    @app.action(Action.TELL_ORGANIZER)
    def wanted_an_organizer_to_know(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            view = steering.tell_organizer(_check_in(body), _organizers(act, _check_in(body)))
        open_form(client, body, view)

    @app.view(View.TELL_ORGANIZER)
    def told_an_organizer(ack: Any, body: Body, view: Body) -> None:
        organizer, note = forms.read_organizer(view["state"]["values"])
        kept = forms.number_in(forms.about(view), "check_in")
        with deps.acting(user_of(body)) as act:
            name = checking_in.tell_organizer(act.session, act.actor, kept, organizer, note, now=act.now)
        ack(response_action="update", view=steering.told(name))


def _organizers(act: Act, check_in_id: int) -> dict[str, str]:
    kept = checking_in.stuck_answer(act.session, act.actor, check_in_id)
    pair = pairs.its_pair(act.session, act.actor.workspace_id, kept.pair_id)
    return checking_in.may_be_told(act.session, act.actor, pair)


def _check_in(body: Body) -> int:
    return parse_ref(value_of(body), "check_in") or 0
