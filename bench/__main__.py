"""python -m bench: one table, and build/bench.json for whoever compares.

python -m bench rivals, python -m bench ticks: what takes long, kept with its date in docs/.
"""

import sys
from time import perf_counter

from bench import ack, delivery, matching, start, ticking
from bench.figures import table, write
from bench.processes import ROOT
from bot.clock import SystemClock


def main() -> int:
    """Measure everything, or what takes long; exit code 1 when an aim does not hold."""
    began = perf_counter()
    named = sys.argv[1] if sys.argv[1:] else ""
    if named:
        figures = {"rivals": matching.rivals, "ticks": ticking.measure_all}[named]()
        file = ROOT / "docs" / f"{named}-{SystemClock().now():%Y-%m-%d}.json"
    else:
        figures = [*start.measure(), *ack.measure(), *ticking.measure(), *delivery.measure(), *matching.measure()]
        file = ROOT / "build" / "bench.json"
    write(figures, file)
    print(table(figures))
    print(f"\n{perf_counter() - began:.0f} s; also in {file.relative_to(ROOT)}")
    return int(any(figure.holds is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
