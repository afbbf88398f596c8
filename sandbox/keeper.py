"""Keeps the workspace in a file, so that a sandbox can be taken up again."""

import asyncio
import json
import os
from pathlib import Path

from sandbox.shapes import Json
from sandbox.workspace import Workspace

# Changes come in bursts; a file is written at most this often.
SAVE_SECONDS = 2.0
_KEPT = {"message", "home", "channel", "clock", "reset", "person"}


class Keeper:
    """Writes the workspace to `path` some time after it changed, and at the end."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self._workspace = workspace
        self._path = path

    def load(self) -> Json | None:
        """What was kept, or None when there is nothing yet. Raises ValueError for a file that is not ours."""
        if not self._path.exists():
            return None
        saved: Json = json.loads(self._path.read_text("utf-8"))
        if not isinstance(saved, dict) or "last_stamp" not in saved:
            raise ValueError(f"{self._path} does not hold a workspace.")
        return saved

    def save(self) -> None:
        """Write it whole or not at all."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(self._workspace.snapshot(), ensure_ascii=False), "utf-8")
        os.replace(fresh, self._path)

    async def run(self) -> None:
        """Save after changes until cancelled."""
        queue = self._workspace.subscribe()
        try:
            while True:
                change = await queue.get()
                if change["kind"] in _KEPT:
                    await asyncio.sleep(SAVE_SECONDS)
                    while not queue.empty():
                        queue.get_nowait()
                    self.save()
        finally:
            self._workspace.unsubscribe(queue)
