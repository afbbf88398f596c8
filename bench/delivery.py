"""How fast what waits goes out, what a kill leaves, and how long Socket Mode is gone after a reset; beside a rival."""

import logging
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Engine, text

from bench import rival
from bench.figures import Figure, below, beside
from bench.processes import COMPANY, MANIFEST, ROOT, bot_process, plain_process, wait_until_connected
from bot.clock import SystemClock
from bot.domain.notices import WelcomeBack
from bot.domain.pace import Rates
from bot.runtime.sender import Sender
from bot.runtime.slack import SlackGateway, sending_client
from sandbox.client import Control
from sandbox.server import Sandbox
from storage import claims, outbox
from storage.claims import Terms
from storage.engine import make_engine, session_scope
from storage.migrate import upgrade
from storage.tables import Person, Workspace
from tests.chaos.storm import Weather, blow
from tests.chaos.worker import in_plain_text, nobody_is_gone
from tests.postgres import embedded_server
from tests.runtime.little_slack import LittleSlack, serving

PACED_SECONDS = 30.0
A_SECOND = 10.0
RAW = {"sqlite": 31_147.0, "postgresql": 8_135.0}
"""Claims and settlements a second, twenty at a time, as the two databases were once measured to allow them at best."""
FAN_OUT = 2000
RIVAL_FAN_OUT = 400
RESETS, RIVAL_RESETS = 5, 3  # the rival needs up to a minute for each
LONGEST = 75.0
Start = Callable[[Mapping[str, str]], AbstractContextManager["subprocess.Popen[str]"]]


def measure() -> list[Figure]:
    """All of it, about two minutes."""
    logging.disable(logging.WARNING)
    with TemporaryDirectory() as folder, embedded_server() as url_of, quiet_slack() as slack:
        figures = [_paced(Path(folder), slack)]
        for engine in (_on_sqlite(Path(folder) / "raw.db"), _on_postgres(url_of("postgres"))):
            figures += _unpaced(engine, slack)
            engine.dispose()
        figures += _killed(Path(folder))
    logging.disable(logging.NOTSET)
    return [*figures, *_resets()]


@contextmanager
def quiet_slack() -> Iterator[LittleSlack]:
    """A Slack on loopback that answers at once."""
    slack = LittleSlack()
    slack.epoch = int(SystemClock().now().timestamp())
    with serving(slack):
        yield slack


def _on_sqlite(file: Path) -> Engine:
    engine = make_engine(f"sqlite+pysqlite:///{file}", pool_size=3)
    upgrade(engine)
    return engine


def _on_postgres(url: str) -> Engine:
    """A fresh schema in the embedded server's own database."""
    engine = make_engine(url, pool_size=3)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    upgrade(engine)
    return engine


def _fan_out(engine: Engine, messages: int, name: str) -> None:
    """A message each to so many people whose DM is known."""
    now = SystemClock().now()
    with session_scope(engine) as session:
        if session.get(Workspace, "T1") is None:
            session.add(Workspace(id="T1", name="Acme", bot_user_id="UBOT"))
            session.flush()
        for number in range(messages):
            user = f"U{name}{number}"
            session.add(Person(workspace_id="T1", user_id=user, dm_id=f"D{user}"))
        session.flush()
        for number in range(messages):
            key = f"{name}{number}"
            outbox.enqueue(session, "T1", WelcomeBack(key, "", ()), key=key, to=f"user:U{key}", due_at=now)


def _sender(engine: Engine, slack: LittleSlack, rates: Rates | None) -> Sender:
    gateway = SlackGateway(sending_client("xoxb-1", slack.url))
    return Sender(engine, SystemClock(), gateway, in_plain_text, nobody_is_gone, Terms(rates=rates))


def _paced(folder: Path, slack: LittleSlack) -> Figure:
    """Messages a second once the first burst is over, at a limit of ten a second."""
    engine = _on_sqlite(folder / "paced.db")
    _fan_out(engine, int(A_SECOND * (PACED_SECONDS + 10)), "paced")
    sender = _sender(engine, slack, Rates(first=A_SECOND, most=A_SECOND, growth=0))
    sender.start()
    time.sleep(5)
    before, began = len(slack.calls), perf_counter()
    time.sleep(PACED_SECONDS)
    rate = (len(slack.calls) - before) / (perf_counter() - began)
    sender.stop()
    engine.dispose()
    holds = abs(rate / A_SECOND - 1) <= 0.02
    name = "messages a second against a limit of ten"
    return Figure(name, round(rate, 2), "/s", A_SECOND, round(rate / A_SECOND, 3), "within 2 %", holds)


