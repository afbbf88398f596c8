"""`mentor match`: a roster file in, a plan out. No Slack, no database, and the same answer for the same files."""

import json
import textwrap
import time
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from bot.content import terminal as words
from bot.domain.matching import (
    CAUTIONS_IN_WORDS,
    Audience,
    MatchPlan,
    Mode,
    PlannedPair,
    Rules,
    Weights,
    overlap_sentence,
    plan,
    reason,
)
from bot.domain.matching.people import Meeting
from bot.domain.matching.roster import (
    MEETING_FIELDS,
    PERSON_FIELDS,
    BadRows,
    Problem,
    Roster,
    Row,
    read_history,
    read_roster,
    read_weights,
)
from bot.domain.matching.scores import points
from bot.domain.matching.sentences import plain
from bot.errors import SetupError
from bot.rows import csv_rows, decoded, json_rows, json_value

MOST_PROBLEMS = 20  # of one file, on the screen at once
_WIDTH = 100  # letters of a line
# plan() loads its solver, numpy and scipy with it, when it is first needed
_SOLVERS = {Mode.PEERS: "bot.domain.matching.solve", Mode.MENTORS: "bot.domain.matching.mentors"}
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)

Read = TypeVar("Read")


@dataclass(frozen=True)
class Files:
    """What a match is made from: CSV where the name ends in .csv, else JSON. The weights are JSON."""

    roster: Path
    history: Path | None = None
    weights: Path | None = None


@dataclass(frozen=True)
class Matched:
    """A plan, who sat it out, and how many seconds it took to find, once files and libraries were read."""

    mode: Mode
    plan: MatchPlan
    sitting_out: tuple[str, ...]
    seconds: float


def match(
    files: Files, *, on: date, seed: int, mode: Mode = Mode.PEERS, tell: Callable[[str], None] = lambda line: None
) -> Matched:
    """Match the people of the files for the week of `on`; `tell` hears how far it is.

    Where mentors are matched, a peer (which a role that is not given is) may be mentor and mentee.
    Raises SetupError, which names every problem of every file, where one of them cannot be taken.
    """
    if not _FIRST_DAY <= on <= _LAST_DAY:
        raise SetupError(words.NO_SUCH_DAY)
    roster, history, weights = _read_all(files, on)
    # Whoever sits out may still stand between two others in a reporting line.
    managers = {person.id: person.manager for person in roster.sitting_out if person.manager}
    rules = Rules(managers=managers)
    import_module(_SOLVERS[mode])
    began = time.perf_counter()
    made = plan(roster.candidates, history, rules=rules, weights=weights, on=on, seed=seed, mode=mode, tell=tell)
    return Matched(mode, made, tuple(person.id for person in roster.sitting_out), time.perf_counter() - began)


