"""Files in a conversation: a picture with its words for who cannot see it, or a card to download; and their bytes."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from sandbox.ui.blocks import environment
from sandbox.workspace import Workspace

Json = Mapping[str, Any]
# Nothing runs in what somebody uploaded, whatever it turns out to be.
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=3600",
}
_TEMPLATE = environment().get_template("files.html")


def files_body(files: Sequence[Json]) -> Markup:
    """The files of a message, in order; nothing where there are none."""
    if not files:
        return Markup("")
    drawn = [{**file, "address": address(file), "weight": weight(int(file["size"]))} for file in files]
    return Markup(_TEMPLATE.render(files=drawn))


def address(file: Json) -> str:
    """Where this page finds a file; Slack's own `url_private` leads to Slack."""
    return f"/files/{quote(str(file['id']))}/{quote(str(file['name']), safe='')}"


def weight(size: int) -> str:
    """`812 bytes`, `4 kB`, `1.3 MB`"""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


class Downloads:
    """Hands out the bytes of shared files."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """An image as what its bytes are; all else as bytes to be saved, never to be shown."""
        file = self._workspace.files.to_show(request.match_info["id"])
        if file is None or file.content is None:
            raise web.HTTPNotFound
        saved = "download" in request.query or not file.image_type
        how = "attachment" if saved else "inline"
        headers = {**_SAFE, "Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name, safe='')}"}
        return web.Response(
            body=file.content, content_type=file.image_type or "application/octet-stream", headers=headers
        )
