"""Answering where the person stands: beside a command or a message, over a modal, on Home, in the DM."""

from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.content import forms as words
from bot.errors import MentorError
from bot.views import modals
from bot.views.kit import Message
from handlers.deps import Body, Deps, user_of
from handlers.home import show_home
from storage import outbox
from storage.engine import reading_scope


def answer(deps: Deps, client: WebClient, body: Body, shown: Message, *, replace: bool = False) -> None:
    """Say something to the one who typed or pressed; `replace` puts it in place of the message they pressed."""
    if url := body.get("response_url"):
        _respond(client, str(url), shown, replace=replace)
    elif body.get("type") == "event_callback":
        client.chat_postMessage(channel=body["event"]["channel"], text=shown.text, blocks=shown.blocks)
    elif (body.get("view") or {}).get("type") == "modal":
        client.views_push(trigger_id=body["trigger_id"], view=modals.shown_over(words.ANSWER_TITLE, shown.blocks))
    else:
        client.views_open(trigger_id=body["trigger_id"], view=modals.shown_over(words.ANSWER_TITLE, shown.blocks))
        show_home(deps, client, user_of(body))


def settle(deps: Deps, client: WebClient, body: Body, shown: Message) -> None:
    """Say what came of a press after which the other buttons beside it lead nowhere: in place of the message in the
    bot's DM, or of an ephemeral; beside it where others read it too. A message of the outbox is the outbox's to change,
    and stands for more than what was pressed."""
    answer(deps, client, body, shown, replace=_is_theirs_alone(body) and not of_the_outbox(deps, body))


def of_the_outbox(deps: Deps, body: Body) -> bool:
    """Whether the message whose button was pressed, in the bot's DM, is one that the outbox has said."""
    ts = (body.get("container") or {}).get("message_ts")
    if ts is None or not _in_a_dm(body):
        return False
    with reading_scope(deps.engine) as session:
        return outbox.key_at(session, deps.workspace_id, f"user:{user_of(body)}", str(ts)) is not None


def _is_theirs_alone(body: Body) -> bool:
    return bool((body.get("container") or {}).get("is_ephemeral")) or _in_a_dm(body)


def _in_a_dm(body: Body) -> bool:
    return str((body.get("channel") or {}).get("id", "")).startswith("D")


def open_form(client: WebClient, body: Body, view: dict[str, Any]) -> None:
    """A modal; over the one whose button was pressed, if it was one's."""
    inside = (body.get("view") or {}).get("type") == "modal"
    (client.views_push if inside else client.views_open)(trigger_id=body["trigger_id"], view=view)


def fill_in(deps: Deps, client: WebClient, body: Body, act: Callable[[], dict[str, Any]]) -> None:
    """Do what takes a while, once the acknowledgement of a form has said so in its modal; what came of it stands there
    then, a refusal as well."""
    try:
        view = act()
    except MentorError as refused:
        view = modals.refusal(refused.user_message)
    deps.once_acknowledged(body["trigger_id"])
    client.views_update(view_id=body["view"]["id"], view=view)


def refuse(client: WebClient, body: Body, sentence: str) -> None:
    """The sentence for what cannot be done; a form below stays as it was."""
    view = modals.refusal(sentence)
    if url := body.get("response_url"):
        _respond(client, str(url), Message(sentence, view["blocks"]), replace=False)
    elif body.get("type") == "event_callback":
        if channel := body["event"].get("channel_type") and body["event"].get("channel"):
            client.chat_postMessage(channel=channel, text=sentence, blocks=view["blocks"])
    elif (body.get("view") or {}).get("type") == "modal":
        client.views_push(trigger_id=body["trigger_id"], view=view)
    elif body.get("trigger_id"):
        client.views_open(trigger_id=body["trigger_id"], view=view)


def _respond(client: WebClient, url: str, shown: Message, *, replace: bool) -> None:
    webhook = WebhookClient(url, ssl=client.ssl, proxy=client.proxy, timeout=10)
    kind = None if replace else "ephemeral"  # a message that is replaced stays what it was
    webhook.send(text=shown.text, blocks=shown.blocks, response_type=kind, replace_original=replace)
