"""The rules of Ray's own kinds, adopted: what the operator, Ray or the API server would refuse is refused here too.

They are judged where they are declared, in :mod:`rayform.components.ray.rules`, in one walk. Errors are mandatory here,
warnings advisory, unless the configuration says otherwise; what an object accepts by its annotation stays accepted.
"""

from collections.abc import Iterator
from typing import Any, Final

from rayform.components.ray.rules import RULES, Found, Operator, Severity, findings
from rayform.components.ray.rules import Rule as RayRule
from rayform.components.ray.rules.view import Path

from .certain import doubts
from .rule import Level, Nothing, Rule
from .subject import Subject
from .views import RAY

__all__ = ["ADOPTED", "TOGETHER", "adopted"]

_LEVELS: Final = {Severity.ERROR: Level.MANDATORY, Severity.WARNING: Level.ADVISORY}


def _nothing(*_: Any) -> tuple[()]:
    return ()


def _rule(each: RayRule) -> Rule:
    return Rule(
        id=each.id,
        about="adopted",
        check=_nothing,
        condition=each.condition,
        why=each.possible,
        remedy=each.remedy,
        source=each.source,
        level=_LEVELS[each.severity],
        parameters=Nothing,
        kinds=RAY,
    )


TOGETHER: Final = Rule(
    id="ray-rules",
    about="adopted",
    check=_nothing,
    condition="Ray's own rules can be judged.",
    why="what cannot be judged is not let pass",
    remedy="report this",
    source="rayform",
    level=Level.MANDATORY,
    parameters=Nothing,
    kinds=RAY,
)
"""Stands for all of Ray's rules where judging them fails."""
ADOPTED: Final = (TOGETHER, *map(_rule, RULES))
"""Every rule of Ray's kinds, as a rule of the law."""
_BY_ID: Final = {each.id: each for each in ADOPTED}


def adopted(subject: Subject, operator: Operator) -> Iterator[tuple[Rule, Found | Path]]:
    """What a Ray object breaks of Ray's own rules, before this operator, or the place of what that waits for."""
    plain = subject.props if subject.plain is None else subject.plain
    found = findings(plain, operator)
    # Where everything is known, the plain inputs are those that rules read.
    known = plain is subject.props
    for finding, doubt in ((each, None) for each in found) if known else doubts(plain, operator, found):
        refusal = finding.refusal
        told = Found(finding.path, refusal.asked, refusal.possible, refusal.remedy)
        yield _BY_ID[finding.rule.id], told if doubt is None else doubt
