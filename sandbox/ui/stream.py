"""Tells open pages that something changed, as server-sent events, a few times a second at most."""

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from aiohttp import web

from sandbox.workspace import Workspace

# Long enough to gather what one act causes, short enough to feel at once.
GATHER_SECONDS = 0.08
# A comment now and then shows the server that the reader is gone.
ALIVE_SECONDS = 15.0

Change = dict[str, Any]
_END = "end"


class Stream:
    """The open event streams of all pages, and what the last clock change said."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._open: set[asyncio.Queue[Change]] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """`GET /ui/events`: batches of changes until the reader leaves or the server ends."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        if request.transport is None or request.transport.is_closing():
            return web.Response()
        await response.prepare(request)
        queue = self._workspace.subscribe()
        self._open.add(queue)
        try:
            with suppress(ConnectionError):
                await response.write(b"retry: 500\n\n")
                await self._send(queue, response)
        finally:
            self._open.discard(queue)
            self._workspace.unsubscribe(queue)
        return response

    async def _send(self, queue: asyncio.Queue[Change], response: web.StreamResponse) -> None:
        while True:
            batch = await gathered(queue)
            if any(change["kind"] == _END for change in batch):
                return
            line = f"data: {json.dumps(batch)}\n\n" if batch else ": alive\n\n"
            await response.write(line.encode())

    async def end(self, _app: web.Application) -> None:
        """Let every open stream finish, so that the server can stop."""
        for queue in self._open:
            queue.put_nowait({"kind": _END})


async def gathered(queue: asyncio.Queue[Change]) -> list[Change]:
    """The next changes, those that say the same once; empty when nothing happened for a while."""
    try:
        first = await asyncio.wait_for(queue.get(), ALIVE_SECONDS)
    except TimeoutError:
        return []
    await asyncio.sleep(GATHER_SECONDS)
    return once([first, *(queue.get_nowait() for _ in range(queue.qsize()))])


def once(changes: Iterable[Change]) -> list[Change]:
    """Each change in brief, the last of its kind about the same thing; every notice stays."""
    kept: dict[tuple[object, ...], Change] = {}
    for index, change in enumerate(changes):
        brief = {key: value for key, value in change.items() if isinstance(value, str | int | float | bool)}
        apart = index if change["kind"] == "notice" else None
        kept[(change["kind"], change.get("channel"), change.get("user"), apart)] = brief
    return list(kept.values())
