"""A partner during the round: asking for one, and the preview of those who wait."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.domain.notices import AskedAgain
from bot.services import concluding, enrolling, rematching, standing
from bot.views import matches
from bot.views import rematching as views
from bot.views.ids import Action, parse_ref
from handlers import organizing
from handlers.answering import settle
from handlers.deps import Body, Deps, user_of, value_of
from handlers.matches import begin
from storage import programs


def register(app: App, deps: Deps) -> None:
    """The button of whoever lost a partner, and the organizer's."""

    @app.action(Action.MATCH_ME_AGAIN)
    def asked_for_another_match(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            enrollment_id = parse_ref(value_of(body), "enrollment") or 0
            enrollment = enrolling.match_again(act.session, act.actor, enrollment_id, now=act.now)
            program = programs.its_program(act.session, enrollment.workspace_id, enrollment.program_id)
            in_round = rematching.round_to_join(act.session, program, now=act.now) is not None
            asked = AskedAgain(in_round, standing.next_week_of(program, act.now))
            ts = str((body.get("container") or {}).get("message_ts", ""))
            said_in_place = concluding.asked_again(act.session, act.actor, ts, asked, now=act.now)
        if not said_in_place:
            settle(deps, client, body, views.asked(asked))

    @app.action(Action.PREVIEW_REMATCH)
    def asked_for_a_rematch(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            program = organizing.mine(deps, act, parse_ref(value_of(body), "program"))
            program_id, cycle = program.id, rematching.check_round(act.session, program, now=act.now)
            cycle_id = cycle.id
        opened = client.views_open(trigger_id=body["trigger_id"], view=matches.matching())
        begin(deps, user_of(body), program_id, client, opened["view"]["id"], cycle_id=cycle_id)
