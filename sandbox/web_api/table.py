"""Which methods there are, and what each asks for.

Every line's source is the method's page, `page(name)`: its scopes for a bot token and its rate-limit tier. `kinds`
marks methods whose scope depends on the conversation: channels:x for public channels, groups:x for private ones, im:x,
mpim:x.
"""

from dataclasses import dataclass

from sandbox.errors import SlackError
from sandbox.shapes import Json


@dataclass(frozen=True)
class Method:
    """`scopes`: one of them is needed (none listed: any token will do). `token`: "bot" or "app"."""

    scopes: tuple[str, ...]
    tier: str
    token: str = "bot"
    kinds: str = ""


def _by_kind(verb: str, *families: str) -> tuple[str, ...]:
    return tuple(f"{family}:{verb}" for family in families or ("channels", "groups", "im", "mpim"))


METHODS: dict[str, Method] = {
    "apps.connections.open": Method(("connections:write",), "Tier 1", token="app"),
    "auth.test": Method((), "Special"),
    "chat.delete": Method(("chat:write",), "Tier 3"),
    "chat.getPermalink": Method((), "Special"),
    "chat.postEphemeral": Method(("chat:write",), "Tier 4"),
    "chat.postMessage": Method(("chat:write",), "Special"),
    "chat.update": Method(("chat:write",), "Tier 3"),
    "conversations.history": Method(_by_kind("history"), "Tier 3", kinds="history"),
    "conversations.info": Method(_by_kind("read"), "Tier 3", kinds="read"),
    "conversations.list": Method(_by_kind("read"), "Tier 2", kinds="read"),
    "conversations.members": Method(_by_kind("read"), "Tier 4", kinds="read"),
    "conversations.open": Method(_by_kind("write", "im", "mpim"), "Tier 3", kinds="write"),
    "dnd.info": Method(("dnd:read",), "Tier 3"),
    "dnd.teamInfo": Method(("dnd:read",), "Tier 2"),
    "files.completeUploadExternal": Method(("files:write",), "Tier 4"),
    "files.getUploadURLExternal": Method(("files:write",), "Tier 4"),
    "team.profile.get": Method(("users.profile:read",), "Tier 3"),
    "users.info": Method(("users:read",), "Tier 4"),
    "users.list": Method(("users:read",), "Tier 2"),
    "users.profile.get": Method(("users.profile:read",), "Tier 4"),
    "views.open": Method((), "Tier 4"),
    "views.publish": Method((), "Tier 4"),
    "views.push": Method((), "Tier 4"),
    "views.update": Method((), "Tier 4"),
}

_FAMILIES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def page(name: str) -> str:
    """Slack's page about the method: the source of its line."""
    return f"https://docs.slack.dev/reference/methods/{name}"


class MissingScope(SlackError):
    """`missing_scope`, with what was needed and what the token has."""

    def __init__(self, needed: str, provided: frozenset[str]) -> None:
        super().__init__("missing_scope")
        self.facts: Json = {"needed": needed, "provided": ",".join(sorted(provided))}


def need_scope(method: Method, granted: frozenset[str]) -> None:
    """Raises MissingScope when none of the method's scopes was granted."""
    if method.token == "bot" and method.scopes and not granted & set(method.scopes):
        raise MissingScope(",".join(method.scopes), granted)


def need_kind(method: Method, kind: str, granted: frozenset[str]) -> None:
    """Raises MissingScope when the scope for this kind of conversation was not granted."""
    needed = f"{_FAMILIES[kind]}:{method.kinds}"
    if needed not in granted:
        raise MissingScope(needed, granted)
