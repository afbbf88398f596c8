"""Looking at the next match, page by page; releasing it, and taking a release back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.content import forms as words
from bot.content import refusals
from bot.content import review as said
from bot.domain.programs import UNDO_WITHIN
from bot.errors import MentorError, NotPossibleNow, SomeoneLeft
from bot.services import administering, matchmaking, previewing, reviewing, undoing
from bot.services import considering as asking
from bot.services.matchmaking import Since
from bot.views import matches, modals
from bot.views import reviewing as answers
from bot.views.ids import Action, Ref, View, parse_ref
from bot.views.models import Preview
from handlers import considering, forms, organizing
from handlers.answering import answer
from handlers.deps import FRESH_FOR_A_MATCH, Act, Body, Deps, user_of, value_of
from handlers.home import show_home
from handlers.replies import Form
from storage import programs
from storage.tables import MatchRun

Show = Callable[[dict[str, Any]], None]
OfRound = tuple[int, int | None]
"""A program's id, and that of the running round a match joins; None where it begins one."""


def register(app: App, deps: Deps) -> None:
    """A modal at once, the preview in it, page by page; then what ends it."""
    _release_and_undo(app, deps)

    @app.action(Action.OPEN_MATCHING)
    def asked_for_a_match(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _open(deps, body, client)

    @app.action(Action.RERUN_MATCH)
    def asked_to_match_again(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        if in_a_modal(body):
            with deps.looking(user_of(body)) as act:
                review = reviewing.under_review(act.session, act.actor, run_of(modal_of(body)))
            run, view_id = review.run, modal_of(body)["id"]
            begin(deps, user_of(body), run.program_id, client, view_id, cycle_id=run.cycle_id, again=True)
        else:
            _open(deps, body, client, again=True)

    @app.action(Action.MATCH_NOW)
    def chose_to_match_now(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            program_id = parse_ref(value_of(body), "program") or 0
            asking.ask_no_more(act.session, act.actor, program_id, now=act.now)
        view_id = modal_of(body)["id"]
        redraw(client, view_id, matches.matching())
        begin(deps, user_of(body), program_id, client, view_id)

    @app.action(Action.PREVIOUS_PAGE)
    @app.action(Action.NEXT_PAGE)
    def turned_the_page(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            review = reviewing.under_review(act.session, act.actor, run_of(modal_of(body)))
            shown = previewing.read_preview(act.session, review.run)
        page = parse_ref(value_of(body), "page") or 1
        redraw(client, modal_of(body)["id"], matches.preview(shown, page))


def _release_and_undo(app: App, deps: Deps) -> None:
    """The number of messages, the release, the way back."""

    @app.view(View.MATCH_PREVIEW)
    def reviewed_match(ack: Any, body: Body, view: Body) -> None:
        with deps.looking(user_of(body)) as act:
            run = programs.match_run(act.session, act.actor.workspace_id, run_of(view))
            if run is None:
                raise NotPossibleNow(refusals.STALE_BUTTON)
            administering.check_organizer(act.session, act.actor, run.program_id)
            shown = previewing.read_preview(act.session, run)
        ack(response_action="push", view=matches.confirm_release(shown))

    @app.view(View.MATCH_CONFIRM)
    def released_match(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        try:
            shown = matches.released(run_of(view), *_released(deps, user_of(body), run_of(view)))
        except SomeoneLeft:
            ack()
            mend(deps, user_of(body), run_of(view), partial(redraw, client, beneath(view)))
        else:
            ack(response_action="update", view=shown)
            show_home(deps, client, user_of(body))

    @app.action(Action.RELEASE_MATCH)
    def released_typed_match(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        run_id = parse_ref(value_of(body), "run") or 0
        try:
            shown = matches.released_message(run_id, *_released(deps, user_of(body), run_id))
        except SomeoneLeft:
            shown = answers.changed(*_mended(deps, user_of(body), run_id))
        answer(deps, client, body, shown, replace=True)

    @app.action(Action.UNDO_RELEASE)
    def took_it_back(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        run_id = parse_ref(value_of(body), "run") or 0
        with organizing.naming(deps, user_of(body), run_id=run_id), deps.acting(user_of(body)) as act:
            run = undoing.take_back(act.session, act.actor, run_id, now=act.now)
            shown = previewing.read_preview(act.session, run)
        if in_a_modal(body):
            redraw(client, modal_of(body)["id"], matches.preview(shown, note=said.TAKEN_BACK))
            show_home(deps, client, user_of(body))
        else:
            answer(deps, client, body, answers.changed(said.TAKEN_BACK, shown), replace=True)


def form(deps: Deps, act: Act, program_id: int | None = None, *, again: bool = False) -> Form:
    """The modal that says "Matching…", and goes on by itself (`again`: even where nothing has changed); before that,
    what people are asked first."""
    program = organizing.mine(deps, act, program_id)
    action = Action.RERUN_MATCH if again else Action.OPEN_MATCHING
    act.session.flush()
    then = partial(begin, deps, act.actor.user_id, program.id, again=again)
    return considering.form(act, program) or Form(matches.matching(), action, Ref("program", program.id), then)


def begin(
    deps: Deps,
    user_id: str,
    program_id: int,
    client: WebClient,
    view_id: str,
    *,
    cycle_id: int | None = None,
    again: bool = False,
) -> None:
    """Compute the match behind a modal that is open (one that joins a running round), and show it there."""
    show = partial(redraw, client, view_id)
    try:
        with organizing.naming(deps, user_id, program_id=program_id):
            _match(deps, user_id, (program_id, cycle_id), show, again=again)
    except MentorError as refused:
        show(modals.plain(words.MATCH_TITLE, refused.user_message))


def redraw(client: WebClient, view_id: str, view: dict[str, Any]) -> None:
    """Show it, unless the modal was closed meanwhile."""
    try:
        client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if error.response["error"] != "not_found":
            raise


def run_of(view: Body) -> int:
    """The match that a modal is about."""
    return forms.number_in(forms.about(view), "run") or 0


def beneath(view: Body) -> str:
    """The modal that shows when this one closes, or this one where there is none."""
    return str(view.get("previous_view_id") or view["id"])


def modal_of(body: Body) -> Body:
    """The modal whose element was used; these are shown nowhere else."""
    view: Body = body.get("view") or {}
    if not view.get("id"):
        raise NotPossibleNow(refusals.STALE_BUTTON)
    return view


def in_a_modal(body: Body) -> bool:
    """Whether a button of a modal was pressed."""
    return (body.get("view") or {}).get("type") == "modal"


def _open(deps: Deps, body: Body, client: WebClient, *, again: bool = False) -> None:
    with deps.acting(user_of(body)) as act:
        reply = form(deps, act, parse_ref(value_of(body), "program"), again=again)
    opened = client.views_open(trigger_id=body["trigger_id"], view=reply.view)
    _ = reply.then and reply.then(client, opened["view"]["id"])


def _match(deps: Deps, user_id: str, of_round: OfRound, show: Show, *, again: bool) -> None:
    """Read everyone's facts, solve, keep the preview; meanwhile the modal says how far it is."""
    program_id, cycle_id = of_round
    now = deps.clock.now()
    with deps.looking(user_id) as act:
        program = administering.check_organizer(act.session, act.actor, program_id)
        enrolled = [enrollment.user_id for enrollment in programs.enrolled(act.session, program.id)]
    for someone in enrolled:
        deps.meet(someone, now=now, fresh=FRESH_FOR_A_MATCH)
    with deps.looking(user_id) as act:
        earlier = None if again else matchmaking.earlier_preview(act.session, act.actor, program.id, cycle_id)
        since = matchmaking.since_preview(act.session, earlier, program, now=now) if earlier else Since.CHANGED
        if earlier and since is Since.NOTHING:
            return show(matches.preview(previewing.read_preview(act.session, earlier)))
    if earlier and since is Since.SOMEONE_LEFT:
        return mend(deps, user_id, earlier.id, show)
    return _solve(deps, user_id, of_round, show, note=said.MATCHED_ANEW if earlier else "")


def _solve(deps: Deps, user_id: str, of_round: OfRound, show: Show, *, note: str) -> None:
    """A new match, with a word about it where it takes the place of one that was seen."""
    with deps.looking(user_id) as act:
        draft = matchmaking.prepare(act.session, act.actor, *of_round, now=act.now)
    show(matches.matching(len(draft.inputs.candidates)))
    plan = deps.solve(draft.inputs)
    with deps.acting(user_id) as act:
        run = matchmaking.keep(act.session, act.actor, draft, plan, now=act.now)
        shown = previewing.read_preview(act.session, run)
        note = f"{note} {_since_before(act, draft, run)}".strip()
    show(matches.preview(shown, note=note))


def _since_before(act: Act, draft: matchmaking.Draft, run: MatchRun) -> str:
    """How many pairs differ from the preview that this one replaces, where both are of one round."""
    before = programs.match_run(act.session, run.workspace_id, draft.replaces) if draft.replaces else None
    if before is None or before.cycle_id != run.cycle_id:
        return ""
    return matches.others_changed(previewing.changes(act.session, before, run))


def _released(deps: Deps, user_id: str, run_id: int) -> tuple[str, datetime, str, str]:
    """Release a match: what to say of it, until when it can be taken back, in which zone; and the heading."""
    with organizing.naming(deps, user_id, run_id=run_id), deps.acting(user_id) as act:
        done = matchmaking.release(act.session, act.actor, run_id, now=act.now)
        run = programs.its_run(act.session, act.actor.workspace_id, run_id)
        program = programs.its_program(act.session, run.workspace_id, run.program_id)
        heading = organizing.heading(act, program)
    return matches.released_words(done.pairs, done.waiting), act.now + UNDO_WITHIN, program.timezone, heading


def mend(deps: Deps, user_id: str, run_id: int, show: Show) -> None:
    """Match whoever lost a partner since the preview, and show in it what changed: it is released once it was seen."""
    show(matches.matching())
    try:
        sentence, shown = _mended(deps, user_id, run_id)
    except MentorError as refused:
        show(modals.plain(words.MATCH_TITLE, refused.user_message))
    else:
        show(matches.preview(shown, note=sentence))


def _mended(deps: Deps, user_id: str, run_id: int) -> tuple[str, Preview]:
    with organizing.naming(deps, user_id, run_id=run_id), deps.looking(user_id) as act:
        draft = reviewing.without_who_left(act.session, act.actor, run_id, now=act.now)
    plan = deps.solve(draft.inputs)
    with deps.acting(user_id) as act:
        run = matchmaking.keep(act.session, act.actor, draft, plan, now=act.now)
        changed = previewing.changes(act.session, programs.its_run(act.session, run.workspace_id, run_id), run)
        return matches.changed_words(changed), previewing.read_preview(act.session, run)
