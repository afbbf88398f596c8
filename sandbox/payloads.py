"""The payloads of commands and interactions, field by field as Slack sends them.

Sources: https://docs.slack.dev/interactivity/implementing-slash-commands and
https://docs.slack.dev/reference/interaction-payloads
"""

from sandbox.blocks import state_of
from sandbox.conversations import kind_of
from sandbox.shapes import Json
from sandbox.workspace import APP_ID, Workspace

_PLACE_NAMES = {"im": "directmessage", "private_channel": "privategroup"}


def place_name(channel: Json) -> str:
    """What Slack calls a conversation in a payload: private places keep their names to themselves."""
    return _PLACE_NAMES.get(kind_of(channel)) or str(channel["name"])


def command_payload(workspace: Workspace, channel: Json, user_id: str, command: str, text: str, base_url: str) -> Json:
    """A slash command's payload, with a fresh trigger and response_url."""
    permits = workspace.permits
    return {
        "token": "sandbox",
        "team_id": workspace.team["id"],
        "team_domain": workspace.team["domain"],
        "channel_id": channel["id"],
        "channel_name": place_name(channel),
        "user_id": user_id,
        "user_name": workspace.people.get(user_id)["name"],
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": f"{base_url}/response/{permits.response(channel['id'], user_id)}",
        "trigger_id": permits.trigger(user_id),
    }


def _base(workspace: Workspace, kind: str, user_id: str) -> Json:
    user = workspace.people.get(user_id)
    person = {"id": user_id, "username": user["name"], "name": user["name"], "team_id": workspace.team["id"]}
    return {
        "type": kind,
        "team": {"id": workspace.team["id"], "domain": workspace.team["domain"]},
        "user": person,
        "api_app_id": APP_ID,
        "token": "sandbox",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_place(workspace: Workspace, channel: Json, message: Json) -> Json:
    """`container`, `channel` and `message` of something pressed in a message."""
    ephemeral = bool(message.get("is_ephemeral"))
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel["id"], "is_ephemeral": ephemeral}
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    place = {"id": channel["id"], "name": place_name(channel)}
    hidden = {"is_ephemeral", "ephemeral_to", "metadata"}
    shown = {key: value for key, value in message.items() if key not in hidden}
    # Slack leaves the message out of what is pressed in an ephemeral.
    return {"container": container, "channel": place, **({} if ephemeral else {"message": shown})}


def view_place(view: Json) -> Json:
    """`container` and `view` of something pressed in a modal or Home."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": shown_view(view)}


def shown_view(view: Json) -> Json:
    """A view as Slack sends it: what the page shows beside the inputs is not part of it."""
    return {key: value for key, value in view.items() if key != "errors"}


def pressed_payload(workspace: Workspace, user_id: str, place: Json, action: Json) -> Json:
    """block_actions, with a fresh trigger."""
    base = _base(workspace, "block_actions", user_id)
    trigger = {"trigger_id": workspace.permits.trigger(user_id)}
    return {**base, **place, **trigger, "actions": [{**action, "action_ts": workspace.next_ts()}]}


def message_state(message: Json, typed: Json) -> Json:
    """`state` of a message's inputs."""
    return {"state": {"values": state_of(message.get("blocks", []), typed)}}


def suggestion_payload(workspace: Workspace, user_id: str, place: Json, action: Json, typed: str) -> Json:
    """block_suggestion for an external select: `typed` is what stands in its search field."""
    base = _base(workspace, "block_suggestion", user_id)
    return {**base, **place, "action_id": action["action_id"], "block_id": action["block_id"], "value": typed}


def submission_payload(workspace: Workspace, user_id: str, view: Json, urls: list[Json]) -> Json:
    """view_submission, with a fresh trigger."""
    base = _base(workspace, "view_submission", user_id)
    return {**base, "trigger_id": workspace.permits.trigger(user_id), "view": shown_view(view), "response_urls": urls}


def closed_payload(workspace: Workspace, user_id: str, view: Json, *, cleared: bool) -> Json:
    """view_closed, for views that asked for it with notify_on_close."""
    return {**_base(workspace, "view_closed", user_id), "view": shown_view(view), "is_cleared": cleared}
