"""views.*: open, push, update, publish."""

from sandbox.errors import SlackError
from sandbox.payloads import shown_view
from sandbox.shapes import Json
from sandbox.validation import check_view
from sandbox.views import new_view, renewed_view, replace
from sandbox.web_api.arguments import needed, text_of
from sandbox.web_api.call import Call


def open_view(call: Call) -> Json:
    """views.open with a trigger_id."""
    given = _given(call, "modal", None)
    user_id = _exchanged(call)
    view = new_view(call.workspace, given)
    call.workspace.surfaces.open(user_id, view)
    return _shown(call, user_id, view)


def push(call: Call) -> Json:
    """views.push over the person's topmost modal, with a trigger_id."""
    given = _given(call, "modal", None)
    user_id = _exchanged(call)
    view = new_view(call.workspace, given)
    call.workspace.surfaces.push(user_id, view)
    return _shown(call, user_id, view)


def update(call: Call) -> Json:
    """views.update by view_id or external_id; a `hash` that is not the view's refuses it."""
    surfaces = call.workspace.surfaces
    view_id = text_of(call.arguments, "view_id") or surfaces.external(text_of(call.arguments, "external_id"))
    if not view_id:
        raise SlackError("not_found")
    old = surfaces.get(view_id)
    given = _given(call, old["type"], old)
    _check_hash(call, old)
    replace(old, renewed_view(call.workspace, old, given))
    return _shown(call, surfaces.owner(view_id), old)


def publish(call: Call) -> Json:
    """views.publish: a person's App Home."""
    user_id = needed(call.arguments, "user_id")
    old = call.workspace.surfaces.home(user_id)
    given = _given(call, "home", old)
    if not call.workspace.manifest.home_tab:
        raise SlackError("not_enabled")
    call.workspace.people.get(user_id)
    if old is not None:
        _check_hash(call, old)
    view = new_view(call.workspace, given) if old is None else renewed_view(call.workspace, old, given)
    call.workspace.surfaces.publish(user_id, view)
    return _shown(call, user_id, view)


def _given(call: Call, kind: str, old: Json | None) -> Json:
    view = call.arguments.get("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
    check_view(view, "home" if kind == "home" else "modal")
    external_id = view.get("external_id")
    holder = call.workspace.surfaces.external(external_id) if external_id else None
    if holder is not None and (old is None or holder != old["id"]):
        raise SlackError("duplicate_external_id")
    return view


def _exchanged(call: Call) -> str:
    return call.workspace.permits.exchange(text_of(call.arguments, "trigger_id"))


def _check_hash(call: Call, view: Json) -> None:
    given = text_of(call.arguments, "hash")
    if given and given != view["hash"]:
        raise SlackError("hash_conflict")


def _shown(call: Call, user_id: str, view: Json) -> Json:
    kind = "home" if view["type"] == "home" else "view"
    call.workspace.traffic.broadcast(kind, user=user_id, view_id=view["id"])
    return {"view": shown_view(view)}
