"""Matching beside what others use, in the same run; `rivals` is the long one."""

import json
import subprocess
import sys
from math import log
from statistics import median
from typing import Any

from bench import reviewing
from bench.figures import Figure, below, beside
from bench.processes import ROOT

RUNS = 3
Told = dict[str, Any]


def solved(name: str, count: int, runs: int = 1) -> Told:
    """What a solver answers; `seconds` is the median of `runs`."""
    command = (sys.executable, "-m", "bench.solvers", name, str(count))
    told: list[Told] = [
        json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout) for _ in range(runs)
    ]
    return told[0] | {"seconds": median(one["seconds"] for one in told)}


def measure() -> list[Figure]:
    """The sizes that a minute allows."""
    hundred, networkx = solved("ours", 100, RUNS), solved("networkx", 100)
    ours, rustworkx = solved("ours", 1000, RUNS), solved("rustworkx", 1000)
    greedy, random = solved("greedy", 1000), solved("random", 1000)
    large = solved("ours", 10_000)
    return [
        faster("match of 100, all pairs, against networkx", hundred, networkx),
        faster("match of 1,000, all pairs, against rustworkx", ours, rustworkx),
        *best_of(1000, ours, 0.999),
        at_least("weakest pair of 1,000, against greedy", ours["worst"], greedy["worst"], "points", 1.25),
        at_least("5th percentile of 1,000, against greedy", ours["fifth"], greedy["fifth"], "points"),
        at_least("total of 1,000, against greedy", ours["total"], greedy["total"], "points", 1),
        at_least("total of 1,000, against random", ours["total"], random["total"], "points", 1),
        below("match of 10,000, all pairs, with its proof", large["seconds"], "s", 10),
        below("memory of a match of 10,000", large["megabytes"], "MB"),
        *best_of(10_000, large),
        *reviewing.measure(),
        Figure("growth from 1,000 to 10,000, exponent", round(log(large["seconds"] / ours["seconds"], 10), 2), ""),
    ]


def rivals() -> list[Figure]:
    """The sizes at which the others take minutes."""
    thousand, networkx = solved("ours", 1000, RUNS), solved("networkx", 1000)
    two, rustworkx = solved("ours", 2000, RUNS), solved("rustworkx", 2000)
    ten = solved("ours", 10_000, RUNS)
    cut = {name: solved(f"{name} cut", 10_000) for name in ("networkx", "rustworkx", "greedy")}
    fifty = solved("ours", 50_000)
    return [
        faster("match of 1,000, all pairs, against networkx", thousand, networkx, 300),
        faster("match of 2,000, all pairs, against rustworkx", two, rustworkx, 50),
        *(faster(f"match of 10,000, all pairs, against {name} on the best 16", ten, it) for name, it in cut.items()),
        *(Figure(f"left over by {name} on the best 16 of 10,000", it["left"], "people") for name, it in cut.items()),
        *best_of(10_000, ten),
        below("match of 50,000", fifty["seconds"], "s", 90),
        below("memory of a match of 50,000", fifty["megabytes"], "MB", 700),
        *best_of(50_000, fifty),
    ]


def faster(name: str, ours: Told, theirs: Told, times: float = 1) -> Figure:
    """Seconds; the aim is to be so many times faster."""
    ratio = theirs["seconds"] / ours["seconds"]
    seconds = round(ours["seconds"], 3), round(theirs["seconds"], 3)
    return Figure(name, seconds[0], "s", seconds[1], round(1 / ratio, 5), f"{times:g}x faster", ratio >= times)


def at_least(name: str, ours: float, theirs: float, unit: str, times: float | None = None) -> Figure:
    """More is better."""
    figure = beside(name, ours, theirs, unit)
    if times is None or figure.ratio is None:
        return figure
    return Figure(name, figure.value, unit, figure.against, figure.ratio, f"at least {times:g}x", figure.ratio >= times)


def best_of(count: int, told: Told, least: float = 0.9999) -> list[Figure]:
    """How close to what no plan can exceed, and who is left over."""
    share = told["total"] / told["bound"]
    name = f"total of {count:,}, against its proven bound"
    return [
        Figure(name, told["total"], "points", told["bound"], round(share, 6), f"at least {least}x", share >= least),
        Figure(f"left over of {count:,}", told["left"], "people"),
    ]
