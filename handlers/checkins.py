"""Answering "how does it stand?": by a tap under the question, in the modal, or in words."""

from datetime import date, time
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import answers as said
from bot.content import forms as words
from bot.content import refusals
from bot.domain.checkins import Answer, CheckInState, StuckReason
from bot.errors import NotPossibleNow, WrongDay, WrongTime
from bot.services import checking_in, choosing, scheduling
from bot.services.reaching import today_of
from bot.views import answers, messages, modals, rematching, steering
from bot.views.fields import LONGEST_NOTE
from bot.views.ids import Action, Ref, Spoken, View, parse_ref, parse_spoken
from bot.views.modals import CheckInForm
from handlers import forms
from handlers.answering import of_the_outbox, settle
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.grammar import CheckIn
from handlers.home import show_home
from handlers.replies import Form, Reply
from storage import pairs, people, programs
from storage.tables import Pair

NEEDS_A_FORM = {CheckInState.SCHEDULED, CheckInState.STUCK, CheckInState.WRAP_UP}
UNSAID = "unsaid"
"""In the place of what is stuck, where only a note was typed."""
WAYS_IN: dict[CheckInState | None, Action] = {
    CheckInState.SCHEDULED: Action.IN_THE_DIARY,
    CheckInState.STUCK: Action.STUCK,
}
"""The buttons that open the form of a state that was typed in the DM."""


def register(app: App, deps: Deps) -> None:
    """Taps, the modal, and the ways out of a pair."""
    _register_taps(app, deps)
    _register_modal(app, deps)
    _register_follow_ups(app, deps)


