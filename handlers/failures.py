"""The only error handler: a sentence where the person stands; for our own mistakes a reference that the log holds."""

import json
import logging
import re
from typing import Any
from uuid import uuid4

from slack_bolt import App, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.content import answers as words
from bot.content import refusals
from bot.errors import MentorError
from bot.views import modals
from handlers.answering import refuse
from handlers.deps import Body, Deps
from handlers.forms import Wrong

NO_DATABASE = (InterfaceError, OperationalError, PoolTimeout)
"""It is away, locked, or its disk is full: the transaction was rolled back."""
ANYTHING = re.compile(r"[\s\S]*")
log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    """Errors, and catch-alls for what nobody listens to: Bolt acknowledges nothing by itself. Registered last."""

    @app.error
    def went_wrong(error: Exception, body: Body, client: WebClient) -> BoltResponse:
        if isinstance(error, Wrong):
            return _acknowledged(response_action="errors", errors=error.errors)
        sentence = error.user_message if isinstance(error, MentorError) else _reported(error)
        if body.get("type") == "view_submission":
            return _acknowledged(response_action="push", view=modals.refusal(sentence))
        if body.get("type") == "block_suggestion":
            return _acknowledged(options=[])
        refuse(client, body, sentence)
        return _acknowledged()

    @app.action({"action_id": ANYTHING})
    def pressed_something_old(ack: Any, body: Body, client: WebClient) -> None:
        ack()
        refuse(client, body, refusals.STALE_BUTTON)

    @app.view(ANYTHING)
    def submitted_something_old(ack: Any) -> None:
        ack(response_action="push", view=modals.refusal(refusals.STALE_BUTTON))

    @app.options({"action_id": ANYTHING})
    def asked_for_unknown_options(ack: Any) -> None:
        ack(options=[])


def _acknowledged(**answer: Any) -> BoltResponse:
    """What a listener that could not finish acknowledges with."""
    return BoltResponse(status=200, body=json.dumps(answer) if answer else "")


def _reported(error: Exception) -> str:
    if isinstance(error, SlackApiError) and error.response["error"] == "expired_trigger_id":
        return words.TOO_SLOW
    reference = uuid4().hex[:8]
    log.error("Reference %s", reference, exc_info=error)
    return (words.CANNOT_WRITE if isinstance(error, NO_DATABASE) else words.FAILED).format(ref=reference)
