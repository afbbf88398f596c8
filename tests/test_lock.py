"""What is installed is pinned, named and explained."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DIRECT = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]
LOCK = (ROOT / "requirements.lock").read_text()
PINS = [entry.strip() for entry in re.split(r"\n(?=\S)", LOCK) if entry.strip()]
REASONS = ROOT / "docs" / "decisions" / "0002-dependencies.md"


def pinned() -> dict[str, str]:
    """Package -> version; a package that differs by platform keeps the last."""
    found = [re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", pin) for pin in PINS]
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def test_every_line_pins_one_version_by_its_hashes() -> None:
    loose = [pin.splitlines()[0] for pin in PINS if not re.match(r"[\w.-]+==\S+", pin) or "--hash=sha256:" not in pin]
    assert PINS
    assert loose == []


def test_the_lock_holds_no_address() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-|--(index|extra|find))", LOCK.replace("--hash", ""), re.MULTILINE)


def test_every_direct_dependency_is_in_the_lock_at_a_version_the_project_allows() -> None:
    versions = pinned()
    missing = [str(r) for r in DIRECT if canonicalize_name(r.name) not in versions]
    outside = [str(r) for r in DIRECT if not r.specifier.contains(versions.get(canonicalize_name(r.name), "0"))]
    assert missing == []
    assert outside == []


def test_every_direct_dependency_has_a_reason() -> None:
    reasons = dict(re.findall(r"^\| `([^`]+)` \| (\S.+?) \|$", REASONS.read_text(), re.MULTILINE))
    assert set(reasons) == {r.name for r in DIRECT}


def test_what_the_bot_needs_has_an_upper_bound() -> None:
    runtime = [Requirement(text) for text in PROJECT["dependencies"]]
    unbounded = [r.name for r in runtime if not any(s.operator in ("<", "==", "~=") for s in r.specifier)]
    assert unbounded == ["tzdata"]
