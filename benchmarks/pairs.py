"""Paired measurements: both sides take turns, so that a busy machine slows them alike; only ratios are reported."""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS = 7
"""Pairs measured; the first, which fills caches, is not counted."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much more one side takes than the other."""

    subject: str
    """What was measured, and in which amount."""
    unit: str
    """Of the two medians."""
    base: float
    """Median of the side that is compared with."""
    measured: float
    """Median of the side that is judged."""
    ratio: float
    """Median of the ratios within each pair."""
    limit: float | None = None
    """The largest ratio that is accepted; None where the figure only informs."""

    @property
    def kept(self) -> bool:
        """Whether the limit is kept."""
        return self.limit is None or self.ratio <= self.limit


def measured(script: Sequence[str]) -> dict[str, float]:
    """The figures that a script prints as JSON, from an interpreter of its own."""
    done = subprocess.run([sys.executable, *script], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def paired(base: Sequence[str], judged: Sequence[str], rounds: int = ROUNDS) -> list[tuple[dict[str, float], ...]]:
    """Figures of both scripts, pair by pair; who begins alternates."""
    pairs: list[tuple[dict[str, float], ...]] = []
    for number in range(rounds + 1):
        if number % 2:
            second, first = measured(judged), measured(base)
        else:
            first, second = measured(base), measured(judged)
        pairs.append((first, second))
    return pairs[1:]


def ratio(subject: str, figure: str, pairs: list[tuple[dict[str, float], ...]], limit: float | None = None) -> Ratio:
    """The ratio of one figure over all pairs; a figure's name ends in its unit."""
    return Ratio(
        subject=subject,
        unit=figure.rpartition("_")[2],
        base=statistics.median(first[figure] for first, _ in pairs),
        measured=statistics.median(second[figure] for _, second in pairs),
        ratio=statistics.median(second[figure] / first[figure] for first, second in pairs),
        limit=limit,
    )


def linear(subject: str, few: Ratio, many: Ratio, times: float, limit: float) -> Ratio:
    """How far ``many`` is from ``times`` as much as ``few``; 1 is linear."""
    base, grown = few.measured * times, many.measured
    return Ratio(subject, many.unit, base, grown, grown / base, limit)


def shown(ratios: Sequence[Ratio]) -> str:
    """A table of ratios."""
    head = f"{'':44} {'base':>10} {'rayform':>10} {'ratio':>7} {'limit':>6}"
    rows = [
        f"{each.subject:44} {each.base:8.1f} {each.unit:<3}{each.measured:8.1f} {each.unit:<3}{each.ratio:6.2f} "
        f"{'' if each.limit is None else format(each.limit, '.2f'):>6}{'' if each.kept else '  exceeded'}"
        for each in ratios
    ]
    return "\n".join([head, *rows])
