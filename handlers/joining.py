"""Joining and one's profile, a break, returning, leaving."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import answers as said
from bot.content import forms as words
from bot.domain.cadence import local_date
from bot.domain.calendars import looking_like
from bot.domain.enrollment import EnrollmentStatus, Profile
from bot.domain.people import first_name
from bot.domain.programs import Rounds
from bot.domain.rolling import next_week
from bot.services import choosing, enrolling, suggesting, teaching
from bot.services.reaching import today_of
from bot.services.readiness import still_to_read
from bot.services.remembering import known_person
from bot.views import answers, modals
from bot.views import programs as which
from bot.views import skills as views
from bot.views.fields import place_option
from bot.views.ids import Action, Ref, View, parse_ref
from bot.views.kit import Message, day_words, escape
from bot.views.learning import while_waiting
from bot.views.messages import lessons_named
from bot.views.modals import Drawn
from bot.views.models import ProgramChoice
from handlers import forms, skills
from handlers.answering import answer, open_form, settle
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.home import show_home
from handlers.replies import Form, Reply
from storage import people, programs
from storage.tables import Program

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
            reply = to_join(act, program_id=parse_ref(value_of(body), "program"))
        _show(deps, client, body, reply)

    @app.action(Action.OPEN_PROFILE)
    def asked_for_profile(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            reply = to_change(act, program_id=parse_ref(value_of(body), "program"))
        _show(deps, client, body, reply)

    @app.action(Action.OPEN_PAUSE)
    def asked_for_a_break(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            view = pause_form(act)
        client.views_open(trigger_id=body["trigger_id"], view=view)

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
            before = suggesting.phrases_of(act.session, act.actor, program_id)
            enrolling.join(act.session, act.actor, program_id, profile, now=act.now)
            shown = _saved(deps, act, program_id, profile, before, first_time=view["callback_id"] == View.JOIN)
        ack(response_action="update", view=shown)
        show_home(deps, client, user_of(body))

    @app.view(View.PAUSE)
    def chose_a_break(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        until = forms.read_pause(view["state"]["values"])
        with deps.acting(user_of(body)) as act:
            enrolling.pause(act.session, act.actor, until, now=act.now)
        ack(response_action="update", view=modals.plain(words.DONE_TITLE, said.PAUSED.format(day=day_words(until))))
        show_home(deps, client, user_of(body))


def _saved(
    deps: Deps, act: Act, program_id: int, profile: Profile, before: Collection[str], *, first_time: bool
) -> Drawn:
    """What is said of a profile that was saved; which shared phrases the new ones may mean, or a lesson."""
    new = suggesting.newly_written(act.session, act.actor, program_id, before)
    meant = suggesting.meant(act.session, act.actor, program_id, new, skills.shared(deps, act))
    called = skills.renamed(act, program_id, (*profile.offers, *profile.asks))
    if not first_time:
        return views.written(words.SAVED_TITLE, [said.PROFILE_SAVED], program_id, meant, called)
    lesson = while_waiting(teaching.learning(act.session, act.actor))
    sentences = [_welcome(act, program_id), said.JOINED_NEXT]
    return views.written(words.JOINED_TITLE, sentences, program_id, meant, called, lesson)


def _welcome(act: Act, program_id: int) -> str:
    """What a newcomer waits for."""
    person = people.its_person(act.session, act.actor.workspace_id, act.actor.user_id)
    program = programs.its_program(act.session, act.actor.workspace_id, program_id)
    name, unread = escape(first_name(person.name)), still_to_read(act.session, program, [person.user_id])
    if unread:
        return said.JOINED_LESSONS.format(name=name, lessons=lessons_named(unread[person.user_id]))
    if program.rounds is Rounds.RELEASE:
        return " ".join([said.JOINED.format(name=name), *_dates(program, local_date(act.now, program.timezone))])
    monday = local_date(next_week(act.now, program.timezone), program.timezone)
    return said.JOINED_ROLLING.format(name=name, day=day_words(monday))


def _dates(program: Program, today: date) -> list[str]:
    """When its round starts, while that is to come; and that sign-up for it is over, where it is."""
    if program.starts_on is None or program.starts_on < today:
        return []
    late = program.join_by is not None and program.join_by < today
    ended = [said.JOINED_LATE.format(day=day_words(program.join_by))] if program.join_by and late else []
    return ended or [said.STARTS.format(day=day_words(program.starts_on))]


def _register_acts(app: App, deps: Deps) -> None:
    @app.action(Action.RESUME)
    def came_back(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            enrolling.resume(act.session, act.actor, now=act.now)
        settle(deps, client, body, answers.resumed())

    @app.action(Action.LEAVE)
    def left(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        program_id = parse_ref(value_of(body), "program") or 0
        with deps.acting(user_of(body)) as act:
            enrolling.leave(act.session, act.actor, program_id, now=act.now)
            program = programs.its_program(act.session, deps.workspace_id, program_id)
            shown = answers.left(program.name, choosing.besides(act.session, act.actor, program_id))
        answer(deps, client, body, shown, replace=True)


def to_join(act: Act, name: str | None = None, program_id: int | None = None) -> Reply:
    """The opt-in form, filled in for someone who is in already; a question where several programs are open to them.

    The program is the one that words or a button name."""
    known_person(act.session, act.actor)
    choices = choosing.to_join(act.session, act.actor) if name is None and program_id is None else ()
    if choices:
        return which.to_join(choices)
    return _form(act, _meant(act, name, program_id), Action.OPEN_JOIN)


def to_change(act: Act, name: str | None = None, program_id: int | None = None) -> Reply:
    """The same form for someone who is in; a question where they are in several."""
    named = choosing.named(act.session, act.actor, name)
    choices = choosing.among_mine(act.session, act.actor) if named is None and program_id is None else ()
    if choices:
        return which.to_change(choices)
    program = named or _meant(act, None, program_id)
    enrolling.my_enrollment(act.session, act.actor, program.name)
    return _form(act, program, Action.OPEN_PROFILE)


def to_leave(act: Act, name: str | None) -> Message:
    """Whether they are sure; which one, where they are in several and named none. A name of no program is refused."""
    choices = choosing.among_mine(act.session, act.actor) if name is None else ()
    if choices:
        return which.to_leave(choices)
    program = choosing.named(act.session, act.actor, name) or _meant(act, name, None)
    enrolling.my_enrollment(act.session, act.actor, program.name)
    besides = choosing.besides(act.session, act.actor, program.id)
    of_three = enrolling.is_of_three(act.session, act.actor, program.id)
    return answers.leave_sure(program.name, program.id, besides, of_three=of_three)


def _meant(act: Act, name: str | None, program_id: int | None) -> Program:
    if program_id is not None:
        return choosing.chosen(act.session, act.actor, program_id)
    return enrolling.choose_program(act.session, act.actor, name)


def _form(act: Act, program: Program, action: Action) -> Form:
    return Form(join_form(act, program), action, Ref("program", program.id))


def join_form(act: Act, program: Program) -> dict[str, Any]:
    """The form of a program, which says its name where the workspace has several."""
    known_person(act.session, act.actor)
    enrollment = programs.enrollment_of(act.session, program.id, act.actor.user_id)
    profile = enrolling.default_profile(act.session, act.actor, enrollment)
    first_time = enrollment is None or enrollment.status is EnrollmentStatus.LEFT
    several = len(programs.programs_of(act.session, act.actor.workspace_id)) > 1
    return modals.join(profile, program.id, first_time=first_time, program=program.name if several else "")


def _show(deps: Deps, client: WebClient, body: Body, reply: Reply) -> None:
    if isinstance(reply, Form):
        open_form(client, body, reply.view)
    else:
        answer(deps, client, body, reply)


def others_than(act: Act, name: str) -> Message | None:
    """What someone reads who wants a break from one of several programs; None where it is their only one."""
    program = enrolling.choose_program(act.session, act.actor, name)
    enrolling.my_enrollment(act.session, act.actor, program.name)
    others = choosing.besides(act.session, act.actor, program.id)
    return which.break_is_from_all(ProgramChoice(program.id, program.name)) if others else None


def pause_form(act: Act) -> dict[str, Any]:
    """Four weeks, unless they choose another day."""
    enrolling.my_enrollment(act.session, act.actor)
    return modals.pause(today_of(act.session, act.actor, now=act.now) + USUAL_BREAK)
