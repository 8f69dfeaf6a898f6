"""The street: the program, its settings and environments. The only place where rooms meet."""

from .program import deploy, main
from .settings import Installed, StackSettings

__all__ = ["Installed", "StackSettings", "deploy", "main"]
