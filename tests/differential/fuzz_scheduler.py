"""``make fuzz``, its second half: rayform and the real kube-scheduler judge pairs of pods and nodes.

Each disagreement is printed with what both say; the exit code is 1 when there is any.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from rayform.lab import Lab, Silent

sys.path.insert(0, str(Path(__file__).parents[1] / "rooms"))

from scheduler_judge import Agreement, compare

_TYPES, _PER_TYPE = 40, 20


def main() -> int:
    """Judge, report, and say whether all is well."""
    parser = argparse.ArgumentParser(description="Compare rayform's fit with the kube-scheduler's.")
    parser.add_argument("--count", type=int, default=2400, help="how many pairs (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance starts (default: the time)")
    options = parser.parse_args()
    print(f"seed {options.seed}")
    agreement = Agreement()
    with tempfile.TemporaryDirectory() as home:
        lab = Lab("fuzz", state_home=Path(home))
        try:
            lab.up(Silent())
            for number in range(-(-options.count // (_TYPES * _PER_TYPE))):
                compare(lab, options.seed + number, _TYPES, _PER_TYPE, agreement)
                print(f"{agreement.fitted:,} fit, {agreement.refused:,} do not", end="\r", flush=True)
        finally:
            lab.down(Silent())
    print(f"\n{len(agreement.disagreed)} disagreements", *agreement.disagreed, sep="\n  ")
    return int(bool(agreement.disagreed))


if __name__ == "__main__":
    sys.exit(main())
