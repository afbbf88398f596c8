"""The sandbox as one object: a workspace behind HTTP and WebSocket on loopback, in a thread of its own."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from sandbox.admin import Admin
from sandbox.clock import OffsetClock, WorkspaceClock
from sandbox.clockwork import Clockwork
from sandbox.control import Control, only_from_here
from sandbox.crowd import Crowd
from sandbox.errors import SlackError
from sandbox.events import EventFeed
from sandbox.faults import Faults
from sandbox.interactions import Interactions
from sandbox.keeper import Keeper
from sandbox.manifest import read_manifest
from sandbox.modal_acts import ModalActs
from sandbox.seed import read_seed
from sandbox.shapes import Json
from sandbox.socket_mode import SocketMode
from sandbox.ui.pages import add_routes
from sandbox.web_api.endpoint import Tokens, WebApi
from sandbox.workspace import APP_ID, Workspace

HOST = "127.0.0.1"
# Slack takes far larger uploads; a message or view never comes near this.
LARGEST_BODY = 4 * 1024 * 1024


class Sandbox:
    """A Slack workspace on this machine with the app of `manifest` installed.

    `start` raises OSError when the port is taken; port 0 takes any free one. With `state_file` the workspace is taken
    up from there and kept there. `autopilot_seed` None means people nobody plays do nothing.
    """

    def __init__(
        self,
        seed: Path,
        manifest: Path,
        *,
        clock: WorkspaceClock | None = None,
        port: int = 0,
        state_file: Path | None = None,
        autopilot_seed: int | None = None,
    ) -> None:
        self._seed = read_seed(seed)
        self.clock: WorkspaceClock = clock or OffsetClock()
        self.clock.start_at(self._seed.start)
        self.workspace = Workspace(self._seed, read_manifest(manifest), self.clock)
        self.tokens = Tokens(f"xoxb-{self._seed.team['id']}-sandbox", f"xapp-1-{APP_ID}-sandbox")
        self.faults = Faults(self.clock.now)
        self.sockets = SocketMode(self.workspace)
        self.events = EventFeed(self.workspace, self.sockets, self.faults.deliveries)
        self.web_api = WebApi(self.workspace, self.events, self.faults, self.tokens)
        self.interactions = Interactions(self.workspace, self.sockets, self.events)
        self.modals = ModalActs(self.workspace, self.sockets, self.interactions)
        self.admin = Admin(self.workspace, self.sockets, self.events, self.faults)
        self.crowd = Crowd(self.workspace, self.interactions, self.modals, self.web_api.quiet_for, autopilot_seed or 0)
        self.clockwork = Clockwork(self.workspace, self.clock, self.events, self.web_api.sharing, self.crowd)
        self.clockwork.alive = autopilot_seed is not None
        self._keeper = Keeper(self.workspace, state_file) if state_file else None
        self._reset_hook: Callable[[], None] | None = None
        self._port = port
        self._thread: threading.Thread | None = None

    def be_patient(self, seconds: float) -> None:
        """Wait so long for acknowledgements and for modals, not three seconds as Slack does: on a busy machine a test
        may be about something else."""
        self.sockets.ack_seconds = self.workspace.permits.trigger_seconds = seconds

    @property
    def bot_token(self) -> str:
        return self.tokens.bot

    @property
    def app_token(self) -> str:
        return self.tokens.app

    @property
    def url(self) -> str:
        return self.web_api.url

    @property
    def slack_api_url(self) -> str:
        return f"{self.url}/api/"

    def register_hooks(self, advance: Callable[[datetime], datetime], reset: Callable[[], None]) -> None:
        """The app's part in a skip and in a reset; both run in a thread beside the server."""
        self.clockwork.advance = advance
        self._reset_hook = reset

    async def reset(self) -> Json:
        """Back to the seed and its first moment, then the app's reset hook."""
        if self.clockwork.running:
            raise SlackError("clock_running")
        self.clock.start_at(self._seed.start)
        self.workspace.reset()
        self.workspace.traffic.clear()
        for part in (self.faults, self.web_api.sharing, self.events, self.interactions, self.crowd):
            part.clear()
        self.workspace.traffic.broadcast("reset")
        if self._reset_hook is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._reset_hook)
        return {"ok": True, "now": self.clock.now().isoformat()}

    # Running

    def start(self) -> None:
        """Serve from a thread of its own; returns once it answers."""
        saved = self._keeper.load() if self._keeper else None
        if saved is not None:
            self.clock.start_at(datetime.fromisoformat(saved["now"]))
            self.workspace.restore(saved)
        listener = _listener(self._port)
        self._settle_address(listener.getsockname()[1])
        self._loop = asyncio.new_event_loop()
        self._end = asyncio.Event()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(listener, ready), name="sandbox", daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """End all connections and the thread; keeps the state when asked to."""
        if self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()
        self._thread = None
        if self._keeper:
            self._keeper.save()

    def _settle_address(self, port: int) -> None:
        url = f"http://{HOST}:{port}"
        self.web_api.url = self.interactions.url = self.modals.url = url

    def _serve(self, listener: socket.socket, ready: threading.Event) -> None:
        try:
            self._loop.run_until_complete(self._run(listener, ready))
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.run_until_complete(self._end_the_rest())
        finally:
            self._loop.close()

    async def _end_the_rest(self) -> None:
        """Answers that a fault lets hang have nobody to go to any more."""
        hanging = asyncio.all_tasks(self._loop) - {asyncio.current_task(self._loop)}
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)

    async def _run(self, listener: socket.socket, ready: threading.Event) -> None:
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.5, handle_signals=False)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        keeping = asyncio.create_task(self._keeper.run()) if self._keeper else None
        ready.set()
        await self._end.wait()
        if keeping is not None:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
        await self.sockets.close()
        await self.web_api.sharing.settle()
        await self.events.settle()
        await runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(
            middlewares=[only_from_here], client_max_size=LARGEST_BODY, logger=logging.getLogger("sandbox")
        )
        for method in ("GET", "POST"):
            app.router.add_route(method, "/api/{method}", self.web_api.serve)
        app.router.add_post("/response/{secret}", self.web_api.serve_response_url)
        app.router.add_post("/upload/v1/{secret}", self.web_api.serve_upload)
        app.router.add_get("/link", self.sockets.serve)
        Control(self).add_routes(app)
        add_routes(app, self)
        return app


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener
