"""Parts of objects that may not be there."""

from collections.abc import Mapping
from typing import Any

Object = dict[str, Any]
"""A Kubernetes object, or a part of one, as JSON."""


def part(value: Mapping[str, Any], *steps: str) -> Object:
    """The mapping at the end of ``steps``; empty where any of them is missing."""
    found: Any = value
    for step in steps:
        found = found.get(step) or {}
    return dict(found)


def items(value: Mapping[str, Any], *steps: str) -> list[Object]:
    """The list of mappings at the end of ``steps``; empty where any of them is missing."""
    *before, last = steps
    found: list[Object] = part(value, *before).get(last) or []
    return found
