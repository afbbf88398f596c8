"""A Slack of a few methods on loopback, for faults that need exact timing; the sandbox is the strict one."""

import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, dict[str, str], dict[str, Any] | str]


@dataclass
class Fault:
    """What happens instead of an answer; `accepted`: after the method did its work all the same."""

    status: int = 500
    body: dict[str, Any] | str = "<html>Slack is down</html>"
    headers: dict[str, str] = field(default_factory=dict)
    accepted: bool = False
    hangs_up: bool = False


def refused(error: str) -> Fault:
    return Fault(200, {"ok": False, "error": error})


def rate_limited(seconds: int) -> Fault:
    return Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(seconds)})


class LittleSlack:
    """Messages by channel, a log of calls, and faults by method, used up one a call."""

    def __init__(self) -> None:
        self.messages: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.announced: dict[str, tuple[str, str]] = {}
        self.uploaded: dict[str, bytes] = {}
        self.shared: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
        self.calls: list[str] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.before: Callable[[str], object] = lambda method: None
        self.is_down = False
        self.epoch = 1774951200
        self._guard = threading.Lock()
        self._last = 0
        self.url = ""

    def texts(self, channel: str) -> list[str]:
        return [message["text"] for message in self.messages[channel]]

    def next_fault(self, method: str) -> Fault | None:
        """What is wrong with this call."""
        faults = self.faults[method]
        return Fault(503) if self.is_down else faults.popleft() if faults else None

    def answer(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        with self._guard:
            return dict(METHODS[method](self, given))

    def post(self, given: dict[str, Any]) -> dict[str, Any]:
        self._last += 1
        message = {"ts": f"{self.epoch}.{self._last:06}", "text": given["text"], "metadata": given["metadata"]}
        self.messages[given["channel"]].append(message)
        return {"ok": True, "ts": message["ts"]}

    def update(self, given: dict[str, Any]) -> dict[str, Any]:
        for message in self.messages[given["channel"]]:
            if message["ts"] == given["ts"]:
                message["text"] = given["text"]
                return {"ok": True, "ts": given["ts"]}
        return {"ok": False, "error": "message_not_found"}

    def open(self, given: dict[str, Any]) -> dict[str, Any]:
        users = given["users"].split(",")
        return {"ok": True, "channel": {"id": ("D" if len(users) == 1 else "G") + "".join(users)}}

    def history(self, given: dict[str, Any]) -> dict[str, Any]:
        """Pages of two, newest first."""
        found = [m for m in reversed(self.messages[given["channel"]]) if float(m["ts"]) >= float(given["oldest"])]
        start = int(given.get("cursor", 0))
        more = str(start + 2) if len(found) > start + 2 else ""
        return {"ok": True, "messages": found[start : start + 2], "response_metadata": {"next_cursor": more}}

    def delete(self, given: dict[str, Any]) -> dict[str, Any]:
        found = [message for message in self.messages[given["channel"]] if message["ts"] == given["ts"]]
        for message in found:
            self.messages[given["channel"]].remove(message)
        return {"ok": True} if found else {"ok": False, "error": "message_not_found"}

    def get_upload_url(self, given: dict[str, Any]) -> dict[str, Any]:
        self._last += 1
        self.announced[f"F{self._last}"] = (given["filename"], given.get("alt_txt", ""))
        return {
            "ok": True,
            "file_id": f"F{self._last}",
            "upload_url": self.url.replace("/api/", f"/F{self._last}/upload"),
        }

    def take(self, file_id: str, content: bytes) -> None:
        self.uploaded[file_id] = content

    def complete_upload(self, given: dict[str, Any]) -> dict[str, Any]:
        for file in json.loads(given["files"]):
            self.shared[given["channel_id"]].append((self.announced[file["id"]][0], self.uploaded[file["id"]]))
        return {"ok": True, "files": []}

    def test(self, _given: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True}


METHODS = {
    "auth.test": LittleSlack.test,
    "chat.delete": LittleSlack.delete,
    "chat.postMessage": LittleSlack.post,
    "chat.update": LittleSlack.update,
    "files.completeUploadExternal": LittleSlack.complete_upload,
    "files.getUploadURLExternal": LittleSlack.get_upload_url,
    "conversations.open": LittleSlack.open,
    "conversations.history": LittleSlack.history,
}


class Handler(BaseHTTPRequestHandler):
    slack: LittleSlack

    def do_POST(self) -> None:
        method = urlsplit(self.path).path.rsplit("/", 1)[-1]
        raw = self._body()
        if raw is None:
            self.close_connection = True
            return
        given = self._arguments(method, raw)
        self.slack.calls.append(method)
        self.slack.before(method)
        fault = self.slack.next_fault(method)
        if fault is None:
            self._send(200, {}, self._carry_out(method, given, raw))
            return
        if fault.accepted:
            self._carry_out(method, given, raw)
        if fault.hangs_up:
            self.close_connection = True
            return
        self._send(fault.status, fault.headers, fault.body)

    def _carry_out(self, method: str, given: dict[str, Any], raw: bytes) -> dict[str, Any] | str:
        if method != "upload":
            return self.slack.answer(method, given)
        self.slack.take(self.path.split("/")[1], raw)
        return f"OK - {len(raw)}"

    def _body(self) -> bytes | None:
        """None when whoever asked was killed before the end."""
        length = int(self.headers.get("Content-Length", 0))
        raw = self.rfile.read(length)
        return raw if len(raw) == length else None

    def _arguments(self, method: str, raw: bytes) -> dict[str, Any]:
        if method == "upload":
            return {}
        body = raw.decode()
        if self.headers.get("Content-Type", "").startswith("application/json"):
            return dict(json.loads(body or "{}"))
        return {name: values[0] for name, values in parse_qs(body).items()}

    def _send(self, status: int, headers: dict[str, str], body: dict[str, Any] | str) -> None:
        payload = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(payload)), **headers}.items():
            self.send_header(name, value)
        with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked was killed
            self.end_headers()
            self.wfile.write(payload)

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextmanager
def little_slack() -> Iterator[LittleSlack]:
    slack = LittleSlack()
    with serving(slack):
        yield slack


@contextmanager
def serving(slack: LittleSlack) -> Iterator[None]:
    """Listen on loopback; `slack.url` says where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"slack": slack}))
    slack.url = f"http://127.0.0.1:{server.server_port}/api/"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
