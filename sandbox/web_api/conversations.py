"""conversations.*: open, info, list, members, history."""

from sandbox.conversations import kind_of
from sandbox.errors import SlackError
from sandbox.shapes import Json
from sandbox.web_api.arguments import flag, listed, needed, text_of
from sandbox.web_api.call import Call
from sandbox.web_api.pages import page_of
from sandbox.workspace import BOT_USER_ID, Workspace

MOST_PEOPLE = 8
_KINDS = {"public_channel", "private_channel", "mpim", "im"}


def open_conversation(call: Call) -> Json:
    """conversations.open: the DM with one person or the group DM with up to eight; the same people, the same one."""
    people = [user for user in listed(call.arguments, "users") if user != BOT_USER_ID]
    if not people:
        return _resumed(call)
    call.need_kind("im" if len(people) == 1 else "mpim")
    for user_id in people:
        _check_partner(call.workspace, user_id)
    if len(set(people)) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    known = call.workspace.conversations.between([*people, BOT_USER_ID])
    if known is None and flag(call.arguments, "prevent_creation"):
        raise SlackError("channel_not_found")
    channel = call.workspace.direct([*people, BOT_USER_ID])
    return _opened(call, channel, already=known is not None)


def info(call: Call) -> Json:
    """conversations.info."""
    channel = call.readable_channel(needed(call.arguments, "channel"))
    shown = shown_channel(call.workspace, channel)
    if flag(call.arguments, "include_num_members"):
        shown["num_members"] = len(channel["members"])
    return {"channel": shown}


def list_conversations(call: Call) -> Json:
    """conversations.list: public channels all, others where the app is a member."""
    kinds = listed(call.arguments, "types") or ["public_channel"]
    if set(kinds) - _KINDS:
        raise SlackError("invalid_types")
    for kind in kinds:
        call.need_kind(kind)
    everything = call.workspace.conversations.by_id.values()
    found = [
        channel
        for channel in everything
        if kind_of(channel) in kinds and call.workspace.visible_to(BOT_USER_ID, channel)
    ]
    if flag(call.arguments, "exclude_archived"):
        found = [channel for channel in found if not channel["is_archived"]]
    page, metadata = page_of(found, call.arguments, default=100, most=999)
    return {"channels": [_counted(call.workspace, channel) for channel in page], "response_metadata": metadata}


def members(call: Call) -> Json:
    """conversations.members."""
    channel = call.readable_channel(needed(call.arguments, "channel"))
    page, metadata = page_of(channel["members"], call.arguments, default=100, most=999)
    return {"members": page, "response_metadata": metadata}


def history(call: Call) -> Json:
    """conversations.history, newest first; metadata only with include_all_metadata; no replies, no ephemerals."""
    channel = call.readable_channel(needed(call.arguments, "channel"))
    if not call.workspace.app_sees(channel):
        raise SlackError("not_in_channel")
    found = [message for message in reversed(call.workspace.messages(channel["id"])) if _in_history(message)]
    found = [message for message in found if _between(message["ts"], call)]
    page, metadata = page_of(found, call.arguments, default=100, most=999)
    with_metadata = flag(call.arguments, "include_all_metadata")
    shown = [_shown_message(message, with_metadata) for message in page]
    more = bool(metadata["next_cursor"])
    return {"messages": shown, "has_more": more, "pin_count": 0, **({"response_metadata": metadata} if more else {})}


def shown_channel(workspace: Workspace, channel: Json) -> Json:
    """A conversation as the app sees it: without the member list; a DM names the other person."""
    shown = {key: value for key, value in channel.items() if key != "members"}
    if channel["is_im"]:
        others = [member for member in channel["members"] if member != BOT_USER_ID]
        return {**shown, "user": others[0] if others else BOT_USER_ID}
    return {**shown, "is_member": workspace.app_sees(channel)}


def _counted(workspace: Workspace, channel: Json) -> Json:
    shown = shown_channel(workspace, channel)
    return shown if channel["is_im"] else {**shown, "num_members": len(channel["members"])}


def _resumed(call: Call) -> Json:
    channel_id = text_of(call.arguments, "channel")
    if not channel_id:
        raise SlackError("users_list_not_supplied")
    channel = call.channel(channel_id)
    if kind_of(channel) not in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")
    call.need_kind(kind_of(channel))
    return _opened(call, channel, already=True)


def _opened(call: Call, channel: Json, *, already: bool) -> Json:
    shown = shown_channel(call.workspace, channel) if flag(call.arguments, "return_im") else {"id": channel["id"]}
    return {"channel": shown, **({"no_op": True, "already_open": True} if already else {})}


def _check_partner(workspace: Workspace, user_id: str) -> None:
    user = workspace.people.get(user_id)
    if user["deleted"]:
        raise SlackError("user_disabled")
    if user["is_bot"]:
        raise SlackError("cannot_dm_bot")


def _in_history(message: Json) -> bool:
    is_reply = message.get("thread_ts", message["ts"]) != message["ts"]
    return not message.get("is_ephemeral") and not is_reply


def _between(ts: str, call: Call) -> bool:
    oldest, latest = text_of(call.arguments, "oldest"), text_of(call.arguments, "latest")
    inclusive = flag(call.arguments, "inclusive")
    stamp = float(ts)
    after = not oldest or stamp > _moment(oldest) or (inclusive and stamp == _moment(oldest))
    before = not latest or stamp < _moment(latest) or (inclusive and stamp == _moment(latest))
    return after and before


def _moment(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise SlackError("invalid_ts_oldest") from None


def _shown_message(message: Json, with_metadata: bool) -> Json:
    return message if with_metadata else {key: value for key, value in message.items() if key != "metadata"}
