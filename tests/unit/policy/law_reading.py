"""What a reading of a module of the law is."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

__all__ = ["Reading", "called"]


class Reading(NamedTuple):
    """One thing that a module reads."""

    module: str
    """The module of the law."""
    read: Callable[[ModuleType], Any]
    """Reads it by the module."""
    found: Any
    """What it finds."""


def called(name: str, *arguments: Any) -> Callable[[ModuleType], Any]:
    """What a function of a module answers to these."""
    return lambda module: getattr(module, name)(*arguments)
