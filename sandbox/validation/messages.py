"""What may be posted: the arguments of chat.postMessage, chat.update, chat.postEphemeral and a response_url."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.errors import SlackError
from sandbox.validation.limits import MOST
from sandbox.validation.rules import Problem, Rule, Shape, String
from sandbox.validation.surfaces import block_problems

METADATA_KEYS = frozenset({"event_type", "event_payload"})


def refuse(error: str, found: list[Problem]) -> None:
    """Raise `error` with every problem's line, when there is one."""
    if found:
        raise SlackError(error, [str(problem) for problem in found])


def check_message(arguments: Mapping[str, Any]) -> None:
    """Refuse what Slack would refuse to post.

    `arguments` are those of the method with JSON already decoded; only text, markdown_text, blocks, attachments and
    metadata are looked at, and None means not given. Raises SlackError: invalid_arguments, msg_too_long,
    invalid_blocks_format, invalid_blocks, msg_blocks_too_long, invalid_attachments, too_many_attachments,
    invalid_metadata_format, markdown_text_conflict, no_text.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    _check_text(given)
    _check_blocks(given)
    _check_attachments(given)
    _check_metadata(given)
    if not _says_something(given):
        raise SlackError("no_text")


def _check_text(given: Mapping[str, Any]) -> None:
    rules: Mapping[str, Rule] = {"text": String(least=0), "markdown_text": String(least=0)}
    texts = {name: given[name] for name in rules if name in given}
    refuse("invalid_arguments", [*Shape(optional=rules).check(texts, "")])
    if "markdown_text" in texts and (texts.get("text") or given.get("blocks")):
        raise SlackError("markdown_text_conflict")
    limits = {"text": MOST["message.text"], "markdown_text": MOST["message.markdown"]}
    if any(len(text) > limits[name] for name, text in texts.items()):
        raise SlackError("msg_too_long")


def _check_blocks(given: Mapping[str, Any]) -> None:
    if "blocks" not in given:
        return
    if not isinstance(given["blocks"], list):
        raise SlackError("invalid_blocks_format")
    refuse("invalid_blocks", block_problems(given["blocks"], "message", "/blocks"))
    if sum(_characters(given["blocks"])) > MOST["message.characters"]:
        raise SlackError("msg_blocks_too_long")


def _characters(part: Any) -> Iterator[int]:
    """The length of every `text` in a tree of blocks already found right, and so not deep."""
    if isinstance(part, list):
        for item in part:
            yield from _characters(item)
    elif isinstance(part, Mapping):
        for name, value in part.items():
            if name == "text" and isinstance(value, str):
                yield len(value)
            else:
                yield from _characters(value)


def _check_attachments(given: Mapping[str, Any]) -> None:
    attachments = given.get("attachments", [])
    if not isinstance(attachments, list):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST["message.attachments"]:
        raise SlackError("too_many_attachments")
    for n, attachment in enumerate(attachments):
        at = f"/attachments/{n}"
        if not isinstance(attachment, Mapping):
            refuse("invalid_attachments", [Problem(at, "must provide an object")])
        elif "blocks" in attachment:
            refuse("invalid_attachments", block_problems(attachment["blocks"], "message", f"{at}/blocks"))


def _check_metadata(given: Mapping[str, Any]) -> None:
    if "metadata" not in given:
        return
    metadata = given["metadata"]
    if not isinstance(metadata, Mapping) or not set(metadata) >= METADATA_KEYS:
        raise SlackError("invalid_metadata_format")
    kind, payload = metadata["event_type"], metadata["event_payload"]
    if not isinstance(kind, str) or not kind or not isinstance(payload, Mapping):
        raise SlackError("invalid_metadata_format")


def _says_something(given: Mapping[str, Any]) -> bool:
    words = str(given.get("text", "")) + str(given.get("markdown_text", ""))
    return bool(words.strip() or given.get("blocks") or given.get("attachments"))
