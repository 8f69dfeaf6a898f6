"""Judging an object by all the rules that hold for its operator."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple

from rayform.spec.refusal import Refusal

from ..identity import ACCEPTS
from . import (
    agreed,
    amounts,
    auth,
    autoscaler,
    command,
    deletion,
    devices,
    flags,
    gcs,
    groups,
    history,
    identity,
    ingress,
    job,
    kueue,
    logical,
    names,
    network,
    placing,
    pods,
    references,
    running,
    runtime,
    schedule,
    scheduling,
    serve,
    service,
    serving,
    shape,
    stepwise,
    submission,
    tls,
    unmet,
    volumes,
    words,
)
from .kinds import ObjectView
from .operator import Operator
from .path import spelled
from .rule import Found, Rule, Severity, rule
from .view import Path, ray_version, text

__all__ = ["RULES", "Finding", "findings", "refusals"]


class Finding(NamedTuple):
    """A rule that is broken, and where."""

    rule: Rule
    """The rule."""
    path: Path
    """Where in the manifest."""
    refusal: Refusal
    """The same in words, by the fields of the spec."""


@rule(
    "accepts-unknown",
    ObjectView,
    "rayform",
    about=ACCEPTS,
    possible="only these rules may be broken knowingly",
    remedy="name one of them, or mend what breaks the rule",
)
def accepts_unknown(view: ObjectView) -> list[Found]:
    """Rules that are knowingly broken exist and allow it."""
    wrong = sorted(_accepted(view) - {each.id for each in RULES if each.acceptable})
    possible = f"rules that may be broken are {', '.join(sorted(each.id for each in RULES if each.acceptable))}"
    return [Found(("metadata", "annotations", ACCEPTS), f"{each!r} asked", possible) for each in wrong]


def _of(module: ModuleType) -> tuple[Rule, ...]:
    return tuple(each for each in vars(module).values() if isinstance(each, Rule))


_MODULES = (
    shape,
    identity,
    logical,
    groups,
    amounts,
    pods,
    words,
    auth,
    autoscaler,
    gcs,
    history,
    network,
    ingress,
    tls,
    job,
    submission,
    deletion,
    service,
    stepwise,
    serve,
    runtime,
    schedule,
    scheduling,
    kueue,
    names,
    references,
    volumes,
    devices,
    placing,
    running,
    flags,
    command,
    agreed,
    unmet,
    serving,
)
RULES: tuple[Rule, ...] = (accepts_unknown, *(each for module in _MODULES for each in _of(module)))
"""Every rule."""
_ABOUT = frozenset[str]().union(*(each.about for each in RULES))


def findings(manifest: Mapping[str, Any], operator: Operator, *, native: bool = True) -> list[Finding]:
    """Every place of an object that breaks a rule, errors and warnings, without what the object knowingly accepts.

    Args:
        manifest: The object.
        operator: Who will meet it.
        native: Whether Kubernetes' own fields are judged too, of which the types of a spec see to most already.
    """
    view = ObjectView(manifest, operator, native=native)
    held = _applicable(operator.version, _ABOUT.intersection(view.asked), native)
    broken = [(each, found) for part in view.parts for each in held.get(type(part), ()) for found in each.check(part)]
    if not broken:
        return []
    accepted = _accepted(view)
    return [
        Finding(each, found.path, _refusal(each, found, manifest))
        for each, found in broken
        if not (each.acceptable and each.id in accepted)
    ]


def refusals(manifest: Mapping[str, Any], operator: Operator) -> list[Refusal]:
    """What stops an object: the findings that are errors."""
    return [each.refusal for each in findings(manifest, operator) if each.rule.severity is Severity.ERROR]


@lru_cache(maxsize=256)
def _applicable(version: str, asked: frozenset[str], native: bool) -> Mapping[type, Sequence[Rule]]:
    """The rules of a version that an object may break, of which these fields are asked."""
    minor = (ray_version(version) or (0, 0))[:2]
    known = [each for each in RULES if _minor(each.since, (0, 0)) <= minor < _minor(each.until, (9999, 0))]
    held = [each for each in known if (not each.about or each.about & asked) and (native or not each.typed)]
    return {subject: [each for each in held if each.subject is subject] for subject in {each.subject for each in held}}


def _minor(version: str, default: tuple[int, ...]) -> tuple[int, ...]:
    return ray_version(version) or default


def _accepted(view: ObjectView) -> set[str]:
    named = text(view.annotations.get(ACCEPTS))
    return {each.strip() for each in named.split(",") if each.strip()}


def _refusal(each: Rule, found: Found, manifest: Mapping[str, Any]) -> Refusal:
    path = spelled(found.path, manifest)
    return Refusal(path, found.asked, found.possible or each.possible, found.remedy or each.remedy)
