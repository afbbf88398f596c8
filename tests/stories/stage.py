"""The words stories are told in: who does what, and what everyone sees.

A story is a list of steps, played on a `Stage`: a sandbox Slack with the real bot in it. Whatever the bot says to
somebody must be seen in the story before its time moves on, so that a story is also a list of all that was said.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot.config import Settings
from bot.domain.matching import Inputs
from bot.rehearsal import Rehearsal
from sandbox.client import Control
from storage.tables import OutboxRow, OutboxStatus
from tests.stories.reading import buttons, element_of, filled, words_of

Json = dict[str, Any]
A_MOMENT = 0.1
PATIENCE = 10.0  # real seconds for the bot to come to rest
CHANNEL = "C0PEERMENTORING"
GENERAL = "C0GENERAL"
YEAR = 2026


class Stage:
    """A Slack with the bot in it, and what everyone has seen of it so far. Matches are solved in this process."""

    def __init__(self, folder: Path, seed: str = "small") -> None:
        settings = Settings(port=0)
        self.rehearsal = Rehearsal(settings, folder, seed=seed, story=False, solve=Inputs.plan)
        self.url = self.rehearsal.start()
        self._take_time()
        self.control = Control(self.url)
        self.seen: dict[str, dict[str, str]] = {}

    def _take_time(self) -> None:
        """Slack's three seconds are measured by `bench/ack.py`; a story is told on a machine that many share."""
        assert self.rehearsal.mentor is not None
        self.rehearsal.sandbox.be_patient(PATIENCE)
        for listener in self.rehearsal.mentor.app._listeners:
            listener.ack_timeout = int(PATIENCE)
        self.rehearsal.listeners.rest()

    @property
    def bot(self) -> str:
        return str(self.control.state()["apps"][0]["bot_user_id"])

    @property
    def now(self) -> datetime:
        return self.rehearsal.clock.now()

    def stop(self) -> None:
        self.rehearsal.stop()

    def reset(self) -> None:
        """A fresh world, at its first moment."""
        self.settle()
        self.control.reset()
        self.seen = {}
        self._reached()

    def _reached(self) -> None:
        """Wait until Slack has a connection to the bot again: the story before may have ended in a dropped one."""
        deadline = time.monotonic() + PATIENCE
        while not self.rehearsal.sandbox.sockets.connections:
            if time.monotonic() > deadline:
                raise TimeoutError("the bot does not connect")
            time.sleep(0.005)

    def settle(self) -> None:
        """Wait until the bot has done and said all that is due."""
        deadline = time.monotonic() + PATIENCE
        sharing = self.rehearsal.sandbox.web_api.sharing
        while not (self.rehearsal.listeners.rest() and not self._unsaid() and not sharing.under_way):
            if time.monotonic() > deadline:
                raise TimeoutError(f"still to be said: {self._unsaid()}")
            time.sleep(0.005)
            if time.monotonic() > deadline - PATIENCE + A_MOMENT:
                self._let_a_second_pass()

    def _let_a_second_pass(self) -> None:
        """What a place is to hear a second later, it hears now."""
        assert self.rehearsal.mentor is not None
        self.rehearsal.clock.travel(self.now + timedelta(seconds=1))
        self.rehearsal.mentor.sender.drain(self.now)

    def _unsaid(self) -> list[str]:
        waiting = col(OutboxRow.status).in_([OutboxStatus.PENDING, OutboxStatus.SENDING])
        with self.reading() as session:
            return list(session.exec(select(OutboxRow.key).where(waiting, col(OutboxRow.due_at) <= self.now)))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to look into the bot's database."""
        assert self.rehearsal.mentor is not None
        with Session(self.rehearsal.mentor.deps.engine) as session:
            yield session

    def outbox(self) -> list[OutboxRow]:
        """Everything the bot has said or means to say, in order."""
        with self.reading() as session:
            return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))

    def messages(self) -> list[Json]:
        """All messages of the workspace, each with its channel."""
        places = [channel["id"] for channel in self.control.state()["channels"]]
        return [{**message, "channel": place} for place in places for message in self.control.messages(place)]

    def shown_to(self, user: str) -> list[Json]:
        """What the bot has said to a person: DM, group DMs, ephemerals; oldest first."""
        places = self.control.state()["channels"]
        found = []
        for place in places:
            inner = user in place.get("members", ()) and (place.get("is_im") or place.get("is_mpim"))
            said = self.control.messages(place["id"]) if inner or not place.get("is_im") else []
            mine = [m for m in said if (inner and m.get("user") != user) or m.get("visible_to") == user]
            found += [{**message, "channel": place["id"]} for message in mine]
        return sorted(found, key=lambda message: str(message["ts"]))

    def posted_in(self, channel: str) -> list[Json]:
        """What everyone in a channel can read."""
        said = self.control.messages(channel)
        return [{**m, "channel": channel} for m in said if not m.get("is_ephemeral") and not m.get("subtype")]

    def unseen(self, who: str) -> dict[str, str]:
        """What is new or changed for a person (or a channel) since it was last seen: by place and ts, the words."""
        before = self.seen.get(who, {})
        items = self.posted_in(who) if who.startswith("C") else self.shown_to(who)
        words = {f"{item['channel']}/{item['ts']}": words_of(item) for item in items}
        return {place: said for place, said in words.items() if before.get(place) != said}

    def see(self, who: str, *fragments: str) -> None:
        """Hold that something new holds all `fragments`; it counts as seen from now on."""
        self.settle()
        new = self.unseen(who)
        found = {place: said for place, said in new.items() if all(fragment in said for fragment in fragments)}
        modal = self.control.view(who) if who.startswith("U") else None
        if not found and not (modal and all(fragment in words_of(modal) for fragment in fragments)):
            shown = [*new.values(), f"modal: {words_of(modal)}" if modal else "no modal"]
            raise AssertionError(f"{who} does not see {fragments}, but:\n" + "\n".join(shown))
        self.seen.setdefault(who, {}).update(found)

    def nothing_unseen(self) -> None:
        """Hold that the bot said nothing in a DM, a group DM or the program's channel that the story did not tell."""
        self.settle()
        people = [user["id"] for user in self.control.state()["users"] if not user.get("is_bot")]
        for who in [CHANNEL, *people]:
            new = [said for place, said in self.unseen(who).items() if who == CHANNEL or not place.startswith("C")]
            assert not new, f"{who} also sees:\n" + "\n".join(new)


