"""What people do in modals: fill in, submit, close; and what the app's answer does to the stack.

Source: https://docs.slack.dev/surfaces/modals#handling_submissions
"""

from sandbox.blocks import elements
from sandbox.errors import SlackError
from sandbox.interactions import Interactions, keep_typed
from sandbox.payloads import closed_payload, submission_payload, view_place
from sandbox.shapes import Json
from sandbox.socket_mode import Answer, SocketMode
from sandbox.validation import check_view, refused_answers
from sandbox.views import new_view, renewed_view, replace
from sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


class ModalActs:
    """Acts of people in their topmost modal."""

    def __init__(self, workspace: Workspace, sockets: SocketMode, interactions: Interactions) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._interactions = interactions
        self.url = ""

    def top(self, user: str) -> Json:
        """The person's topmost modal. Raises SlackError("no_open_view")."""
        self._interactions.person(user)
        view = self._workspace.top_view(user)
        if view is None:
            raise SlackError("no_open_view")
        return view

    async def view_action(self, user: str, action: Json, *, values: Json | None = None, forge: bool = False) -> Json:
        """Use an element of the modal."""
        return await self._interactions.press_in_view(self.top(user), user, action, values=values, forge=forge)

    async def options(self, user: str, asked: Json) -> Json:
        """Ask an external select of the modal, else of the Home, for suggestions."""
        for view in (self._workspace.top_view(user), self._workspace.home(user)):
            if view is not None and any(
                element["action_id"] == asked.get("action_id") for _, element in elements(view["blocks"])
            ):
                return await self._interactions.options(user, view_place(view), view["blocks"], view["id"], asked)
        raise SlackError("no_such_action")

    async def submit(self, user: str, values: Json | None = None, *, forge: bool = False) -> Json:
        """Submit the modal; `values` as in view.state.values, over what it already holds.

        What Slack's own client refuses never reaches the app: {ok: False, errors: {block_id: sentence}}.
        """
        view = self.top(user)
        view.pop("errors", None)
        if forge:
            view["state"]["values"] = {**view["state"]["values"], **(values or {})}
        else:
            self._check_place(view, values or {})
            keep_typed(view, values or {})
            refused = self._refused(view, user)
            if refused:
                return self._errors(view, user, refused)
        payload = submission_payload(self._workspace, user, view, self._response_urls(view, user))
        answer = await self._sockets.deliver(
            "interactive", payload, name=f"view_submission {view['callback_id']}", accepts=True
        )
        if not answer.acked:
            return self._trouble(user, answer)
        return self._apply(view, user, answer.payload)

    async def close(self, user: str, *, clear: bool = False) -> Json:
        """Close the topmost modal, or the whole stack; the app hears of it when it asked to."""
        view = self.top(user)
        everything = clear or view["clear_on_close"]
        surfaces = self._workspace.surfaces
        closed = surfaces.close_all(user) if everything else [surfaces.close_top(user) or view]
        self._changed(user)
        for gone in closed:
            if gone["notify_on_close"]:
                payload = closed_payload(self._workspace, user, gone, cleared=everything)
                await self._sockets.deliver("interactive", payload, name=f"view_closed {gone['callback_id']}")
        return {"ok": True}

    # What the app answered

    def _apply(self, view: Json, user: str, payload: Json) -> Json:
        action = payload.get("response_action")
        try:
            if action == "errors":
                return self._app_errors(view, user, payload)
            if action in ("update", "push"):
                self._show(view, user, payload, action)
            elif action == "clear":
                self._workspace.surfaces.close_all(user)
            elif action is None and self._workspace.top_view(user) is view:
                self._workspace.surfaces.close_top(user)
            elif action is not None:
                raise SlackError("invalid_response_action")
        except SlackError as refusal:
            return {**self._trouble(user, Answer({}, refusal.error)), "messages": refusal.messages}
        self._changed(user)
        return {"ok": True}

    def _show(self, view: Json, user: str, payload: Json, action: str) -> None:
        given = payload.get("view")
        if not isinstance(given, dict):
            raise SlackError("invalid_arguments", ["[ERROR] missing required field: view"])
        check_view(given, "modal")
        if action == "push":
            self._workspace.surfaces.push(user, new_view(self._workspace, given))
        else:
            replace(view, renewed_view(self._workspace, view, given))

    def _app_errors(self, view: Json, user: str, payload: Json) -> Json:
        errors = payload.get("errors")
        inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or set(errors) - inputs:
            raise SlackError("invalid_errors", ["[ERROR] errors must name input blocks of the view"])
        return self._errors(view, user, errors)

    def _errors(self, view: Json, user: str, errors: Json) -> Json:
        view["errors"] = dict(errors)
        self._changed(user)
        return {"ok": False, "errors": view["errors"]}

    def _trouble(self, user: str, answer: Answer) -> Json:
        self._workspace.notice(user, TROUBLE)
        return {"ok": False, "error": answer.error, "shown": TROUBLE}

    def _changed(self, user: str) -> None:
        self._workspace.traffic.broadcast("view", user=user)

    # What Slack's client checks

    def _check_place(self, view: Json, values: Json) -> None:
        held = view["state"]["values"]
        for block_id, entries in values.items():
            unknown = [action_id for action_id in entries if action_id not in held.get(block_id, {})]
            if block_id not in held or unknown:
                raise SlackError(
                    "no_such_input", [f"[ERROR] the view has no input {block_id} {' '.join(unknown)}".rstrip()]
                )

    def _refused(self, view: Json, user: str) -> dict[str, str]:
        return {**refused_answers(view, view["state"]["values"]), **self._not_suggested(view, user)}

    def _not_suggested(self, view: Json, user: str) -> dict[str, str]:
        """External selects may only hold what they offered, or held from the start."""
        offered = self._interactions.offered(user, view["id"])
        wrong = {}
        for block, element in elements(view["blocks"]):
            if element["type"].endswith("external_select"):
                held = view["state"]["values"][block["block_id"]][element["action_id"]]
                chosen = [held.get("selected_option"), *(held.get("selected_options") or ())]
                first = [element.get("initial_option"), *(element.get("initial_options") or ())]
                known = offered.get(element["action_id"], set()) | {option["value"] for option in first if option}
                if any(option and option.get("value") not in known for option in chosen):
                    wrong[block["block_id"]] = "Choose one of the options shown."
        return wrong

    def _response_urls(self, view: Json, user: str) -> list[Json]:
        urls = []
        for block, element in elements(view["blocks"]):
            held = view["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
            chosen = held.get("selected_conversation") or held.get("selected_channel")
            if element.get("response_url_enabled") and chosen:
                secret = self._workspace.permits.response(chosen, user)
                place = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
                urls.append({**place, "response_url": f"{self.url}/response/{secret}"})
        return urls
