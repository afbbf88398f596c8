"""`mentor`: the bot, the sandbox, and what an engineer asks of them."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.clock import SystemClock
from bot.config import Settings, prepare_data_folder, read_settings
from bot.content import calendar as words
from bot.errors import SetupError
from bot.interpreter import share_arenas, spare_what_stays, switch_soon

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.app import Mentor
    from bot.looking import Found

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
people_cli = typer.Typer(no_args_is_help=True, help="What is known of people.")
cli.add_typer(people_cli, name="people")
LOOK_SECONDS = 5.0
ENV_FILE = Path(".env")
At = Annotated[str, typer.Option("--at", help="a moment with its zone, as 2026-04-07T09:00Z; now if not said")]


@cli.command()
def start() -> None:
    """The bot in your Slack when SLACK_BOT_TOKEN and SLACK_APP_TOKEN are set, else in a Slack on this machine."""
    settings = _settings()
    if settings.slack_bot_token:
        _run(settings)
    else:
        _rehearse(settings, seed="company", keep=False, story=True)


@cli.command()
def run() -> None:
    """The bot alone, connected to Slack over Socket Mode (or to any SLACK_API_URL)."""
    settings = _settings()
    if not settings.slack_bot_token:
        raise SetupError(
            "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set. Put both into .env (README, “Connect your Slack”), "
            "or try the bot without a Slack: mentor sandbox"
        )
    _run(settings)


@cli.command()
def sandbox(
    seed: Annotated[
        str, typer.Option(help="company (30 people), small (9) or world (300 in 12 countries)")
    ] = "company",
    keep: Annotated[bool, typer.Option("--keep", help="go on where the last sandbox ended")] = False,
    empty: Annotated[bool, typer.Option("--empty", help="nobody has joined yet")] = False,
) -> None:
    """A Slack on this machine with the bot in it, in your browser."""
    if seed not in ("company", "small", "world"):
        raise SetupError(f"There is no seed called {seed}. Use --seed company, --seed small or --seed world.")
    _rehearse(_settings(), seed=seed, keep=keep, story=seed == "company" and not empty)


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema; the bot does the same when it starts."""
    from storage.engine import make_engine
    from storage.migrate import upgrade

    settings = _settings()
    prepare_data_folder(settings)
    print("Upgraded." if upgrade(make_engine(settings.database_url)) else "Already up to date.")  # noqa: T201


@cli.command()
def doctor() -> None:
    """What is well, and the next step for what is not."""
    from bot.doctor import examine

    findings = []
    for finding in examine(_settings()):
        findings.append(finding)
        _say(str(finding))
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(1)


@cli.command()
def tick(
    at: At = "",
) -> None:
    """What one tick would send, move and let go. Nothing is sent and nothing is changed, also beside a running bot."""
    from bot import calendar_command

    typed = calendar_command.moment_of(at)
    with _looked_at() as found:
        _say(calendar_command.tick(found.engine, typed or found.now or SystemClock().now()))


@cli.command()
def calendar(
    user: Annotated[str, typer.Argument(help="@name or a Slack user id", show_default=False)],
    weeks: Annotated[int, typer.Option(min=1, max=52, help="how far to look")] = 4,
    at: At = "",
) -> None:
    """What someone will be sent in the weeks to come, when, and why not. It only reads, also beside a running bot."""
    from bot import calendar_command

    typed = calendar_command.moment_of(at)
    with _looked_at() as found:
        moment = typed or found.now or SystemClock().now()
        _say(calendar_command.calendar(found.engine, user, now=moment, weeks=weeks))


@cli.command()
def match(
    roster: Annotated[Path, typer.Argument(help="the people, as JSON or .csv", show_default=False)],
    history: Annotated[Path | None, typer.Option(help="who were partners, as JSON or .csv")] = None,
    mode: Annotated[
        Literal["peers", "mentors"], typer.Option(help="pairs who help each other, or mentors and their mentees")
    ] = "peers",
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="decides between equals")] = 7,
    weights: Annotated[Path | None, typer.Option(help="JSON: points per part, adding up to 100")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the first day; today if not said")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print a JSON document")] = False,
) -> None:
    """Match the people of a file, without Slack or database.

    A person has an id; offers, asks, goals and avoid (lists); style,
    department, level, manager (an id), timezone, hours (local, [9, 17]),
    capacity (partners this cycle, 0 sits out), role (peer, mentor,
    mentee or both; with --mode mentors peer, which is meant where none
    is given, means both) and left_out (cycles in a row). All but the id
    may be missing.

    History is a list of members and week, in weeks before now.

    In CSV lists are a;b, hours 9-17, a style planning=a;feedback=b.
    """
    from bot import match_command
    from bot.domain.matching import Mode

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as the files: ids and skills are in any script, on any machine
    day = on.date() if on else SystemClock().now().date()
    files = match_command.Files(roster, history, weights)
    matched = match_command.match(files, on=day, seed=seed, mode=Mode(mode), tell=_progress)
    _say(match_command.as_json(matched) if as_json else match_command.as_text(matched))