@dataclass(frozen=True)
class Step:
    """One line of a story."""

    line: str
    act: Callable[[Stage], None]


def play(stage: Stage, story: list[Step]) -> None:
    """Play a story; where it does not come about, say at which line."""
    for number, step in enumerate(story, 1):
        try:
            step.act(stage)
        except (AssertionError, TimeoutError) as broken:
            raise AssertionError(f"line {number}: {step.line}\n{broken}") from broken


class Cast:
    """One person, or several who do the same."""

    def __init__(self, *users: str) -> None:
        self.users = users

    def __add__(self, other: "Cast") -> "Cast":
        return Cast(*self.users, *other.users)

    def _step(self, line: str, act: Callable[[Stage, str], object]) -> Step:
        def each(stage: Stage) -> None:
            for user in self.users:
                act(stage, user)

        return Step(f"{' and '.join(user[2:].title() for user in self.users)} {line}", each)

    def types(self, text: str, place: str = GENERAL) -> Step:
        """A slash command in a channel, or words to the bot in its DM."""

        def typed(stage: Stage, user: str) -> None:
            command, _, rest = text.partition(" ")
            if text.startswith("/"):
                _carried_out(stage.control.command(place, user, command, rest))
            else:
                _carried_out(stage.control.message(stage.bot, user, text))
            stage.settle()

        return self._step(f"types {text!r}", typed)

    def sees(self, *fragments: str) -> Step:
        """Something new in a DM, a group DM, an ephemeral, or the modal that is open."""
        return self._step(f"sees {fragments}", lambda stage, user: stage.see(user, *fragments))

    def sees_nothing(self) -> Step:
        """Nothing new."""

        def nothing(stage: Stage, user: str) -> None:
            stage.settle()
            new = {place: said for place, said in stage.unseen(user).items() if not place.startswith("C")}
            assert not new, f"{user} sees {list(new.values())}"

        return self._step("sees nothing", nothing)

    def sees_no(self, fragment: str) -> Step:
        """Nothing new that says so."""

        def none(stage: Stage, user: str) -> None:
            stage.settle()
            found = [said for said in stage.unseen(user).values() if fragment in said]
            assert not found, f"{user} sees {found}"

        return self._step(f"sees no {fragment!r}", none)

    def presses(self, label: str, about: str = "") -> Step:
        """The newest button of that name in a message (one that says `about`)."""
        return self._step(f"presses [{label}]", lambda stage, user: press(stage, user, label, about))

    def submits(self, **values: Any) -> Step:
        """The open form, its fields by block_id: dates as 2026-01-29, choices by their label."""
        return self._step(f"submits {values}", lambda stage, user: _carried_out(submit(stage, user, **values)))

    def fails_to_submit(self, field: str, sentence: str, **values: Any) -> Step:
        """The open form, which says what is wrong below a field and stays open."""

        def refused(stage: Stage, user: str) -> None:
            assert submit(stage, user, **values)["errors"] == {field: sentence}

        return self._step(f"is refused {values}", refused)

    def closes(self) -> Step:
        """Every modal."""
        return self._step("closes", lambda stage, user: stage.control.close_view(user, clear=True))

    def joins(self, **profile: Any) -> Step:
        """Types /mentor join and fills in the form."""

        def joined(stage: Stage, user: str) -> None:
            stage.control.command(GENERAL, user, "/mentor", "join")
            stage.settle()
            _carried_out(submit(stage, user, **profile))
            stage.see(user, "You are in")
            stage.control.close_view(user, clear=True)

        return self._step(f"joins {profile}", joined)

    def sets_up(self, words: str = "/mentor admin setup", template: str = "", **fields: Any) -> Step:
        """Types so, takes this template (or the first) where one is to be chosen, fills in the details, saves the
        preview."""

        def done(stage: Stage, user: str) -> None:
            command, _, rest = words.partition(" ")
            _carried_out(stage.control.command(GENERAL, user, command, rest))
            stage.settle()
            view = stage.control.view(user)
            assert view, f"no modal, but {stage.unseen(user)}"
            if view["callback_id"] == "setup_template":
                _carried_out(submit(stage, user, **({"template": template} if template else {})))
            _carried_out(submit(stage, user, **fields))
            stage.see(user, "made-up names")
            _carried_out(submit(stage, user))
            stage.see(user, "is saved.")
            stage.control.close_view(user, clear=True)

        return self._step(f"sets up {fields}", done)

    def finds_at_home(self, *fragments: str) -> Step:
        """App Home, opened, says so."""

        def found(stage: Stage, user: str) -> None:
            stage.control.open_home(user)
            stage.settle()
            home = words_of(stage.control.home(user) or {})
            assert all(fragment in home for fragment in fragments), home

        return self._step(f"finds at home {fragments}", found)


