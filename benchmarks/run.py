"""Runs the benchmarks and prints ratios: ``python benchmarks/run.py [name …]``; ends with 1 when one is exceeded."""

import importlib
import signal
import sys

from pairs import Ratio, shown

BENCHMARKS = ("imports", "ray_render", "ground", "programs", "law", "preview")
"""Modules with a ``measure()`` that yields ratios, in the order in which they run."""


def main(names: list[str]) -> int:
    """Run the named benchmarks, all of them by default."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"benchmark: {', '.join(unknown)} asked, there are {', '.join(BENCHMARKS)}; choose from these")
        return 1
    ratios: list[Ratio] = []
    for name in names or BENCHMARKS:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        ratios += importlib.import_module(name).measure()
    print(shown(ratios))
    return 0 if all(each.kept for each in ratios) else 1


if __name__ == "__main__":
    # What ends us ends the lab of a benchmark too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main(sys.argv[1:]))
