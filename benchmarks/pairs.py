"""Paired measurements: both sides take turns, so that a busy machine slows them alike; only ratios are reported."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Figures: TypeAlias = dict[str, float]
"""Figures by name; a name ends in its unit."""
Measurement: TypeAlias = Callable[[], Figures]
"""Measures one side once."""
Pairs: TypeAlias = list[tuple[Figures, Figures]]
"""Figures of both sides, measured in turns."""

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


def script(*arguments: str) -> Measurement:
    """Figures that a Python script prints as JSON in its last line, from an interpreter of its own.

    It keeps what it compiles whatever the caller's environment says, or the side that loads more modules pays for that
    at every run.
    """
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def measured() -> Figures:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
        figures: Figures = json.loads(done.stdout.splitlines()[-1])
        return figures

    return measured


def paired(base: Measurement, judged: Measurement, rounds: int = ROUNDS) -> Pairs:
    """Figures of both sides, pair by pair; who begins alternates."""
    pairs: Pairs = []
    for number in range(rounds + 1):
        if number % 2:
            second, first = judged(), base()
        else:
            first, second = base(), judged()
        pairs.append((first, second))
    return pairs[1:]


def ratio(subject: str, figure: str, pairs: Pairs, limit: float | None = None) -> Ratio:
    """The ratio of one figure over all pairs, told at once; a figure's name ends in its unit."""
    found = Ratio(
        subject=subject,
        unit=figure.rpartition("_")[2],
        base=statistics.median(first[figure] for first, _ in pairs),
        measured=statistics.median(second[figure] for _, second in pairs),
        ratio=statistics.median(second[figure] / first[figure] for first, second in pairs),
        limit=limit,
    )
    print(f"  {subject}: {found.ratio:.2f}", file=sys.stderr, flush=True)
    return found


def linear(subject: str, few: Ratio, many: Ratio, times: float, limit: float) -> Ratio:
    """How far ``many`` is from ``times`` as much as ``few``; 1 is linear."""
    base, grown = few.measured * times, many.measured
    return Ratio(subject, many.unit, base, grown, grown / base, limit)


def shown(ratios: Sequence[Ratio]) -> str:
    """A table of ratios."""
    head = f"{'':44} {'base':>11} {'rayform':>12} {'ratio':>8} {'limit':>6}"
    rows = [
        f"{each.subject:44} {each.base:8.1f} {each.unit:<4}{each.measured:8.1f} {each.unit:<4}{each.ratio:6.2f} "
        f"{'' if each.limit is None else format(each.limit, '.2f'):>6}{'' if each.kept else '  exceeded'}"
        for each in ratios
    ]
    return "\n".join([head, *rows])
