"""The README tells the truth: its conversation is held with the bot, its tables are those of the code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from handlers.grammar import VERBS
from tests.stories.eight import A_PROGRAM_IS_SET_UP
from tests.stories.reading import words_of
from tests.stories.stage import CHANNEL, GENERAL, Cast, Stage, instant, play, press, submit

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BUTTON = re.compile(r"\[([^\]]+)\]")
PEOPLE = {"Ana": "U0ANA", "Ben": "U0BEN", "Chloé": "U0CHLOE"}
LARGEST_PICTURE = 300_000


@dataclass(frozen=True)
class Line:
    """`who: said`, and the indented lines below it; `to` names whom Mentor speaks to, if not to the last speaker."""

    who: str
    to: tuple[str, ...]
    said: str
    below: tuple[str, ...]


def conversation() -> Iterator[Line]:
    """The lines of the README's fenced block, in order."""
    block = re.search(r"```conversation\n(.*?)```", README, re.DOTALL)
    assert block
    for part in re.split(r"\n(?=\S)", block[1].strip()):
        first, *below = part.splitlines()
        if first.startswith("On "):
            yield Line("time", (), first[3:], ())
            continue
        speaker, said = first.split(": ", 1)
        who, _, to = speaker.partition(" ")
        addressed = tuple(re.split(r" and ", re.sub(r"^(to|in) ", "", to))) if to else ()
        yield Line(who, addressed, said, tuple(filter(None, map(str.strip, below))))


class Reader:
    """Reads the conversation to the bot and holds it to its lines."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.last = ""

    def read(self, line: Line) -> None:
        if line.who == "time":
            self.stage.control.travel(instant(line.said).isoformat(), autopilot=False)
        elif line.who == "Mentor":
            for name in line.to or (self.last,):
                self.expect(CHANNEL if name.startswith("#") else PEOPLE[name], line)
        else:
            self.last = line.who
            self.act(PEOPLE[line.who], line)

    def act(self, user: str, line: Line) -> None:
        """A command, a word in the bot's DM, a button of a message, or the open form's."""
        if not line.said.startswith("["):
            play(self.stage, [Cast(user).types(line.said)])
        elif view := self.stage.control.view(user):
            assert view["submit"]["text"] == line.said.strip("[]")
            submit(self.stage, user)
        else:
            press(self.stage, user, line.said.strip("[]"))
            fields = dict(one.split(": ", 1) for one in line.below)
            _ = fields and submit(self.stage, user, **self.filled(user, fields))

    def filled(self, user: str, fields: dict[str, str]) -> dict[str, Any]:
        """What is said under each label, by the name of the field that bears it."""
        view = self.stage.control.view(user)
        assert view is not None
        names = {block["label"]["text"]: block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        return {names[label]: said.split(", ") for label, said in fields.items()}

    def expect(self, place: str, line: Line) -> None:
        """Something the bot has said there since holds every word and button of the line."""
        text = " ".join([line.said, *line.below])
        wanted = [plain(BUTTON.sub("", text)), *BUTTON.findall(text)]
        self.stage.settle()
        shown = [*self.stage.unseen(place).values()]
        view = self.stage.control.view(place) if place.startswith("U") else None
        shown += [words_of(view)] if view else []
        assert any(all(one in plain(said) for one in wanted) for said in shown), f"{place}: {text}\nbut:\n{shown}"


def plain(text: str) -> str:
    """Without Slack's marks, emoji and the bars between blocks, in single spaces."""
    return " ".join(re.sub(r"[*_`]|:tada:|&gt;", "", text).replace("|", " ").replace("> ", " ").split())


def test_the_conversation_is_what_the_bot_says(stage: Stage) -> None:
    stage.reset()
    play(stage, A_PROGRAM_IS_SET_UP)
    stage.control.command(GENERAL, "U0CHLOE", "/mentor", "join")
    stage.settle()
    submit(stage, "U0CHLOE", offers=["SQL"], asks=["giving feedback"])
    stage.control.close_view("U0CHLOE", clear=True)
    reader = Reader(stage)
    for line in conversation():
        if line.who != "Mentor" and reader.last and line.said.startswith("/"):
            for user in PEOPLE.values():
                stage.control.close_view(user, clear=True)
        reader.read(line)


def test_the_visitor_is_whom_the_page_shows_first_and_has_not_joined() -> None:
    company = yaml.safe_load((ROOT / "sandbox" / "seeds" / "company.yaml").read_text(encoding="utf-8"))
    visitor = next(user for user in company["users"] if not user.get("is_admin"))
    story = yaml.safe_load((ROOT / "bot" / "content" / "first_steps.yaml").read_text(encoding="utf-8"))
    assert f"You are {visitor['display_name']}, " in README
    assert visitor["id"] not in [person["id"] for person in story["people"]]


def rows(heading: str) -> list[str]:
    """The first cells of the table below a heading."""
    section = README.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    return [row.split("|")[1] for row in section.splitlines() if row.startswith("| `")]


def test_the_table_of_scopes_is_the_manifest_s() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    assert [row.strip(" `") for row in rows("What it can read")] == manifest["oauth_config"]["scopes"]["bot"]


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS if verb.name != "status"])
def test_every_verb_is_in_the_table(verb: str) -> None:
    section = README.split("## What you can say", 1)[1].split("\n## ", 1)[0]
    assert re.search(rf"`(/mentor )?{verb}\b", section)


def test_every_file_it_links_to_is_there() -> None:
    linked = [place for place in re.findall(r"\]\(([^)]+)\)", README) if "://" not in place]
    assert "docs/screenshot.png" in linked
    assert [place for place in linked if not (ROOT / place).exists()] == []
    assert (ROOT / "docs" / "screenshot.png").stat().st_size < LARGEST_PICTURE
