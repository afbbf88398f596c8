"""Program templates: what a program is for, and the rhythm, lessons and match that suit it. Their words: bot/content.

An organizer may change all of it. Sources of the numbers: PRODUCT.md, "Defaults, and why" (twelve weeks, a meeting
every two weeks); newcomers settle within two months, so onboarding is short, weekly, and takes in whoever arrives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.programs import CADENCE_WEEKS, LENGTH_WEEKS, Rounds
from bot.domain.training import Lesson
from bot.domain.weightings import Weighting


class Purpose(StrEnum):
    """What a program is for."""

    SKILLS = "skills"
    LEADERSHIP = "leadership"
    CULTURE = "culture"
    ONBOARDING = "onboarding"


@dataclass(frozen=True)
class Template:
    """`lessons`: their numbers in the order in which they are offered, one a week, empty for all there are;
    `weighting`: what its matches want most."""

    length_weeks: int = LENGTH_WEEKS
    cadence_weeks: int = CADENCE_WEEKS
    lessons: tuple[int, ...] = ()
    rounds: Rounds = Rounds.RELEASE
    weighting: Weighting = Weighting.BALANCED
    lessons_first: bool = False


TEMPLATES = {
    Purpose.SKILLS: Template(),
    Purpose.LEADERSHIP: Template(
        length_weeks=24, lessons=(1, 2, 4, 3, 5, 6), weighting=Weighting.COMMON_GROUND, lessons_first=True
    ),
    Purpose.CULTURE: Template(length_weeks=8, lessons=(1, 2, 5, 3, 6), weighting=Weighting.NEW_CONNECTIONS),
    Purpose.ONBOARDING: Template(
        length_weeks=8, cadence_weeks=1, lessons=(1, 2, 3, 6), rounds=Rounds.WEEKLY, weighting=Weighting.HELP
    ),
}


def in_order(lessons: Sequence[Lesson], chosen: Sequence[int]) -> list[Lesson]:
    """The lessons a program offers, in its order; all of them where it chose none that there are."""
    by_number = {lesson.number: lesson for lesson in lessons}
    return [by_number[number] for number in dict.fromkeys(chosen) if number in by_number] or list(lessons)
