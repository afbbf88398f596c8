"""Settings: the only reader of the environment and of `.env`. What each one means: `.env.example`."""

import difflib
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.errors import SetupError

KNOWN = (
    "MENTOR_COMMAND",
    "MENTOR_DATA_FOLDER",
    "MENTOR_DEPARTMENT_LABEL",
    "MENTOR_LESSONS_FOLDER",
    "MENTOR_MANAGER_LABEL",
    "MENTOR_ORGANIZERS",
    "MENTOR_THREADS",
)
"""Every MENTOR_ name there is; another one is a slip of the pen and refused."""

DATABASE_FILE = "mentor.db"
TOKEN = re.compile(r"(xoxb|xapp)-[A-Za-z0-9-]+")
USER_ID = re.compile(r"[UW][A-Z0-9]{2,}")
COMMAND = re.compile(r"/[a-z0-9_-]{1,31}")
DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
}
TOKEN_KINDS = {
    "xoxb": "a bot token (xoxb-)",
    "xapp": "an app-level token (xapp-)",
    "xoxp": "a user token (xoxp-)",
}
WHERE_TOKENS_ARE = {
    "xoxb": "copy the Bot User OAuth Token, which starts with xoxb-, from OAuth & Permissions",
    "xapp": "copy an App-Level Token with connections:write, which starts with xapp-, from Basic Information",
}


@dataclass(frozen=True)
class Settings:
    """How this bot is set up. Its repr holds no secret."""

    slack_bot_token: str | None = field(default=None, repr=False)
    slack_app_token: str | None = field(default=None, repr=False)
    slack_api_url: str | None = None
    database_url: str = field(default=f"sqlite+pysqlite:///data/{DATABASE_FILE}", repr=False)
    data_folder: Path = Path("data")
    port: int = 3999
    organizers: tuple[str, ...] = ()
    command: str = "/mentor"
    department_label: str = "Department"
    manager_label: str = "Manager"
    lessons_folder: Path | None = None
    threads: int = 50


def read_settings(environ: Mapping[str, str], env_file: Path | None = None) -> Settings:
    """The settings of `environ` and, where it is silent, of `env_file`; a blank value counts as not set.

    `environ` is left as it is. Raises SetupError, with one sentence and the next step, for a value that cannot work.
    """
    given = {name: text.strip() for name, text in {**_read_file(env_file), **environ}.items() if text.strip()}
    _refuse_unknown(given)
    folder = Path(given.get("MENTOR_DATA_FOLDER", "data"))
    bot_token, app_token = _tokens(given)
    return Settings(
        slack_bot_token=bot_token,
        slack_app_token=app_token,
        slack_api_url=_api_url(given.get("SLACK_API_URL")),
        database_url=_database_url(given.get("DATABASE_URL", f"sqlite:///{folder / DATABASE_FILE}")),
        data_folder=folder,
        port=_number(given, "PORT", 3999, 0, 65535),
        organizers=_organizers(given.get("MENTOR_ORGANIZERS", "")),
        command=_command(given.get("MENTOR_COMMAND", "/mentor")),
        department_label=given.get("MENTOR_DEPARTMENT_LABEL", "Department"),
        manager_label=given.get("MENTOR_MANAGER_LABEL", "Manager"),
        lessons_folder=Path(given["MENTOR_LESSONS_FOLDER"]) if "MENTOR_LESSONS_FOLDER" in given else None,
        threads=_number(given, "MENTOR_THREADS", 50, 1, 500),
    )


def prepare_data_folder(settings: Settings) -> Path:
    """Make the folder for our files, and that of the SQLite file where it lies elsewhere.

    Returns the data folder. Raises SetupError when one cannot be made or written to.
    """
    for folder in {settings.data_folder, _sqlite_folder(settings.database_url) or settings.data_folder}:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            raise SetupError(
                f"The folder {folder} cannot be written to ({error.strerror}). "
                "Make it writable, or name another one in MENTOR_DATA_FOLDER."
            ) from error
    return settings.data_folder


