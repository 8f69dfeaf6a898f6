"""Reads a pod in Kubernetes' own form, of which any part may be missing, or be something else than it should."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

__all__ = ["items", "mapping", "texts"]


def mapping(described: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """The mapping at a path; empty where there is none."""
    for key in path:
        below = described.get(key)
        described = cast("Mapping[str, Any]", below) if isinstance(below, Mapping) else {}
    return described


def items(described: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    """The mappings of a list; empty where there is none."""
    return [cast("Mapping[str, Any]", each) for each in _listed(described.get(key)) if isinstance(each, Mapping)]


def texts(described: Mapping[str, Any], key: str) -> Sequence[str]:
    """The texts of a list; empty where there is none."""
    return [each for each in _listed(described.get(key)) if isinstance(each, str)]


def _listed(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value) if isinstance(value, list | tuple) else ()
