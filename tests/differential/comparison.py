"""rayform's verdict beside the operator's."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from cases import Case
from oracle import Oracle
from rayform.components.ray.rules import Operator, Rule, Severity, findings

__all__ = ["VERSION", "Comparison", "compare", "numbers", "refusing"]

VERSION = "1.6.2"
"""The operator whose validators the oracle is."""
_BATCH = 500


def refusing(manifest: dict[str, Any], operator: Operator) -> list[Rule]:
    """The rules that refuse an object."""
    found = (finding.rule for finding in findings(manifest, operator))
    return sorted(
        {rule.id: rule for rule in found if rule.severity is Severity.ERROR}.values(), key=lambda rule: rule.id
    )


def numbers(rule: Rule) -> set[int]:
    """The operator's own numbers of a rule, none where it is not the operator's."""
    return {int(number) for number in re.findall(r"\d+", rule.source)} if rule.source.startswith("operator") else set()


@dataclass
class Comparison:
    """What a run found; the lists are to be empty."""

    judged: int = 0
    """Objects that both judged."""
    refused: int = 0
    """Those of them that both refuse."""
    passed: list[str] = field(default_factory=list)
    """Objects that rayform accepts and the operator refuses."""
    unnamed: list[str] = field(default_factory=list)
    """Objects that were broken on purpose, and that rayform refuses for other reasons only."""
    unsteady: list[str] = field(default_factory=list)
    """Objects that rayform judges differently once the CRD's defaults are filled in."""
    stricter: Counter[str] = field(default_factory=Counter)
    """Rules that refuse objects which the operator accepts."""
    examples: dict[str, str] = field(default_factory=dict)
    """The first such object of each rule."""
    reached: Counter[str] = field(default_factory=Counter)
    """Rules that refused anything."""

    def add(self, case: Case, operator: Operator, theirs: Sequence[str]) -> None:
        """Count one object."""
        rules = refusing(case.manifest, operator)
        mine = [rule.id for rule in rules]
        self.judged += 1
        self.reached.update(mine)
        if mine != [rule.id for rule in refusing(case.whole, operator)]:
            self.unsteady.append(_shown(case, mine))
        if case.mutation and not any(case.mutation.number in numbers(rule) for rule in rules):
            self.unnamed.append(_shown(case, mine))
        if mine and theirs:
            self.refused += 1
        elif theirs:
            self.passed.append(_shown(case, theirs))
        for rule in () if theirs else mine:
            self.stricter[rule] += 1
            self.examples.setdefault(rule, _shown(case, mine))


def compare(cases: Iterable[Case], gates: dict[str, bool], into: Comparison) -> None:
    """Judge both ways what reaches the operator, and what was broken in a way that the CRD refuses as well."""
    operator = Operator.assumed(VERSION, gates)
    waiting = (case for case in cases if not case.schema_errors or (case.mutation and case.mutation.by_crd))
    with Oracle(gates) as oracle:
        while batch := list(islice(waiting, _BATCH)):
            for case, theirs in zip(batch, oracle.verdicts(case.whole for case in batch), strict=True):
                into.add(case, operator, theirs)


def _shown(case: Case, said: Sequence[str]) -> str:
    return f"{case.number} ({case.about}): {' | '.join(said)}\n{json.dumps(case.manifest)}"
