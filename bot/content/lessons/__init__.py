"""The lessons, a Markdown file each, named `2-listening.md`: its number in the course, then anything.

An organization may have a folder of its own: a file with a number we have replaces ours, another one is added.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.content.lessons.reading import Problem, read_lesson
from bot.domain.training import Lesson
from bot.errors import SetupError

OURS = Path(__file__).parent
HOW_TO = "Correct the lines above, as in bot/content/lessons/2-listening.md."


def read_folders(*folders: Path) -> tuple[Lesson, ...]:
    """The lessons of some folders in the order of their numbers; the later folder wins. SetupError, a line for each
    thing that is wrong, beginning with its file and line."""
    found: dict[int, Lesson] = {}
    problems: list[Problem] = []
    for folder in folders:
        files = sorted(folder.glob("*.md"))
        if not files:
            raise SetupError(f"There is no lesson in {folder}: name a folder with files like 2-listening.md.")
        _read(files, found, problems)
    if problems:
        in_order = sorted(set(problems), key=lambda problem: (str(problem.file), problem.line, problem.sentence))
        raise SetupError("\n".join([*map(str, in_order), HOW_TO]))
    return tuple(found[number] for number in sorted(found))


def _read(files: Sequence[Path], found: dict[int, Lesson], problems: list[Problem]) -> None:
    taken: dict[int, Path] = {}
    for file in files:
        lesson, wrong = read_lesson(file)
        problems += wrong
        if lesson is not None and (twin := taken.setdefault(lesson.number, file)) != file:
            problems.append(Problem(file, 1, f"{twin.name} has number {lesson.number}, too"))
        elif lesson is not None:
            found[lesson.number] = lesson


@cache
def _ours() -> tuple[Lesson, ...]:
    return read_folders(OURS)


_course: list[tuple[Lesson, ...]] = []


def teach(folder: Path | None) -> None:
    """Which lessons there are, once, at the start: ours, and over them those of an organization's folder."""
    _course[:] = [read_folders(OURS, folder)] if folder else []


def lessons() -> tuple[Lesson, ...]:
    """Every lesson, in order."""
    return _course[0] if _course else _ours()
