"""The Web API as the sender needs it, and what Slack's refusals mean for a message.

SlackTrouble        the message did not go out, as far as is known
├── Retry           it was not posted; Slack asks for `after`
│   └── Unreached   nobody answered at all
├── Unknown         it may have been posted: 5xx, a time-out, a connection lost after the request
├── GiveUp          ours: Slack will never take it as it is (invalid_blocks)
├── Gone            the person, the place or our welcome there is gone (user_not_found, is_archived,
│                   not_in_channel)
└── MessageGone     the message to update is gone, or closed to changes

What concerns the bot itself, as a revoked token does, makes everything wait rather than blaming one person.
"""

import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

EVENT_TYPE = "mentor_notice"
TIMEOUT_SECONDS = 10
PATIENCE = timedelta(seconds=30)  # where Slack names no number

NOT_TAKEN = frozenset(
    {"ratelimited", "rate_limited", "message_limit_exceeded", "invalid_auth", "not_authed", "token_expired"}
    | {"token_revoked", "account_inactive"}  # the bot's own token, or its own account
)
IN_DOUBT = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
GONE = frozenset(
    {
        "channel_not_found",
        "invalid_channel",
        "is_archived",
        "not_in_channel",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
MESSAGE_GONE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found"})


class SlackTrouble(Exception):
    """Why a message did not go out."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class Retry(SlackTrouble):
    """Not posted; try again `after` a while. `limited`: because we were too fast."""

    def __init__(self, error: str, after: timedelta, limited: bool = False) -> None:
        super().__init__(error)
        self.after, self.limited = after, limited


class Unreached(Retry):
    """Not posted: nobody answered. It may be tried again at once; after a few times the pace's breaker stops that."""

    def __init__(self, error: str) -> None:
        super().__init__(error, timedelta(0))


class Unknown(SlackTrouble):
    """Nobody knows whether it was posted."""


class GiveUp(SlackTrouble):
    """It never will be."""


class Gone(SlackTrouble):
    """Nobody is there to read it."""


class MessageGone(SlackTrouble):
    """There is nothing left to update."""


def sending_client(token: str, base_url: str | None = None) -> WebClient:
    """A client that posts once: the SDK's usual one posts again when a connection drops after acceptance."""
    client = WebClient(
        token=token,
        base_url=base_url or WebClient.BASE_URL,
        timeout=TIMEOUT_SECONDS,
        retry_handlers=[],
        ssl=ssl.create_default_context(),  # else the SDK makes one for each request, 18 ms each
    )
    if client.base_url.startswith("http://"):
        client.proxy = None  # the SDK honours HTTPS_PROXY and not NO_PROXY: a Slack on this machine has no proxy
    return client


class SlackGateway:
    """A handful of Web API calls, one HTTP attempt each. Every method raises SlackTrouble and nothing else."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def post(self, channel: str, text: str, blocks: list[dict[str, Any]], key: str) -> str:
        """Post to a C, G or D id and return the message's ts. `key` travels with it as metadata."""
        act = self._client.chat_postMessage
        return str(_call(act, channel=channel, text=text, blocks=blocks, metadata=mark(key))["ts"])

    def update(self, channel: str, ts: str, text: str, blocks: list[dict[str, Any]], key: str) -> str:
        """Change a message in place; its `key` is that of the message as it was first posted. Returns its ts."""
        act = self._client.chat_update
        return str(_call(act, channel=channel, ts=ts, text=text, blocks=blocks, metadata=mark(key))["ts"])

    def upload(self, name: str, content: bytes, alt_text: str = "") -> str:
        """Bring a file to Slack and return its id. Nobody sees it before it is shared, so a lost answer is Unreached:
        the next attempt begins anew."""
        try:
            act = self._client.files_getUploadURLExternal
            ticket = _call(act, filename=name, length=len(content), alt_txt=alt_text or None)
            self._send(str(ticket["upload_url"]), content)
        except Unknown as trouble:
            raise Unreached(trouble.error) from trouble
        return str(ticket["file_id"])

    def share(self, channel: str, file_id: str, title: str, blocks: list[dict[str, Any]]) -> str:
        """Show an uploaded file in a C, G or D id, under `blocks`, and return its id: its message has no ts yet, and
        no metadata ever."""
        files: list[dict[str, str | None]] = [{"id": file_id, "title": title}]
        act = self._client.files_completeUploadExternal
        _call(act, files=files, channel_id=channel, blocks=json.dumps(blocks))
        return file_id

    def _send(self, url: str, content: bytes) -> None:
        """Post a file's bytes to the address Slack gave for them."""
        proxies = {"http": self._client.proxy, "https": self._client.proxy} if self._client.proxy else {}
        opener = build_opener(ProxyHandler(proxies), HTTPSHandler(context=self._client.ssl))
        request = Request(url, content, {"Content-Type": "application/octet-stream"}, method="POST")
        try:
            opener.open(request, timeout=TIMEOUT_SECONDS).close()
        except HTTPError as refused:
            with refused:
                raise narrow_status(refused.code, dict(refused.headers)) from refused
        except (OSError, HTTPException) as error:
            raise Unreached(f"{type(error).__name__}: {error}") from error

    def delete(self, channel: str, ts: str) -> None:
        """Take a message of ours back; MessageGone when it is not there any more."""
        _call(self._client.chat_delete, channel=channel, ts=ts)

    def probe(self) -> None:
        """Ask for nothing, to hear whether Slack answers."""
        _call(self._client.auth_test)

    def open_group(self, user_ids: list[str]) -> str:
        """The G id of the conversation with one to eight people; the same people have the same conversation."""
        return str(_call(self._client.conversations_open, users=user_ids)["channel"]["id"])

    def find(self, channel: str, key: str, since: datetime) -> str | None:
        """The ts of the message posted with `key` at or after `since` (aware), or None when none was.

        Only where the bot has the history scope: its own DMs.
        """
        return next(self._marked(channel, key, since), None)

    def find_all(self, channel: str, key: str, since: datetime) -> list[str]:
        """The ts of every message posted with `key`, as `find` does."""
        return list(self._marked(channel, key, since))

    def _marked(self, channel: str, key: str, since: datetime) -> Iterator[str]:
        for message in self._messages(channel, since):
            if message.get("metadata", {}).get("event_payload", {}).get("key") == key:
                yield str(message["ts"])

    def _messages(self, channel: str, since: datetime) -> Iterator[dict[str, Any]]:
        cursor: str | None = None
        while cursor != "":
            answer = _call(
                self._client.conversations_history,
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                limit=200,
                include_all_metadata=True,
                cursor=cursor,
            )
            yield from answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""


def _call(act: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
    try:
        return act(**arguments)
    except SlackApiError as error:
        raise narrow(error) from error
    except (OSError, HTTPException) as error:
        if isinstance(error, URLError) and isinstance(error.reason, ConnectionRefusedError | gaierror):
            raise Unreached("nobody answers") from error
        raise Unknown(f"{type(error).__name__}: {error}") from error


def mark(key: str) -> dict[str, Any]:
    """The metadata that tells our message from any other."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def narrow(error: SlackApiError) -> SlackTrouble:
    """Which of the fates this refusal is (https://docs.slack.dev/reference/methods/chat.postMessage, "Errors")."""
    response: SlackResponse = error.response
    name = str(response.get("error", ""))
    if response.status_code == 429 or name in NOT_TAKEN:
        limited = response.status_code == 429 or "limit" in name
        return Retry(name, retry_after(response.headers), limited)
    if response.status_code >= 500 or response.status_code == 408 or name in IN_DOUBT:
        return Unknown(f"{response.status_code} {name}"[:200])
    if name in GONE:
        return Gone(name)
    if name in MESSAGE_GONE:
        return MessageGone(name)
    return GiveUp(name[:200])


def narrow_status(status: int, headers: Mapping[str, Any]) -> SlackTrouble:
    """Which of the fates a refusal of bytes is, which has a status and no words."""
    if status == 429:
        return Retry("ratelimited", retry_after(headers), limited=True)
    if status >= 500 or status == 408:
        return Unreached(f"{status} for the bytes of a file")
    return GiveUp(f"{status} for the bytes of a file")


def retry_after(headers: Mapping[str, Any]) -> timedelta:
    """What Retry-After says, in whole seconds."""
    seconds = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return timedelta(seconds=int(seconds)) if str(seconds).isdigit() else PATIENCE
