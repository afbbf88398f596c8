"""People and channels as Slack tells them. Custom profile fields are found by the label an organization gave them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.people import ChannelFacts, PersonFacts, Stretch

PAGE = 200
UNSEEN = {"channel_not_found", "missing_scope"}


class SlackDirectory:
    """Reads users.info, users.profile.get and conversations.info; each call is one request to Slack."""

    def __init__(self, client: WebClient, department_label: str, manager_label: str) -> None:
        self._client = client
        self._labels = {"department": department_label, "manager": manager_label}
        self._fields: dict[str, str] | None = None

    def person(self, user_id: str) -> PersonFacts:
        """Facts about a person; someone Slack does not know is gone."""
        try:
            user = self._client.users_info(user=user_id)["user"]
        except SlackApiError as error:
            if error.response["error"] not in ("user_not_found", "user_not_visible"):
                raise
            return PersonFacts(user_id, user_id, "", "UTC", None, None, False, True, False)
        is_person = _may_join(user)
        custom = self._custom_fields(user_id) if is_person and not user.get("deleted") else {}
        return facts_of(user, custom)

    def people(self, cursor: str) -> tuple[list[PersonFacts], str]:
        """A page of everybody in the workspace, without custom fields, and where the next begins: "" after the last."""
        answer = self._client.users_list(limit=PAGE, cursor=cursor)
        metadata: dict[str, Any] = answer.get("response_metadata") or {}
        return [facts_of(user, {}) for user in answer["members"]], str(metadata.get("next_cursor") or "")

    def channel(self, channel_id: str) -> ChannelFacts | None:
        """A channel, or None where the bot may not see it."""
        try:
            channel = self._client.conversations_info(channel=channel_id)["channel"]
        except SlackApiError as error:
            if error.response["error"] in UNSEEN:
                return None
            raise
        joined = bool(channel.get("is_member")) and not channel.get("is_archived")
        return ChannelFacts(channel.get("name", ""), joined)

    def members(self, channel_id: str, most: int) -> list[str] | None:
        """The ids of everyone in a channel, bots too, or the first more than `most`; None where the bot may not see."""
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None and len(found) <= most:
            try:
                answer = self._client.conversations_members(channel=channel_id, limit=PAGE, cursor=cursor)
            except SlackApiError as error:
                if error.response["error"] in UNSEEN:
                    return None
                raise
            found += answer["members"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        return found

    def undisturbed(self, user_ids: Sequence[str]) -> dict[str, Stretch | None]:
        """The stretch in which do-not-disturb is on, or will be next, of at most 50 people; None where it is off."""
        if len(user_ids) == 1:  # dnd.teamInfo wants more than one
            return {user_ids[0]: _stretch(self._client.dnd_info(user=user_ids[0]).data)}
        users = self._client.dnd_teamInfo(users=",".join(user_ids))["users"]
        return {user_id: _stretch(users[user_id]) for user_id in user_ids if user_id in users}

    def _custom_fields(self, user_id: str) -> dict[str, str]:
        ids = self._field_ids()
        if not ids:
            return {}
        profile = self._client.users_profile_get(user=user_id)["profile"]
        fields: dict[str, Any] = profile.get("fields") or {}
        return {name: fields[field]["value"] for name, field in ids.items() if fields.get(field, {}).get("value")}

    def _field_ids(self) -> dict[str, str]:
        """Our name for a field -> Slack's id of it; asked once, as an organization's labels hardly change."""
        if self._fields is None:
            known = self._client.team_profile_get()["profile"]["fields"]
            by_label = {field["label"].casefold(): field["id"] for field in known}
            wanted = {name: by_label.get(label.casefold()) for name, label in self._labels.items()}
            self._fields = {name: field for name, field in wanted.items() if field}
        return self._fields


def _stretch(status: Any) -> Stretch | None:
    """Slack's dnd_status as a stretch of time; None where do-not-disturb is off."""
    if not status.get("dnd_enabled"):
        return None
    start, end = (datetime.fromtimestamp(status[f"next_dnd_{which}_ts"], UTC) for which in ("start", "end"))
    return (start, end) if start < end else None


def facts_of(user: dict[str, Any], custom: dict[str, str]) -> PersonFacts:
    """Slack's user object as facts. People are shown by display name, else real name."""
    profile = user.get("profile") or {}
    said = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    names = [name for name in dict.fromkeys(said) if name]
    return PersonFacts(
        user_id=user["id"],
        name=names[0] if names else "",
        title=profile.get("title") or "",
        timezone=user.get("tz") or "UTC",
        department=custom.get("department"),
        manager_id=custom.get("manager"),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_gone=bool(user.get("deleted")),
        may_join=_may_join(user),
        also=tuple(names[1:]),
    )


def _may_join(user: dict[str, Any]) -> bool:
    outsider = ("is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_invited_user")
    return user["id"] != "USLACKBOT" and not any(user.get(mark) for mark in outsider)
