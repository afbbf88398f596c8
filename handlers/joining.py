"""Joining and one's profile, a break, returning, leaving."""

from datetime import timedelta
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.models.blocks import Option

from bot.content import answers as said
from bot.content import forms as words
from bot.domain.cadence import local_date
from bot.domain.calendars import looking_like
from bot.domain.matching.people import normal
from bot.domain.people import first_name
from bot.domain.programs import Rounds
from bot.domain.rolling import next_week
from bot.services import enrolling, suggesting, teaching
from bot.services.reaching import today_of
from bot.services.remembering import known_person
from bot.views import answers, modals
from bot.views.fields import LONGEST_SKILL, place_option
from bot.views.ids import Action, View, parse_ref
from bot.views.kit import day_words, escape
from bot.views.learning import while_waiting
from handlers import forms
from handlers.answering import answer
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.home import show_home
from storage import people, programs

MOST_SUGGESTIONS = 20
USUAL_BREAK = timedelta(weeks=4)


def register(app: App, deps: Deps) -> None:
    """Buttons, forms and suggestions."""
    _register_forms(app, deps)
    _register_submissions(app, deps)
    _register_acts(app, deps)


def _register_forms(app: App, deps: Deps) -> None:
    @app.action(Action.OPEN_JOIN)
    def asked_to_join(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            view = join_form(act, None)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action(Action.OPEN_PROFILE)
    def asked_for_profile(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            view = profile_form(act)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action(Action.OPEN_PAUSE)
    def asked_for_a_break(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            view = pause_form(act)
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.options(Action.SUGGEST_SKILLS_OFFERED)
    @app.options(Action.SUGGEST_SKILLS_ASKED)
    def typed_a_skill(ack: Any, body: Body) -> None:
        with deps.looking(user_of(body)) as act:
            ack(options=suggestions(act, str(body.get("value") or "")))

    @app.options(Action.SUGGEST_PLACES)
    def typed_a_place(ack: Any, body: Body) -> None:
        found = looking_like(str(body.get("value") or ""))[:MOST_SUGGESTIONS]
        ack(options=[place_option(code).to_dict() for code in found])


def _register_submissions(app: App, deps: Deps) -> None:
    @app.view(View.JOIN)
    @app.view(View.PROFILE)
    def gave_profile(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        profile = forms.read_profile(view["state"]["values"])
        program_id = forms.number_in(forms.about(view), "program") or 0
        with deps.acting(user_of(body), *profile.avoid) as act:
            enrolling.join(act.session, act.actor, program_id, profile, now=act.now)
            welcome, lesson = _welcome(act, program_id), while_waiting(teaching.learning(act.session, act.actor))
        if view["callback_id"] == View.JOIN:
            shown = modals.plain(words.JOINED_TITLE, welcome, said.JOINED_NEXT, more=lesson)
        else:
            shown = modals.plain(words.SAVED_TITLE, said.PROFILE_SAVED)
        ack(response_action="update", view=shown)
        show_home(deps, client, user_of(body))

    @app.view(View.PAUSE)
    def chose_a_break(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        until = forms.read_pause(view["state"]["values"])
        with deps.acting(user_of(body)) as act:
            enrolling.pause(act.session, act.actor, until, now=act.now)
        ack(response_action="update", view=modals.plain(words.DONE_TITLE, said.PAUSED.format(day=day_words(until))))
        show_home(deps, client, user_of(body))


def _welcome(act: Act, program_id: int) -> str:
    """What a newcomer waits for."""
    person = people.its_person(act.session, act.actor.workspace_id, act.actor.user_id)
    program = programs.its_program(act.session, act.actor.workspace_id, program_id)
    name = escape(first_name(person.name))
    if program.rounds is Rounds.RELEASE:
        return said.JOINED.format(name=name)
    monday = local_date(next_week(act.now, program.timezone), program.timezone)
    return said.JOINED_ROLLING.format(name=name, day=day_words(monday))


def _register_acts(app: App, deps: Deps) -> None:
    @app.action(Action.RESUME)
    def came_back(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            enrolling.resume(act.session, act.actor)
        answer(deps, client, body, answers.resumed())

    @app.action(Action.LEAVE)
    def left(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        program_id = parse_ref(value_of(body), "program") or 0
        with deps.acting(user_of(body)) as act:
            enrolling.leave(act.session, act.actor, program_id, now=act.now)
            program = programs.program(act.session, deps.workspace_id, program_id)
        name = escape(program.name) if program else ""
        answer(deps, client, body, answers.say(said.LEFT.format(program=name)), replace=True)


def join_form(act: Act, program_name: str | None) -> dict[str, Any]:
    """The opt-in form, filled in for someone who is in already."""
    known_person(act.session, act.actor)
    program = enrolling.choose_program(act.session, act.actor, program_name)
    enrollment = programs.enrollment_of(act.session, program.id, act.actor.user_id)
    profile = enrolling.default_profile(act.session, act.actor, enrollment)
    return modals.join(profile, program.id, first_time=enrollment is None or enrollment.status == "left")


def profile_form(act: Act) -> dict[str, Any]:
    """The same form for someone who is in."""
    enrollment = enrolling.my_enrollment(act.session, act.actor)
    profile = enrolling.default_profile(act.session, act.actor, enrollment)
    return modals.join(profile, enrollment.program_id, first_time=False)


def pause_form(act: Act) -> dict[str, Any]:
    """Four weeks, unless they choose another day."""
    enrolling.my_enrollment(act.session, act.actor)
    return modals.pause(today_of(act.session, act.actor, now=act.now) + USUAL_BREAK)


def suggestions(act: Act, typed: str) -> list[dict[str, Any]]:
    """What was typed first, unless several people wrote the same; then what they wrote. At most 20: acks are short."""
    phrase = " ".join(typed.split())[:LONGEST_SKILL]
    if not phrase:
        return []
    known = suggesting.skills(act.session, act.actor, phrase)
    new = not any(normal(one) == normal(phrase) for one in known)
    added = [Option(value=phrase, text=words.ADD_SKILL.format(words=phrase))] if new else []
    return [option.to_dict() for option in (*added, *(Option(value=one, text=one[:75]) for one in known))]
