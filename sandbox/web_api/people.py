"""users.* and team.profile.get."""

from sandbox.errors import SlackError
from sandbox.people import without_fields
from sandbox.shapes import Json
from sandbox.web_api.arguments import flag, needed, text_of
from sandbox.web_api.call import Call
from sandbox.web_api.pages import page_of
from sandbox.workspace import BOT_USER_ID

MOST_USERS = 50


def info(call: Call) -> Json:
    """users.info."""
    return {"user": _shown(call, call.workspace.people.get(needed(call.arguments, "user")))}


def list_users(call: Call) -> Json:
    """users.list, deactivated people, bots and Slackbot included."""
    page, metadata = page_of(call.workspace.people.all(), call.arguments, default=1000)
    shown = [_shown(call, user) for user in page]
    return {"members": shown, "cache_ts": call.workspace.seconds(), "response_metadata": metadata}


def profile(call: Call) -> Json:
    """users.profile.get, with custom fields (and their labels on request)."""
    user = call.workspace.people.get(text_of(call.arguments, "user") or BOT_USER_ID)
    shown = dict(user["profile"])
    if "users:read.email" not in call.workspace.manifest.scopes:
        shown.pop("email", None)
    if flag(call.arguments, "include_labels"):
        labels = {field["id"]: field["label"] for field in call.workspace.people.fields}
        shown["fields"] = {key: {**value, "label": labels.get(key, "")} for key, value in shown["fields"].items()}
    return {"profile": shown}


def do_not_disturb(call: Call) -> Json:
    """dnd.info: when Slack keeps still for someone, now or next."""
    user_id = text_of(call.arguments, "user") or BOT_USER_ID
    return call.workspace.people.dnd_status(user_id, call.workspace.clock.now())


def do_not_disturb_of_many(call: Call) -> Json:
    """dnd.teamInfo of two to fifty people."""
    users = [user for user in text_of(call.arguments, "users").split(",") if user]
    if len(users) < 2:
        raise SlackError("no_users_provided")
    if len(users) > MOST_USERS:
        raise SlackError("too_many_users")
    now = call.workspace.clock.now()
    return {"users": {user: call.workspace.people.dnd_status(user, now) for user in users}}


def team_profile(call: Call) -> Json:
    """team.profile.get: the custom fields of this team."""
    visibility = text_of(call.arguments, "visibility") or "all"
    if visibility not in ("all", "visible", "hidden"):
        raise SlackError("invalid_arguments")
    fields = [field for field in call.workspace.people.fields if visibility in ("all", _visibility(field))]
    return {"profile": {"fields": fields, "sections": []}}


def _visibility(field: Json) -> str:
    return "hidden" if field["is_hidden"] else "visible"


def _shown(call: Call, user: Json) -> Json:
    return without_fields(user, email="users:read.email" in call.workspace.manifest.scopes)
