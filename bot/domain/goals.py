"""A pair's goals: one to three at a time, in steps, and which of them somebody's words mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.matching.people import normal

MOST_OPEN = 3
MOST_STEPS = 10
LONGEST = 200
"""Characters of a goal, and of a step."""


@dataclass(frozen=True)
class Step:
    """A step towards a goal; `number` is its place below it."""

    step_id: int
    number: int
    text: str
    done: bool


@dataclass(frozen=True)
class Goal:
    """A goal as its pair sees it; `version` counts changes of its words."""

    goal_id: int
    number: int
    text: str
    steps: tuple[Step, ...]
    reached: bool
    version: int = 1

    @property
    def done(self) -> int:
        """How many of its steps are done."""
        return sum(step.done for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.done), None)


@dataclass(frozen=True)
class Meant:
    """What somebody's words mean: a goal, or a step below it."""

    goal: Goal
    step: Step | None = None


def one_line(text: str) -> str:
    """Words as a goal or a step keeps them: on one line."""
    return " ".join(text.split())


def alike(one: str, other: str) -> bool:
    """Whether two are the same goal or step, however they are typed."""
    return normal(one) == normal(other)


def meant(goals: Sequence[Goal], said: str) -> list[Meant]:
    """What `said` may mean: "2" a goal, "1.2" a step, else their words, whole or in part; open ones before others."""
    if numbers := re.fullmatch(r"#?([0-9]{1,3})(?:\.([0-9]{1,2}))?", said.strip()):
        return _numbered(goals, int(numbers[1]), int(numbers[2]) if numbers[2] else None)
    named = [Meant(goal) for goal in goals]
    named += [Meant(goal, step) for goal in goals for step in goal.steps]
    found = [one for one in named if alike(_words(one), said)]
    found = found or [one for one in named if normal(said) and normal(said) in normal(_words(one))]
    return [one for one in found if not _is_over(one)] or found


def _numbered(goals: Sequence[Goal], number: int, step_number: int | None) -> list[Meant]:
    goal = next((goal for goal in goals if goal.number == number), None)
    if goal is None or step_number is None:
        return [Meant(goal)] if goal else []
    return [Meant(goal, step) for step in goal.steps if step.number == step_number]


def _words(one: Meant) -> str:
    return one.step.text if one.step else one.goal.text


def _is_over(one: Meant) -> bool:
    return one.goal.reached or (one.step is not None and one.step.done)
