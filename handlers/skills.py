"""Skills: suggested while typing, asked about once written, and what organizers say of them."""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.models.blocks import Option

from bot.content import forms as words
from bot.domain import skills as naming
from bot.domain.matching.people import normal
from bot.domain.skills import Shared
from bot.errors import WrongWords
from bot.services import administering, merging, suggesting
from bot.views import skills as views
from bot.views.fields import LONGEST_SKILL
from bot.views.ids import Action, Ref, View, parse_ref, parse_spoken
from bot.views.modals import Drawn
from bot.views.programs import headed_view
from handlers import forms, organizing
from handlers.answering import open_form
from handlers.deps import Act, Body, Deps, SharedReading, user_of, value_of
from handlers.matches import beneath, modal_of, redraw
from handlers.replies import Form
from storage import programs

QUICK = 0.05
"""Seconds of work: what is read faster is read at every keystroke."""
FRESH = timedelta(minutes=1)
"""What takes longer is read anew after this, when Slack has its answer: nobody waits for it but the first who types."""


def register(app: App, deps: Deps) -> None:
    """Suggestions, the question after them, and the organizers' page."""
    _suggesting(app, deps)
    _reviewing(app, deps)
    _merging(app, deps)


def _suggesting(app: App, deps: Deps) -> None:
    @app.options(Action.SUGGEST_SKILLS_OFFERED)
    @app.options(Action.SUGGEST_SKILLS_ASKED)
    def typed_a_skill(ack: Any, body: Body) -> None:
        with deps.looking(user_of(body)) as act:
            ack(options=suggestions(shared(deps, act), str(body.get("value") or "")))
            read_anew(deps, act)

    @app.action(Action.USE_WORDING)
    def took_the_wording(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        program_id, phrase = _asked_about(body)
        with deps.acting(user_of(body)) as act:
            said = views.used(suggesting.use(act.session, act.actor, program_id, phrase, shared(deps, act)))
        _ask_on(deps, client, body, said)

    @app.action(Action.KEEP_WORDING)
    def kept_their_own(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        _ask_on(deps, client, body, views.kept(_asked_about(body)[1]))


def _reviewing(app: App, deps: Deps) -> None:
    @app.action(Action.OPEN_SKILLS)
    def asked_for_skills(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            view = form(deps, act, organizing.pressed_for(deps, act, body).id).view
        open_form(client, body, view)

    @app.view(View.SKILLS)
    def approved_skills(ack: Any, body: Body, view: Body) -> None:
        wordings = forms.read_phrases(view["state"]["values"], Action.SUGGEST_SKILLS_APPROVED, views.MOST_APPROVED)
        with deps.acting(user_of(body)) as act:
            merging.approve(act.session, act.actor, _program_of(view), wordings, now=act.now)
        deps.shared.clear()
        ack()

    @app.action(Action.KEEP_APART)
    def kept_apart(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        program_id, key = parse_spoken(value_of(body), "program") or (0, "")
        with deps.acting(user_of(body)) as act:
            merging.keep_apart(act.session, act.actor, program_id, key)
            act.session.flush()
            view = _page(act, program_id)
        redraw(client, modal_of(body)["id"], view)

    @app.action(Action.SPLIT_SKILL)
    def split_a_skill(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        program_id, key = parse_spoken(value_of(body), "program") or (0, "")
        with deps.acting(user_of(body)) as act:
            merging.split(act.session, act.actor, program_id, key)
            act.session.flush()
            view = _page(act, program_id)
        deps.shared.clear()
        redraw(client, modal_of(body)["id"], view)


def _merging(app: App, deps: Deps) -> None:
    @app.options(Action.SUGGEST_SKILLS_MERGED)
    @app.options(Action.SUGGEST_SKILLS_APPROVED)
    def looked_for_a_skill(ack: Any, body: Body) -> None:
        with deps.looking(user_of(body)) as act:
            administering.check_organizer(act.session, act.actor, _program_of(body.get("view") or {}))
            known = Shared(tuple(merging.phrases(act.session, act.actor)))
        ack(options=suggestions(known, str(body.get("value") or "")))

    @app.action(Action.OPEN_MERGE)
    def asked_to_merge(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        program_id, key = parse_spoken(value_of(body), "program") or (parse_ref(value_of(body), "program") or 0, "")
        with deps.looking(user_of(body)) as act:
            administering.check_organizer(act.session, act.actor, program_id)
            group = merging.group_around(act.session, act.actor, program_id, key) if key else ()
        client.views_push(trigger_id=body["trigger_id"], view=views.merge(program_id, group))

    @app.view(View.MERGE_SKILLS)
    def merged_skills(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        merged, wording = forms.read_merge(view["state"]["values"])
        with deps.acting(user_of(body)) as act:
            profiles = _merge(act, _program_of(view), merged, wording)
        deps.shared.clear()
        ack(response_action="update", view=views.merged(profiles))
        with deps.looking(user_of(body)) as act:
            shown = _page(act, _program_of(view))
        if beneath(view) != view["id"]:
            redraw(client, beneath(view), shown)


def _merge(act: Act, program_id: int, merged: Sequence[str], wording: str) -> int:
    """How many profiles changed; what does not fit is said beside its field."""
    try:
        return merging.merge(act.session, act.actor, program_id, merged, wording, now=act.now)
    except WrongWords as refused:
        raise forms.Wrong({refused.field: refused.user_message}) from None


def form(deps: Deps, act: Act, program_id: int | None = None) -> Form:
    """The organizers' page."""
    program = organizing.mine(deps, act, program_id)
    act.session.flush()
    return Form(_page(act, program.id), Action.OPEN_SKILLS, Ref("program", program.id))


def _page(act: Act, program_id: int) -> Drawn:
    shown = merging.page(act.session, act.actor, program_id)
    program = programs.its_program(act.session, act.actor.workspace_id, program_id)
    return headed_view(views.page(shown), organizing.heading_of_all(act, program))


def shared(deps: Deps, act: Act) -> Shared:
    """What everyone may be shown: as it is where that is read quickly, else as it was read last."""
    read = deps.shared.get(deps.workspace_id)
    if read is None or read.seconds < QUICK:
        read = _read(deps, act)
    return read.phrases


def read_anew(deps: Deps, act: Act) -> None:
    """Read again what takes long, unless that was done a moment ago."""
    read = deps.shared.get(deps.workspace_id)
    if read is not None and read.seconds >= QUICK and not read.at <= act.now < read.at + FRESH:
        _read(deps, act)


def _read(deps: Deps, act: Act) -> SharedReading:
    """Its seconds are those of this thread's work, so that a busy machine makes no small workspace late."""
    began = time.thread_time()
    phrases = suggesting.shared(act.session, deps.workspace_id)
    read = deps.shared[deps.workspace_id] = SharedReading(act.now, time.thread_time() - began, phrases)
    return read


def suggestions(among: Shared, typed: str) -> list[dict[str, Any]]:
    """What was typed first, unless it is there already; then what it may be. At most 20: acks are short."""
    phrase = " ".join(typed.split())[:LONGEST_SKILL].strip()
    if not normal(phrase):
        return []
    known = suggesting.looking_like(phrase, among)
    added = [] if suggesting.is_known(phrase, among) else [_option(phrase, words.ADD_SKILL.format(words=phrase))]
    return [option.to_dict() for option in (*added, *(_option(one, one) for one in known))]


def _option(value: str, text: str) -> Option:
    return Option(value=value, text=text)


def renamed(act: Act, program_id: int, chosen: tuple[str, ...]) -> list[tuple[str, str]]:
    """What was chosen in a form and is called otherwise in the profile."""
    there = {normal(phrase) for phrase in suggesting.phrases_of(act.session, act.actor, program_id)}
    aliases = suggesting.aliases(act.session, act.actor)
    return [
        (phrase, aliases[normal(phrase)])
        for phrase in naming.renamed(chosen, {})
        if normal(phrase) in aliases and normal(phrase) not in there
    ]


def _asked_about(body: Body) -> tuple[int, str]:
    """The program, and the phrase that a button of the question is about."""
    phrases = list(forms.words_in(forms.about(modal_of(body)), "phrases"))
    number = parse_ref(value_of(body), "phrase") or 0
    return _program_of(modal_of(body)), phrases[number - 1] if 0 < number <= len(phrases) else ""


def _ask_on(deps: Deps, client: WebClient, body: Body, said: str) -> None:
    """The answer, and whatever is still to be asked."""
    program_id, done = _asked_about(body)
    left = [phrase for phrase in forms.words_in(forms.about(modal_of(body)), "phrases") if phrase != done]
    with deps.looking(user_of(body)) as act:
        meant = suggesting.meant(act.session, act.actor, program_id, left, shared(deps, act))
    redraw(client, modal_of(body)["id"], views.written(words.SAVED_TITLE, [said], program_id, meant))


def _program_of(view: Body) -> int:
    return forms.number_in(forms.about(view), "program") or 0
