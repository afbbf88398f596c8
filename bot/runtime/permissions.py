"""What Slack asks for each method the bot calls and each event it hears, where it uses them.

The source of each row is Slack's page about it: see `page_of`. tests/test_manifest.py holds that manifest.yml asks for
these scopes and no others, and that these tables list what the code uses and nothing else.
"""

from collections.abc import Mapping

Scopes = frozenset[str]

NOTHING: Scopes = frozenset()
CHANNELS: Scopes = frozenset({"channels:read", "groups:read"})  # the program's channel may be public or private

METHODS: Mapping[str, Scopes] = {
    "auth.test": NOTHING,
    "chat.delete": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": frozenset({"im:history"}),  # in the bot's own DMs alone
    "conversations.info": CHANNELS,
    "conversations.members": CHANNELS,  # of a channel whose people an organizer invites
    "conversations.open": frozenset({"im:write", "mpim:write"}),  # one person, or a pair
    "dnd.info": frozenset({"dnd:read"}),
    "dnd.teamInfo": frozenset({"dnd:read"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "team.profile.get": frozenset({"users.profile:read"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "users.profile.get": frozenset({"users.profile:read"}),
    "views.open": NOTHING,
    "views.publish": NOTHING,
    "views.push": NOTHING,
    "views.update": NOTHING,
}
"""Web API method -> the bot scopes it needs."""

EVENTS: Mapping[str, Scopes] = {
    "app_home_opened": NOTHING,
    "channel_archive": frozenset({"channels:read"}),
    "channel_left": frozenset({"channels:read"}),
    "dnd_updated_user": frozenset({"dnd:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_left": frozenset({"groups:read"}),
    "member_joined_channel": CHANNELS,
    "message.im": frozenset({"im:history"}),
    "team_join": frozenset({"users:read"}),
    "user_change": frozenset({"users:read"}),
}
"""Event, as the manifest names it -> the bot scopes it needs."""

COMMANDS: Scopes = frozenset({"commands"})
"""Slash commands (https://docs.slack.dev/interactivity/implementing-slash-commands)."""


def page_of(name: str) -> str:
    """The address of Slack's page about a method or an event of these tables."""
    kind = "methods" if name in METHODS else "events"
    return f"https://docs.slack.dev/reference/{kind}/{name}"
