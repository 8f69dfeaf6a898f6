"""``make fuzz``, its third part: Python, the policy pack and CEL judge as many objects as one has time for.

Several processes ask one API server at once, each on a connection of its own; what it refuses for its shape is not
counted. Nothing is kept in the server: it is asked by dry-run.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path

from api_server import ApiServer
from lawful import Law, mutated

_ROUND = 200
_ASKING = 4
_GARBAGE = "400"  # per cent: the API server is short-lived here, and collects its garbage less often for it


class _Asker:
    """One process that asks."""

    law: Law

    @classmethod
    def starts(cls, law: Law) -> None:
        """Begin, with what the process was forked with."""
        law.connect()
        cls.law = law

    @classmethod
    def judged(cls, asked: tuple[int, int]) -> tuple[int, list[str]]:
        """How many of these objects were judged, and which ones differently."""
        seed, count = asked
        told = [(number, cls.law.told(manifest)) for number, manifest in enumerate(mutated(seed, count))]
        every = [(number, *verdicts) for number, verdicts in told if verdicts is not None]
        wrong = [
            f"object {number} of seed {seed}: CEL {sorted(cel)}, Python {sorted(python)}, pack {sorted(pack)}"
            for number, cel, python, pack in every
            if not cel == python == pack
        ]
        return len(every), wrong


def main() -> int:
    """Judge, report, and say whether all is well."""
    parser = argparse.ArgumentParser(description="Compare the law in Python, in the policy pack and in CEL.")
    parser.add_argument("--count", type=int, default=100_000, help="how many objects (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance starts (default: the time)")
    options = parser.parse_args()
    print(f"seed {options.seed}")
    os.environ.setdefault("GOGC", _GARBAGE)
    starts = range(0, options.count, _ROUND)
    rounds = [(options.seed + number, min(_ROUND, options.count - start)) for number, start in enumerate(starts)]
    judged, wrong, begun = 0, 0, time.monotonic()
    forked = multiprocessing.get_context("fork")
    with (
        tempfile.TemporaryDirectory() as folder,
        ApiServer(Path(folder) / "lab") as server,
        forked.Pool(_ASKING, _Asker.starts, (Law(server),)) as pool,
    ):
        for number, told in pool.imap_unordered(_Asker.judged, rounds):
            judged, wrong = judged + number, wrong + len(told)
            print("".join(f"  {each}\n" for each in told), end="")
            print(f"{judged:,} judged, {wrong} disagreements", end="\r", flush=True)
    print(f"\n{judged / (time.monotonic() - begun):.0f} objects a second")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
