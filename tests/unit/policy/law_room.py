"""Judging in tests."""

from collections.abc import Mapping, Sequence
from typing import Any

from rayform.policy import RULES, Judge, Report, Subject, config
from rayform.policy.rules import RULES as OWN


def judged(subjects: Subject | Sequence[Subject], asked: Mapping[str, Any] | None = None) -> Report:
    """What everything together breaks."""
    listed = [subjects] if isinstance(subjects, Subject) else subjects
    return Judge(RULES, config(RULES, asked)).every(listed)


def judged_by(rule: str, subjects: Subject | Sequence[Subject], parameters: Mapping[str, Any]) -> set[str]:
    """The rules that are broken, when this one has these parameters and all are told."""
    asked: dict[str, Any] = {each.id: "advisory" for each in OWN}
    asked[rule] = {"enforcementLevel": "mandatory", **parameters}
    return {verdict.rule for verdict in judged(subjects, asked).verdicts}
