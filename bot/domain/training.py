"""Lessons: what one is made of, and which comes next. Their words are files (bot/content/lessons)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

LEAST_USEFUL, MOST_USEFUL = 1, 5
ENOUGH_ANSWERS = 5


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen, whether it is the better one, and what is said of it."""

    text: str
    is_right: bool
    feedback: str


@dataclass(frozen=True)
class Question:
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Lesson:
    """Five minutes with one thing to try; `to_try_alone` is for who has no partner yet, and may be empty.

    `title`, `Question.text` and `Choice.text` are plain; everything else is Slack's mrkdwn, ours or the organization's
    own and safe to show. `source` may be empty."""

    number: int
    title: str
    why: str
    source: str
    idea: str
    example: str
    to_try: str
    questions: tuple[Question, ...]
    to_try_alone: str = ""


def mean_of_many(said: Sequence[float]) -> float | None:
    """How useful lessons were, to the nearest half; None from fewer than five people. Finer, and one more answer would
    show what its author said."""
    return round(2 * sum(said) / len(said)) / 2 if len(said) >= ENOUGH_ANSWERS else None


def next_lesson(lessons: Sequence[Lesson], taken: Collection[int]) -> Lesson | None:
    """The first that was not taken yet; None after the last."""
    return next((lesson for lesson in lessons if lesson.number not in taken), None)
