"""A pair's goals: the list and its buttons, the form of one goal, and the same in words."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import goals as words
from bot.content import refusals
from bot.domain.goals import LONGEST, Meant
from bot.errors import NotPossibleNow, WrongWords
from bot.services import striving
from bot.services.checking_in import my_pair
from bot.views import goals
from bot.views.ids import Action, Ref, View, parse_ref, parse_spoken
from bot.views.kit import Message, escape
from handlers import forms
from handlers.answering import answer
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.grammar import Goals, GoalVerb, parse
from handlers.grammar.goals import typed_again
from handlers.home import show_home
from handlers.replies import Form, Reply
from storage.tables import Pair


def register(app: App, deps: Deps) -> None:
    """The list, its buttons, its form."""
    _register_list(app, deps)
    _register_acts(app, deps)
    _register_form(app, deps)


def _register_list(app: App, deps: Deps) -> None:
    @app.action(Action.SHOW_GOALS)
    def asked_for_goals(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            shown = _list(act, parse_ref(value_of(body), "pair"))
        answer(deps, client, body, shown)

    @app.action(Action.CHOOSE_PARTNER)
    def said_with_whom(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        pair_id, said = parse_spoken(value_of(body), "pair") or (0, "")
        with deps.acting(user_of(body)) as act:
            command = parse(escape(said), today=act.now.date())
            if not isinstance(command, Goals):  # forged: no other words are put behind that button
                raise NotPossibleNow(refusals.STALE_BUTTON)
            reply = carry_out(act, command, my_pair(act.session, act.actor, pair_id))
        if isinstance(reply, Form):
            client.views_open(trigger_id=body["trigger_id"], view=reply.view)
        else:
            answer(deps, client, body, reply, replace=True)


def _register_acts(app: App, deps: Deps) -> None:
    @app.action(Action.REACH_GOAL)
    def reached_a_goal(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            shown = _reach(act, parse_ref(value_of(body), "goal"))
        _show(deps, client, body, shown)

    @app.action(Action.FINISH_STEP)
    def finished_a_step(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            shown = _finish_step(act, parse_ref(value_of(body), "step"))
        _show(deps, client, body, shown)

    @app.action(Action.REOPEN_GOAL)
    def opened_a_goal_again(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            shown = _reopen(act, parse_ref(value_of(body), "goal"))
        _show(deps, client, body, shown)

    @app.action(Action.DROP_GOAL)
    def let_a_goal_go(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            goal = striving.drop(act.session, act.actor, parse_ref(value_of(body), "goal"), now=act.now)
            shown = _list(act, goal.pair_id, goals.dropped(goal.text))
        _show(deps, client, body, shown)


def _register_form(app: App, deps: Deps) -> None:
    @app.action(Action.ADD_GOAL)
    def asked_to_add_a_goal(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            form = goals.form(striving.goals_of_pair(act.session, act.actor, parse_ref(value_of(body), "pair")))
        _open(client, body, form)

    @app.action(Action.OPEN_GOAL)
    def asked_to_change_a_goal(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            form = goals.form(*striving.goal_shown(act.session, act.actor, parse_ref(value_of(body), "goal")))
        _open(client, body, form)

    @app.view(View.GOAL)
    def saved_a_goal(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        try:
            with deps.acting(user_of(body)) as act:
                shown = _save(act, view)
        except WrongWords as refused:
            raise forms.Wrong({refused.field: refused.user_message}) from refused
        except striving.ChangedMeanwhile as changed:
            ack(response_action="update", view=_beside_theirs(deps, user_of(body), view, changed))
        else:
            ack(response_action="update", view=goals.shown(shown))
            show_home(deps, client, user_of(body))


def _save(act: Act, view: Body) -> Message:
    """Add the goal, or change it. WrongWords, ChangedMeanwhile."""
    about = forms.about(view)
    text, done, steps = forms.read_goal(view["state"]["values"])
    goal_id = forms.number_in(about, "goal")
    if goal_id is None:
        goal = striving.add(act.session, act.actor, forms.number_in(about, "pair"), text, steps, now=act.now)
        return _list(act, goal.pair_id, goals.added(goal.text))
    ticked = frozenset(number for number in about.get("done") or () if isinstance(number, int))
    wanted = striving.Change(text, forms.number_in(about, "version") or 0, ticked, done, steps)
    goal = striving.change(act.session, act.actor, goal_id, wanted, now=act.now)
    return _list(act, goal.pair_id, words.CHANGED)


def _beside_theirs(deps: Deps, user_id: str, view: Body, changed: striving.ChangedMeanwhile) -> dict[str, Any]:
    text, _, _ = forms.read_goal(view["state"]["values"])
    with deps.looking(user_id) as act:
        here, goal = striving.goal_shown(act.session, act.actor, changed.goal.goal_id)
    return goals.form(here, goal, text, theirs=True)


def _open(client: WebClient, body: Body, form: dict[str, Any]) -> None:
    """Over a list in a modal, the form lies on top of it."""
    if (body.get("view") or {}).get("type") == "modal":
        client.views_push(trigger_id=body["trigger_id"], view=form)
    else:
        client.views_open(trigger_id=body["trigger_id"], view=form)


def _show(deps: Deps, client: WebClient, body: Body, shown: Message) -> None:
    """In place of the list that was pressed."""
    view = body.get("view") or {}
    if view.get("type") == "modal":
        client.views_update(view_id=view["id"], view=goals.shown(shown))
        show_home(deps, client, user_of(body))
    else:
        answer(deps, client, body, shown, replace=True)


def _list(act: Act, pair_id: int | None, note: str = "", *, thank: bool = False) -> Message:
    here = striving.goals_of_pair(act.session, act.actor, pair_id)
    return goals.listing([here], note, thank=thank)


def _reach(act: Act, goal_id: int | None) -> Message:
    goal = striving.finish(act.session, act.actor, goal_id, now=act.now)
    here = striving.goals_of_pair(act.session, act.actor, goal.pair_id)
    return goals.listing([here], goals.reached(goal.text, here.partners), thank=True)


def _finish_step(act: Act, step_id: int | None) -> Message:
    goal, step = striving.finish_step(act.session, act.actor, step_id, now=act.now)
    here, shown = striving.goal_shown(act.session, act.actor, goal.id)
    return goals.listing([here], goals.step_done(shown, step.text))


def _reopen(act: Act, goal_id: int | None) -> Message:
    goal = striving.reopen(act.session, act.actor, goal_id, now=act.now)
    return _list(act, goal.pair_id, goals.reopened(goal.text))


def from_words(act: Act, command: Goals) -> Reply:
    """`/mentor goals ...`: with the partner it names, the only one, or the one they choose."""
    mine = striving.pairs_meant(act.session, act.actor, command.partner)
    if command.verb is GoalVerb.LIST:
        return goals.listing(striving.goals_with(act.session, act.actor, mine))
    if command.text:
        striving.checked(command.text)
    if len(command.said) > LONGEST:
        raise NotPossibleNow(words.NO_SUCH)
    if len(mine) > 1:
        return goals.with_whom(striving.goals_with(act.session, act.actor, mine), typed_again(command))
    return carry_out(act, command, mine[0])


def carry_out(act: Act, command: Goals, pair: Pair) -> Reply:
    """Do what the words say about one pair's goals."""
    if command.verb is GoalVerb.LIST:
        return _list(act, pair.id)
    if command.verb is GoalVerb.ADD:
        return _add(act, command, pair)
    if command.verb is GoalVerb.STEP:
        return _add_step(act, command, pair)
    found = striving.called(act.session, act.actor, pair.id, command.said)
    if command.verb is GoalVerb.DONE:
        return _done(act, found)
    if command.verb is GoalVerb.REOPEN:
        return _reopen(act, found.goal.goal_id)
    partners = striving.goals_of_pair(act.session, act.actor, pair.id).partners
    return goals.drop_offer(partners, found.goal)


def _done(act: Act, found: Meant) -> Reply:
    return _finish_step(act, found.step.step_id) if found.step else _reach(act, found.goal.goal_id)


def _add(act: Act, command: Goals, pair: Pair) -> Reply:
    if not command.text:
        here = striving.goals_of_pair(act.session, act.actor, pair.id)
        return Form(goals.form(here), Action.ADD_GOAL, Ref("pair", pair.id))
    goal = striving.add(act.session, act.actor, pair.id, command.text, now=act.now)
    return _list(act, pair.id, goals.added(goal.text))


def _add_step(act: Act, command: Goals, pair: Pair) -> Reply:
    still = striving.goals_of_pair(act.session, act.actor, pair.id).open
    if command.said:
        goal_id = striving.called(act.session, act.actor, pair.id, command.said).goal.goal_id
    elif len(still) == 1:
        goal_id = still[0].goal_id
    else:
        which = words.WHICH_GOAL.format(first=still[0].number, text=escape(command.text)) if still else ""
        raise NotPossibleNow(which or words.NO_GOAL_YET)
    goal = striving.add_step(act.session, act.actor, goal_id, command.text, now=act.now)
    return _list(act, pair.id, goals.steps_added(goal.text))
