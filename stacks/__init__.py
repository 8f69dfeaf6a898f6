"""The street: the program, its settings and environments. The only place where rooms meet."""

from .ground import GroundSettings
from .packing import packing
from .program import deploy, main
from .settings import Installed, StackSettings

__all__ = ["GroundSettings", "Installed", "StackSettings", "deploy", "main", "packing"]
