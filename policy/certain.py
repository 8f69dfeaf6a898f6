"""What of Ray's own rules is broken for certain, where something in an object is not known yet.

These rules take what is not known for absent. So what they find is judged again on a manifest that takes down who reads
what is not known: a finding on which nothing of that bears holds, any other waits.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rayform.components.ray.identity import ACCEPTS
from rayform.components.ray.rules import Finding, Operator, Rule
from rayform.components.ray.rules.kinds import ObjectView
from rayform.components.ray.rules.view import Path

from .unknown import guarded

__all__ = ["doubts"]

_ACCEPTS: Final[Path] = ("metadata", "annotations", ACCEPTS)


def doubts(
    manifest: Mapping[str, Any], operator: Operator, found: Sequence[Finding]
) -> Iterator[tuple[Finding, Path | None]]:
    """Every finding, with the place of what is not known yet and bears on it; None is a finding that holds."""
    judged = {each.rule.id: each.rule for each in found}
    known = {name: dict(_doubts(rule, manifest, operator)) for name, rule in judged.items()}
    for each in found:
        there = known[each.rule.id]
        # What is no longer found was found of what is not known.
        yield each, there[each.path] if each.path in there else next(filter(None, there.values()), each.path)


def _doubts(rule: Rule, manifest: Mapping[str, Any], operator: Operator) -> Iterator[tuple[Path, Path | None]]:
    """The places that break a rule, each with what is not known and bears on it."""
    read: list[Path] = []
    # Views keep what rules share: each rule has its own.
    view = ObjectView(guarded(manifest, met=read.append), operator, native=True)
    view.annotations.get(ACCEPTS)
    opening = read[:]
    accepting = [each for each in opening if rule.acceptable and _starts(_ACCEPTS, each)]
    for part in view.parts:
        if type(part) is rule.subject:
            read.clear()
            broken = rule.check(part)
            for each in broken:
                pod = next((pod.path for pod in view.pods if _starts(each.path, pod.path)), ())
                bearing = [one for one in opening if _bears(one, each.path, pod)]
                yield each.path, next(iter((*accepting, *read, *bearing)), None)


def _bears(unknown: Path, place: Path, pod: Path) -> bool:
    """Whether what was read to open an object may make a difference to what is broken at a place, in this pod or none.

    Containers and other items of lists stand each for itself.
    """
    if not pod:
        return unknown[0] == place[0]
    if not _starts(unknown, pod):
        return _starts(place, unknown)
    items = [len(pod), *(index + 1 for index, step in enumerate(unknown) if isinstance(step, int))]
    return _starts(place, unknown[: max(items)]) or _starts(unknown, place)


def _starts(path: Path, whole: Path) -> bool:
    return path[: len(whole)] == whole
