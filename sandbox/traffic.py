"""What passed between the workspace and the app, and who wants to hear of changes."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from sandbox.clock import elapsed
from sandbox.shapes import Json

# Older lines fall off so that a sandbox left running for days stays small.
KEPT = 20_000


class Traffic:
    """An ordered log, and queues of changes for whoever draws the workspace.

    Everything here runs on the server's event loop; `log` may be read from any thread.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._entries: list[Json] = []
        self._count = 0
        self._queues: list[asyncio.Queue[Json]] = []

    def begin(self, direction: str, kind: str, name: str, payload: Json) -> Json:
        """A new line of the log, to be finished with `end`. `direction` is "to_bot" or "from_bot"."""
        self._count += 1
        entry: Json = {
            "n": self._count,
            "at": self._now().isoformat(),
            "direction": direction,
            "kind": kind,
            "name": name,
            "summary": _summary(payload),
            "payload": payload,
            "response": None,
            "ms": None,
            "began": elapsed(),
        }
        self._entries.append(entry)
        if len(self._entries) > KEPT:
            del self._entries[: KEPT // 10]
        return entry

    def end(self, entry: Json, response: object) -> None:
        """Write down what came back and how many real milliseconds it took."""
        entry["response"] = response
        entry["ms"] = round((elapsed() - entry["began"]) * 1000, 1)
        self.broadcast("log", n=entry["n"])

    def log(self, since: int = 0) -> list[Json]:
        """The lines numbered above `since`, oldest first."""
        entries = list(self._entries)
        first = entries[0]["n"] if entries else 0
        newer = entries[max(0, since + 1 - first) :]
        return [{key: value for key, value in entry.items() if key != "began"} for entry in newer]

    def has_begun(self, user_id: str) -> bool:
        """Whether someone has used the app: typed a command of its, or pressed or filled in something of its."""
        acts = (entry["payload"] for entry in list(self._entries) if entry["kind"] in ("slash_commands", "interactive"))
        return any(user_id in (act.get("user_id"), (act.get("user") or {}).get("id")) for act in acts)

    def subscribe(self) -> asyncio.Queue[Json]:
        """A queue that receives every change from now on; give it back with `unsubscribe`."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._queues.append(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Json]) -> None:
        if queue in self._queues:
            self._queues.remove(queue)

    def broadcast(self, kind: str, **change: object) -> None:
        """Tell every subscriber that something of this kind changed."""
        for queue in self._queues:
            queue.put_nowait({"kind": kind, **change})

    def clear(self) -> None:
        self._entries.clear()
        self._count = 0


def _summary(payload: Json) -> str:
    """The few words by which a person recognises a line."""
    told = [payload.get(key) for key in ("channel", "command", "user", "text", "action_id")]
    return " ".join(str(word) for word in told if isinstance(word, str))[:120]
