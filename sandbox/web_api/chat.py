"""chat.*: post, update, delete, ephemeral."""

from sandbox.blocks import dressed
from sandbox.conversations import kind_of
from sandbox.errors import SlackError
from sandbox.shapes import Json
from sandbox.validation import check_message
from sandbox.web_api.arguments import flag, needed, text_of
from sandbox.web_api.call import Call
from sandbox.workspace import BOT_USER_ID


def post_message(call: Call) -> Json:
    """chat.postMessage. A user id as `channel` posts to the DM with that person."""
    channel = _destination(call)
    check_message(call.arguments)
    thread_ts = text_of(call.arguments, "thread_ts")
    if thread_ts and call.workspace.conversations.message(channel["id"], thread_ts) is None:
        raise SlackError("thread_not_found")
    text = text_of(call.arguments, "text")
    message = call.workspace.post(channel["id"], call.workspace.as_app(text, call.arguments))
    call.events.message(channel, message)
    return {"channel": channel["id"], "ts": message["ts"], "message": message}


def update(call: Call) -> Json:
    """chat.update of a message of the app's own."""
    channel, message = _own_message(call, "cant_update_message")
    check_message(call.arguments)
    parts: Json = {"text": text_of(call.arguments, "text") or message["text"], **_new_parts(call)}
    parts["edited"] = {"user": BOT_USER_ID, "ts": call.workspace.next_ts()}
    changed = call.workspace.amend(channel["id"], message["ts"], parts)
    call.events.message(
        channel, changed, {"subtype": "message_changed", "message": changed, "previous_message": message}
    )
    return {"channel": channel["id"], "ts": changed["ts"], "text": changed["text"], "message": changed}


def delete(call: Call) -> Json:
    """chat.delete of a message of the app's own."""
    channel, message = _own_message(call, "cant_delete_message")
    call.workspace.remove(channel["id"], message["ts"])
    gone = {"subtype": "message_deleted", "deleted_ts": message["ts"], "previous_message": message}
    call.events.message(channel, message, gone)
    return {"channel": channel["id"], "ts": message["ts"]}


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: seen by one member of a conversation the app is in."""
    channel = postable(call, needed(call.arguments, "channel"))
    user_id = needed(call.arguments, "user")
    call.workspace.people.get(user_id)
    if not call.workspace.conversations.is_member(channel["id"], user_id):
        raise SlackError("user_not_in_channel")
    check_message(call.arguments)
    text = text_of(call.arguments, "text")
    message = call.workspace.tell_only(channel["id"], user_id, call.workspace.as_app(text, call.arguments))
    return {"message_ts": message["ts"]}


def get_permalink(call: Call) -> Json:
    """chat.getPermalink: the address of a message the app may see."""
    channel = call.channel(needed(call.arguments, "channel"))
    ts = needed(call.arguments, "message_ts")
    message = call.workspace.conversations.message(channel["id"], ts)
    if message is None or message.get("is_ephemeral"):
        raise SlackError("message_not_found")
    address = f"https://{call.workspace.team['domain']}.slack.com/archives/{channel['id']}/p{ts.replace('.', '')}"
    return {"channel": channel["id"], "permalink": address}


def _destination(call: Call) -> Json:
    place = needed(call.arguments, "channel")
    if place[0] not in "UW":
        return postable(call, place)
    user = call.workspace.people.by_id.get(place)
    if user is None or user["is_bot"]:
        raise SlackError("channel_not_found")
    return call.workspace.app_im(place)


def postable(call: Call, channel_id: str) -> Json:
    """A place the app may write to. Raises SlackError: channel_not_found, not_in_channel, is_archived, ..."""
    channel = call.joined_channel(channel_id)
    if channel["is_archived"]:
        raise SlackError("is_archived")
    if kind_of(channel) == "im" and not call.workspace.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


def _own_message(call: Call, refusal: str) -> tuple[Json, Json]:
    channel = postable(call, needed(call.arguments, "channel"))
    message = call.workspace.conversations.message(channel["id"], needed(call.arguments, "ts"))
    if message is None or message.get("is_ephemeral"):
        raise SlackError("message_not_found")
    if message.get("user") != BOT_USER_ID:
        raise SlackError(refusal)
    return channel, message


def _new_parts(call: Call) -> Json:
    """The parts an update replaces: blocks and attachments not given stay, an empty list removes them."""
    given = call.arguments
    parts: Json = {}
    if given.get("blocks") is not None:
        parts["blocks"] = dressed(given["blocks"], call.workspace.next_block_id) or None
    if given.get("attachments") is not None:
        parts["attachments"] = given["attachments"] or None
    if given.get("metadata"):
        parts["metadata"] = given["metadata"]
    if flag(given, "reply_broadcast"):
        parts["subtype"] = "thread_broadcast"
    return parts