def _register_taps(app: App, deps: Deps) -> None:
    @app.action(Action.WE_MET)
    def said_we_met(ack: Any, body: Body) -> None:
        ack()
        _tap(deps, body, CheckInState.MET)

    @app.action(Action.NOT_YET)
    def said_not_yet(ack: Any, body: Body) -> None:
        ack()
        _tap(deps, body, CheckInState.NOT_YET)

    @app.action(Action.KEEP_GOING)
    def chose_to_keep_going(ack: Any, body: Body) -> None:
        ack()
        _tap(deps, body, CheckInState.KEEP)

    @app.action(Action.IN_THE_DIARY)
    def said_in_the_diary(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _open_for_question(deps, client, body, CheckInState.SCHEDULED)

    @app.action(Action.STUCK)
    def said_stuck(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _open_for_question(deps, client, body, CheckInState.STUCK)

    @app.action(Action.WRAP_UP)
    def chose_to_wrap_up(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            pair = _pair_behind(act, value_of(body))
            shown = checking_in.answer(act.session, act.actor, pair, Answer(CheckInState.WRAP_UP), now=act.now)
        if parse_ref(value_of(body), "pair"):
            settle(deps, client, body, answers.say(steering.answered_words(shown)))


def _tap(deps: Deps, body: Body, state: CheckInState) -> None:
    with deps.acting(user_of(body)) as act:
        nudge_id = parse_ref(value_of(body), "nudge")
        checking_in.answer_question(act.session, act.actor, nudge_id, Answer(state), now=act.now)


def _open_for_question(deps: Deps, client: WebClient, body: Body, state: CheckInState) -> None:
    with deps.acting(user_of(body)) as act:
        pair_id, typed = parse_spoken(value_of(body), "pair") or (None, "")
        pair = _pair_behind(act, str(Ref("pair", pair_id)) if pair_id else value_of(body))
        why, _, note = typed.partition(" ")
        stuck = next((reason for reason in StuckReason if reason == why), None)
        form = form_for(act, pair, state, about={"pair": pair.id}, stuck=stuck, note=note)
    client.views_open(trigger_id=body["trigger_id"], view=modals.check_in(form))


def _pair_behind(act: Act, value: str | None) -> Pair:
    """The pair a button is about, through its question or by itself."""
    pair_id = parse_ref(value, "pair")
    if pair_id is not None:
        return checking_in.my_pair(act.session, act.actor, pair_id)
    nudge = checking_in.nudge_for(act.session, act.actor, parse_ref(value, "nudge"))
    return checking_in.my_pair(act.session, act.actor, nudge.pair_id)


def _register_modal(app: App, deps: Deps) -> None:
    @app.action(Action.OPEN_CHECK_IN)
    def asked_to_check_in(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            form = form_for(act, checking_in.my_pair(act.session, act.actor, parse_ref(value_of(body), "pair")), None)
        client.views_open(trigger_id=body["trigger_id"], view=modals.check_in(form))

    @app.action(Action.CHOOSE_STATE)
    def chose_a_state(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        view = body.get("view")
        if view is None:  # forged: that choice is only drawn in a modal
            raise NotPossibleNow(refusals.STALE_BUTTON)
        state = forms.chosen_state(view["state"]["values"])
        with deps.acting(user_of(body)) as act:
            pair_id = forms.number_in(forms.about(view), "pair")
            form = form_for(act, checking_in.my_pair(act.session, act.actor, pair_id), state)
        client.views_update(view_id=view["id"], hash=view["hash"], view=modals.check_in(form))

    @app.action(Action.PICKED_A_TIME)
    def picked_a_time(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            pair_id, said = parse_spoken(value_of(body), "pair") or (parse_ref(value_of(body), "pair") or 0, "")
            pair, start = checking_in.my_pair(act.session, act.actor, pair_id), forms.read_moment(said)
            on, at = scheduling.on_their_clock(act.session, act.actor, start) if start else (None, None)
            form = form_for(act, pair, CheckInState.SCHEDULED, about={"pair": pair.id}, on=on, at=at)
        client.views_open(trigger_id=body["trigger_id"], view=modals.check_in(form))

    @app.view(View.CHECK_IN)
    def answered_checkin(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        about = forms.about(view)
        given = forms.read_answer(view["state"]["values"], about.get("state"))
        try:
            shown = _submit(deps, user_of(body), about, given)
        except WrongDay as refused:
            raise forms.Wrong({forms.day_field(given.state): refused.user_message}) from refused
        except WrongTime as refused:
            raise forms.Wrong({"diary_at": refused.user_message}) from refused
        ack(response_action="update", view=shown)
        show_home(deps, client, user_of(body))


def _submit(deps: Deps, user_id: str, about: dict[str, Any], given: Answer) -> dict[str, Any]:
    """The modal that says what the answer did."""
    with deps.acting(user_id) as act:
        kept = forms.number_in(about, "check_in")
        if kept is not None:
            checking_in.correct(act.session, act.actor, kept, given, now=act.now)
            return modals.plain(words.DONE_TITLE, said.DETAILS_KEPT)
        pair = checking_in.my_pair(act.session, act.actor, forms.number_in(about, "pair") or 0)
        shown = checking_in.answer(act.session, act.actor, pair, given, now=act.now)
    return steering.said(shown)


def _register_follow_ups(app: App, deps: Deps) -> None:
    @app.action(Action.ADD_DETAILS)
    def asked_to_add_details(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            kept = checking_in.own_check_in(act.session, act.actor, parse_ref(value_of(body), "check_in"))
            pair = checking_in.my_pair(act.session, act.actor, kept.pair_id)
            about = {"check_in": kept.id, "pair": kept.pair_id}
            form = form_for(act, pair, CheckInState.MET, about=about, on=kept.on_date, minutes=kept.minutes)
        client.views_open(trigger_id=body["trigger_id"], view=modals.check_in(form))

    @app.action(Action.NOT_A_FIT)
    def said_not_a_fit(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            pair = checking_in.not_a_fit(act.session, act.actor, parse_ref(value_of(body), "pair"), now=act.now)
            enrollment = programs.enrollment_of(act.session, pair.program_id, act.actor.user_id)
            assert enrollment is not None
            shown = rematching.not_a_fit_done(enrollment.id)
        if not of_the_outbox(deps, body):
            settle(deps, client, body, shown)

    @app.action(Action.SHOW_AGENDA)
    def asked_for_the_agenda(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modals.agenda(parse_ref(value_of(body), "pair")))


def form_for(
    act: Act,
    pair: Pair,
    state: CheckInState | None,
    *,
    about: dict[str, Any] | None = None,
    on: date | None = None,
    at: time | None = None,
    minutes: int | None = None,
    stuck: StuckReason | None = None,
    note: str = "",
) -> CheckInForm:
    """The check-in modal for a pair; `about` where the state is said already."""
    partner_ids = [user for user in pairs.members_of(act.session, pair.id) if user != act.actor.user_id]
    known = people.people_named(act.session, act.actor.workspace_id, partner_ids)
    today = today_of(act.session, act.actor, now=act.now)
    return CheckInForm(
        together=messages.together([known[user].name for user in partner_ids]),
        today=today,
        about=about or {"pair": pair.id},
        state=state,
        fixed=about is not None,
        on=on,
        at=at,
        timezone=scheduling.zone_to_name(act.session, pair, act.actor.user_id, on or today),
        minutes=minutes,
        organizers=checking_in.may_be_told(act.session, act.actor, pair),
        stuck=stuck,
        note=note[:LONGEST_NOTE],
    )


def from_words(act: Act, command: CheckIn) -> Reply:
    """`/mentor checkin met 45m`: done at once where the words say enough, else the form."""
    choosing.check_named(act.session, act.actor, command.note)
    pair = checking_in.my_pair(act.session, act.actor)
    state = command.state
    enough = state is not None and (state not in NEEDS_A_FORM or (state is CheckInState.SCHEDULED and command.on))
    if state is None or not enough:
        return _form(act, pair, command)
    given = Answer(state, on=command.on, starting=command.at, minutes=command.minutes, note=command.note)
    shown = checking_in.answer(act.session, act.actor, pair, given, now=act.now)
    return steering.with_note(messages.render(shown), given.note)


def _form(act: Act, pair: Pair, command: CheckIn) -> Form:
    """The form with what was typed in it."""
    form = form_for(
        *(act, pair, command.state),
        on=command.on,
        at=command.at,
        minutes=command.minutes,
        stuck=command.why,
        note=command.note,
    )
    ref = Ref("pair", pair.id)
    ends_it = messages.wrap_up_button(ref) if command.state is CheckInState.WRAP_UP else None
    typed = f"{command.why or UNSAID} {command.note[:LONGEST_NOTE]}".strip()
    value = Spoken(ref, typed) if command.state is CheckInState.STUCK and typed != UNSAID else ref
    return Form(modals.check_in(form), WAYS_IN.get(command.state, Action.OPEN_CHECK_IN), value, button=ends_it)
