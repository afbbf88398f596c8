"""Bad days on demand: errors, latency, lost connections and rate limits for the Web API."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.clock import elapsed, instant
from sandbox.errors import SlackError
from sandbox.shapes import Json
from sandbox.web_api.table import METHODS

RULE_KEYS = {"method", "channel", "times", "status", "error", "latency", "hang", "drop", "retry_after", "body"}
DELIVERIES = {"twice": 2, "lost": 0}
LIMIT_KEYS = {"method", "calls", "seconds", "by"}
# https://docs.slack.dev/apis/web-api/rate-limits
PER_MINUTE = {"Tier 1": 1, "Tier 2": 20, "Tier 3": 50, "Tier 4": 100}


@dataclass
class Rule:
    """What to do to calls of `method` ("*": all), in `channel` if given, `times` times (None: until cleared).

    `status`: answer this HTTP status instead (429 with `retry_after` seconds). `error`: answer ok:false with it.
    `latency`: wait so many real seconds first; `hang`: wait them before the answer, once the call took effect. `drop`:
    "before" closes the connection unanswered, "after" does so once the call took effect.
    """

    method: str = "*"
    channel: str | None = None
    times: int | None = None
    status: int | None = None
    error: str | None = None
    latency: float = 0.0
    hang: float = 0.0
    drop: str | None = None
    retry_after: int = 1
    body: str = ""

    def fits(self, method: str, channel: object) -> bool:
        return self.method in ("*", method) and self.channel in (None, channel)


@dataclass(frozen=True)
class Outage:
    """Between two moments of the workspace's clock Slack answers 503, and what happens is told to nobody, ever."""

    begins: datetime
    ends: datetime

    def rages(self, now: datetime) -> bool:
        return self.begins <= now < self.ends


@dataclass
class Limit:
    """At most `calls` in `seconds` real seconds for a method, counted per workspace or `by` "channel"."""

    method: str
    calls: int
    seconds: float = 60.0
    by: str = "workspace"
    times: dict[object, deque[float]] = field(default_factory=dict)

    def wait(self, place: object, now: float) -> int:
        """Whole seconds to wait before the next call (0: go on, and this call counts)."""
        recent = self.times.setdefault(place if self.by == "channel" else None, deque())
        while recent and now - recent[0] >= self.seconds:
            recent.popleft()
        if len(recent) < self.calls:
            recent.append(now)
            return 0
        return max(1, int(self.seconds - (now - recent[0])) + 1)


def slack_limits() -> list[Limit]:
    """The rate limits Slack documents, by method: tiers per minute, and one message a second per channel."""
    limits = [Limit(name, PER_MINUTE[rule.tier]) for name, rule in METHODS.items() if rule.tier in PER_MINUTE]
    return [*limits, Limit("chat.postMessage", 1, 1.0, "channel")]


class Faults:
    """The faults in force; none to begin with."""

    def __init__(self, now: Callable[[], datetime], seconds: Callable[[], float] = elapsed) -> None:
        self._now, self._seconds = now, seconds
        self._outages: list[Outage] = []
        self._deliveries = 1
        self._rules: list[Rule] = []
        self._limits: list[Limit] = []

    def clear(self) -> None:
        self._rules.clear()
        self._limits.clear()
        self._outages.clear()
        self._deliveries = 1

    def add(self, entry: Json) -> None:
        """A rule, a limit when `calls` is given, {"limits": "slack"} for all of Slack's, {"outage": [from, to]}, or
        {"events": "twice" | "lost"}.

        Raises SlackError("invalid_arguments") for an unknown key, KeyError for a limit without its method.
        """
        if set(entry) == {"outage"}:
            self._outages.append(Outage(*(instant(moment) for moment in entry["outage"])))
            return
        if set(entry) == {"events"} and entry["events"] in DELIVERIES:
            self._deliveries = DELIVERIES[entry["events"]]
            return
        if entry == {"limits": "slack"}:
            self._limits = slack_limits()
            return
        known = LIMIT_KEYS if "calls" in entry else RULE_KEYS
        if set(entry) - known:
            raise SlackError("invalid_arguments", [f"[ERROR] unknown: {', '.join(sorted(set(entry) - known))}"])
        if "calls" in entry:
            method = entry["method"]
            self._limits = [limit for limit in self._limits if limit.method != method]
            self._limits.append(Limit(**entry))
        else:
            self._rules.append(Rule(**entry))

    def strike(self, method: str, channel: object) -> Rule | None:
        """The rule that hits this call, used up by one."""
        for rule in self._rules:
            if rule.fits(method, channel):
                self._use(rule)
                return rule
        return None

    def is_out(self) -> bool:
        """Whether Slack is down at this moment of the workspace."""
        now = self._now()
        return any(outage.rages(now) for outage in self._outages)

    def deliveries(self) -> int:
        """How often an event that happens now is delivered."""
        return 0 if self.is_out() else self._deliveries

    def limited(self, method: str, channel: object) -> int:
        """Seconds for Retry-After, 0 when the call may pass."""
        limits = (limit for limit in self._limits if limit.method in ("*", method))
        return max((limit.wait(channel, self._seconds()) for limit in limits), default=0)

    def _use(self, rule: Rule) -> None:
        if rule.times is not None:
            rule.times -= 1
            if rule.times <= 0:
                self._rules.remove(rule)
