"""Secrets that stand in an object as plain text, as far as their names tell."""

import re
from collections.abc import Iterator
from typing import Any

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.reading import Place

__all__ = ["secrets_in"]

_NAME = re.compile(
    r"(?:^|[_.-])(?:\w*passw(?:or)?d|secret|token|credentials?|(?:api|access|private)[_-]?key)$", re.IGNORECASE
)
_WORDS = ("redisPassword", "redis-password")


def secrets_in(part: Any, place: Place = ()) -> Iterator[Place]:
    """The place of every such text: of a variable, or of a password."""
    if is_sequence(part):
        for index, item in enumerate(part):
            yield from secrets_in(item, (*place, index))
    if not is_mapping(part):
        return
    name, value = part.get("name"), part.get("value")
    if isinstance(value, str) and value and (_is_secret(name) or (place and place[-1] in _WORDS)):
        yield (*place, "value")
    for key, inner in part.items():
        if key in _WORDS and isinstance(inner, str):
            yield (*place, key)
        yield from secrets_in(inner, (*place, key))


def _is_secret(name: Any) -> bool:
    return isinstance(name, str) and _NAME.search(name) is not None
