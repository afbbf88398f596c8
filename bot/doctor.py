"""`mentor doctor`: what is well, and the next step for what is not. It changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from slack_sdk import WebClient

from bot.app import recognized
from bot.config import Settings, prepare_data_folder
from bot.content.lessons import OURS, read_folders
from bot.errors import SetupError
from bot.runtime.permissions import EVENTS, METHODS
from storage.engine import make_engine, sqlite_path
from storage.migrate import current, head

TIMEOUT = 10  # seconds
README = "README, “Connect your Slack”"


@dataclass(frozen=True)
class Finding:
    """A line of the answer; what is not well has its next step in `words`."""

    name: str
    words: str
    is_well: bool = True

    def __str__(self) -> str:
        return f"{self.name}: {self.words}"


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything a start needs, one thing after the other."""
    looks: dict[str, Callable[[Settings], str]] = {
        "Data folder": lambda given: f"OK ({prepare_data_folder(given)})",
        "Database": _database,
        "Lessons": _lessons,
        "Slack": _slack,
    }
    for name, look in looks.items():
        try:
            yield Finding(name, look(settings))
        except SetupError as error:
            yield Finding(name, error.user_message, is_well=False)


def _database(settings: Settings) -> str:
    from sqlalchemy.exc import OperationalError

    engine = make_engine(settings.database_url, pool_size=1)
    file = sqlite_path(engine)
    if file is not None and not file.exists():
        return f"OK (a start makes {file})"
    try:
        revision = current(engine)
    except OperationalError as error:
        raise SetupError(
            f"{engine.url.render_as_string()} cannot be used ({str(error.orig).splitlines()[0]}). "
            "Start it, or correct DATABASE_URL."
        ) from error
    finally:
        engine.dispose()
    if revision == head():
        return f"OK (revision {revision})"
    return f"OK (at revision {revision or 'none'}; a start brings it to {head()}, or now: mentor migrate)"


def _lessons(settings: Settings) -> str:
    folders = [OURS, *filter(None, [settings.lessons_folder])]
    return f"OK ({len(read_folders(*folders))} in {' and '.join(map(str, map(_short, folders)))})"


def _short(folder: Path) -> Path:
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _slack(settings: Settings) -> str:
    if not settings.slack_bot_token:
        return f"OK (not connected: no tokens in .env, so the bot runs in a Slack on this machine; {README})"
    client = WebClient(settings.slack_bot_token, timeout=TIMEOUT)
    if settings.slack_api_url:
        client.base_url = settings.slack_api_url
    answer = recognized(client)
    granted = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",")}
    needed = frozenset().union(*METHODS.values(), *EVENTS.values())
    if granted != {""} and needed - granted:
        missing = ", ".join(sorted(needed - granted))
        raise SetupError(f"{answer['team']} did not grant {missing}. Paste manifest.yml again and reinstall the app.")
    return f"OK ({answer['team']}, as {answer['user']})"