@people_cli.command("import")
def bring_people(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8: person, and what is known of them", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would be done, and do nothing")] = False,
    workspace: Annotated[str, typer.Option(help="its Slack id, where there are several")] = "",
) -> None:
    """Bring what Slack does not know of people: department, manager, level, location, start date.

    All of the file or nothing; the same file again changes nothing. Not beside a running bot on SQLite: there
    /mentor admin people import does the same.
    """
    from bot import people_command

    settings = _settings()
    with _database() as engine, nullcontext() if dry_run else people_command.sole_writer(engine):
        listing = people_command.listing(settings.slack_bot_token, settings.slack_api_url)
        now = SystemClock().now()
        _say(people_command.bring(engine, file, listing, workspace=workspace, dry_run=dry_run, now=now))


def main() -> None:
    """The command line; a SetupError is one sentence and exit code 1."""
    try:
        cli()
    except SetupError as error:
        sys.stderr.write(f"{error.user_message}\n")
        sys.exit(1)


def _settings() -> Settings:
    return read_settings(os.environ, ENV_FILE)


@contextmanager
def _looked_at() -> Iterator["Found"]:
    """The database a look is about; that it is the sandbox's is told beside what is found."""
    from bot.looking import looked_at

    with looked_at(_settings()) as found:
        if found.told:
            sys.stderr.write(f"{found.told}\n")
        yield found


@contextmanager
def _database() -> Iterator["Engine"]:
    """The bot's database, to be written to."""
    from bot.looking import is_there
    from storage.engine import make_engine

    engine = make_engine(_settings().database_url, pool_size=1)
    if not is_there(engine):
        raise SetupError(words.NO_DATABASE)
    yield engine
    engine.dispose()


def _run(settings: Settings) -> None:
    from bot.app import build
    from storage.engine import make_engine, sqlite_path

    _log_to_stderr()
    switch_soon()
    share_arenas()
    prepare_data_folder(settings)
    with ExitStack() as held:
        file = sqlite_path(make_engine(settings.database_url))
        if file is not None:
            held.enter_context(_alone_on(file))
        mentor = build(settings)
        held.callback(_end, mentor)
        spare_what_stays()
        mentor.start()
        _say(f"Connected to {mentor.workspace_name}. Type {settings.command} in Slack. Ctrl+C stops the bot.")
        if not _until_stopped(lambda: mentor.is_well):
            raise SetupError("A part of the bot ended by mistake; its log says which. Start it again.")


def _end(mentor: "Mentor") -> None:
    """Within ten seconds: where a call to Slack is still out Python would wait for its thread, but we do not."""
    if mentor.stop():
        return
    logging.getLogger(__name__).warning("A call to Slack was still under way; the next start sees to it.")
    logging.shutdown()
    os._exit(0)


def _rehearse(settings: Settings, *, seed: str, keep: bool, story: bool) -> None:
    from bot.rehearsal import Rehearsal

    _log_to_stderr()
    folder = prepare_data_folder(settings) / "sandbox"
    with _alone_on(folder), ExitStack() as held:
        rehearsal = Rehearsal(settings, folder, seed=seed, keep=keep, story=story)
        held.callback(rehearsal.stop)
        spare_what_stays()
        _say(f"A Slack with the bot in it: {rehearsal.start()}\nOpen it in a browser. Ctrl+C ends it.")
        _until_stopped()


@contextmanager
def _alone_on(path: Path) -> Iterator[None]:
    """Hold a database as its one runner: two of them would stall each other, and a sandbox empties its folder."""
    from storage.engine import AlreadyRunning, runner_lock

    with ExitStack() as held:
        try:
            held.enter_context(runner_lock(path))
        except AlreadyRunning:
            raise SetupError(
                f"Another mentor is already running on {path}. Stop it first, or give this one its own folder: "
                "MENTOR_DATA_FOLDER=other"
            ) from None
        yield


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


def _progress(line: str) -> None:
    """How far a long match is: on a screen, where nothing but a person reads it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Bolt reads SLACK_BOT_TOKEN by itself and then warns that our client, which holds the same token, wins.
    logging.getLogger("slack_bolt.App").setLevel(logging.ERROR)


def _until_stopped(is_well: Callable[[], bool] = lambda: True) -> bool:
    """Wait for a signal; False when the bot is no longer well before one comes, so that a supervisor starts it anew."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.wait(LOOK_SECONDS):
        if not is_well():
            return False
    return True