def as_json(matched: Matched) -> str:
    """The plan as a JSON document; between two runs on the same files only `seconds` differs."""
    made = matched.plan
    document = {
        "pairs": [_pair(pair) for pair in made.pairs],
        "leftover": [{"id": person, "reason": why} for person, why in _without_partner(matched)],
        "total": points(made.total),
        "bound": points(made.bound),
        "worst": points(made.worst) if made.pairs else None,
        "seed": made.seed,
        "seconds": round(matched.seconds, 3),
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_text(matched: Matched) -> str:
    """The plan for a person to read, the pairs that need a look first."""
    made = matched.plan
    blocks = [[_coverage(matched)]]
    if made.pairs:
        blocks.append([words.PAIRS_HEADING, *(line for pair in made.pairs for line in _pair_lines(pair, matched.mode))])
    if alone := _without_partner(matched):
        blocks.append([words.WAITING_HEADING, *(line for who in alone for line in _waiting_lines(*who))])
    seconds = f"{matched.seconds:.3f}"
    blocks.append(
        [words.TOTAL.format(total=points(made.total), bound=points(made.bound), seed=made.seed, seconds=seconds)]
    )
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _pair(pair: PlannedPair) -> dict[str, Any]:
    return {
        "members": list(pair.members),
        "score": points(pair.score),
        "parts": {part: points(units) for part, units in asdict(pair.parts).items()},
        "sentence": _sentence(pair),
    }


def _sentence(pair: PlannedPair) -> str:
    names = {member: member for member in pair.members}
    text = plain(reason(pair.clauses, pair.members, names, Audience.ORGANIZER))
    return text if text.startswith(pair.members) else text[0].upper() + text[1:]  # an id keeps its small letter


def _without_partner(matched: Matched) -> list[tuple[str, str]]:
    """Who has no partner and why, in the order of their ids."""
    waiting = [(who.id, words.WAITING_REASONS[who.reason]) for who in matched.plan.leftover]
    return sorted([*waiting, *((person, words.SITS_OUT) for person in matched.sitting_out)])


def _coverage(matched: Matched) -> str:
    made, out = matched.plan, len(matched.sitting_out)
    covered = len({member for pair in made.pairs for member in pair.members})
    trios = sum(len(pair.members) > 2 for pair in made.pairs)
    pairs = len(made.pairs) - trios
    return words.COVERAGE.format(
        covered=covered,
        total=covered + len(made.leftover),
        groups=words.PAIRS.get(pairs, words.MANY_PAIRS.format(count=pairs))
        + words.TRIOS.get(trios, words.MANY_TRIOS.format(count=trios)),
        waiting=len(made.leftover),
        sitting_out=words.SITTING_OUT.format(count=out) if out else "",
    )


def _pair_lines(pair: PlannedPair, mode: Mode) -> list[str]:
    said = [_sentence(pair), overlap_sentence(pair.overlap, Audience.ORGANIZER)]
    if pair.warnings:
        said.append(words.LOOK_AT.format(cautions=", ".join(CAUTIONS_IN_WORDS[one] for one in pair.warnings)))
    names = words.MENTORS.format(*pair.members) if mode is Mode.MENTORS else ", ".join(pair.members)
    return [f"{points(pair.score):7.1f}  {names}", *_indented(" ".join(filter(None, said)))]


def _waiting_lines(person: str, why: str) -> list[str]:
    return [f"{'':9}{person}", *_indented(why)]


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=" " * 11, subsequent_indent=" " * 11)


def _read_all(files: Files, on: date) -> tuple[Roster, tuple[Meeting, ...], Weights]:
    """What the files hold. What is wrong with any of them is said at once."""
    wrong: list[str] = []
    people, met, parts = files.roster, files.history, files.weights
    roster = _read(people, lambda text: read_roster(_rows(people, text, PERSON_FIELDS, ("id",))), wrong)
    history: tuple[Meeting, ...] | None = ()
    if met:
        history = _read(met, lambda text: read_history(_rows(met, text, MEETING_FIELDS, MEETING_FIELDS), on), wrong)
    weights = _read(parts, lambda text: read_weights(json_value(text)), wrong) if parts else Weights()
    if roster is None or history is None or weights is None:
        raise SetupError("\n".join(wrong))
    return roster, history, weights


def _rows(path: Path, text: str, known: Collection[str], required: Collection[str]) -> tuple[Row, ...]:
    return csv_rows(text, known, required) if path.suffix.lower() == ".csv" else json_rows(text)


def _read(path: Path, read: Callable[[str], Read], wrong: list[str]) -> Read | None:
    """What `read` makes of a file's text, or None and a word in `wrong`."""
    try:
        return read(decoded(path.read_bytes()))
    except FileNotFoundError:
        wrong.append(words.NO_FILE.format(path=path))
    except OSError as error:
        wrong.append(words.UNREADABLE.format(path=path, why=error.strerror))
    except RecursionError:
        wrong.append(words.UNREADABLE.format(path=path, why=words.TOO_DEEP))
    except BadRows as bad:
        wrong.append(_said(path, bad.problems))
    return None


def _said(path: Path, problems: tuple[Problem, ...]) -> str:
    lines = [words.PROBLEMS.format(path=path), *(str(problem) for problem in problems[:MOST_PROBLEMS])]
    if len(problems) > MOST_PROBLEMS:
        lines.append(words.MORE_PROBLEMS.format(count=len(problems) - MOST_PROBLEMS))
    return "\n  ".join(lines)
