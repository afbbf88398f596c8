"""From a lesson's Markdown to a Lesson; what is wrong is named with its line.

A title; two lines why, and a line `Source: ...`; the headings in HEADINGS with a few paragraphs each; where what to try
needs a partner, the heading ALONE with what to try before there is one; and two or more headings `Question: ...`, each
with a list of choices, `[x]` before the better ones, and below each what is said of it.
Markdown is read by markdown-it; what Slack could not show (pictures, tables, code) is refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.domain.training import Choice, Lesson, Question

HEADINGS = ("The idea", "How it sounds", "Try today")
ALONE = "While you have no partner"
QUESTION = "Question:"
SOURCE = "Source:"
TITLE_FIRST = "A lesson begins with its title: # Listening before advising"
LEAST_QUESTIONS, LEAST_CHOICES, MOST_CHOICES = 2, 2, 10
LONGEST_TITLE, LONGEST_TEXT, LONGEST_QUESTION, LONGEST_CHOICE = 120, 2500, 150, 75
_BOX = re.compile(r"\[([ xX])\]\s+(.*)", re.DOTALL)
_MARKS = {"strong_open": "*", "strong_close": "*", "em_open": "_", "em_close": "_"}
_BREAKS = {"softbreak", "hardbreak"}


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file; `line` counts from 1."""

    file: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass
class _Part:
    """A heading and what stands below it: lines of text, and the items of its list."""

    title: str
    line: int
    texts: list[tuple[int, str]] = field(default_factory=list)
    items: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(text for _, text in self.texts)


def read_lesson(file: Path) -> tuple[Lesson | None, list[Problem]]:
    """The lesson in a file, or None and what is wrong with it."""
    reading = _Reading(file)
    return reading.lesson(), reading.problems


