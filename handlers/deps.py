"""What every listener is given: the database, the clock, and a way to ask Slack about people and places."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from bot.domain.considering_apart import Lists, considered
from bot.domain.matching import Inputs, MatchPlan
from bot.domain.people import Actor, ChannelFacts, PersonFacts, Stretch
from bot.domain.skills import Shared
from bot.services import remembering
from storage import people
from storage.engine import reading_scope, session_scope

FRESH = timedelta(days=7)
"""Facts older than this are read again when their person turns up: custom profile fields send no event. Before a match
everyone's older than an hour are; names, zones and departures come with user_change."""
FRESH_FOR_A_MATCH = timedelta(hours=1)
ANEW = timedelta(0)

AT_THE_DESK = 2
FEW = 10
"""Strangers who are asked about one by one: users.info takes a hundred a minute, users.list twenty pages of 200."""


class Directory(Protocol):
    """Reads people and channels from Slack. Never inside a transaction."""

    def person(self, user_id: str) -> PersonFacts: ...
    def people(self, cursor: str) -> tuple[list[PersonFacts], str]: ...
    def channel(self, channel_id: str) -> ChannelFacts | None: ...
    def members(self, channel_id: str, most: int) -> list[str] | None: ...
    def undisturbed(self, user_ids: Sequence[str]) -> dict[str, Stretch | None]: ...


class Act(NamedTuple):
    """One request: its session, who acts, and when."""

    session: Session
    actor: Actor
    now: datetime


class SharedReading(NamedTuple):
    """What everyone may be shown while typing a skill, when that was read, and how many seconds it took."""

    at: datetime
    seconds: float
    phrases: Shared


Solve = Callable[[Inputs], MatchPlan]
"""Matches a round. MentorError where it cannot."""
Consider = Callable[[Inputs], Lists]
"""Finds whom each person is shown before a match. MentorError where it cannot."""


@dataclass(frozen=True)
class Deps:
    """`shared`: by workspace, the last reading. `organizers`: the first organizers. `met`: whom the bot knows, and when
    it last asked Slack about them. `solve` and `consider`: never within an act, whose transaction others wait for.

    Acts are worked on two at a time: with fifty at once, the interpreter would get to the acknowledgement of the next
    click last, and Slack wants it within three seconds. `newcomers_first` returns when nobody waits for one,
    `once_acknowledged` when the form of a trigger_id has its own: who updates a modal at once would come before it.
    """

    engine: Engine
    clock: Clock
    directory: Directory
    workspace_id: str
    bot_user_id: str
    bot_name: str
    command: str = "/mentor"
    organizers: tuple[str, ...] = ()
    met: dict[str, datetime] = field(default_factory=dict)
    solve: Solve = Inputs.plan
    consider: Consider = considered
    shared: dict[str, SharedReading] = field(default_factory=dict)
    newcomers_first: Callable[[], None] = lambda: None
    once_acknowledged: Callable[[str], None] = lambda trigger_id: None
    desk: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_THE_DESK))

    @contextmanager
    def acting(self, user_id: str, *also: str) -> Iterator[Act]:
        """One session and one `now` for a person's act; they and those they name are known before it begins."""
        now = self.clock.now()
        for someone in (user_id, *also):
            self.meet(someone, now=now)
        with self._at_the_desk(), session_scope(self.engine) as session:
            yield Act(session, Actor(self.workspace_id, user_id), now)

    @contextmanager
    def looking(self, user_id: str) -> Iterator[Act]:
        """The same for an act that only reads: it waits for no writer."""
        now = self.clock.now()
        self.meet(user_id, now=now)
        with self._at_the_desk(), reading_scope(self.engine) as session:
            yield Act(session, Actor(self.workspace_id, user_id), now)

    @contextmanager
    def _at_the_desk(self) -> Iterator[None]:
        with self.desk:
            self.newcomers_first()
            yield

    def meet(self, user_id: str, *, now: datetime, fresh: timedelta = FRESH) -> None:
        """Make sure the bot knows someone, asking Slack when it never met them, or not since `fresh` ago."""
        last = self.met.get(user_id)
        if last is not None and now - last < fresh:
            return
        facts = self.directory.person(user_id)
        with session_scope(self.engine) as session:
            remembering.remember(session, self.workspace_id, facts, now=now)
        self.met[user_id] = now

    def meet_all(self, user_ids: Collection[str], *, now: datetime) -> None:
        """Make sure the bot knows many people: a few are asked about one by one, more are looked up in Slack's list."""
        with reading_scope(self.engine) as session:
            strangers = set(user_ids) - set(people.people_named(session, self.workspace_id, user_ids))
        if len(strangers) <= FEW:
            for someone in sorted(strangers):
                self.meet(someone, now=now)
            return
        for page in pages(self.directory):
            listed = [facts for facts in page if facts.user_id in strangers]
            with session_scope(self.engine) as session:
                remembering.remember_listed(session, self.workspace_id, listed)
            strangers -= {facts.user_id for facts in listed}
            if not strangers:
                return

    def first_sight(self, body: "Body") -> bool:
        """Whether an event is new: Slack delivers some twice and Bolt does not deduplicate."""
        with session_scope(self.engine) as session:
            event_id = str(body.get("event_id"))
            return remembering.first_sight_of(session, self.workspace_id, event_id, now=self.clock.now())


def pages(directory: Directory) -> Iterator[list[PersonFacts]]:
    """Everybody in the workspace, as many at a time as Slack lists at once."""
    cursor: str | None = ""
    while cursor is not None:
        listed, following = directory.people(cursor)
        yield listed
        cursor = following or None


Body = Mapping[str, Any]
Answer = Callable[..., Any]


def user_of(body: Body) -> str:
    """Who typed or pressed, in any of Slack's payloads."""
    user = body.get("user")
    user_id = user["id"] if isinstance(user, Mapping) else user or body.get("user_id")
    return str(user_id)


def value_of(body: Body) -> str | None:
    """The value of the button that was pressed."""
    actions = body.get("actions") or [{}]
    value = actions[0].get("value")
    return str(value) if value is not None else None