class Place:
    """A channel, as everyone in it sees it."""

    def __init__(self, channel: str) -> None:
        self.channel = channel

    def hears(self, *fragments: str) -> Step:
        return Step(f"#{self.channel} hears {fragments}", lambda stage: stage.see(self.channel, *fragments))

    def hears_nothing(self) -> Step:
        def silent(stage: Stage) -> None:
            stage.settle()
            new = list(stage.unseen(self.channel).values())
            assert not new, f"the channel hears {new}"

        return Step(f"#{self.channel} hears nothing", silent)


def at(moment: str, zone: str = "UTC") -> Step:
    """Let time pass until `Tue 27 Jan 10:00`, once everything said so far was seen."""

    def travelled(stage: Stage) -> None:
        stage.nothing_unseen()
        skip(moment, zone).act(stage)

    return Step(f"--- {moment} {zone}", travelled)


def skip(moment: str, zone: str = "UTC") -> Step:
    """Let time pass, whoever has seen what; nobody acts meanwhile."""

    def travelled(stage: Stage) -> None:
        _carried_out(stage.control.travel(instant(moment, zone).isoformat(), autopilot=False))
        stage.settle()

    return Step(f"--- {moment} {zone}", travelled)


def instant(moment: str, zone: str = "UTC") -> datetime:
    """`Tue 27 Jan 10:00` of the stories' year; ValueError where the weekday is not that day's."""
    weekday, rest = moment.split(" ", 1)
    read = datetime.strptime(f"{rest} {YEAR}", "%d %b %H:%M %Y").replace(tzinfo=ZoneInfo(zone))
    if f"{read:%a}" != weekday:
        raise ValueError(f"{moment} is a {read:%A}")
    return read


def press(stage: Stage, user: str, label: str, about: str = "") -> Json:
    """Press the newest button called `label` that `user` sees in a message or, failing that, at Home."""
    stage.settle()
    for message in reversed(stage.shown_to(user)):
        for block in message.get("blocks", []):
            labels = {button["text"]["text"]: button for button in buttons([block])}
            if label in labels and about in words_of(message):
                act = {**action_of(labels[label]), "block_id": block["block_id"]}
                pressed = stage.control.interact(message["channel"], message["ts"], user, act)
                stage.settle()
                return _carried_out(pressed)
    raise AssertionError(f"{user} sees no button [{label}]")


def action_of(button: Json) -> Json:
    """A press of a drawn button, as the control API takes it."""
    return {"action_id": button["action_id"], "type": "button"}


def submit(stage: Stage, user: str, **values: Any) -> Json:
    """Fill in and submit the topmost modal; returns what came of it."""
    view = stage.control.view(user)
    assert view is not None, f"{user} has no modal open"
    state = {}
    for name, said in values.items():
        offered = None
        element = element_of(view, name)
        if element["type"] == "multi_external_select":
            offered = [stage.control.options(user, name, one)["options"][0] for one in said]
        state[name] = {name: filled(element, said, offered)}
    answer = stage.control.submit_view(user, state)
    stage.settle()
    return answer


def _carried_out(answer: Json) -> Json:
    assert answer["ok"], answer
    return answer
