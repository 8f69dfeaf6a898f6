"""YAML within a field of an object: read once, kept for every rule that asks for it."""

from functools import lru_cache
from typing import Any

from ...documents import ComposerError, Limits, parsed

__all__ = ["inline"]

_LIMITS = Limits(values=20_000, characters=2**20, depth=50)


@lru_cache(maxsize=64)
def inline(text: str) -> tuple[Any, str]:
    """The value of a text, or what is wrong with it in words; a value is not to be changed."""
    try:
        return parsed(text, _LIMITS), ""
    except ComposerError as error:
        return None, f"text with an error on its line {error.line} ({error.problem.split(';')[0]})"
