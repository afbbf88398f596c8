"""One call of the Web API, as a method sees it."""

from dataclasses import dataclass

from sandbox.conversations import kind_of
from sandbox.errors import SlackError
from sandbox.events import EventFeed
from sandbox.shapes import Json
from sandbox.sharing import Sharing
from sandbox.web_api.table import METHODS, need_kind
from sandbox.workspace import BOT_USER_ID, Workspace


@dataclass(frozen=True)
class Call:
    """`name` of the method and its `arguments`; the workspace it acts on; `url` of the server (http://host:port)."""

    name: str
    arguments: Json
    workspace: Workspace
    events: EventFeed
    sharing: Sharing
    url: str

    def need_kind(self, kind: str) -> None:
        """Raises MissingScope unless the token may use the method on this kind of conversation."""
        need_kind(METHODS[self.name], kind, self.workspace.manifest.scopes)

    def channel(self, channel_id: str) -> Json:
        """The conversation if it exists for the app. Raises SlackError("channel_not_found")."""
        channel = self.workspace.conversations.get(channel_id)
        if not self.workspace.visible_to(BOT_USER_ID, channel):
            raise SlackError("channel_not_found")
        return channel

    def joined_channel(self, channel_id: str) -> Json:
        """A conversation the app is in. Raises SlackError: channel_not_found or not_in_channel."""
        channel = self.channel(channel_id)
        if not self.workspace.app_sees(channel):
            raise SlackError("not_in_channel")
        return channel

    def readable_channel(self, channel_id: str) -> Json:
        """As `channel`, with the scope its kind asks for."""
        channel = self.channel(channel_id)
        self.need_kind(kind_of(channel))
        return channel
