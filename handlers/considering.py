"""Before a match: asking people first, and what they answer. An answer is shown to its author alone."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.domain.considering import FEWEST_TO_ASK, closes_at
from bot.services import administering, matchmaking
from bot.services import considering as asking
from bot.services.reaching import hours_of_program
from bot.views import considering as views
from bot.views.ids import Action, Ref, View, parse_ref
from bot.views.kit import slack_date
from bot.views.programs import headed_view
from handlers import forms
from handlers.answering import fill_in
from handlers.deps import FRESH_FOR_A_MATCH, Act, Body, Deps, user_of, value_of
from handlers.organizing import heading, naming
from handlers.replies import Form
from storage import programs
from storage.tables import Program


def register(app: App, deps: Deps) -> None:
    """The organizer's question, and everybody's answers."""
    _register_answers(app, deps)
    _register_suggestions(app, deps)

    @app.view(View.ASK_FIRST)
    def asked_people_first(ack: Any, body: Body, view: Body, client: WebClient) -> None:
        ack(response_action="update", view=views.asking())
        program_id = forms.number_in(forms.about(view), "program") or 0
        fill_in(deps, client, body, lambda: _ask(deps, user_of(body), program_id))


def _register_answers(app: App, deps: Deps) -> None:
    @app.action(Action.RATHER_NOT)
    def would_rather_not(ack: Any, body: Body) -> None:
        ack()
        _say_of_one(deps, body, rather_not=True)

    @app.action(Action.RATHER_AFTER_ALL)
    def would_after_all(ack: Any, body: Body) -> None:
        ack()
        _say_of_one(deps, body, rather_not=False)

    @app.action(Action.CONSIDERED_FINE)
    def found_everyone_fine(ack: Any, body: Body) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            asking.say_fine(act.session, act.actor, parse_ref(value_of(body), "considered"), now=act.now)


def _say_of_one(deps: Deps, body: Body, *, rather_not: bool) -> None:
    with deps.acting(user_of(body)) as act:
        possible_id = parse_ref(value_of(body), "possible")
        asking.say_rather_not(act.session, act.actor, possible_id, rather_not=rather_not, now=act.now)


def _register_suggestions(app: App, deps: Deps) -> None:
    @app.action(Action.OPEN_SUGGEST)
    def asked_to_suggest(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        considered_id = parse_ref(value_of(body), "considered")
        with deps.acting(user_of(body)) as act:
            chosen = asking.suggested(act.session, act.actor, considered_id)
        client.views_open(
            trigger_id=body["trigger_id"], view=views.suggest(considered_id or 0, chosen, asking.MOST_SUGGESTED)
        )

    @app.view(View.SUGGEST)
    def suggested_someone(ack: Any, body: Body, view: Body) -> None:
        wanted = forms.read_suggestions(view["state"]["values"])
        considered_id = forms.number_in(forms.about(view), "considered")
        try:
            with deps.acting(user_of(body), *wanted) as act:
                asking.suggest(act.session, act.actor, considered_id, wanted, now=act.now)
        except asking.NobodyToSuggest as refused:
            raise forms.Wrong({"suggested": refused.user_message}) from refused
        ack()


def form(act: Act, program: Program) -> Form | None:
    """What stands before a match: the offer to ask people first, or how far their answers are; None where nothing."""
    ref = Ref("program", program.id)
    if running := asking.asking_now(act.session, program):
        until = slack_date(running.until, program.timezone)
        view = views.asking_now(program.id, running.answered, running.asked, until)
        return Form(headed_view(view, heading(act, program)), Action.OPEN_MATCHING, ref)
    if asking.wants_asking(act.session, program):
        free = len(matchmaking.gather(act.session, program, now=act.now).candidates)
        until = slack_date(closes_at(act.now, hours_of_program(act.session, program)), program.timezone)
        if free >= FEWEST_TO_ASK:
            view = headed_view(views.ask_first(program.id, free, until), heading(act, program))
            return Form(view, Action.OPEN_MATCHING, ref)
    return None


def _ask(deps: Deps, user_id: str, program_id: int) -> dict[str, Any]:
    """Find out whom everyone could meet, outside of any transaction, and ask."""
    now = deps.clock.now()
    with naming(deps, user_id, program_id=program_id):
        with deps.looking(user_id) as act:
            administering.check_organizer(act.session, act.actor, program_id)
            enrolled = [enrollment.user_id for enrollment in programs.enrolled(act.session, program_id)]
        for someone in enrolled:
            deps.meet(someone, now=now, fresh=FRESH_FOR_A_MATCH)
        with deps.looking(user_id) as act:
            draft = matchmaking.prepare(act.session, act.actor, program_id, now=now)
        possible = deps.consider(draft.inputs)
        with deps.acting(user_id) as act:
            asked = asking.ask(act.session, act.actor, program_id, possible, now=now)
            program = administering.check_organizer(act.session, act.actor, program_id)
            named = heading(act, program)
    return headed_view(views.asked(asked.asked, slack_date(asked.until, program.timezone)), named)
