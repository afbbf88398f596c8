"""python -m bench: one table, and build/bench.json for whoever compares."""

import sys
from time import perf_counter

from bench import ack, start
from bench.figures import table, write
from bench.processes import ROOT


def main() -> int:
    """Measure everything; exit code 1 when an aim does not hold."""
    began = perf_counter()
    figures = [*start.measure(), *ack.measure()]
    write(figures, ROOT / "build" / "bench.json")
    print(table(figures))
    print(f"\n{perf_counter() - began:.0f} s; also in build/bench.json")
    return int(any(figure.holds is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
