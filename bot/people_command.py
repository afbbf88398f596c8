"""`mentor people import`: a file of what Slack does not know of people, all of it or nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.content import importing as words
from bot.content import terminal
from bot.domain.matching.roster import BadRows, Problem
from bot.domain.people import PersonFacts
from bot.errors import SetupError
from bot.importing import rows_of
from bot.rows import decoded
from bot.runtime.directory import SlackDirectory
from bot.runtime.slack import sending_client
from bot.services.importing import Imported, bring_all
from bot.views.kit import counted
from handlers.deps import pages
from storage.engine import AlreadyRunning, runner_lock, session_scope, sqlite_path, trial_scope
from storage.tables import Workspace

MOST_PROBLEMS = 20  # on the screen at once
Listing = Callable[[], Sequence[PersonFacts]]
"""Everybody Slack names; nobody where there is no Slack to ask."""


@contextmanager
def sole_writer(engine: Engine) -> Iterator[None]:
    """Write to the database as its only one. Raises SetupError beside a running bot on SQLite."""
    path = sqlite_path(engine)
    with ExitStack() as held:
        try:
            _ = path and held.enter_context(runner_lock(path))
        except AlreadyRunning:
            raise SetupError(words.BOT_RUNS.format(path=path)) from None
        yield


def listing(token: str | None, api_url: str | None) -> Listing:
    """How to ask Slack who is who; without a token only those the bot has met are known."""
    if token is None:
        return tuple
    directory = SlackDirectory(sending_client(token, api_url), "", "")

    def everybody() -> Sequence[PersonFacts]:
        try:
            return [facts for page in pages(directory) for facts in page]
        except (SlackApiError, OSError) as error:
            why = error.response["error"] if isinstance(error, SlackApiError) else str(error)
            raise SetupError(words.SLACK_SILENT.format(why=why)) from error

    return everybody


def bring(engine: Engine, path: Path, listing: Listing, *, workspace: str, dry_run: bool, now: datetime) -> str:
    """Keep what a file says of people, and say what was done. Raises SetupError, which names every problem."""
    try:
        rows = rows_of(decoded(path.read_bytes()))
        scope = trial_scope(engine) if dry_run else session_scope(engine)
        listed = listing()
        with scope as session:
            kept = bring_all(session, _workspace(session, workspace), rows, listed, by="", now=now)
    except FileNotFoundError:
        raise SetupError(terminal.NO_FILE.format(path=path)) from None
    except OSError as error:
        raise SetupError(terminal.UNREADABLE.format(path=path, why=error.strerror)) from None
    except BadRows as bad:
        raise SetupError(_refused(path, bad.problems)) from None
    return _said(path, kept, dry_run=dry_run)


def _workspace(session: Session, wanted: str) -> str:
    """The workspace that is meant: the only one, or the one named."""
    known = sorted(session.exec(select(Workspace.id)))
    if wanted and wanted not in known:
        raise SetupError(words.NO_WORKSPACE.format(id=wanted))
    if not wanted and len(known) != 1:
        raise SetupError(words.WHICH_WORKSPACE.format(ids=", ".join(known)))
    return wanted or known[0]


def _said(path: Path, kept: Imported, *, dry_run: bool) -> str:
    people = counted(kept.people, "person", "people")
    if dry_run:
        return words.WOULD_DO.format(path=path, people=people, changed=kept.changed)
    return words.DONE_HERE.format(people=people, changed=kept.changed, same=kept.people - kept.changed)


def _refused(path: Path, problems: Sequence[Problem]) -> str:
    lines = [words.FILE_REFUSED.format(path=path), *(str(problem) for problem in problems[:MOST_PROBLEMS])]
    if len(problems) > MOST_PROBLEMS:
        lines.append(terminal.MORE_PROBLEMS.format(count=len(problems) - MOST_PROBLEMS))
    return "\n  ".join(lines)
