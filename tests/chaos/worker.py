"""A process that does nothing but send, and may be killed or frozen at any moment. Started by a fork server."""

import logging
import os
import signal
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from random import Random
from typing import Any

from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session

from bot.clock import SystemClock
from bot.domain.notices import Notice, WelcomeBack
from bot.runtime.sender import Sender
from bot.runtime.slack import SlackGateway, sending_client
from bot.views.kit import Attached
from storage.claims import Terms
from storage.engine import make_engine

LEASE = timedelta(seconds=1)
TERMS = Terms(lease=LEASE, first_probe=timedelta(seconds=0.2), rates=None)
WARM = (psycopg, pysqlite)
"""What a process would do first is done in the fork server, so that it lives long enough to be killed at work."""
configure_mappers()


@dataclass
class Plain:
    """A notice as its program's name."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    file: Attached | None = None


def in_plain_text(notice: Notice) -> Plain:
    assert isinstance(notice, WelcomeBack)
    return Plain(notice.program)


def work(database_url: str, slack_url: str, seed: int, crash_share: float, go: Connection) -> None:
    """Send until killed, once told to; at each crash point this process ends itself with probability `crash_share`."""
    logging.disable(logging.CRITICAL)
    go.recv()
    chance = Random(seed)

    def crash_point(_name: str) -> None:
        if chance.random() < crash_share:
            os.kill(os.getpid(), signal.SIGKILL)

    clock = SystemClock()
    gateway = SlackGateway(sending_client("xoxb-1", slack_url))
    engine = make_engine(database_url, pool_size=3)
    sender = Sender(engine, clock, gateway, in_plain_text, nobody_is_gone, TERMS, crash_point)
    while True:
        sender.drain(clock.now())
        time.sleep(0.01)


def nobody_is_gone(_session: Session, _workspace_id: str, to: str, error: str, _now: datetime) -> None:
    raise AssertionError(f"{to} is gone: {error}")
