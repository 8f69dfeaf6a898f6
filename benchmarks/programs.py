"""What rayform costs a program over the same resources written raw: time and peak memory under the recorder."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pairs import Ratio, linear, paired, ratio, script

LIMIT = 1.25
"""A program may take a quarter more than raw, and ten times the clusters a quarter more than ten times as much."""
COUNTS = (1, 100, 1000)
"""Ray clusters in one program."""
PROGRAM = str(Path(__file__).with_name("program.py"))


@contextmanager
def sample() -> Iterator[str]:
    """A file with the inputs of one RayCluster as rayform renders it."""
    command = [sys.executable, PROGRAM, "sample"]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(printed.splitlines()[-1])
        file.flush()
        yield file.name


def measure() -> list[Ratio]:
    """Ratios for each number of clusters, and how the largest grows from the one before."""
    found: list[Ratio] = []
    with sample() as file:
        for count in COUNTS:
            base, judged = (script(PROGRAM, side, str(count), file) for side in ("raw", "rayform"))
            pairs = paired(base, judged, rounds=3 if count == max(COUNTS) else 7)
            found.append(ratio(f"program of {count} RayClusters", "time_ms", pairs, LIMIT))
            found.append(ratio(f"program of {count} RayClusters, peak memory", "memory_MiB", pairs, LIMIT))
    times = [each for each in found if each.unit == "ms"]
    return [
        *found,
        linear(
            f"growth from {COUNTS[-2]} to {COUNTS[-1]} RayClusters",
            times[-2],
            times[-1],
            COUNTS[-1] / COUNTS[-2],
            LIMIT,
        ),
    ]
