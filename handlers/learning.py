"""Lessons: the list, reading one, and what comes of its questions."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.services import teaching
from bot.views import learning
from bot.views.ids import Action, View, parse_ref
from handlers import forms
from handlers.answering import answer
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.grammar import Learn
from handlers.home import show_home
from handlers.replies import Form, Reply


def register(app: App, deps: Deps) -> None:
    """The list and its buttons, the lesson, its end."""

    @app.action(Action.SHOW_LESSONS)
    def asked_for_lessons(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.looking(user_of(body)) as act:
            here = teaching.learning(act.session, act.actor)
        answer(deps, client, body, learning.course(here))

    @app.action(Action.READ_LESSON)
    def asked_to_read_a_lesson(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        number = parse_ref(value_of(body), "lesson")
        with deps.looking(user_of(body)) as act:
            shown = learning.lesson(teaching.lesson_for(act.session, act.actor, number))
        view = body.get("view") or {}
        if view.get("type") == "modal":
            client.views_update(view_id=view["id"], view=shown)
        else:
            client.views_open(trigger_id=body["trigger_id"], view=shown)

    @app.view(View.LESSON)
    def took_a_lesson(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        number = forms.number_in(forms.about(view), "lesson")
        answers, useful = forms.read_lesson(view["state"]["values"], teaching.lesson(number))
        with deps.acting(user_of(body)) as act:
            marked = teaching.take(act.session, act.actor, number, answers, useful, now=act.now)
        ack(response_action="update", view=learning.marked(marked))
        show_home(deps, client, user_of(body))


def from_words(act: Act, command: Learn) -> Reply:
    """`/mentor learn` lists them, `/mentor learn 2` opens one."""
    if command.number is None:
        return learning.course(teaching.learning(act.session, act.actor))
    read = teaching.lesson_for(act.session, act.actor, command.number)
    return Form(learning.lesson(read), Action.READ_LESSON, button=learning.to_read(read), lead=learning.offered(read))
