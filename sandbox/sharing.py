"""What appears a moment after it was asked for: a file stands in its conversation once Slack has looked at it."""

import asyncio
from collections.abc import Callable

# Real seconds; Slack names no number, so an app must not count on any.
MOMENT = 0.15


class Sharing:
    """Acts that take place a moment later, in order."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def soon(self, act: Callable[[], object]) -> None:
        """Do `act` in a moment, on the running loop."""
        task = asyncio.get_running_loop().create_task(self._later(act))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def under_way(self) -> bool:
        """Whether anything is yet to take place; may be asked from any thread."""
        return bool(self._tasks)

    async def settle(self) -> None:
        """Wait until all of it has taken place."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def clear(self) -> None:
        """A workspace that begins anew shows nothing of the old one."""
        for task in list(self._tasks):
            task.cancel()

    async def _later(self, act: Callable[[], object]) -> None:
        await asyncio.sleep(MOMENT)
        act()
