"""Answers through a response_url.

Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from sandbox.errors import SlackError
from sandbox.events import EventFeed
from sandbox.permits import ResponsePermit
from sandbox.shapes import Json
from sandbox.validation import check_message
from sandbox.web_api.arguments import flag, text_of
from sandbox.workspace import BOT_USER_ID, Workspace


def respond(workspace: Workspace, events: EventFeed, secret: str, body: Json) -> None:
    """Replace, delete or add a message where the person stood.

    An answer to something pressed in a message replaces that message unless it says `replace_original: false`; an
    answer to a command is a new message. Raises SlackError for a spent url or a bad message.
    """
    permit = workspace.permits.use_response(secret)
    if flag(body, "delete_original"):
        _delete(workspace, permit)
    elif _replaces(permit, body):
        check_message(body)
        _replace(workspace, permit, body)
    else:
        check_message(body)
        say(workspace, events, permit, body)


def say(workspace: Workspace, events: EventFeed, permit: ResponsePermit, body: Json) -> Json:
    """A new message: in the channel for `response_type` in_channel, else for this person alone."""
    message = workspace.as_app(text_of(body, "text"), body)
    if text_of(body, "response_type") != "in_channel":
        return workspace.tell_only(permit.channel_id, permit.user_id, message)
    posted = workspace.post(permit.channel_id, message)
    events.message(workspace.conversations.get(permit.channel_id), posted)
    return posted


def _replaces(permit: ResponsePermit, body: Json) -> bool:
    return permit.message_ts is not None and ("replace_original" not in body or flag(body, "replace_original"))


def _original(workspace: Workspace, permit: ResponsePermit) -> Json:
    found = workspace.conversations.message(permit.channel_id, permit.message_ts or "")
    if found is None or found.get("user") != BOT_USER_ID:
        raise SlackError("message_not_found")
    return found


def _replace(workspace: Workspace, permit: ResponsePermit, body: Json) -> None:
    original = _original(workspace, permit)
    new = workspace.as_app(text_of(body, "text"), body)
    parts = {key: new.get(key) for key in ("text", "blocks", "attachments")}
    workspace.amend(permit.channel_id, original["ts"], parts)


def _delete(workspace: Workspace, permit: ResponsePermit) -> None:
    workspace.remove(permit.channel_id, _original(workspace, permit)["ts"])
