"""Socket Mode: WebSocket connections, envelopes and their acks.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import socket
import uuid
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from sandbox.cutting import cut
from sandbox.shapes import Json
from sandbox.workspace import APP_ID, Workspace

ACK_SECONDS = 3.0
MOST_CONNECTIONS = 10
# How long to wait for the other side's part of a closing handshake.
CLOSING_SECONDS = 1.0


@dataclass(frozen=True)
class Answer:
    """What became of an envelope: `error` is None when the app acked, else Slack's word for it."""

    payload: Json
    error: str | None = None

    @property
    def acked(self) -> bool:
        return self.error is None


@dataclass(frozen=True, eq=False)
class Link:
    """One connection of the app."""

    socket: web.WebSocketResponse
    request: web.Request


def _confirm_at_once(link: Link) -> None:
    """Tell TCP to confirm what came now.

    Linux waits 40 ms for more, while Nagle's algorithm in the SDK's client holds back the next ack until then.
    """
    transport = link.request.transport
    wire = None if transport is None else transport.get_extra_info("socket")
    if wire is not None and hasattr(socket, "TCP_QUICKACK"):
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


class SocketMode:
    """The app's connections; each envelope goes to exactly one of them, in turn."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._links: list[Link] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turn = 0
        self.ack_seconds = ACK_SECONDS

    @property
    def connections(self) -> int:
        return len(self._links)

    @property
    def busy(self) -> bool:
        """Whether an envelope is still waiting for its ack."""
        return bool(self._waiting)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from its ticket to its end."""
        if not self._workspace.permits.redeem(request.query.get("ticket", "")):
            raise web.HTTPForbidden(text="invalid ticket")
        opened = web.WebSocketResponse(timeout=CLOSING_SECONDS)
        await opened.prepare(request)
        link = Link(opened, request)
        if len(self._links) >= MOST_CONNECTIONS:
            await self._dismiss(link, "too_many_websockets", close=True)
            return opened
        self._links.append(link)
        await opened.send_json(self._hello())
        try:
            await self._listen(link)
        finally:
            self._forget(link)
        return opened

    async def deliver(
        self, kind: str, payload: Json, *, name: str, accepts: bool = False, retry: Json | None = None
    ) -> Answer:
        """Send an envelope and wait for its ack, at most 3 real seconds.

        Errors as Slack names them: "dispatch_failed" with nobody connected, "operation_timeout" without an ack.
        """
        envelope = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "accepts_response_payload": accepts,
            "payload": payload,
        }
        entry = self._workspace.traffic.begin("to_bot", kind, name, payload)
        answer = await self._exchange({**envelope, **(retry or {})})
        self._workspace.traffic.end(entry, answer.payload if answer.acked else {"error": answer.error})
        return answer

    async def _exchange(self, envelope: Json) -> Answer:
        link = self._next()
        if link is None:
            return Answer({}, "dispatch_failed")
        waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        try:
            await link.socket.send_json(envelope)
            return Answer(await asyncio.wait_for(waiting, self.ack_seconds))
        except TimeoutError:
            return Answer({}, "operation_timeout")
        except ConnectionError:
            return Answer({}, "dispatch_failed")
        finally:
            del self._waiting[envelope["envelope_id"]]

    def _next(self) -> Link | None:
        if not self._links:
            return None
        self._turn += 1
        return self._links[self._turn % len(self._links)]

    async def _listen(self, link: Link) -> None:
        _confirm_at_once(link)
        async for message in link.socket:
            _confirm_at_once(link)
            if message.type is WSMsgType.TEXT:
                self._take_ack(message.data)

    def _take_ack(self, text: str) -> None:
        try:
            ack = json.loads(text)
        except ValueError:
            return
        waiting = self._waiting.get(ack.get("envelope_id", "")) if isinstance(ack, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(ack.get("payload") or {})

    # What Slack does to connections

    async def refresh(self, *, close: bool) -> None:
        """Ask every connection to be replaced, as Slack does every few hours; `close` ends the old sockets too.

        An old socket that stays open still acks but gets no more envelopes.
        """
        for link in list(self._links):
            self._forget(link)
            await self._dismiss(link, "refresh_requested", close=close)

    async def warn(self) -> None:
        """Say that a refresh is about ten seconds away."""
        for link in list(self._links):
            await self._dismiss(link, "warning", close=False)

    async def disable(self) -> None:
        """What happens when Socket Mode is switched off in the app's settings."""
        for link in list(self._links):
            await self._dismiss(link, "link_disabled", close=True)

    async def drop(self) -> None:
        """Reset every connection without a word."""
        for link in list(self._links):
            self._forget(link)
            cut(link.request)

    async def close(self) -> None:
        for link in list(self._links):
            await link.socket.close()

    async def _dismiss(self, link: Link, reason: str, *, close: bool) -> None:
        await link.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
        if close:
            await link.socket.close()

    def _forget(self, link: Link) -> None:
        if link in self._links:
            self._links.remove(link)

    def _hello(self) -> Json:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
        connection = {"app_id": APP_ID}
        return {
            "type": "hello",
            "num_connections": len(self._links),
            "debug_info": debug,
            "connection_info": connection,
        }
