"""The street: the program, its settings and environments. The only place where rooms meet.

The program is loaded when it is first asked for: who only reads settings does without the engine.
"""

import importlib
import typing

from .ground import GroundSettings
from .packing import packing
from .settings import Installed, StackSettings

if typing.TYPE_CHECKING:
    from .program import deploy, main

__all__ = ["GroundSettings", "Installed", "StackSettings", "deploy", "main", "packing"]


def __getattr__(name: str) -> object:
    if name not in ("deploy", "main"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(importlib.import_module(".program", __name__), name)
    globals()[name] = found
    return found
