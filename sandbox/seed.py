"""Loads a company from YAML into Slack's own shapes.

The file: `team`, `clock.start`, `profile_fields`, `users` (with `fields` keyed by label) and `channels` (`members: all`
or ids). It speaks of Slack only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from sandbox.clock import microseconds
from sandbox.shapes import Json

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Seed:
    """A workspace before anybody has done anything."""

    team: Json
    start: datetime
    profile_fields: list[Json]
    users: list[Json]
    channels: list[Json]


def read_seed(path: Path) -> Seed:
    """The seed at `path`. Raises ValueError when a person, field or zone it names does not exist."""
    content: Json = yaml.safe_load(path.read_text("utf-8"))
    start = _instant(content["clock"]["start"])
    team = dict(content["team"])
    fields = [_field(entry, order) for order, entry in enumerate(content.get("profile_fields", []))]
    users = [user_shape(entry, team["id"], fields, start) for entry in content["users"]]
    if all(user["id"] != SLACKBOT for user in users):
        users.append(user_shape(_SLACKBOT, team["id"], fields, start))
    return Seed(team, start, fields, users, [_channel(entry, users) for entry in content.get("channels", [])])


_SLACKBOT: Json = {"id": SLACKBOT, "name": "slackbot", "real_name": "Slackbot", "display_name": "Slackbot"}
_FLAGS = ("is_admin", "is_owner", "is_bot", "deleted", "is_restricted", "is_ultra_restricted")
_RARE_FLAGS = ("is_stranger", "is_invited_user")


def user_shape(entry: Mapping[str, Any], team_id: str, fields: list[Json], now: datetime) -> Json:
    """A user as users.info gives it, plus `profile.fields` as users.profile.get gives it."""
    zone = entry.get("tz", "America/Los_Angeles")
    real_name = entry.get("real_name", entry["name"])
    profile = {
        "title": entry.get("title", ""),
        "real_name": real_name,
        "real_name_normalized": real_name,
        "display_name": entry.get("display_name", ""),
        "display_name_normalized": entry.get("display_name", ""),
        "first_name": real_name.split(" ")[0],
        "last_name": " ".join(real_name.split(" ")[1:]),
        "email": entry.get("email", f"{entry['name']}@example.com"),
        "status_text": "",
        "status_emoji": "",
        "team": team_id,
        "fields": _values(entry.get("fields", {}), fields),
    }
    flags = {flag: bool(entry.get(flag, False)) for flag in _FLAGS}
    rare = {flag: True for flag in _RARE_FLAGS if entry.get(flag)}
    return {
        "id": entry["id"],
        "team_id": team_id,
        "name": entry["name"],
        "real_name": real_name,
        **zone_shape(zone, now),
        "profile": profile,
        **flags,
        **rare,
        "is_primary_owner": False,
        "is_app_user": False,
        "updated": microseconds(now) // 1_000_000,
    }


def zone_shape(zone: str, now: datetime) -> Json:
    """`tz` with the label and offset (seconds) Slack sends beside it."""
    local = now.astimezone(ZoneInfo(zone))
    offset = local.utcoffset()
    return {"tz": zone, "tz_label": local.tzname() or zone, "tz_offset": int(offset.total_seconds()) if offset else 0}


def _values(given: Mapping[str, Any], fields: list[Json]) -> Json:
    known = {field["label"]: field["id"] for field in fields}
    unknown = set(given) - set(known)
    if unknown:
        raise ValueError(f"No profile field is called {', '.join(sorted(unknown))}.")
    return {known[label]: {"value": str(value), "alt": ""} for label, value in given.items()}


def _field(entry: Mapping[str, Any], order: int) -> Json:
    return {
        "id": entry["id"],
        "ordering": order,
        "field_name": entry["label"].lower().replace(" ", "_"),
        "label": entry["label"],
        "hint": entry.get("hint", ""),
        "type": entry.get("type", "text"),
        "possible_values": entry.get("possible_values"),
        "options": {"is_protected": False},
        "is_hidden": False,
    }


def _channel(entry: Mapping[str, Any], users: list[Json]) -> Json:
    everyone = [user["id"] for user in users if is_full_member(user)]
    members = everyone if entry.get("members", "all") == "all" else list(entry["members"])
    strangers = set(members) - {user["id"] for user in users}
    if strangers:
        raise ValueError(f"#{entry['name']} names people who are not there: {', '.join(sorted(strangers))}.")
    return {**entry, "members": members}


def is_full_member(user: Json) -> bool:
    """Whether this is a colleague: not deactivated, no bot, no guest, no stranger, not merely invited."""
    flags = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", *_RARE_FLAGS)
    return user["id"] != SLACKBOT and not any(user.get(flag) for flag in flags)


def _instant(value: str | datetime) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
