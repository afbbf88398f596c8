"""A meeting for somebody's calendar."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.content import filing as words
from bot.content import refusals
from bot.errors import NotPossibleNow
from bot.services import filing
from bot.views import answers
from bot.views.ids import Action, parse_ref, parse_spoken
from handlers.answering import answer
from handlers.deps import Act, Body, Deps, user_of, value_of
from handlers.forms import read_moment


def register(app: App, deps: Deps) -> None:
    """The button below a day in the diary, and below a time that was suggested."""

    @app.action(Action.CALENDAR_FILE)
    def asked_for_a_calendar_file(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        with deps.acting(user_of(body)) as act:
            _send(act, value_of(body))
        if not _stands_in_the_dm(body):
            answer(deps, client, body, answers.say(words.SENT))


def _send(act: Act, value: str | None) -> None:
    if check_in := parse_ref(value, "check_in"):
        filing.of_answer(act.session, act.actor, check_in, now=act.now)
        return
    pair_id, said = parse_spoken(value, "pair") or (0, "")
    start = read_moment(said)
    if start is None:
        raise NotPossibleNow(refusals.STALE_BUTTON)
    filing.of_proposal(act.session, act.actor, pair_id, start, now=act.now)


def _stands_in_the_dm(body: Body) -> bool:
    """Where the file itself is the answer."""
    return "message" in body and str((body.get("channel") or {}).get("id", "")).startswith("D")