def _read_file(path: Path | None) -> dict[str, str]:
    if path is None or not path.exists():
        return {}
    try:
        return {name: text or "" for name, text in dotenv_values(path, interpolate=False).items()}
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"The file {path} cannot be read. Make it a plain UTF-8 text file that you may read, as .env.example is."
        ) from error


def _refuse_unknown(names: Iterable[str]) -> None:
    for name in names:
        if name.startswith("MENTOR_") and name not in KNOWN:
            nearest = difflib.get_close_matches(name, KNOWN, n=1, cutoff=0)[0]
            raise SetupError(f"There is no setting {name}. Did you mean {nearest}? .env.example lists them all.")


def _tokens(given: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Both tokens, or neither: half a connection is none."""
    bot = _token(given, "SLACK_BOT_TOKEN", "xoxb")
    app = _token(given, "SLACK_APP_TOKEN", "xapp")
    if bot and not app:
        raise SetupError(f"SLACK_APP_TOKEN is missing beside SLACK_BOT_TOKEN: {WHERE_TOKENS_ARE['xapp']}.")
    if app and not bot:
        raise SetupError(f"SLACK_BOT_TOKEN is missing beside SLACK_APP_TOKEN: {WHERE_TOKENS_ARE['xoxb']}.")
    return bot, app


def _token(given: Mapping[str, str], name: str, kind: str) -> str | None:
    """The token under `name`; its text never enters a message, only its kind does."""
    token = given.get(name)
    if token is None or (TOKEN.fullmatch(token) and token.startswith(f"{kind}-")):
        return token
    prefix = token.partition("-")[0]
    found = TOKEN_KINDS.get(prefix, "something else than a token") if prefix != kind else "only a part of a token"
    raise SetupError(f"{name} holds {found}: {WHERE_TOKENS_ARE[kind]}.")


def _api_url(url: str | None) -> str | None:
    if url is None:
        return None
    if not _is_web_address(url):
        raise SetupError(
            "SLACK_API_URL is not a web address. Write it like http://127.0.0.1:3999/api/, or leave it out for Slack."
        )
    return url if url.endswith("/") else f"{url}/"


def _is_web_address(url: str) -> bool:
    return bool(_has_valid_host(url) and urlsplit(url).hostname and urlsplit(url).scheme in ("http", "https"))


def _database_url(url: str) -> str:
    """The URL with its driver written out, as SQLAlchemy wants it. Its text may hold a password: never quote it."""
    scheme, _, rest = url.partition("://")
    driver = DRIVERS.get(scheme)
    complete = re.fullmatch("/.+" if scheme.startswith("sqlite") else ".+", rest)
    if not (driver and complete and _has_valid_host(url)):
        raise SetupError(
            "DATABASE_URL is not an address of SQLite or PostgreSQL. "
            "Write it like postgresql://user:password@host/name, or leave it out for a file in the data folder."
        )
    return f"{driver}://{rest}"


def _has_valid_host(url: str) -> bool:
    """Whether host and port of `url` can be read at all; either may be absent."""
    try:
        urlsplit(url).port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return False
    return True


def _sqlite_folder(url: str) -> Path | None:
    prefix = "sqlite+pysqlite:///"
    return Path(url.removeprefix(prefix).partition("?")[0]).parent if url.startswith(prefix) else None


def _number(given: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    text = given.get(name, str(default))
    if re.fullmatch(r"[0-9]{1,9}", text) and lowest <= int(text) <= highest:
        return int(text)
    raise SetupError(f"{name} is not a number from {lowest} to {highest}. Write {name}={default}, or leave it out.")


def _organizers(text: str) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for user_id in ids:
        if not USER_ID.fullmatch(user_id):
            raise SetupError(
                f"MENTOR_ORGANIZERS holds {user_id[:40]!r}, which is no member ID. "
                "In Slack open the person's profile, choose Copy member ID, and separate several by commas."
            )
    return ids


def _command(text: str) -> str:
    if not COMMAND.fullmatch(text):
        raise SetupError(
            "MENTOR_COMMAND is not a slash command: a slash and up to 31 lower-case letters, digits, - or _. "
            "Write it as in the app's manifest, like MENTOR_COMMAND=/mentor."
        )
    return text
