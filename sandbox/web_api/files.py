"""files.*: an address for the bytes, the bytes, and the file in its conversation.

Sources: https://docs.slack.dev/reference/methods/files.getUploadURLExternal and
https://docs.slack.dev/reference/methods/files.completeUploadExternal, "Errors".
"""

import re
from collections.abc import Mapping

from sandbox.errors import SlackError
from sandbox.files import File, file_shape
from sandbox.shapes import Json
from sandbox.validation import check_message
from sandbox.web_api.arguments import needed, number, text_of
from sandbox.web_api.call import Call
from sandbox.web_api.chat import postable
from sandbox.workspace import BOT_USER_ID

LONGEST_ALT_TEXT = 1000
LARGEST_SNIPPET = 1024 * 1024
LARGEST_FILE = 1024 * 1024 * 1024
# Slack's own words for a user id, or anything else that is no conversation's (slackapi/python-slack-sdk, issue 1426).
_PLACE = re.compile(r"[CGDZ][A-Z0-9]{8,}")
_NO_PLACE = "[ERROR] input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]"
# https://docs.slack.dev/reference/objects/file-object#types, those that are text.
_SNIPPET_TYPES = (
    "auto text applescript boxnote c csharp cpp css csv clojure coffeescript cfm d dart diff dockerfile erlang fsharp "
    "fortran go groovy html handlebars haskell haxe java javascript json kotlin latex lisp lua markdown matlab mumps "
    "ocaml objc php pascal perl pig powershell puppet python r ruby rust sql sass scala scheme shell smalltalk swift "
    "tsv vb vbscript velocity verilog xml yaml"
)
SNIPPET_TYPES = frozenset(_SNIPPET_TYPES.split())


def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: an id for the file, and an address that takes its bytes once."""
    given = call.arguments
    name, length = needed(given, "filename"), number({"length": needed(given, "length")}, "length", 0)
    alt_txt, snippet = text_of(given, "alt_txt"), text_of(given, "snippet_type")
    if length <= 0:
        raise SlackError("missing_argument")
    if length > LARGEST_FILE:
        raise SlackError("file_upload_size_restricted")
    if len(alt_txt) > LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    if snippet and snippet not in SNIPPET_TYPES:
        raise SlackError("unknown_snippet_type")
    if snippet and length > LARGEST_SNIPPET:
        raise SlackError("snippet_too_large")
    created = call.workspace.seconds()
    file = call.workspace.files.expect(name, length, created=created, alt_txt=alt_txt, snippet_type=snippet)
    return {"upload_url": f"{call.url}/upload/v1/{file.secret}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: the files are done, and shared a moment later where `channel_id` says."""
    given = call.arguments
    files = _files(call)
    place = text_of(given, "channel_id")
    if given.get("channels"):
        raise SlackError("invalid_arguments", ["[ERROR] the sandbox takes channel_id alone [json-pointer:/channels]"])
    channel = _channel(call, place) if place else None
    said = _words(given)
    thread_ts = text_of(given, "thread_ts")
    if channel and thread_ts and call.workspace.conversations.message(channel["id"], thread_ts) is None:
        raise SlackError("thread_not_found")
    for file, entry in files:
        file.done, file.title = True, text_of(entry, "title") or file.name
    shown = [file_shape(file, team=call.workspace.team, user_id=BOT_USER_ID) for file, _ in files]
    if channel:
        parts = {**said, **({"thread_ts": thread_ts} if thread_ts else {})}
        call.sharing.soon(lambda: _share(call, channel, shown, parts))
    # Sharing takes a moment, so nobody is told here where the file stands.
    return {"files": [{**file, "channels": [], "groups": [], "ims": [], "shares": {}} for file in shown]}


def _files(call: Call) -> list[tuple[File, Json]]:
    listed = call.arguments.get("files")
    if not isinstance(listed, list) or not listed or not all(isinstance(entry, Mapping) for entry in listed):
        raise SlackError("invalid_arguments", ["[ERROR] must provide an array of objects [json-pointer:/files]"])
    if any(not entry.get("id") for entry in listed):
        raise SlackError("invalid_arguments", ["[ERROR] missing required field: id [json-pointer:/files/0]"])
    return [(call.workspace.files.uploaded(entry["id"]), dict(entry)) for entry in listed]


def _channel(call: Call, place: str) -> Json:
    if _PLACE.fullmatch(place) is None:
        raise SlackError("invalid_arguments", [_NO_PLACE])
    return postable(call, place)


def _words(given: Json) -> Json:
    """What introduces the files: a comment, or else blocks, or nothing."""
    comment = text_of(given, "initial_comment")
    if comment or not given.get("blocks"):
        parts: Json = {"text": comment}
        return parts
    check_message({"text": "", "blocks": given["blocks"]})
    return {"text": "", "blocks": given["blocks"]}


def _share(call: Call, channel: Json, files: list[Json], parts: Json) -> None:
    """A `file_share` message; what happened to the place in the meantime is taken as Slack takes it: in silence."""
    if not call.workspace.app_sees(channel) or channel["is_archived"]:
        return
    message = call.workspace.as_app(parts["text"], parts)
    shared = {**message, "subtype": "file_share", "files": files, "upload": True, "display_as_bot": False}
    call.events.message(channel, call.workspace.post(channel["id"], shared))
