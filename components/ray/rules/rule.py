"""What a rule is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypedDict, TypeVar, Unpack

from .view import Path

__all__ = ["Found", "Rule", "Severity", "rule"]

S = TypeVar("S")


class Severity(StrEnum):
    """How bad it is to break a rule."""

    ERROR = "error"
    """The operator or the API server would refuse it, or it cannot work."""
    WARNING = "warning"
    """It works, but loses money, data or safety."""


class Found(NamedTuple):
    """One place that breaks a rule."""

    path: Path
    """Where in the manifest."""
    asked: str
    """What was asked there, in words."""
    possible: str = ""
    """What is possible there; empty is what the rule says."""
    remedy: str = ""
    """What to do there; empty is what the rule says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something that must hold of an object; ``check`` finds where it does not."""

    id: str
    """The name by which it is explained and accepted."""
    subject: type
    """What ``check`` looks at: a whole object, a cluster, or a job."""
    check: Callable[[Any], Sequence[Found]]
    """The places that break it."""
    condition: str
    """What must hold, in words."""
    source: str
    """Whose rule it is: ``operator 17`` by its number in the operator's order, ``crd``, ``kubernetes`` (its
    API server), ``kubelet``, ``ray``."""
    possible: str
    """What is possible, or why not."""
    remedy: str
    """What to do instead."""
    severity: Severity = Severity.ERROR
    """How bad it is to break it."""
    since: str = ""
    """The first minor version of the operator it holds for; empty is every one."""
    until: str = ""
    """The first minor version of the operator it no longer holds for; empty is none."""
    about: frozenset[str] = frozenset()
    """Without one of which nothing breaks it: a label, an annotation, a variable of the head, or a field of the object,
    its cluster, autoscaler, groups, their pods' spec or containers; none is any object."""
    typed: bool = False
    """Whether the types of a spec see to it already, so that it is asked of objects that others wrote alone."""
    gate: str = ""
    """The feature gate it is about."""
    acceptable: bool = False
    """Whether an object may knowingly break it, by naming it in ``accepts``."""


class _More(TypedDict, total=False):
    severity: Severity
    since: str
    until: str
    typed: bool
    gate: str
    acceptable: bool


def rule(
    rule_id: str,
    subject: type[S],
    source: str,
    *,
    possible: str,
    remedy: str,
    about: str | tuple[str, ...] = (),
    **more: Unpack[_More],
) -> Callable[[Callable[[S], Sequence[Found]]], Rule]:
    """Make a rule of a check, whose docstring is its condition."""

    def made(check: Callable[[S], Sequence[Found]]) -> Rule:
        return Rule(
            id=rule_id,
            subject=subject,
            check=check,
            condition=check.__doc__ or "",
            source=source,
            possible=possible,
            remedy=remedy,
            about=frozenset((about,) if isinstance(about, str) else about),
            **more,
        )

    return made
