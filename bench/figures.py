"""One measured number beside what it is held against."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """`against` is the same measure of a rival, `ratio` ours by theirs; `aim` in words, `holds` whether it is met."""

    name: str
    value: float
    unit: str
    against: float | None = None
    ratio: float | None = None
    aim: str | None = None
    holds: bool | None = None


def below(name: str, value: float, unit: str, limit: float | None = None) -> Figure:
    """A figure that should stay under `limit`; without one it is only told."""
    if limit is None:
        return Figure(name, round(value, 2), unit)
    return Figure(name, round(value, 2), unit, aim=f"under {limit:g} {unit}", holds=value < limit)


def beside(name: str, value: float, against: float, unit: str, times: float | None = None) -> Figure:
    """A figure that should be within `times` of its rival's; without it both are only told."""
    ratio = value / against
    aim, holds = (None, None) if times is None else (f"within {times:g}x", ratio <= times)
    return Figure(name, round(value, 2), unit, round(against, 2), round(ratio, 2), aim, holds)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def write(figures: Sequence[Figure], path: Path) -> None:
    """All figures as a list of JSON objects."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n")


def table(figures: Iterable[Figure]) -> str:
    """The figures in columns."""
    rows = [("figure", "value", "against", "ratio", "aim", "holds")]
    rows += [
        (
            figure.name,
            f"{figure.value:g} {figure.unit}",
            "" if figure.against is None else f"{figure.against:g} {figure.unit}",
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            figure.aim or "",
            {None: "", True: "yes", False: "NO"}[figure.holds],
        )
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
