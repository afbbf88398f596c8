"""Which program an organizer means: named in their words, chosen before, or asked for with a button each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import programs as words
from bot.content import refusals
from bot.errors import MentorError, NotPossibleNow
from bot.services import administering
from bot.services.administering import WhichProgram
from bot.views import programs as views
from bot.views.ids import Action, parse_ref, parse_spoken
from bot.views.kit import Message, escape
from handlers.answering import answer
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.grammar import Who, about_program, begun_by, said_in
from handlers.grammar.spoken import Unreadable
from handlers.replies import Form, Reply
from storage import programs
from storage.tables import Program

Carry = Callable[[Deps, str, str], Reply]


def register(app: App, deps: Deps, carry_out: Carry) -> None:
    """The buttons under the question; `carry_out` does what was typed before it."""

    @app.action(Action.CHOOSE_PROGRAM)
    def said_which_program(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        program_id, said = parse_spoken(value_of(body), "program") or (0, "")
        verb, _ = begun_by(said_in(said))
        if verb is None or verb.who is not Who.ORGANIZER:  # forged: no other words are put behind that button
            raise NotPossibleNow(refusals.STALE_BUTTON)
        with deps.acting(user_of(body)) as act:
            mine(deps, act, program_id)
        reply = carry_out(deps, user_of(body), said)
        if isinstance(reply, Form):
            opened = client.views_open(trigger_id=body["trigger_id"], view=reply.view)
            _ = reply.then and reply.then(client, opened["view"]["id"])
        else:
            answer(deps, client, body, reply, replace=True)


def mine(deps: Deps, act: Act, program_id: int | None = None) -> Program:
    """The program the actor's act is about; `program_id` where a button or words name it. WhichProgram."""
    return administering.organized_program(act.session, act.actor, deps.organizers, now=act.now, program_id=program_id)


def pressed_for(deps: Deps, act: Act, body: Body) -> Program:
    """The program of the button that was pressed; the one they mean, where an old button names none."""
    return mine(deps, act, parse_ref(value_of(body), "program"))


def heading(act: Act, program: Program) -> str:
    """What stands over an answer about a program: its name, where the workspace has several."""
    return administering.name_among_several(act.session, program)


def heading_of_all(act: Act, program: Program) -> str:
    """The same over what is about the whole workspace."""
    return words.ALL if heading(act, program) else ""


@contextmanager
def naming(deps: Deps, user_id: str, *, program_id: int = 0, run_id: int = 0) -> Iterator[None]:
    """What is refused in here says of which program, where there are several. Never within an act."""
    try:
        yield
    except MentorError as refused:
        with deps.looking(user_id) as act:
            run = programs.match_run(act.session, act.actor.workspace_id, run_id)
            program = programs.program(act.session, act.actor.workspace_id, run.program_id if run else program_id)
            _name_it(act, refused, program)
        raise


@contextmanager
def naming_meant(deps: Deps, act: Act, text: str) -> Iterator[None]:
    """The same within the act of an organizer's typed words."""
    try:
        yield
    except WhichProgram:
        raise
    except MentorError as refused:
        verb, _ = begun_by(said_in(text))
        runs = programs.run_by(act.session, act.actor.workspace_id, act.actor.user_id)
        if verb is not None and verb.who is Who.ORGANIZER and runs:
            with suppress(WhichProgram):
                _name_it(act, refused, mine(deps, act))
        raise


def _name_it(act: Act, refused: MentorError, program: Program | None) -> None:
    if program is not None:
        refused.about(escape(heading(act, program)))


def without_its_program(deps: Deps, act: Act, text: str) -> str:
    """An organizer's words without the program they name, which is meant from now on. NotPossibleNow for none."""
    run = [program for program, _ in programs.run_by(act.session, act.actor.workspace_id, act.actor.user_id)]
    known = {program.name: program.id for program in run or programs.programs_of(act.session, act.actor.workspace_id)}
    try:
        text, name = about_program(text, list(known))
    except Unreadable as unreadable:
        raise NotPossibleNow(unreadable.sentence) from unreadable
    if name is not None:
        mine(deps, act, known[name])
    return text


def ask_which(which: WhichProgram, said: str) -> Message:
    """A button for each program, which carries out `said` about it."""
    return views.which(which.choices, said)
