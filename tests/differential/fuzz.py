"""``make fuzz``: rayform and the operator judge as many objects as one has time for.

Each disagreement is printed with the object and the number it can be made again from; the exit code is 1 when there is
any, or when rayform is stricter without a reason in ``stricter.py``.
"""

import argparse
import sys
import time

from cases import GATES, cases
from comparison import Comparison, compare
from stricter import STRICTER

_SHOWN = 10
_ROUND = 1000


def main() -> int:
    """Judge, report, and say whether all is well."""
    parser = argparse.ArgumentParser(description="Compare rayform's rules with the operator's validators.")
    parser.add_argument("--count", type=int, default=50_000, help="how many objects (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where chance starts (default: the time)")
    options = parser.parse_args()
    print(f"seed {options.seed}")
    comparison = Comparison()
    for number, start in enumerate(range(0, options.count, _ROUND)):
        gates = GATES[number % len(GATES)]
        compare(cases(options.seed + number, min(_ROUND, options.count - start), gates), gates, comparison)
        print(f"{comparison.judged:,} judged, {comparison.refused:,} refused by both", end="\r", flush=True)
    print()
    return _report(comparison)


def _report(comparison: Comparison) -> int:
    unexplained = [comparison.examples[rule] for rule in comparison.stricter if rule not in STRICTER]
    wrong = {
        "accepted by rayform, refused by the operator": comparison.passed,
        "refused for another reason than the one it was broken for": comparison.unnamed,
        "judged otherwise without the CRD's defaults": comparison.unsteady,
        "refused by rayform alone, without a reason in stricter.py": unexplained,
    }
    for what, found in wrong.items():
        print(f"{len(found)} {what}")
        for shown in found[:_SHOWN]:
            print(f"  {shown}")
    for rule, count in comparison.stricter.most_common():
        print(f"{count} refused by {rule} alone: {STRICTER.get(rule, 'no reason given')}")
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
