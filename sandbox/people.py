"""The people of a workspace, in Slack's shape."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sandbox.clock import microseconds
from sandbox.errors import SlackError
from sandbox.seed import user_shape, zone_shape
from sandbox.shapes import Json

_FLAGS = {"is_admin", "is_owner", "is_bot", "deleted", "is_restricted", "is_ultra_restricted", "is_stranger"}
_PROFILE = {"title", "display_name", "status_text", "status_emoji", "email"}

DND, SNOOZE = "dnd", "snooze"
NIGHT = ("22:00", "08:00")
"""What Slack sets for everybody until they choose otherwise."""


class People:
    """Users by id."""

    def __init__(self, team_id: str, fields: list[Json]) -> None:
        self.team_id = team_id
        self.fields = fields
        self.by_id: dict[str, Json] = {}

    def add(self, user: Json) -> None:
        self.by_id[user["id"]] = user

    def get(self, user_id: str) -> Json:
        """The user. Raises SlackError("user_not_found")."""
        user = self.by_id.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        return user

    def all(self) -> list[Json]:
        return list(self.by_id.values())

    def name(self, user_id: str) -> str:
        """What people call this person: display name, else real name."""
        profile = self.get(user_id)["profile"]
        return str(profile["display_name"] or profile["real_name"])

    def is_human(self, user_id: str) -> bool:
        """Whether a person who can act is behind this id."""
        user = self.by_id.get(user_id)
        return user is not None and not user["is_bot"] and not user["deleted"] and user_id != "USLACKBOT"

    def dnd_status(self, user_id: str, now: datetime) -> Json:
        """When Slack keeps still for someone, as it tells others; both moments are 1 where it never does."""
        still = self.snooze_of(user_id, now) or self.night_of(user_id, now)
        begins, ends = (int(moment.timestamp()) for moment in still) if still else (1, 1)
        return {"dnd_enabled": still is not None, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}

    def snooze_of(self, user_id: str, now: datetime) -> tuple[datetime, datetime] | None:
        """The hours someone asked not to be disturbed in, until they are over."""
        asked = self.get(user_id).get(SNOOZE)
        if not asked:
            return None
        begins, ends = (datetime.fromisoformat(moment) for moment in asked)
        return (begins, ends) if ends > now else None

    def join(self, entry: Json, now: datetime) -> Json:
        """Someone new in the company; `entry` as in a seed."""
        user = user_shape(entry, self.team_id, self.fields, now)
        self.add(user)
        return user

    def change(self, user_id: str, changes: Json, now: datetime) -> Json:
        """Change flags, names, zone, profile texts, custom `fields` (by label), `dnd` or `snooze`.

        Raises SlackError for others.
        """
        user = self.get(user_id)
        for key, value in changes.items():
            self._change(user, key, value, now)
        user["updated"] = microseconds(now) // 1_000_000
        return user

    def _change(self, user: Json, key: str, value: object, now: datetime) -> None:
        profile = user["profile"]
        if key in _FLAGS:
            user[key] = bool(value)
        elif key == "tz":
            user.update(zone_shape(str(value), now))
        elif key in _PROFILE:
            profile[key] = value
            profile.update({"display_name_normalized": value} if key == "display_name" else {})
        elif key in ("name", "real_name"):
            user[key] = value
            profile.update({"real_name": value, "real_name_normalized": value} if key == "real_name" else {})
        elif key == DND and (value is None or isinstance(value, list)):
            user[DND] = value
        elif key == SNOOZE and (value is None or isinstance(value, list)):
            user[SNOOZE] = value
        elif key == "fields" and isinstance(value, dict):
            profile["fields"].update(self._fields(value))
        else:
            raise SlackError("invalid_arguments", [f"[ERROR] unsupported change: {key}"])

    def night_of(self, user_id: str, now: datetime) -> tuple[datetime, datetime] | None:
        """The night of someone's do-not-disturb that is under way, or the next one; None where they have none."""
        user = self.get(user_id)
        hours = user.get(DND, NIGHT)
        if hours is None:
            return None
        begins, ends = (time.fromisoformat(hour) for hour in hours)
        local = now.astimezone(ZoneInfo(user["tz"]))
        for days in (-1, 0, 1):
            day = local.date() + timedelta(days=days)
            morning = day + timedelta(days=int(ends <= begins))
            night = (
                datetime.combine(day, begins, local.tzinfo),
                datetime.combine(morning, ends, local.tzinfo),
            )
            if night[1] > local:
                return night
        raise AssertionError(hours)

    def _fields(self, given: Json) -> Json:
        known = {field["label"]: field["id"] for field in self.fields}
        return {known[label]: {"value": str(value), "alt": ""} for label, value in given.items() if label in known}


def without_fields(user: Json, *, email: bool) -> Json:
    """A user as users.info gives it: no custom fields, the address only with users:read.email."""
    hidden = {"fields"} if email else {"fields", "email"}
    profile = {key: value for key, value in user["profile"].items() if key not in hidden}
    return {**{key: value for key, value in user.items() if key not in (DND, SNOOZE)}, "profile": profile}


def named(users: Iterable[Json], word: str) -> Json | None:
    """The user a person means by `word` after an @: handle, display name or real name."""
    wanted = word.casefold()
    for user in users:
        names = (user["name"], user["profile"]["display_name"], user["profile"]["real_name"])
        if any(name and name.casefold() == wanted for name in names):
            return user
    return None
