"""python -m bench: one table, and build/bench.json for whoever compares. python -m bench rivals: what takes long."""

import sys
from time import perf_counter

from bench import ack, delivery, matching, start
from bench.figures import table, write
from bench.processes import ROOT
from bot.clock import SystemClock


def main() -> int:
    """Measure everything, or with `rivals` what takes long; exit code 1 when an aim does not hold."""
    began = perf_counter()
    slow = sys.argv[1:] == ["rivals"]
    figures = (
        matching.rivals() if slow else [*start.measure(), *ack.measure(), *delivery.measure(), *matching.measure()]
    )
    file = ROOT / "docs" / f"rivals-{SystemClock().now():%Y-%m-%d}.json" if slow else ROOT / "build" / "bench.json"
    write(figures, file)
    print(table(figures))
    print(f"\n{perf_counter() - began:.0f} s; also in {file.relative_to(ROOT)}")
    return int(any(figure.holds is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
