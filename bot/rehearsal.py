"""A Slack on this machine with the bot in it: one clock for both, and a company that has taken its first steps."""

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.app import Mentor, build
from bot.clock import TravelClock
from bot.config import Settings
from bot.errors import SetupError
from bot.views import ids
from handlers.deps import Solve
from sandbox.client import Control
from sandbox.server import Sandbox

HOUSE = Path(__file__).resolve().parent.parent
MANIFEST = HOUSE / "manifest.yml"
SEEDS = HOUSE / "sandbox" / "seeds"
FIRST_STEPS = Path(__file__).parent / "content" / "first_steps.yaml"
AUTOPILOT_SEED = 7
LONGEST_ACT = 10.0  # real seconds


class Listeners(ThreadPoolExecutor):
    """Threads that know when none of them has anything left to do."""

    def __init__(self, threads: int) -> None:
        super().__init__(threads, thread_name_prefix="listener")
        self._resting = threading.Condition()
        self._busy = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it, and count it until it is done."""
        with self._resting:
            self._busy += 1
        try:
            future = super().submit(fn, *args, **kwargs)
        except RuntimeError:  # they were told to end
            self._finished()
            raise
        future.add_done_callback(self._finished)
        return future

    def rest(self) -> bool:
        """Wait until all is done, at most LONGEST_ACT; whether it is."""
        with self._resting:
            return self._resting.wait_for(lambda: not self._busy, LONGEST_ACT)

    def _finished(self, _future: object = None) -> None:
        with self._resting:
            self._busy -= 1
            self._resting.notify_all()


class Rehearsal:
    """The sandbox and the bot, started and reset together. `folder` holds both states; not to `keep` empties it.

    `solve` matches in place of a worker process.
    """

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        *,
        seed: str = "company",
        keep: bool = False,
        story: bool = True,
        manifest: Path = MANIFEST,
        solve: Solve | None = None,
    ) -> None:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        self._fresh = not (folder / "workspace.json").exists()
        self._story, self._solve = story, solve
        self.listeners = Listeners(settings.threads)
        self.clock = TravelClock()
        self.sandbox = Sandbox(
            SEEDS / f"{seed}.yaml",
            manifest,
            clock=self.clock,
            port=settings.port,
            state_file=folder / "workspace.json",
            autopilot_seed=AUTOPILOT_SEED,
        )
        self._settings = replace(settings, database_url=f"sqlite+pysqlite:///{folder / 'mentor.db'}")
        self.mentor: Mentor | None = None

    def start(self) -> str:
        """Start both, play the first steps in a fresh world, and return the address to open."""
        try:
            self.sandbox.start()
        except OSError as error:
            raise SetupError(
                f"Port {self._settings.port} is taken. Close what uses it, or choose another: PORT=4000 make run"
            ) from error
        settings = replace(
            self._settings,
            slack_bot_token=self.sandbox.bot_token,
            slack_app_token=self.sandbox.app_token,
            slack_api_url=self.sandbox.slack_api_url,
        )
        self.mentor = build(settings, self.clock, executor=self.listeners, solve=self._solve)
        self.sandbox.register_hooks(self.advance, self.reset)
        self.mentor.start()
        if self._fresh and self._story:
            take_first_steps(Control(self.sandbox.url), settings.command)
        return self.sandbox.url

    def stop(self) -> None:
        """End both; what `--keep` needs is on disk."""
        if self.mentor is not None:
            self.mentor.stop()
        self.sandbox.stop()

    def advance(self, to: datetime) -> datetime:
        """One leap, once the acts that began before it are done: what they cause belongs to their own moment."""
        assert self.mentor is not None
        self.listeners.rest()
        return self.mentor.advance(to)

    def reset(self) -> None:
        """A fresh world for the bot, as the sandbox's is."""
        assert self.mentor is not None
        self.mentor.reset()
        if self._story:
            take_first_steps(Control(self.sandbox.url), self._settings.command)


def take_first_steps(control: Control, command: str) -> None:
    """Play the story of content/first_steps.yaml: an organizer sets the program up, a dozen colleagues join."""
    story: dict[str, Any] = yaml.safe_load(FIRST_STEPS.read_text(encoding="utf-8"))
    channels = {channel["name"]: channel["id"] for channel in control.state()["channels"] if channel.get("name")}
    bot = control.state()["apps"][0]["bot_user_id"]
    channel = channels[story["channel"]]
    organizer = story["organizer"]
    control.command(channel, organizer, command, "admin setup")
    control.until(lambda: control.view(organizer))
    control.submit_view(organizer, {})
    control.submit_view(organizer, {"channel": {"channel": {"selected_conversation": channel}}})
    control.submit_view(organizer, {})
    control.close_view(organizer)
    control.invite(channel, bot, by=organizer)
    for person in story["people"]:
        control.command(channels["general"], person["id"], command, "join")
        join(control, person)
        control.close_view(person["id"])
    for line in story["said"]:
        control.message(channels[line["channel"]], line["user"], line["text"])
    control.play()


def join(control: Control, person: dict[str, Any]) -> dict[str, Any]:
    """Fill in and submit the join modal that is open for a person of the story: each skill typed, then chosen."""
    control.until(lambda: control.view(person["id"]))  # the form opens a moment after the command is acknowledged
    values: dict[str, Any] = {}
    for name in (str(ids.Action.SUGGEST_SKILLS_OFFERED), str(ids.Action.SUGGEST_SKILLS_ASKED)):
        chosen = [control.options(person["id"], name, skill)["options"][0] for skill in person.get(name, ())]
        values[name] = {name: {"selected_options": chosen}}
    return control.submit_view(person["id"], {**values, **_plain_values(person)})


def _plain_values(person: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"goal": {"goal": {"value": person.get("goal", "")}}}
    for dimension, side in person.get("style", {}).items():
        values[f"style_{dimension}"] = {f"style_{dimension}": {"selected_option": {"value": side}}}
    for hour in ("hours_from", "hours_to"):
        if hour in person:
            values[hour] = {hour: {"selected_time": person[hour]}}
    return values
