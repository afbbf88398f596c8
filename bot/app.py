"""The composition root: settings, a clock and a Slack in, a running bot out."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime, timedelta

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

import handlers
from bot.clock import Clock, SystemClock, TravelClock, elapsed
from bot.config import Settings
from bot.content.lessons import teach
from bot.domain.considering_apart import considered
from bot.errors import SetupError
from bot.runtime.directory import SlackDirectory
from bot.runtime.quiet import Quiet
from bot.runtime.sender import Sender
from bot.runtime.slack import SlackGateway, sending_client
from bot.runtime.socket import Door, connection
from bot.runtime.solving import Solver
from bot.runtime.sweeping import Sweep
from bot.runtime.ticker import Ticker
from bot.runtime.weekly import WeeklyMatch
from bot.services import administering, heartbeat, holding, remembering
from bot.views import messages
from bot.views.kit import call_the_command
from handlers.deps import FRESH_FOR_A_MATCH, Deps, Solve
from storage import outbox
from storage.engine import empty, make_engine, reading_scope, session_scope
from storage.migrate import upgrade
from storage.tables import Person

PERSON_GONE = {"user_disabled", "user_not_found", "users_not_found"}
ACTS_SHARE = 0.45
"""Of the time there is for ending: for what people and the clock began; the rest is for saying what came of it."""
LONGEST_LEAP = timedelta(days=1)
AT_ONCE = timedelta(seconds=1)
log = logging.getLogger(__name__)


class Mentor:
    """The bot: listeners, the heartbeat, the sender and one Socket Mode connection, over one database."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        engine: Engine,
        client: WebClient,
        executor: Executor,
        solve: Solve | None,
    ) -> None:
        self._clock, self._engine, self._executor = clock, engine, executor
        self._who = _who_am_i(client)
        self._turn = threading.Lock()
        self._solver = Solver()
        self._started = False
        door = Door()
        directory = SlackDirectory(client, settings.department_label, settings.manager_label)
        self.deps = Deps(
            engine=engine,
            clock=clock,
            directory=directory,
            workspace_id=self._who["team_id"],
            bot_user_id=self._who["user_id"],
            bot_name=self._who["user"],
            command=settings.command,
            organizers=settings.organizers,
            solve=solve or self._solver,
            consider=considered if solve else self._solver.consider,
            newcomers_first=door.wait_until_quiet,
            once_acknowledged=door.wait_until_acknowledged,
        )
        self._quiet = Quiet(engine, directory, self._who["team_id"])
        self._sweep = Sweep(engine, directory, self._who["team_id"])
        self._weekly = WeeklyMatch(engine, self.deps.solve, self._read_anew)
        self._remember_workspace()
        self.app = App(client=client, token_verification_enabled=False, listener_executor=executor)
        handlers.register(self.app, self.deps)
        self.sender = Sender(engine, clock, SlackGateway(client), messages.render, place_gone)
        self._ticker = Ticker(self.tick)
        self._socket = connection(self.app, settings.slack_app_token or "", settings.threads, door)

    @property
    def is_well(self) -> bool:
        """Whether what speaks and what keeps time are at work."""
        return self.sender.is_at_work and self._ticker.is_at_work

    @property
    def workspace_name(self) -> str:
        """As Slack shows it."""
        return self._who["team"]

    def start(self) -> None:
        """Connect, then begin to send and to tick. Raises SetupError when Slack refuses the app token."""
        try:
            self._socket.connect()
        except SlackApiError as error:
            raise SetupError(
                f"Slack refused SLACK_APP_TOKEN ({error.response['error']}). "
                "Make a new app-level token with connections:write under Basic Information and set it again."
            ) from error
        while self._in_a_transaction(holding.hold_back, self._clock.now()):
            pass  # what waited for this start may have waited into the night
        self.sender.start()
        self._ticker.start()
        self._started = True

    def stop(self, seconds: float = 9.5) -> bool:
        """Take no more acts, finish those that began, say what can still be said, and end: all within `seconds`, less
        than supervisors wait before they kill. False when something was still under way then; nothing is lost by it."""
        ends = elapsed() + seconds
        self._solver.stop()
        ending = [self._close_the_door, *([self._ticker.stop] if self._started else [])]
        ended = _all_within(seconds * ACTS_SHARE, ending)
        said = self.sender.stop(ends - elapsed())
        if ended and said:
            self._engine.dispose()
        return ended and said

    def _close_the_door(self) -> None:
        self._socket.close()
        self._executor.shutdown()

    def tick(self) -> None:
        """Do what the passing of time has made due."""
        with self._turn:
            now = self._clock.now()
            self._quiet.look_ahead(now)
            while self._in_a_transaction(heartbeat.tick, now):
                self.deps.newcomers_first()  # a click is acknowledged before the next two hundred are asked
            self._sweep.sweep_due(now)
            self._weekly.match_due(now)

    def _in_a_transaction(self, act: heartbeat.Beat, now: datetime) -> bool:
        with session_scope(self._engine) as session:
            return act(session, now=now)

    def advance(self, to: datetime) -> datetime:
        """Leap to the next due moment, at most `to` and at most a day; do and say all that is due there.

        Returns the moment reached. Only for a bot on a TravelClock.
        """
        if not isinstance(self._clock, TravelClock):
            raise TypeError("Only a TravelClock can be moved.")
        now = self._clock.now()
        with reading_scope(self._engine) as session:
            due = heartbeat.next_due(session, now=now)
            waiting = outbox.next_due(session, now)
        # What is due already was enqueued a moment ago, by an act: it goes out before time goes on.
        unsent = max(waiting, now + AT_ONCE) if waiting is not None else to
        moment = min(to, due or to, unsent, now + LONGEST_LEAP)
        self._clock.travel(moment)
        self.tick()
        return self._say_all(self._clock, moment, to)

    def _say_all(self, clock: TravelClock, moment: datetime, to: datetime) -> datetime:
        """Say all that is due, a second at a time as its pace wants it; returns the moment reached, at most `to`."""
        self.sender.drain(clock.now())
        while moment + AT_ONCE <= to and self.sender.something_is_due():
            moment += AT_ONCE
            clock.travel(moment)
            self.sender.drain(clock.now())
        return moment

    def _read_anew(self, user_id: str, now: datetime) -> None:
        self.deps.meet(user_id, now=now, fresh=FRESH_FOR_A_MATCH)

    def reset(self) -> None:
        """Forget everything: a fresh world on the same schema."""
        with self._turn:
            empty(self._engine)
            self.deps.met.clear()
            self._remember_workspace()

    def _remember_workspace(self) -> None:
        with session_scope(self._engine) as session:
            who = self._who
            remembering.remember_workspace(session, who["team_id"], who["team"], who["user_id"], who["user"])
            known = select(Person.user_id, Person.refreshed_at).where(Person.workspace_id == who["team_id"])
            self.deps.met.update({user_id: asked for user_id, asked in session.exec(known) if asked is not None})


