"""Uploaded files: each has an address that takes its bytes once, and is shared once they are there. Pure state.

Sources: https://docs.slack.dev/messaging/working-with-files and https://docs.slack.dev/reference/objects/file-object
"""

import base64
import mimetypes
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.errors import SlackError
from sandbox.shapes import Json

# What begins an image that every browser draws and none runs.
_IMAGES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass
class File:
    """`content` is None until it was sent to the address that ends in `secret`; `done`: its upload was completed."""

    id: str
    secret: str
    name: str
    length: int
    created: int
    alt_txt: str = ""
    snippet_type: str = ""
    title: str = ""
    content: bytes | None = None
    done: bool = False

    @property
    def image_type(self) -> str:
        """`image/png` and the like by its first bytes, "" for all that is no image to show: whatever its name says."""
        begins = (self.content or b"")[:8]
        return next((kind for mark, kind in _IMAGES.items() if begins.startswith(mark)), "")

    @property
    def media_type(self) -> str:
        """What the file is: an image by its bytes alone, anything else by its name."""
        guessed = mimetypes.guess_type(self.name)[0] or ""
        unknown = not guessed or guessed.startswith("image/")
        return self.image_type or ("application/octet-stream" if unknown else guessed)


class Files:
    """Files by id. `next_id` makes up an id from its prefix."""

    def __init__(self, next_id: Callable[[str], str]) -> None:
        self._next_id = next_id
        self._by_id: dict[str, File] = {}

    def expect(self, name: str, length: int, *, created: int, alt_txt: str = "", snippet_type: str = "") -> File:
        """A file whose `length` bytes are yet to come."""
        file = File(self._next_id("F"), secrets.token_urlsafe(24), name, length, created, alt_txt, snippet_type)
        file.title = name
        self._by_id[file.id] = file
        return file

    def receive(self, secret: str, content: bytes) -> File:
        """Take the bytes of a file, once.

        Raises SlackError: no_such_upload for an address never given out or used already, upload_length_mismatch when
        these are not the bytes announced.
        """
        file = next((file for file in self._by_id.values() if file.secret == secret), None)
        if file is None or file.content is not None:
            raise SlackError("no_such_upload")
        if len(content) != file.length:
            raise SlackError("upload_length_mismatch", [f"[ERROR] announced {file.length}, got {len(content)}"])
        file.content = content
        return file

    def uploaded(self, file_id: object) -> File:
        """A file whose bytes are there and which nobody has seen. Raises SlackError("file_not_found")."""
        file = self._by_id.get(str(file_id))
        if file is None or file.content is None or file.done:
            raise SlackError("file_not_found")
        return file

    def to_show(self, file_id: str) -> File | None:
        """A file that people may see."""
        file = self._by_id.get(file_id)
        return file if file is not None and file.done else None

    def snapshot(self) -> list[Json]:
        """All of them, as JSON."""
        return [{**vars(file), "content": _written(file.content)} for file in self._by_id.values()]

    def restore(self, saved: list[Json]) -> None:
        for entry in saved:
            content = None if entry["content"] is None else base64.b64decode(entry["content"])
            self._by_id[entry["id"]] = File(**{**entry, "content": content})


def _written(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode()


def file_shape(file: File, *, team: Json, user_id: str) -> Json:
    """A file object, as Slack shows it in a message."""
    ending = file.name.rpartition(".")[2].lower() if "." in file.name else "text"
    private = f"https://files.slack.com/files-pri/{team['id']}-{file.id}"
    shape = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.media_type,
        "filetype": file.snippet_type or ending,
        "pretty_type": ending.upper(),
        "user": user_id,
        "user_team": team["id"],
        "size": file.length,
        "mode": "snippet" if file.snippet_type else "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{private}/{file.name}",
        "url_private_download": f"{private}/download/{file.name}",
        "permalink": f"https://{team['domain']}.slack.com/files/{user_id}/{file.id}/{file.name}",
    }
    return {**shape, "alt_txt": file.alt_txt} if file.alt_txt else shape
