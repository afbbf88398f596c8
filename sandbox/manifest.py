"""Reads an app's manifest: what Slack would let this app do.

Source: https://docs.slack.dev/reference/app-manifest
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.shapes import Json


@dataclass(frozen=True)
class SlashCommand:
    """One command of the app, `command` with its slash."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Manifest:
    """The parts of a manifest that change what Slack does."""

    name: str
    bot_display_name: str
    commands: tuple[SlashCommand, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    interactivity: bool
    socket_mode: bool

    def command(self, name: str) -> SlashCommand | None:
        """The app's command of that name (`/mentor`), or None."""
        return next((known for known in self.commands if known.command == name), None)


def read_manifest(path: Path) -> Manifest:
    """The manifest in the YAML or JSON file at `path`."""
    content: Json = yaml.safe_load(path.read_text("utf-8"))
    features = content.get("features", {})
    settings = content.get("settings", {})
    home = features.get("app_home", {})
    name = content["display_information"]["name"]
    return Manifest(
        name=name,
        bot_display_name=features.get("bot_user", {}).get("display_name", name),
        commands=tuple(_command(entry) for entry in features.get("slash_commands", [])),
        scopes=frozenset(content.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", True),
        messages_tab_read_only=home.get("messages_tab_read_only_enabled", False),
        interactivity=settings.get("interactivity", {}).get("is_enabled", False),
        socket_mode=settings.get("socket_mode_enabled", False),
    )


def _command(entry: Mapping[str, Any]) -> SlashCommand:
    return SlashCommand(
        command=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=entry.get("should_escape", False),
    )