def _all_within(seconds: float, acts: Sequence[Callable[[], object]]) -> bool:
    """Do all of them at once; whether they were done in time. What was not goes on in a thread nobody waits for."""
    ends = elapsed() + seconds
    threads = [threading.Thread(target=act, daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, ends - elapsed()))
    return not any(thread.is_alive() for thread in threads)


def build(
    settings: Settings,
    clock: Clock | None = None,
    client: WebClient | None = None,
    executor: Executor | None = None,
    solve: Solve | None = None,
) -> Mentor:
    """A bot ready to `start`, its database upgraded. Raises SetupError when Slack refuses the bot token.

    `solve` matches in place of a worker process.
    """
    call_the_command(settings.command)
    teach(settings.lessons_folder)
    engine = make_engine(settings.database_url, pool_size=settings.threads)
    try:
        upgrade(engine)
    except OperationalError as error:
        raise SetupError(
            f"The database {engine.url.render_as_string()} cannot be used ({str(error.orig).splitlines()[0]}). "
            "Start it, or correct DATABASE_URL."
        ) from error
    return Mentor(
        settings,
        clock or SystemClock(),
        engine,
        client or sending_client(settings.slack_bot_token or "", settings.slack_api_url),
        executor or ThreadPoolExecutor(settings.threads, thread_name_prefix="listener"),
        solve,
    )


def _who_am_i(client: WebClient) -> dict[str, str]:
    answer = recognized(client)
    who = {name: str(answer[name]) for name in ("team_id", "team", "user_id")}
    return {**who, "user": SlackDirectory(client, "", "").person(who["user_id"]).name}


def recognized(client: WebClient) -> SlackResponse:
    """What Slack says of the bot whose token this is. Raises SetupError where it refuses, or cannot be reached."""
    try:
        return client.auth_test()
    except SlackApiError as error:
        raise SetupError(
            f"Slack refused SLACK_BOT_TOKEN ({error.response['error']}). "
            "Copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions and set it again."
        ) from error
    except OSError as error:
        raise SetupError(
            f"Slack cannot be reached at {client.base_url}. Check the network, or SLACK_API_URL if you set it."
        ) from error


def place_gone(session: Session, workspace_id: str, to: str, error: str, now: datetime) -> None:
    """A message found nobody: the channel's organizers or the person's partners are told once."""
    kind, _, name = to.partition(":")
    if kind == "channel":
        administering.channel_lost(session, workspace_id, name, now=now)
    if kind == "user" and error in PERSON_GONE:
        remembering.found_gone(session, workspace_id, name, now=now)
    log.warning("%s could not be reached: %s", to, error)
