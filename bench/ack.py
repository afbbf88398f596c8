"""How long an ack takes through Socket Mode, against an empty listener in the same run.

The sandbox measures from sending an envelope to its ack; `/mentor status` reads and writes the database in between or
right after, while the empty listener does nothing at all. Both take turns, round by round. The bot at rest and the bot
while a match is solved take turns too, a few commands at a time, so that what else the machine does hits both.
"""

import asyncio
import json
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import aiohttp
import psutil

from bench.figures import Figure, below, beside, quantile
from bench.processes import Interrupted, bot_process, empty_process, sandbox_process, wait_until_connected
from bench.solvers import DAY, SEED, roster
from bot.config import Settings
from bot.domain.matching import Inputs, Rules, Weights, inputs_to_json
from bot.rehearsal import take_first_steps
from sandbox.client import Control
from storage.engine import make_engine
from storage.migrate import upgrade

ROUNDS = 5
TURNS, A_TURN = 50, 10
"""How often a match is stopped and goes on, and the commands at rest and beside it each time."""
BURSTS = {1: 60, 50: 10, 200: 3}
"""Commands at once -> how many times in a round."""

LATE_MS = 3000.0
QUIET_SECONDS, A_LOOK = 60.0, 0.02
COMMAND = Settings().command
MEGABYTE = 1024 * 1024


class Crowd:
    """Everybody in one sandbox, typing at once. `answers`: whether each command is also answered."""

    def __init__(self, url: str, *, answers: bool) -> None:
        self._url, self._answers = url, answers
        state = Control(url).state()
        self._channel = next(channel["id"] for channel in state["channels"] if channel.get("name") == "general")
        self._people = next(c["members"] for c in state["channels"] if c["id"] == self._channel)
        self._seen = 0

    async def type_at_once(self, http: aiohttp.ClientSession, number: int) -> list[float]:
        """`number` people send the command at once; milliseconds to each ack, and late ones as infinite."""
        typed = [self._type(http, self._people[n % len(self._people)]) for n in range(number)]
        await asyncio.gather(*typed)
        return await self._acks(http, number)

    async def type_one_by_one(self, http: aiohttp.ClientSession, number: int) -> list[float]:
        """The same of `number` single commands."""
        return [sample for _ in range(number) for sample in await self.type_at_once(http, 1)]

    async def _type(self, http: aiohttp.ClientSession, user: str) -> None:
        body = {"channel": self._channel, "user": user, "command": COMMAND, "text": "status"}
        async with http.post(f"{self._url}/_control/command", json=body) as answer:
            await answer.read()

    async def _acks(self, http: aiohttp.ClientSession, number: int) -> list[float]:
        """Read the log once everything has been acked and answered, so that the next burst starts from quiet."""
        until = perf_counter() + QUIET_SECONDS
        while perf_counter() < until:
            log = await self._log(http)
            asked = [line for line in log if line["kind"] == "slash_commands" and line["ms"] is not None]
            told = [line for line in log if line["direction"] == "from_bot" and line["ms"] is not None]
            if len(asked) == number and (len(told) >= number or not self._answers):
                self._seen = log[-1]["n"]
                return [_milliseconds(line) for line in asked]
            await asyncio.sleep(A_LOOK)
        raise RuntimeError(f"{number} commands were not all answered within {QUIET_SECONDS:g} s")

    async def _log(self, http: aiohttp.ClientSession) -> list[dict[str, Any]]:
        async with http.get(f"{self._url}/_control/log?since={self._seen}") as answer:
            log: list[dict[str, Any]] = (await answer.json())["log"]
            return log

    async def settle(self, http: aiohttp.ClientSession) -> None:
        """Forget what has been said so far."""
        log = await self._log(http)
        self._seen = log[-1]["n"] if log else self._seen


def _milliseconds(line: dict[str, Any]) -> float:
    failed = "error" in (line["response"] or {})
    return float("inf") if failed or line["ms"] > LATE_MS else float(line["ms"])


