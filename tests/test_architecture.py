"""The house keeps its shape: small pieces, plain names, real tests, decisions that a test holds.

Which room may import which is import-linter's to say, in pyproject.toml.
"""

import ast
import functools
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("bot", "handlers", "storage", "sandbox", "tests", "bench")
LONGEST_FUNCTION = 50
LONGEST_FILE = 400
LONGEST_MEDIAN = 12
VAGUE_FUNCTION = re.compile(r"(^|_)(utils?|helpers?|misc)$|^handle_", re.IGNORECASE)
VAGUE_FILE = re.compile(r"(^|_)(utils?|helpers?|manager|misc|common|handle.*)$", re.IGNORECASE)
VAGUE_CLASS = re.compile(r"(Utils?|Helpers?|Manager|Misc)$")
LIBRARIES_NAMES = set(dir(HTMLParser))
"""What a base class of the standard library calls is not ours to name."""

REGISTRIES = ("py" + "pi.org", "pythonhosted" + ".org", "npm" + "js.org", "deb." + "debian.org", "crates" + ".io")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def project_files() -> list[Path]:
    """What git knows of and is still there; without git (an unpacked archive), all that is not ignored."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    made = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()}
    return [p for p in ROOT.rglob("*") if p.is_file() and not made & set(p.relative_to(ROOT).parts)]


def our_files() -> list[Path]:
    """Every Python file of ours; a migration's revision is Alembic's list of columns, so it may be as long as it is."""
    found = [path for room in OURS for path in sorted((ROOT / room).rglob("*.py")) if "__pycache__" not in path.parts]
    return [path for path in found if path.parent != ROOT / "storage" / "migrations" / "versions"]


@functools.cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text())))


def functions(path: Path) -> list[Function]:
    return [node for node in nodes(path) if isinstance(node, Function)]


def length(function: Function) -> int:
    """Lines of a function, decorators and docstring included."""
    first = min([function.lineno, *(d.lineno for d in function.decorator_list)])
    return (function.end_lineno or first) - first + 1


def where(path: Path, line: int | str) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_no_function_is_over_fifty_lines() -> None:
    over = [where(p, f"{f.lineno} {f.name}") for p in our_files() for f in functions(p) if length(f) > LONGEST_FUNCTION]
    assert not over, "\n".join(over)


def test_no_file_is_over_four_hundred_lines() -> None:
    over = [where(p, lines) for p in our_files() if (lines := len(p.read_text().splitlines())) > LONGEST_FILE]
    assert not over, "\n".join(over)


@pytest.mark.parametrize("room", ["bot", "handlers", "storage"])
def test_most_functions_fit_in_a_glance(room: str) -> None:
    lengths = [length(f) for p in our_files() if p.is_relative_to(ROOT / room) for f in functions(p)]
    assert not lengths or statistics.median(lengths) <= LONGEST_MEDIAN


def test_nothing_has_a_name_that_says_nothing() -> None:
    vague = [where(p, "") for p in our_files() if VAGUE_FILE.search(p.stem)]
    for path in our_files():
        named = {f.name: f.lineno for f in functions(path) if VAGUE_FUNCTION.search(f.name)}
        vague += [where(path, f"{line} {name}") for name, line in named.items() if name not in LIBRARIES_NAMES]
        classes = [node for node in nodes(path) if isinstance(node, ast.ClassDef)]
        vague += [where(path, f"{c.lineno} {c.name}") for c in classes if VAGUE_CLASS.search(c.name)]
    assert not vague, "\n".join(vague)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_tests_speak_to_real_parts() -> None:
    mocks = ("unittest.mock", "mock.", "pytest_mock")
    mocked = [where(p, line) for p in our_files() for line, name in imported(p) if f"{name}.".startswith(mocks)]
    assert not mocked, "\n".join(mocked)


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|pragma: no " + r"cover")
    lines = [(p, n, line) for p in our_files() for n, line in enumerate(p.read_text().splitlines(), 1)]
    left = [where(p, n) for p, n, line in lines if marks.search(line)]
    assert not left, "\n".join(left)


def test_no_file_names_a_registry_s_host() -> None:
    naming = []
    for path in project_files():
        text = path.read_bytes().decode(errors="ignore").lower()
        naming += [where(path, host) for host in REGISTRIES if host in text]
    assert not naming, "\n".join(naming)


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_there_are_decisions_and_they_are_numbered_in_a_row() -> None:
    assert DECISIONS
    assert [path.name[:4] for path in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: str(path.stem))
def test_a_decision_says_why_and_which_test_holds_it(path: Path) -> None:
    text = path.read_text()
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Checks"]
    checks = text.partition("## Checks")[2]
    named = re.findall(r"`(tests/[\w/.-]+\.py)(?:::(\w+))?`", checks)
    assert named, "name a test as `tests/file.py` or `tests/file.py::test_name`"
    for file, test in named:
        assert (ROOT / file).is_file(), f"{file} is not there"
        assert not test or test in {f.name for f in functions(ROOT / file)}, f"{file} has no {test}"


def test_every_exception_to_a_rule_names_the_rule() -> None:
    bare = re.compile(r"#\s*(noqa(?!: ?[A-Z]+\d+)|type: ignore(?!\[))")
    lines = [(p, n, line) for p in our_files() for n, line in enumerate(p.read_text().splitlines(), 1)]
    unnamed = [where(p, n) for p, n, line in lines if bare.search(line)]
    assert not unnamed, "\n".join(unnamed)
