"""Objects to be judged twice, each of which can be made again from its seed and number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from crds import schema, whole
from generator import CLUSTERS, MUTATIONS, Draw, Mutation, Subject, edited, made, mixed, planned

__all__ = ["GATES", "Case", "case", "cases", "edits", "legal"]

_CHOICES = ("RayCronJob", "RayJobDeletionPolicy", "RayServiceIncrementalUpgrade")
GATES: tuple[dict[str, bool], ...] = tuple(
    {name: name in on for name in _CHOICES}
    for on in (
        {"RayCronJob", "RayJobDeletionPolicy"},
        {"RayCronJob", "RayJobDeletionPolicy", "RayServiceIncrementalUpgrade"},
        {"RayCronJob"},
        {"RayJobDeletionPolicy"},
    )
)
"""Gates of the pinned operator that its validators, or rayform's rules, depend on: these are set in turn."""


@dataclass(frozen=True)
class Case:
    """One object, and what is known of it beforehand."""

    number: str
    """The seed and number it is made from."""
    about: str
    """``legal``, the mutation, ``mixture`` or ``edit``."""
    mutation: Mutation | None
    """What was broken, None where it was nothing or nobody knows."""
    manifest: dict[str, Any]
    """The object as somebody would write it."""
    whole: dict[str, Any]
    """The object as the operator gets it."""
    schema_errors: Sequence[str]
    """What the CRD refuses; such an object never reaches the operator."""


def cases(seed: int, count: int, gates: dict[str, bool], kinds: Sequence[str] = CLUSTERS) -> Iterator[Case]:
    """Objects under these gates, two in five legal, two in five with one thing wrong, and one in five anything."""
    on = frozenset(name for name, value in gates.items() if value)
    for number in range(count):
        yield case(f"{seed}:{number}", on, tuple(kinds))


def legal(seed: int, count: int, gates: dict[str, bool], kinds: Sequence[str] = CLUSTERS) -> Iterator[Case]:
    """Legal objects under these gates."""
    on = frozenset(name for name, value in gates.items() if value)
    for number in range(count):
        draw = Draw(f"{seed}:legal:{number}")
        yield _case(f"{seed}:legal:{number}", "legal", None, made(draw, planned(draw, on, kind=draw.pick(*kinds))))


def edits(seed: int, count: int, gates: dict[str, bool]) -> Iterator[Case]:
    """Objects that were legal before somebody edited them."""
    on = frozenset(name for name, value in gates.items() if value)
    for number in range(count):
        draw = Draw(f"{seed}:edit:{number}")
        manifest = made(draw, planned(draw, on))
        yield _case(f"{seed}:edit:{number}", "edit", None, edited(draw, manifest, schema(manifest["kind"])))


def case(number: str, on: frozenset[str], kinds: tuple[str, ...] = CLUSTERS) -> Case:
    """One object."""
    draw = Draw(number)
    share = draw.random()
    if share < 0.4:
        return _case(number, "legal", None, made(draw, planned(draw, on, kind=draw.pick(*kinds))))
    if share < 0.8:
        mutation = draw.choice(_fitting(on, kinds))
        about = f"{mutation.number}, {mutation.name}"
        return _case(number, about, mutation, _broken(draw, mutation, on, kinds))
    about, manifest = _wild(draw, on, draw.pick(*kinds))
    return _case(number, about, None, manifest)


def _case(number: str, about: str, mutation: Mutation | None, manifest: dict[str, Any]) -> Case:
    complete = whole(manifest)
    return Case(number, about, mutation, manifest, complete, list(schema(manifest["kind"]).errors(complete)))


@cache
def _fitting(on: frozenset[str], kinds: tuple[str, ...]) -> list[Mutation]:
    return [mutation for mutation in MUTATIONS if mutation.fits(on) and set(kinds) & set(mutation.kinds)]


def _broken(draw: Draw, mutation: Mutation, on: frozenset[str], kinds: tuple[str, ...]) -> dict[str, Any]:
    kind = draw.choice([kind for kind in mutation.kinds if kind in kinds])
    manifest = made(draw, planned(draw, on, kind=kind, **mutation.plan))
    mutation.edit(draw, Subject(manifest))
    return manifest


def _wild(draw: Draw, on: frozenset[str], kind: str) -> tuple[str, dict[str, Any]]:
    if draw.chance(0.3):
        mutation = draw.choice(_fitting(on, (kind,)))
        return f"edit after {mutation.number}", edited(draw, _broken(draw, mutation, on, (kind,)), schema(kind))
    first, second = (made(draw, planned(draw, on, kind=kind)) for _ in range(2))
    if draw.flag():
        return "edit", edited(draw, first, schema(kind))
    manifest: dict[str, Any] = mixed(draw, first, second)
    manifest["metadata"].setdefault("name", "mixed")
    manifest.setdefault("spec", {})
    return "mixture", manifest