Samples = dict[int, list[list[float]]]
"""Commands at once -> a list of milliseconds per round."""


def measure() -> list[Figure]:
    """Median and p99 at 1, 50 and 200 at once, late ones, and the bot's memory after all that, its database found."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        upgrade(make_engine(f"sqlite+pysqlite:///{folder / 'mentor.db'}"))
        ours, theirs = stack.enter_context(sandbox_process()), stack.enter_context(sandbox_process())
        bot = stack.enter_context(bot_process(ours, folder))
        empty = stack.enter_context(empty_process(theirs))
        wait_until_connected(bot)
        wait_until_connected(empty)
        take_first_steps(Control(ours["url"]), COMMAND)
        crowds = Crowd(ours["url"], answers=True), Crowd(theirs["url"], answers=False)
        mine, its = asyncio.run(_take_turns(*crowds))
        beside_a_match = asyncio.run(_beside_a_match(crowds[0]))
        return [*_figures(mine, its), *beside_a_match, *memory("after the load", bot.pid)]


async def _beside_a_match(crowd: Crowd) -> list[Figure]:
    """p99 of single commands while a match is solved, beside a process that only counts, and at rest.

    Whoever computes takes a processor from the three that an ack needs here, the bot, the sandbox and this one: on two
    processors that alone doubles it. What a solver costs is what it takes beyond that.
    """
    inputs = Inputs(tuple(roster(10_000)), (), Rules(), Weights(), DAY, SEED)
    solver = Interrupted("bot.domain.matching.worker", json.dumps(inputs_to_json(inputs)))
    counter = Interrupted("bench.counting")
    solving, counting, rest = list[float](), list[float](), list[float]()
    async with aiohttp.ClientSession() as http:
        await crowd.settle(http)
        for _ in range(TURNS):
            rest += await crowd.type_one_by_one(http, A_TURN)
            with counter.under_way():
                counting += await crowd.type_one_by_one(http, A_TURN)
            with solver.under_way():
                solving += await crowd.type_one_by_one(http, A_TURN)
    solver.end()
    counter.end()
    slow, floor, quick = (quantile(samples, 0.99) for samples in (solving, counting, rest))
    return [
        beside("ack while 10,000 are matched, p99, against beside a count", slow, floor, "ms", 1.5),
        beside("ack while 10,000 are matched, p99, against at rest", slow, quick, "ms"),
    ]


async def _take_turns(*crowds: Crowd) -> tuple[Samples, ...]:
    samples: tuple[Samples, ...] = tuple({number: [] for number in BURSTS} for _ in crowds)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        for crowd in crowds:
            await crowd.settle(http)
            await crowd.type_at_once(http, 50)
        for _ in range(ROUNDS):
            for number, times in BURSTS.items():
                for crowd, found in zip(crowds, samples, strict=True):
                    bursts = [await crowd.type_at_once(http, number) for _ in range(times)]
                    found[number].append([sample for burst in bursts for sample in burst])
    return samples


def _figures(mine: Samples, its: Samples) -> list[Figure]:
    figures = []
    for number in BURSTS:
        for word, share in (("median", 0.5), ("p99", 0.99)):
            value, against = (median(quantile(r, share) for r in samples[number]) for samples in (mine, its))
            times = 2 if (number, word) == (50, "p99") else None
            figures.append(beside(f"ack at {number} at once, {word}", value, against, "ms", times))
    late = [sample for rounds in mine.values() for found in rounds for sample in found if sample > LATE_MS]
    figures.append(Figure("acks over 3 s", len(late), "acks", aim="none", holds=not late))
    return figures


def memory(when: str, pid: int) -> list[Figure]:
    """What a process holds, in megabytes: resident, and its fair share of what it shares with others."""
    held = psutil.Process(pid).memory_full_info()
    return [
        below(f"memory of the bot {when}, RSS", held.rss / MEGABYTE, "MB", 120),
        below(f"memory of the bot {when}, PSS", held.pss / MEGABYTE, "MB"),
    ]