def _unpaced(engine: Engine, slack: LittleSlack) -> list[Figure]:
    """What one sender could say if Slack took everything, and what its claims alone allow."""
    kind = engine.dialect.name
    _fan_out(engine, FAN_OUT, "bare")
    began = perf_counter()
    while _claim_and_settle(engine):
        pass
    bare = FAN_OUT / (perf_counter() - began)
    _fan_out(engine, FAN_OUT, "said")
    began = perf_counter()
    said = _sender(engine, slack, None).drain(SystemClock().now())
    rate = said / (perf_counter() - began)
    return [
        Figure(f"claimed and settled on {kind}", round(bare), "/s", RAW[kind], round(bare / RAW[kind], 3)),
        Figure(f"said on {kind} with no pace", round(rate), "/s", round(bare), round(rate / bare, 3)),
    ]


def _claim_and_settle(engine: Engine) -> bool:
    now = SystemClock().now()
    with session_scope(engine) as session:
        batch = claims.claim(session, "bench", now, Terms(rates=None))
    with session_scope(engine) as session:
        for claim in batch:
            claims.mark_sent(session, claim, "D1", "1.0", now)
    return bool(batch)


def _killed(folder: Path) -> list[Figure]:
    """Messages that are missing or stand twice after kills: ours, and the rival's after a single one."""
    engine = _on_sqlite(folder / "killed.db")
    url = engine.url.render_as_string(hide_password=False)
    engine.dispose()
    aftermath = blow(url, Weather(messages=RIVAL_FAN_OUT, workers=1, kill_every=(0.08, 0.3)), seed=1)
    ours = len(aftermath.lost) + len(aftermath.duplicated)
    theirs, rate = _rival_killed(folder)
    name = f"lost or doubled of {RIVAL_FAN_OUT}, after {aftermath.kills} kills (the rival: 1)"
    return [
        Figure(name, ours, "messages", theirs, None, "none", ours == 0),
        Figure("the rival's messages a second, whatever Slack asks", round(rate), "/s"),
    ]


def _rival_killed(folder: Path) -> tuple[int, float]:
    file = str(folder / "rival.db")
    rival.prepare(file, RIVAL_FAN_OUT)
    with quiet_slack() as slack:
        first = _start_rival(file, slack)
        _until(lambda: len(slack.calls) >= RIVAL_FAN_OUT // 2)
        first.kill()
        first.wait()
        left, began = len(rival.unsent(file)), perf_counter()
        second = _start_rival(file, slack)
        _until(lambda: not rival.unsent(file))
        rate = left / (perf_counter() - began)
        second.kill()
        second.wait()
        seen = Counter(words for place in list(slack.messages) for words in slack.texts(place))
    wrong = sum(seen[f"k{number}"] != 1 for number in range(RIVAL_FAN_OUT))
    return wrong, rate


def _start_rival(file: str, slack: LittleSlack) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bench.rival", file, slack.url]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def _until(found: Callable[[], object]) -> None:
    deadline = perf_counter() + LONGEST
    while not found():
        if perf_counter() > deadline:
            raise RuntimeError("It did not come about.")
        time.sleep(0.005)


def _resets() -> list[Figure]:
    """Seconds without a connection after each of a few resets, beside Bolt's own; each has a Slack to itself."""
    with ThreadPoolExecutor() as both, TemporaryDirectory() as folder:
        ours = both.submit(_gone, lambda slack: bot_process(slack, Path(folder)), RESETS)
        theirs = both.submit(_gone, plain_process, RIVAL_RESETS)
        gone, rival_gone = ours.result(), theirs.result()
    return [
        beside("Socket Mode gone after a reset, median", median(gone), median(rival_gone), "s"),
        below("Socket Mode gone after a reset, longest", max(gone), "s", 10),
    ]


def _gone(start: Start, resets: int) -> list[float]:
    sandbox = Sandbox(COMPANY, MANIFEST)
    sandbox.start()
    slack = {
        "SLACK_API_URL": sandbox.slack_api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
    }
    with start(slack) as app:
        wait_until_connected(app)
        gone = [_reset(sandbox) for _ in range(resets)]
    sandbox.stop()
    return gone


def _reset(sandbox: Sandbox) -> float:
    _until(lambda: sandbox.sockets.connections)
    time.sleep(1.5)
    began = perf_counter()
    Control(sandbox.url).faults(socket="drop")
    _until(lambda: sandbox.sockets.connections)
    return perf_counter() - began
