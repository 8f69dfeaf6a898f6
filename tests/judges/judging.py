"""``make judge``: what others say of rayform.

Checkov judges the pods that the operator would make of every Ray object of the tree, those of upstream's samples, and
what the stacks with a ground of their own register at AWS.

The exit code is 1 where a figure is above its goal or not README's, where something at AWS fails that nobody argued,
and where an argument is no longer needed.
"""

import argparse
import sys
from pathlib import Path

from argued import OF_AWS, OF_PODS
from checkov import Checkov
from judged_aws import MUST, STACKS, Ground, judged_ground
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
    grounds = [judged_ground(checkov, stack) for stack in STACKS]
    wrong = [*problems(ours), *of_grounds(grounds), *promised((ROOT / "README.md").read_text(), upstream)]
    print(*(f"AWS of {each.stack}: {len(each.left)} failures that nobody argued" for each in grounds), sep="\n")
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


def of_grounds(grounds: list[Ground]) -> list[str]:
    """What is wrong at AWS."""
    found = []
    for each in grounds:
        found += [f"{each.stack}: {one.resource}: {one.check} {one.title}" for one in each.left]
        found += [f"{each.stack}: {check}: nothing passes it" for check in sorted(MUST - each.passed)]
    needed = {argument for each in grounds for argument in each.used}
    return found + [
        f"{each.check} of {each.where}: argued, and nothing needs it" for each in OF_AWS if each not in needed
    ]


def promised(readme: str, upstream: Tally) -> list[str]:
    """Figures of upstream's samples that README has otherwise."""
    figures = (f"finds {upstream.per_pod:.1f} faults each", f"upstream's {upstream.left_per_pod:.1f} on that")
    missing = [f"'{each}'" for each in figures if each not in " ".join(readme.split())]
    return [f"README.md does not say {', nor '.join(missing)}"] if missing else []


if __name__ == "__main__":
    sys.exit(main())
