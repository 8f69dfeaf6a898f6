"""The two shapes a value with parts can have; what is read from YAML has text as keys, always."""

from typing import Any, TypeGuard

__all__ = ["is_mapping", "is_sequence"]


def is_mapping(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the value is a mapping."""
    return isinstance(value, dict)


def is_sequence(value: object) -> TypeGuard[list[Any]]:
    """Whether the value is a sequence."""
    return isinstance(value, list)
