"""What Slack hands out for a short while: triggers, response_urls and Socket Mode tickets. All in real seconds."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import elapsed
from sandbox.errors import SlackError

# https://docs.slack.dev/interactivity/handling-user-interaction: 3 s and once; 5 uses within 30 minutes.
TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass
class Trigger:
    """Lets the app open one modal for one person."""

    user_id: str
    born: float
    exchanged: bool = False


@dataclass
class ResponsePermit:
    """Lets the app answer where a person stood. `message_ts` is the message they pressed in, `ephemeral` its kind."""

    channel_id: str
    user_id: str
    born: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Permits:
    """Issues and checks permits; `seconds` is the real clock, replaceable so that 30 minutes can be tested."""

    def __init__(self, seconds: Callable[[], float] = elapsed) -> None:
        self._seconds = seconds
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponsePermit] = {}
        self._tickets: set[str] = set()
        self._count = 0
        self.trigger_seconds = TRIGGER_SECONDS

    def trigger(self, user_id: str) -> str:
        """A new trigger_id for something this person did."""
        self._count += 1
        trigger_id = f"{self._count}.{int(self._seconds() * 1000)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user_id, self._seconds())
        return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """The person behind the trigger, once.

        Raises SlackError: invalid_trigger_id, exchanged_trigger_id or expired_trigger_id.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if self._seconds() - trigger.born > self.trigger_seconds:
            raise SlackError("expired_trigger_id")
        trigger.exchanged = True
        return trigger.user_id

    def was_exchanged(self, trigger_id: str) -> bool:
        """Whether the app has opened something with this trigger."""
        trigger = self._triggers.get(trigger_id)
        return trigger is not None and trigger.exchanged

    def response(self, channel_id: str, user_id: str, message_ts: str | None = None) -> str:
        """The secret part of a new response_url."""
        secret = secrets.token_hex(12)
        self._responses[secret] = ResponsePermit(channel_id, user_id, self._seconds(), message_ts)
        return secret

    def use_response(self, secret: str) -> ResponsePermit:
        """Spend one use. Raises SlackError: no_such_url (never issued), expired_url or used_url."""
        permit = self._responses.get(secret)
        if permit is None:
            raise SlackError("no_such_url")
        if self._seconds() - permit.born > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        if permit.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        permit.uses += 1
        return permit

    def ticket(self) -> str:
        """A one-time ticket for a Socket Mode connection."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    def redeem(self, ticket: str) -> bool:
        """Whether the ticket was issued and not used before."""
        known = ticket in self._tickets
        self._tickets.discard(ticket)
        return known
