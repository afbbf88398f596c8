"""Which database a look from the command line is about, and what time it is there: the bot's, or the sandbox's."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

from bot.config import DATABASE_FILE, Settings
from bot.content import calendar as words
from bot.errors import SetupError
from storage.engine import make_engine, reading_scope, sqlite_path
from storage.migrate import current, head
from storage.tables import Workspace


@dataclass(frozen=True)
class Found:
    """A database of this version. `now`: the time on its sandbox's clock; `told`: that it is a sandbox's."""

    engine: Engine
    now: datetime | None = None
    told: str = ""


@contextmanager
def looked_at(settings: Settings) -> Iterator[Found]:
    """The bot's database; where it has met no Slack and no token is set, the sandbox's, if there is one.

    Raises SetupError where there is none.
    """
    found = _found(settings)
    yield found
    found.engine.dispose()


def _found(settings: Settings) -> Found:
    own, folder = make_engine(settings.database_url, pool_size=1), settings.data_folder / "sandbox"
    is_ours = is_there(own)
    if settings.slack_bot_token is None and not (is_ours and _has_met_a_slack(own)):
        sandboxs = make_engine(f"sqlite+pysqlite:///{folder / DATABASE_FILE}", pool_size=1)
        if is_there(sandboxs):
            return Found(sandboxs, _clock_of(folder / "workspace.json"), words.OF_THE_SANDBOX.format(folder=folder))
    if not is_ours:
        raise SetupError(words.NO_DATABASE)
    return Found(own)


def is_there(engine: Engine) -> bool:
    """Whether it is a database of this version; looking makes none."""
    file = sqlite_path(engine)
    return (file is None or file.exists()) and current(engine) == head()


def _has_met_a_slack(engine: Engine) -> bool:
    with reading_scope(engine) as session:
        return session.exec(select(Workspace.id).limit(1)).first() is not None


def _clock_of(state: Path) -> datetime | None:
    """What the sandbox's clock said when it last kept its state; None where it kept none."""
    try:
        return datetime.fromisoformat(json.loads(state.read_text(encoding="utf-8"))["now"])
    except (OSError, ValueError, KeyError):
        return None
