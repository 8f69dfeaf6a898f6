"""What a rule of the law is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any, TypedDict, TypeVar, Unpack

from rayform.components.ray.rules import Found
from rayform.spec.model import Spec

__all__ = ["Level", "Nothing", "Rule", "rule", "rules_of", "stack_rule", "tally"]

V = TypeVar("V")


class Level(StrEnum):
    """What happens when a rule is broken."""

    MANDATORY = "mandatory"
    """The update stops."""
    ADVISORY = "advisory"
    """It is told."""
    REMEDIATE = "remediate"
    """It is mended where that is safe, and stops the update where it is not."""
    DISABLED = "disabled"
    """Nothing: the rule is not judged."""


class Nothing(Spec):
    """Parameters of a rule that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something that must hold of whatever is deployed.

    ``check`` takes what the rule is about and the rule's parameters. About a pod, a container, a Ray cluster or a whole
    resource it finds the places that break the rule. Over a stack it finds the resources too. A tally takes what a
    resource adds to which sums; no sum may pass ``parameters.most``.
    """

    id: str
    """The name by which it is configured, exempted and explained."""
    about: str
    """What ``check`` looks at: ``container``, ``pod``, ``ray``, ``resource``, ``stack`` or ``tally``."""
    check: Callable[..., Iterable[Any]]
    """Finds what breaks it."""
    condition: str
    """What must hold, in words."""
    why: str
    """Why: what is possible, or what happens otherwise."""
    remedy: str
    """What to do."""
    source: str
    """Whose rule it is: the items of CIS EKS 1.7, Pod Security, NSA/CISA, a CVE, or what went wrong before."""
    level: Level
    """What happens when nobody says otherwise."""
    parameters: type[Spec]
    """What can be set, with its defaults."""
    kinds: frozenset[str]
    """The kinds it is about; none is every one that has what it looks at."""
    fields: frozenset[str] = frozenset()
    """Without one of which nothing breaks it: fields of what it looks at, as that names them by ``asked``; none is of
    any."""
    mends: Callable[..., Mapping[str, Any] | None] | None = None
    """Gives the resource's inputs as the rule wants them, where that is safe to do; None is nothing to mend."""


class _More(TypedDict, total=False):
    kinds: frozenset[str]
    fields: str | tuple[str, ...]
    level: Level
    mends: Callable[..., Mapping[str, Any] | None]


def _rule(
    rule_id: str, about: str, parameters: type[Spec], why: str, remedy: str, source: str, more: _More
) -> Callable[[Callable[..., Iterable[Any]]], Rule]:
    fields = more.get("fields", ())

    def made(check: Callable[..., Iterable[Any]]) -> Rule:
        return Rule(
            id=rule_id,
            about=about,
            check=check,
            condition=check.__doc__ or "",
            why=why,
            remedy=remedy,
            source=source,
            level=more.get("level", Level.MANDATORY),
            parameters=parameters,
            kinds=more.get("kinds", frozenset()),
            fields=frozenset((fields,) if isinstance(fields, str) else fields),
            mends=more.get("mends"),
        )

    return made


def rule(
    rule_id: str,
    about: type[V],
    parameters: type[Spec] = Nothing,
    *,
    why: str,
    remedy: str,
    source: str = "rayform",
    **more: Unpack[_More],
) -> Callable[[Callable[[V, Any], Iterable[Found]]], Rule]:
    """Make a rule about one thing, whose check's docstring is its condition."""
    return _rule(rule_id, about.__name__.lower(), parameters, why, remedy, source, more)


def stack_rule(
    rule_id: str,
    stack: type[V],
    parameters: type[Spec] = Nothing,
    *,
    why: str,
    remedy: str,
    source: str = "rayform",
    **more: Unpack[_More],
) -> Callable[[Callable[[V, Any], Iterable[tuple[Any, Found]]]], Rule]:
    """Make a rule about the whole stack: it finds resources and the places in them."""
    return _rule(rule_id, stack.__name__.lower(), parameters, why, remedy, source, more)


def tally(
    rule_id: str,
    subject: type[V],
    parameters: type[Spec],
    *,
    why: str,
    remedy: str,
    source: str = "rayform",
    **more: Unpack[_More],
) -> Callable[[Callable[[V, Any], Iterable[tuple[str, float]]]], Rule]:
    """Make a rule about sums: what a resource adds, by what is summed up."""
    del subject
    return _rule(rule_id, "tally", parameters, why, remedy, source, more)


def rules_of(module: ModuleType) -> tuple[Rule, ...]:
    """The rules that a module holds, in its order."""
    return tuple(each for each in vars(module).values() if isinstance(each, Rule))
