"""A Slack in this process for the simulated year: what it takes, and its bad days, all from one seed."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from slack_sdk import WebClient

from bench.year.naive_consent import Seen
from bot.runtime.slack import MessageGone, Retry, SlackGateway, Unknown, Unreached

Answer = TypeVar("Answer")
LIMITED, LOST_BEFORE, LOST_AFTER = 0.02, 0.005, 0.005
"""How often Slack asks for patience, and how often an answer is lost before or after it did what it was asked."""


@dataclass(frozen=True)
class Post:
    """A message that stands."""

    channel: str
    key: str
    at: datetime


class SeededSlack(SlackGateway):
    """`now` is set by whoever lets time pass; `is_away` says when nobody answers."""

    def __init__(self, seed: int, is_away: Callable[[datetime], bool], now: datetime) -> None:
        super().__init__(WebClient())
        self._dice, self._is_away, self.now = random.Random(seed), is_away, now
        self.standing: dict[str, Post] = {}
        self.seen: list[Seen] = []
        self.calls = 0

    def post(self, channel: str, text: str, blocks: list[dict[str, Any]], key: str) -> str:
        return self._answered(lambda: self._take(channel, text, blocks, key))

    def update(self, channel: str, ts: str, text: str, blocks: list[dict[str, Any]], key: str) -> str:
        return self._answered(lambda: self._change(channel, self._standing(ts), text, blocks, key))

    def delete(self, channel: str, ts: str) -> None:
        self._answered(lambda: self.standing.pop(self._standing(ts)))

    def probe(self) -> None:
        self._answered(lambda: None)

    def open_group(self, user_ids: list[str]) -> str:
        return self._answered(lambda: "-".join(["D" if len(user_ids) == 1 else "G", *sorted(user_ids)]))

    def find(self, channel: str, key: str, since: datetime) -> str | None:
        return next(iter(self.find_all(channel, key, since)), None)

    def find_all(self, channel: str, key: str, since: datetime) -> list[str]:
        return self._answered(lambda: [ts for ts, post in self.standing.items() if post.key == key])

    def _take(self, channel: str, text: str, blocks: list[dict[str, Any]], key: str) -> str:
        ts = f"{self.calls:010}.000000"
        self.standing[ts] = Post(channel, key, self.now)
        return self._change(channel, ts, text, blocks, key)

    def _change(self, channel: str, ts: str, text: str, blocks: list[dict[str, Any]], key: str) -> str:
        asks = any(block["type"] == "actions" for block in blocks)
        self.seen.append(Seen(channel, key, self.now, f"{text} {json.dumps(blocks)}", asks))
        return ts

    def _standing(self, ts: str) -> str:
        if ts not in self.standing:
            raise MessageGone("message_not_found")
        return ts

    def _answered(self, act: Callable[[], Answer]) -> Answer:
        self.calls += 1
        if self._is_away(self.now):
            raise Unreached("nobody answers") if self._dice.random() < 0.5 else Unknown("503 ")
        bad = self._dice.random()
        if bad < LIMITED:
            raise Retry("ratelimited", timedelta(seconds=self._dice.randint(1, 40)), limited=True)
        if bad < LIMITED + LOST_BEFORE:
            raise Unknown("a connection was lost")
        answer = act()
        if bad < LIMITED + LOST_BEFORE + LOST_AFTER:
            raise Unknown("an answer was lost")
        return answer
