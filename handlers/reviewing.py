"""Changing a match under review: the menu of a pair, swaps, other weights; and the same by typed verbs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import refusals
from bot.content import review as said
from bot.domain.people import Actor
from bot.domain.weightings import WEIGHTS, Weighting, weighting_of
from bot.errors import MentorError, NotPossibleNow
from bot.services import explaining, matchmaking, previewing, reviewing, undoing
from bot.services.matchmaking import Draft
from bot.services.reviewing import Review
from bot.views import matches, modals
from bot.views import reviewing as views
from bot.views.ids import Action, View, parse_ref
from bot.views.kit import Message
from bot.views.models import Preview
from bot.views.programs import headed, headed_view
from bot.views.reviewed import Changes
from handlers import forms, organizing
from handlers.deps import Act, Body, Deps, user_of
from handlers.grammar import AdminMatch, MatchVerb
from handlers.matches import beneath, form, modal_of, redraw, run_of
from handlers.replies import Later, Reply
from storage import programs

Change = Callable[[Act], Draft]
CHANGES: dict[str, Callable[[Review, tuple[str, ...]], Draft]] = {
    "lock": reviewing.lock,
    "unlock": reviewing.unlock,
    "veto": reviewing.veto,
}
"""What the menu of a pair does to the match."""


def register(app: App, deps: Deps) -> None:
    """A pair's menu, what opens from it, and what they lead to."""
    _weights(app, deps)

    @app.action(Action.REVIEW_PAIR)
    def chose_for_a_pair(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        value = chosen(body)
        noun, view = value.partition(":")[0], modal_of(body)
        number = parse_ref(value, noun) or 0
        if noun in CHANGES:
            page = forms.number_in(forms.about(view), "page") or 1
            rework(deps, client, user_of(body), view["id"], _to_pair(view, noun, number), page)
            return
        with deps.looking(user_of(body)) as act:
            over = _over_the_preview(act, run_of(view), noun, number)
        client.views_push(trigger_id=body["trigger_id"], view=over)

    @app.view(View.MATCH_SWAP)
    def chose_a_swap(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        with deps.looking(user_of(body)) as act:
            review = reviewing.under_review(act.session, act.actor, run_of(view))
            group = review.numbered(forms.number_in(forms.about(view), "pair") or 0)
            draft = reviewing.swap(review, forms.read_swap(view["state"]["values"], review.exchanges(group)))
        ack()
        rework(deps, client, user_of(body), beneath(view), lambda act: draft, swapped=True)

    @app.action(Action.ALLOW_AGAIN)
    def allowed_again(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        run_id = run_of(modal_of(body))

        def change(act: Act) -> Draft:
            return reviewing.allow_again(reviewing.under_review(act.session, act.actor, run_id))

        rework(deps, client, user_of(body), modal_of(body)["id"], change)


def _weights(app: App, deps: Deps) -> None:
    """Other weights beside those of the program."""

    @app.action(Action.COMPARE_WEIGHTS)
    def asked_to_compare(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        opened = client.views_push(trigger_id=body["trigger_id"], view=views.comparing())
        _compare(deps, client, user_of(body), opened["view"]["id"], run_of(modal_of(body)), None)

    @app.action(Action.CHOOSE_WEIGHTING)
    def chose_a_weighting(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        view = modal_of(body)
        redraw(client, view["id"], views.comparing())
        _compare(deps, client, user_of(body), view["id"], run_of(view), forms.weighting(chosen(body)))

    @app.view(View.MATCH_COMPARE)
    def used_other_weights(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        weighting = forms.weighting(forms.about(view).get("weighting"))
        with deps.acting(user_of(body)) as act:
            draft = reviewing.weigh(act.session, act.actor, run_of(view), weighting)
        ack()
        rework(deps, client, user_of(body), beneath(view), lambda act: draft)


def rework(
    deps: Deps, client: WebClient, user_id: str, view_id: str, change: Change, page: int = 1, *, swapped: bool = False
) -> None:
    """Change the match and draw the preview anew; while it is solved the modal says so.

    What is refused before that is pushed over the preview, which stays; what is refused later is said in it.
    """
    with deps.looking(user_id) as act:
        draft = change(act)
    if draft.solved is None:
        redraw(client, view_id, matches.matching(len(draft.inputs.candidates)))
    try:
        shown, changes = _settled(deps, user_id, draft)
        note = "" if draft.solved else matches.what_changed(changes, swapped=swapped)
        redraw(client, view_id, matches.preview(shown, page, note))
    except MentorError as refused:
        with deps.looking(user_id) as act:
            now = reviewing.latest(act.session, act.actor, draft.program_id)
            shown = previewing.read_preview(act.session, now.run)
        redraw(client, view_id, matches.preview(shown, note=f":warning: {refused.user_message}"))


def chosen(body: Body) -> str:
    """The value of the option that was chosen in a menu."""
    return str((body["actions"][0].get("selected_option") or {}).get("value") or "")


def _settled(deps: Deps, user_id: str, draft: Draft) -> tuple[Preview, Changes]:
    """The match after a change, and what the change did."""
    plan = draft.solved or deps.solve(draft.inputs)
    with deps.acting(user_id) as act:
        run = matchmaking.keep(act.session, act.actor, draft, plan, now=act.now)
        assert draft.replaces is not None
        before = programs.its_run(act.session, run.workspace_id, draft.replaces)
        return previewing.read_preview(act.session, run), previewing.changes(act.session, before, run)


def _to_pair(view: Body, noun: str, number: int) -> Change:
    def change(act: Act) -> Draft:
        review = reviewing.under_review(act.session, act.actor, run_of(view))
        return CHANGES[noun](review, review.numbered(number))

    return change


def _over_the_preview(act: Act, run_id: int, noun: str, number: int) -> modals.Drawn:
    review = reviewing.under_review(act.session, act.actor, run_id)
    heading = previewing.read_preview(act.session, review.run).program
    if noun == "detail":
        return headed_view(views.detail(previewing.pair_detail(act.session, review, number)), heading)
    if noun == "swap":
        return headed_view(_swaps(act, review, number), heading)
    raise NotPossibleNow(refusals.STALE_BUTTON)


def _swaps(act: Act, review: Review, number: int) -> modals.Drawn:
    offer = previewing.swap_offer(act.session, review, number)
    if not offer.options:
        raise NotPossibleNow(refusals.NO_EXCHANGE)
    return views.swap(offer)


def _compare(
    deps: Deps, client: WebClient, user_id: str, view_id: str, run_id: int, weighting: Weighting | None
) -> None:
    """Solve with other weights, without keeping it, and show both side by side."""
    try:
        with deps.looking(user_id) as act:
            review = reviewing.under_review(act.session, act.actor, run_id)
            heading = previewing.read_preview(act.session, review.run).program
        choices = [other for other in Weighting if other is not weighting_of(review.inputs.weights)]
        chosen_one = weighting or choices[0]
        plan = deps.solve(reviewing.with_weights(review, WEIGHTS[chosen_one]).inputs)
        shown = previewing.comparison(review, chosen_one, plan)
    except MentorError as refused:
        redraw(client, view_id, modals.refusal(refused.user_message))
    else:
        redraw(client, view_id, headed_view(views.compare(shown, chosen_one, choices), heading))


def typed(deps: Deps, act: Act, command: AdminMatch) -> Reply | Later:
    """`/mentor admin match ...`: what the modal's buttons do, in words."""
    if command.verb in (MatchVerb.PREVIEW, MatchVerb.RERUN):
        return form(deps, act, again=command.verb is MatchVerb.RERUN)
    program = organizing.mine(deps, act)
    if command.verb is MatchVerb.EXPLAIN:
        one, other = command.users
        shown = explaining.explained(act.session, act.actor, program.id, one, other, now=act.now)
        return headed(views.explained(shown), organizing.heading(act, program))
    if command.verb is MatchVerb.UNDO:
        run = undoing.last_release(act.session, act.actor, program.id, now=act.now)
        assert run.released_at is not None
        return matches.undo_offer(run.id, program.name, len(run.plan["pairs"]), run.released_at, program.timezone)
    review = reviewing.latest(act.session, act.actor, program.id)
    if command.verb is MatchVerb.RELEASE:
        matchmaking.check_channel(act.session, program)
        return matches.release_offer(previewing.read_preview(act.session, review.run))
    return _about_two(deps, act, review, command)


def _about_two(deps: Deps, act: Act, review: Review, command: AdminMatch) -> Reply | Later:
    one, other = command.users
    workspace_id = act.actor.workspace_id
    explaining.check_in_match(act.session, review, (one, other), now=act.now)
    group = review.group_of(one, other)
    if command.verb is MatchVerb.SWAP and group:
        raise NotPossibleNow(refusals.PARTNERS_ALREADY)
    names = views.pair_named(previewing.called(act.session, workspace_id, one, other))
    if command.verb is MatchVerb.VETO:
        draft, sentence = reviewing.veto(review, tuple(sorted((one, other)))), said.DONE_VETOED
    elif command.verb is MatchVerb.UNLOCK:
        if group not in review.locks:
            raise NotPossibleNow(refusals.NOT_LOCKED)
        draft, sentence = reviewing.unlock(review, group), said.DONE_UNLOCKED
    elif command.verb is MatchVerb.SWAP:
        draft, sentence = reviewing.swap_people(review, act.actor, one, other), said.DONE_SWAPPED
    else:
        draft = reviewing.together(review, act.actor, tuple(sorted((one, other))))
        sentence = said.DONE_LOCKED if group else said.DONE_TOGETHER
    swapped = command.verb is MatchVerb.SWAP
    return Later(partial(_finish, deps, act.actor, draft, sentence.format(pair=names), swapped=swapped))


def _finish(deps: Deps, actor: Actor, draft: Draft, sentence: str, *, swapped: bool) -> Message:
    with organizing.naming(deps, actor.user_id, program_id=draft.program_id):
        shown, changes = _settled(deps, actor.user_id, draft)
    locked = matches.swap_locked(changes) if swapped else ""
    others = "" if draft.solved else matches.others_changed(changes)
    return views.changed(" ".join(filter(None, (sentence, locked, others))), shown)
