"""Where a law that is installed beside this room is found: it knows this room, and this room nothing of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Final, cast

from rayform.spec.refusal import RayformError, Refusal

__all__ = ["unlawful"]

GROUP: Final = "rayform.law"
"""The group of entry points that a law announces itself in."""
Law = Callable[[Mapping[str, Any], str], Sequence[Refusal]]


def unlawful(manifest: Mapping[str, Any], policy: str | None) -> Sequence[Refusal]:
    """What a policy refuses of an object; None is no policy.

    Raises:
        RayformError: there is a policy and no law to judge by, or the policy cannot be read.
    """
    return () if policy is None else _law()(manifest, policy)


@cache
def _law() -> Law:
    found = next(iter(entry_points(group=GROUP)), None)
    if found is None:
        raise RayformError("rayform:policy: asked, no law is installed; install rayform whole, or remove the setting")
    return cast("Law", found.load())
