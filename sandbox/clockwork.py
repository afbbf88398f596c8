"""Skips ahead: the app leaps from due moment to due moment, and people act in between."""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.clock import WorkspaceClock
from sandbox.crowd import Crowd
from sandbox.errors import SlackError
from sandbox.events import EventFeed
from sandbox.shapes import Json
from sandbox.sharing import Sharing
from sandbox.workspace import Workspace

Advance = Callable[[datetime], datetime]
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")


class Clockwork:
    """Runs one skip at a time. `advance` is the app's hook; without it the clock simply jumps."""

    def __init__(
        self, workspace: Workspace, clock: WorkspaceClock, events: EventFeed, sharing: Sharing, crowd: Crowd
    ) -> None:
        self._workspace = workspace
        self._clock = clock
        self._events = events
        self._sharing = sharing
        self._crowd = crowd
        self.advance: Advance | None = None
        self.running = False
        # Whether people nobody plays act at all.
        self.alive = True

    async def skip(self, to: datetime, *, autopilot: bool = True) -> Json:
        """Go on until `to`; returns once all that was due has been done and delivered.

        Raises SlackError: clock_running while another skip is on its way, time_is_past for a moment gone by.
        """
        if self.running:
            raise SlackError("clock_running")
        if to < self._clock.now() - timedelta(seconds=1):
            raise SlackError("time_is_past")
        self.running = True
        try:
            steps = await self._run(to, autopilot=autopilot)
        finally:
            self.running = False
            self._tell(to)
        return {"ok": True, "now": self._clock.now().isoformat(), "steps": steps}

    async def _run(self, to: datetime, *, autopilot: bool) -> int:
        steps = 0
        while self._clock.now() < to:
            await self._step(to)
            await self._sharing.settle()
            steps += 1
            if autopilot and self.alive:
                await self._crowd.act()
            self._tell(to)
        await self._events.settle()
        await self._crowd.settle()
        return steps

    async def _step(self, to: datetime) -> None:
        if self.advance is None:
            self._clock.travel(to)
        else:
            await asyncio.get_running_loop().run_in_executor(None, self.advance, to)

    def _tell(self, to: datetime) -> None:
        now = self._clock.now().isoformat()
        self._workspace.traffic.broadcast("clock", now=now, to=to.isoformat(), running=self.running)


def duration(text: str) -> timedelta:
    """An ISO 8601 duration such as P7D, P12W or PT30M. Raises SlackError("invalid_arguments")."""
    match = _DURATION.match(text)
    if match is None or not any(match.groups()):
        raise SlackError("invalid_arguments", [f"[ERROR] not a duration like P7D or PT30M: {text}"])
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
