"""The control API under /_control: what scripts, tests and the page use to be people, to travel and to break things."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.clock import instant
from sandbox.clockwork import duration
from sandbox.errors import SlackError
from sandbox.payloads import message_place
from sandbox.shapes import Json
from sandbox.web_api.endpoint import refused

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other names for this machine and pages of other origins, whatever they ask for."""
    host = urlsplit(f"//{request.host}").hostname
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"http://{request.host}"
    if host not in _LOOPBACK or foreign:
        return web.json_response({"ok": False, "error": "foreign_origin"}, status=403)
    return await handler(request)


class _Missing(KeyError):
    """A field an act needs; any other KeyError is a mistake of ours or of the app's hooks, and stays loud."""


class _Body(Json):
    """What was posted."""

    def __missing__(self, key: str) -> Any:
        raise _Missing(key)


class Control:
    """The endpoints; each act takes the JSON body and answers JSON."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._workspace = sandbox.workspace
        acts = sandbox.interactions
        self._acts: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "message": lambda body: acts.message(
                body["channel"], body["user"], str(body.get("text", "")), body.get("thread_ts")
            ),
            "command": lambda body: acts.command(
                body["channel"], body["user"], body["command"], str(body.get("text", "")), body.get("thread_ts")
            ),
            "interact": lambda body: acts.press(
                body["channel"], body["messageTs"], body["user"], body["action"], **_with(body)
            ),
            "home-action": lambda body: acts.home_action(body["user"], body["action"], **_with(body)),
            "view-action": lambda body: sandbox.modals.view_action(body["user"], body["action"], **_with(body)),
            "submit-view": lambda body: sandbox.modals.submit(
                body["user"], body.get("values"), forge=bool(body.get("forged"))
            ),
            "close-view": lambda body: sandbox.modals.close(body["user"], clear=bool(body.get("clear"))),
            "open-home": lambda body: acts.open_home(body["user"], body.get("tab", "home")),
            "options": self._options,
            "invite": lambda body: acts.invite(body["channel"], body["user"], body.get("by")),
            "remove": lambda body: sandbox.admin.remove(body["channel"], body["user"], body.get("by")),
            "archive": lambda body: sandbox.admin.archive(body["channel"], body.get("by", "")),
            "channels": lambda body: sandbox.admin.create_channel(body),
            "users": lambda body: sandbox.admin.change_user(body),
            "faults": lambda body: sandbox.admin.break_things(body),
            "play": self._play,
            "clock": self._clock,
            "reset": lambda body: sandbox.reset(),
        }

    def add_routes(self, app: web.Application) -> None:
        for name in self._acts:
            app.router.add_post(f"/_control/{name}", self._serve(name))
        app.router.add_get("/_control/state", self._state)
        app.router.add_get("/_control/log", self._log)
        app.router.add_get("/_control/messages/{channel}", self._messages)
        app.router.add_get("/_control/view/{user}", self._view)
        app.router.add_get("/_control/home/{user}", self._home)

    def _serve(self, name: str) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            try:
                body = await _body(request)
                self._mark_played(name, body)
                return web.json_response(await self._acts[name](body))
            except SlackError as refusal:
                return web.json_response(refused(refusal))
            except _Missing as missing:
                unheard = SlackError("invalid_arguments", [f"[ERROR] missing required field: {missing.args[0]}"])
                return web.json_response(refused(unheard), status=400)

        return serve

    def _mark_played(self, name: str, body: Json) -> None:
        """Whoever acts is played from now on; being invited, changed or removed is no act."""
        if name not in ("invite", "remove", "users", "play") and isinstance(body.get("user"), str):
            self._workspace.played.add(body["user"])

    async def _options(self, body: Json) -> Json:
        if "messageTs" not in body:
            return await self._sandbox.modals.options(body["user"], body)
        acts = self._sandbox.interactions
        place = acts.place(body["channel"], body["user"])
        message = acts.seen_message(place, body["messageTs"], body["user"])
        where = message_place(self._workspace, place, message)
        return await acts.options(body["user"], where, message.get("blocks", []), body["messageTs"], body)

    async def _play(self, body: Json) -> Json:
        self._workspace.played = set(body["users"])
        return {"ok": True, "users": sorted(self._workspace.played)}

    async def _clock(self, body: Json) -> Json:
        now = self._sandbox.clock.now()
        to = instant(body["to"]) if "to" in body else now + duration(body["advance"])
        return await self._sandbox.clockwork.skip(to, autopilot=bool(body.get("autopilot", True)))

    # Looking

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, **self._workspace.state(), "played": sorted(self._workspace.played)})

    async def _log(self, request: web.Request) -> web.StreamResponse:
        since = request.query.get("since", "0")
        return web.json_response({"ok": True, "log": self._workspace.log(int(since) if since.isdigit() else 0)})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        try:
            messages = self._workspace.messages(request.match_info["channel"])
        except SlackError as refusal:
            return web.json_response(refused(refusal), status=404)
        return web.json_response({"ok": True, "messages": [shown_message(message) for message in messages]})

    async def _view(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._workspace.top_view(request.match_info["user"]))

    async def _home(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._workspace.home(request.match_info["user"]))


def shown_message(message: Json) -> Json:
    """A message for scripts: an ephemeral says who sees it."""
    if not message.get("is_ephemeral"):
        return message
    return {**message, "visible_to": message["ephemeral_to"]}


def _with(body: Json) -> Json:
    return {"values": body.get("values"), "forge": bool(body.get("forged"))}


async def _body(request: web.Request) -> Json:
    text = await request.text()
    try:
        body = json.loads(text) if text.strip() else {}
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return _Body(body)