class _Reading:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def lesson(self) -> Lesson | None:
        number = re.match(r"([1-9][0-9]?)-", self.file.name)
        if number is None:
            self._wrong(1, "A lesson's file is named with its number first, like 2-listening.md.")
        parts = self._parts(MarkdownIt("commonmark", {"html": False}).parse(self._written()))
        if not parts:
            self._wrong(1, TITLE_FIRST)
        made = self._made(int(number[1]), parts) if number and parts else None
        return None if self.problems else made

    def _written(self) -> str:
        try:
            return self.file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            self._wrong(1, "This is no UTF-8 text file.")
            return ""

    def _made(self, number: int, parts: Sequence[_Part]) -> Lesson:
        top, named = parts[0], {part.title: part for part in parts[1:] if not part.title.startswith(QUESTION)}
        for part in named.values():
            if part.title not in (*HEADINGS, ALONE):
                allowed = ", ".join((*HEADINGS, ALONE))
                self._wrong(part.line, f"There is no part called {part.title}: use {allowed} or {QUESTION}")
        why, source = self._why(top)
        idea, example, to_try = (self._text_below(named.get(title), title, top.line) for title in HEADINGS)
        alone = self._text_below(named[ALONE], ALONE, top.line) if ALONE in named else ""
        asked = [part for part in parts[1:] if part.title.startswith(QUESTION)]
        if len(asked) < LEAST_QUESTIONS:
            self._wrong(
                parts[-1].line, f"A lesson ends with {LEAST_QUESTIONS} questions: ## {QUESTION} What do you do?"
            )
        self._fits(top.line, top.title, LONGEST_TITLE)
        questions = tuple(self._question(part) for part in asked)
        return Lesson(number, top.title, why, source, idea, example, to_try, questions, alone)

    def _why(self, top: _Part) -> tuple[str, str]:
        why = [text for _, text in top.texts if not text.startswith(SOURCE)]
        source = [text for _, text in top.texts if text.startswith(SOURCE)]
        if not why:
            self._wrong(top.line, "Below the title stand two lines that say why this matters.")
        self._fits(top.line, "\n".join(why), LONGEST_TEXT)
        return "\n\n".join(why), "\n".join(source)

    def _text_below(self, part: _Part | None, title: str, top: int) -> str:
        if part is None or not part.texts:
            self._wrong(part.line if part else top, f"The part ## {title} is missing or empty.")
            return ""
        self._fits(part.line, part.text, LONGEST_TEXT)
        return part.text

    def _question(self, part: _Part) -> Question:
        text = part.title.removeprefix(QUESTION).strip()
        choices = [choice for item in part.items if (choice := self._choice(*item))]
        if not LEAST_CHOICES <= len(part.items) <= MOST_CHOICES:
            self._wrong(
                part.line, f"A question has {LEAST_CHOICES} to {MOST_CHOICES} choices, a line `- [ ] ...` each."
            )
        elif not any(choice.is_right for choice in choices):
            self._wrong(part.line, "Mark the better choice with an x: - [x] ...")
        self._fits(part.line, text, LONGEST_QUESTION)
        return Question(text, tuple(choices))

    def _choice(self, line: int, item: str) -> Choice | None:
        box = _BOX.fullmatch(item)
        text, _, feedback = box[2].partition("\n") if box else ("", "", "")
        if box is None or not feedback.strip():
            self._wrong(line, "A choice is `- [ ] what one may do`, and below it what is said of it.")
            return None
        self._fits(line, text, LONGEST_CHOICE)
        return Choice(text.strip(), box[1] != " ", feedback.strip())

    def _fits(self, line: int, text: str, most: int) -> None:
        if len(text) > most:
            self._wrong(line, f"This is {len(text)} characters long; {most} fit.")

    def _wrong(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(self.file, line, sentence))

    def _parts(self, tokens: Sequence[Token]) -> list[_Part]:
        """The title and each heading with what stands below it."""
        parts: list[_Part] = []
        heading = quoted = in_item = False
        for token in tokens:
            line = token.map[0] + 1 if token.map else 0
            if token.type in ("heading_open", "heading_close"):
                heading = token.type == "heading_open"
            elif token.type in ("blockquote_open", "blockquote_close"):
                quoted = token.type == "blockquote_open"
            elif token.type in ("list_item_open", "list_item_close"):
                in_item = token.type == "list_item_open"
            elif token.type == "inline":
                self._take(token, line, parts, heading=heading, quoted=quoted, in_item=in_item)
            elif token.type in ("fence", "code_block", "hr"):
                self._wrong(line, "Slack cannot show this here: write paragraphs, > quotations and lists of choices.")
        return parts

    def _take(self, token: Token, line: int, parts: list[_Part], *, heading: bool, quoted: bool, in_item: bool) -> None:
        if heading:
            parts.append(_Part(token.content.strip(), line))
        elif not parts:
            self._wrong(line, TITLE_FIRST)
        elif in_item and parts[-1].title.startswith(QUESTION):
            parts[-1].items.append((line, "".join(self._shown(token, line, plain_first_line=True))))
        else:
            text = "".join(self._shown(token, line)).strip()
            text = "\n".join(f"> {one}" for one in text.split("\n")) if quoted else text
            parts[-1].texts.append((line, f"• {text}" if in_item else text))

    def _shown(self, token: Token, line: int, *, plain_first_line: bool = False) -> Iterator[str]:
        """In Slack's marks, escaped; the first line of a choice is plain text, which Slack shows as it is."""
        plain = plain_first_line
        for child in token.children or ():
            if child.type in _BREAKS:
                plain = False
                yield "\n"
            elif child.type == "text":
                yield child.content if plain else _escaped(child.content)
            elif child.type in _MARKS:
                yield "" if plain else _MARKS[child.type]
            elif child.type == "link_open":
                yield f"<{child.attrGet('href')}|"
            elif child.type == "link_close":
                yield ">"
            else:
                self._wrong(line, "Slack cannot show this here: use **bold**, *italics* and [links](https://...).")


def _escaped(text: str) -> str:
    """As bot/views/kit.py escapes what people typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
