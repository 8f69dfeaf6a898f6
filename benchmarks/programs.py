"""What rayform costs a program over the same resources written raw: time and peak memory under the recorder."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pairs import Ratio, linear, paired, ratio

LIMIT = 1.25
"""A program may take a quarter more than raw, and ten times the clusters a quarter more than ten times as much."""
COUNTS = (1, 100, 1000)
"""Ray clusters in one program."""
PROGRAM = str(Path(__file__).with_name("program.py"))


def measure() -> list[Ratio]:
    """Ratios for each number of clusters, and how the largest grows from the one before."""
    sample = subprocess.run([sys.executable, PROGRAM, "sample"], check=True, capture_output=True, text=True).stdout
    found: list[Ratio] = []
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(json.loads(sample.splitlines()[-1]), file)
        file.flush()
        for count in COUNTS:
            sides = [[PROGRAM, side, str(count), file.name] for side in ("raw", "rayform")]
            pairs = paired(*sides, rounds=3 if count == max(COUNTS) else 7)
            found.append(ratio(f"program of {count} RayClusters", "time_ms", pairs, LIMIT))
            found.append(ratio(f"program of {count} RayClusters, peak memory", "memory_MiB", pairs, LIMIT))
    times = [each for each in found if each.unit == "ms"]
    return [*found, linear("growth from 100 to 1000 RayClusters", times[-2], times[-1], 10, LIMIT)]
