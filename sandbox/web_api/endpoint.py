"""The Web API over HTTP: tokens, scopes, faults, then the method."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from sandbox.clock import elapsed
from sandbox.cutting import cut
from sandbox.errors import SlackError
from sandbox.events import EventFeed
from sandbox.faults import Faults, Rule
from sandbox.shapes import Json
from sandbox.sharing import Sharing
from sandbox.web_api import chat, conversations, files, identity, people, views
from sandbox.web_api.arguments import read_arguments, sent_bytes
from sandbox.web_api.call import Call
from sandbox.web_api.response_url import respond
from sandbox.web_api.table import METHODS, MissingScope, need_scope
from sandbox.workspace import Workspace

FUNCTIONS: dict[str, Callable[[Call], Json]] = {
    "apps.connections.open": identity.open_connection,
    "auth.test": identity.test,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.list": conversations.list_conversations,
    "conversations.members": conversations.members,
    "conversations.open": conversations.open_conversation,
    "dnd.info": people.do_not_disturb,
    "dnd.teamInfo": people.do_not_disturb_of_many,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "team.profile.get": people.team_profile,
    "users.info": people.info,
    "users.list": people.list_users,
    "users.profile.get": people.profile,
    "views.open": views.open_view,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}


@dataclass(frozen=True)
class Tokens:
    """The two tokens the app was given."""

    bot: str
    app: str


class WebApi:
    """Answers /api/<method>, /response/<secret> and /upload/v1/<secret>."""

    def __init__(self, workspace: Workspace, events: EventFeed, faults: Faults, tokens: Tokens) -> None:
        self._workspace = workspace
        self._events = events
        self._faults = faults
        self._tokens = tokens
        self.sharing = Sharing()
        self._under_way = 0
        self._last = elapsed()
        self.url = ""

    def quiet_for(self) -> float:
        """Real seconds since the app last called; 0 while a call is under way."""
        return 0.0 if self._under_way else elapsed() - self._last

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One call of a method."""
        name = request.match_info["method"]
        try:
            arguments = await read_arguments(request)
        except SlackError as refusal:
            return web.json_response(refused(refusal))
        given = arguments.pop("token", None)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or given
        return await self._logged(name, arguments, request, lambda: self._outcome(name, token, arguments))

    async def serve_response_url(self, request: web.Request) -> web.StreamResponse:
        """One use of a response_url."""
        try:
            body = await read_arguments(request)
        except SlackError as refusal:
            return web.json_response(refused(refusal), status=400)
        secret = request.match_info["secret"]

        def act() -> Json:
            respond(self._workspace, self._events, secret, body)
            return {"ok": True}

        return await self._logged("response_url", body, request, act)

    async def serve_upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes of one file, as they are or as a form; no token is asked for, the address is the secret."""
        content = await sent_bytes(request)
        secret = request.match_info["secret"]

        def act() -> Json:
            return {"ok": True, "file": self._workspace.files.receive(secret, content).id}

        return await self._logged("upload", {"bytes": len(content)}, request, act)

    async def _logged(
        self, name: str, arguments: Json, request: web.Request, act: Callable[[], Json]
    ) -> web.StreamResponse:
        entry = self._workspace.traffic.begin("from_bot", "web_api", name, arguments)
        self._under_way += 1
        try:
            response, content = await self._answer(name, arguments, request, act)
        finally:
            self._under_way -= 1
            self._last = elapsed()
        self._workspace.traffic.end(entry, content)
        return response

    async def _answer(
        self, name: str, arguments: Json, request: web.Request, act: Callable[[], Json]
    ) -> tuple[web.StreamResponse, Json]:
        if self._faults.is_out():
            return web.Response(status=503), {"ok": False, "error": "HTTP 503"}
        wait = self._faults.limited(name, arguments.get("channel"))
        if wait:
            return _limited(wait), {"ok": False, "error": "ratelimited"}
        rule = self._faults.strike(name, arguments.get("channel"))
        if rule is not None:
            await asyncio.sleep(rule.latency)
            if rule.drop == "before":
                return _dropped(request), {"ok": False, "error": "connection dropped"}
            if rule.status is not None or rule.error is not None:
                return _faulty(rule)
        content, status = _attempt(act)
        await asyncio.sleep(rule.hang if rule else 0)
        if rule is not None and rule.drop == "after":
            return _dropped(request), {**content, "dropped": True}
        scopes = {"x-oauth-scopes": ",".join(sorted(self._workspace.manifest.scopes))}
        return web.json_response(content, headers=scopes, status=status if name in _NO_METHODS else 200), content

    def _outcome(self, name: str, token: str | None, arguments: Json) -> Json:
        if name not in METHODS:
            raise SlackError("unknown_method", [f"[ERROR] no such method: {name}"])
        self._check_token(name, token)
        need_scope(METHODS[name], self._workspace.manifest.scopes)
        call = Call(name, arguments, self._workspace, self._events, self.sharing, self.url)
        return {"ok": True, **FUNCTIONS[name](call)}

    def _check_token(self, name: str, token: str | None) -> None:
        if not token:
            raise SlackError("not_authed")
        if token not in (self._tokens.bot, self._tokens.app):
            raise SlackError("invalid_auth")
        wanted = self._tokens.app if METHODS[name].token == "app" else self._tokens.bot
        if token != wanted:
            raise SlackError("not_allowed_token_type")


def refused(refusal: SlackError) -> Json:
    """A refusal as Slack's JSON."""
    content: Json = {"ok": False, "error": refusal.error}
    if isinstance(refusal, MissingScope):
        content.update(refusal.facts)
    if refusal.messages:
        content["response_metadata"] = {"messages": refusal.messages}
    return content


# Addresses beside the methods, which always answer 200, tell by their status too whether it went well.
_NO_METHODS = {"response_url", "upload"}
# A spent or unknown address is answered with 404, anything else Slack refuses there with 400.
_GONE = {"no_such_url", "expired_url", "used_url", "no_such_upload"}


def _attempt(act: Callable[[], Json]) -> tuple[Json, int]:
    try:
        return act(), 200
    except SlackError as refusal:
        return refused(refusal), 404 if refusal.error in _GONE else 400


def _limited(wait: int) -> web.StreamResponse:
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(wait)})


def _faulty(rule: Rule) -> tuple[web.StreamResponse, Json]:
    if rule.status == 429:
        return _limited(rule.retry_after), {"ok": False, "error": "ratelimited"}
    if rule.status is not None:
        return web.Response(status=rule.status, text=rule.body), {"ok": False, "error": f"HTTP {rule.status}"}
    content = {"ok": False, "error": rule.error}
    return web.json_response(content), content


def _dropped(request: web.Request) -> web.StreamResponse:
    cut(request)
    return web.Response()
