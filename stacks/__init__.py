"""The street: the program, its settings and environments. The only place where rooms meet.

The program is loaded when it is first asked for: who only reads settings does without the engine.
"""

import typing as _typing

from rayform.spec.door import door as _door

from .ground import GroundSettings
from .packing import packing
from .settings import Installed, StackSettings

if _typing.TYPE_CHECKING:
    from .program import deploy, main

__all__ = ["GroundSettings", "Installed", "StackSettings", "deploy", "main", "packing"]

__getattr__, __dir__ = _door(__name__, {".program": ("deploy", "main")})
