"""What rayform costs a program over the same resources written raw: time and peak memory under the recorder.

Whether it grows with the number of clusters and no faster is told without Python's garbage collector: each of its full
collections walks all that lives, on either side. Of 1,000 raw clusters they are a third of the time, and without them
ten times the clusters take eleven times as long raw.
"""

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
ROUNDS = 21
"""Pairs of short programs: among seven, one minute of somebody else's on the machine tells more than the program."""
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
    works: list[Ratio] = []
    with sample() as file:
        for count in COUNTS:
            base, judged = (script(PROGRAM, side, str(count), file) for side in ("raw", "rayform"))
            pairs = paired(base, judged, rounds=3 if count == max(COUNTS) else ROUNDS)
            subject = f"program of {count} RayClusters"
            found.append(ratio(subject, "time_ms", pairs, LIMIT))
            works.append(ratio(f"{subject}, without collections", "work_ms", pairs))
            found += [works[-1], ratio(f"{subject}, peak memory", "memory_MiB", pairs, LIMIT)]
    few, many = works[-2:]
    return [
        *found,
        linear(f"growth from {COUNTS[-2]} to {COUNTS[-1]} RayClusters", few, many, COUNTS[-1] / COUNTS[-2], LIMIT),
    ]
