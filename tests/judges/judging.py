"""``make judge``: what others say of rayform.

Checkov judges the pods that the operator would make of every Ray object of the tree, and of upstream's samples.

The exit code is 1 where a figure is above its goal, where README has others, and where an argument is no longer needed.
"""

import argparse
import sys
from pathlib import Path

from argued import OF_PODS
from checkov import Checkov
from judged_pods import Tally, judged
from ray_sources import STRICT, rendered, samples

ROOT = Path(__file__).resolve().parents[2]
MOST, MOST_STRICT = 2.0, 0.0
"""Findings of a pod that no argument covers: with Ray's own images, and in the strict profile."""


def main() -> int:
    """Judge, report, and say whether all is well."""
    parser = argparse.ArgumentParser(description="What Checkov says of everything that rayform deploys.")
    parser.add_argument("checkov", help="the program")
    checkov = Checkov(parser.parse_args().checkov)
    ours = [judged(checkov, source) for source in rendered()]
    upstream = judged(checkov, samples())
    print(report([*ours, upstream]))
    wrong = [*problems(ours), *promised((ROOT / "README.md").read_text(), upstream)]
    print(*wrong, sep="\n")
    return int(bool(wrong))


def report(tallies: list[Tally]) -> str:
    """The figures, a line for each source."""
    words = [f"{'Checkov on pods':24} {'objects':>7} {'pods':>5} {'per pod':>8} {'not argued':>11}"]
    for each in tallies:
        figures = f"{each.objects:>7} {each.pods:>5} {each.per_pod:>8.1f} {each.left_per_pod:>11.1f}"
        words.append(f"{each.name:24} {figures}")
    return "\n".join(words)


def problems(ours: list[Tally]) -> list[str]:
    """What is not as it should be."""
    found = []
    for each in ours:
        most = MOST_STRICT if each.name == STRICT else MOST
        if each.left_per_pod > most:
            kinds = ", ".join(f"{name} ({count})" for name, count in each.kinds().most_common())
            found.append(f"{each.name}: {each.left_per_pod:.1f} findings per pod, at most {most}: {kinds}")
    needed = {argument for each in ours for argument in each.used}
    found += [f"{each.check} of {each.where}: argued, and nothing needs it" for each in OF_PODS if each not in needed]
    return found


def promised(readme: str, upstream: Tally) -> list[str]:
    """Figures of upstream's samples that README has otherwise."""
    figures = (f"finds {upstream.per_pod:.1f} faults each", f"upstream's {upstream.left_per_pod:.1f} on that")
    missing = [f"'{each}'" for each in figures if each not in " ".join(readme.split())]
    return [f"README.md does not say {', nor '.join(missing)}"] if missing else []


if __name__ == "__main__":
    sys.exit(main())
