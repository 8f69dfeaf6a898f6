"""The engine's stand-ins: what the official Pulumi bundle has and the lab's own build of the CLI lacks.

Each is used only where the official one is absent. Test equipment: small, plain, and never what a user deploys with.
"""

from .environment import engine_environment
from .standins import Standin, standins

__all__ = ["Standin", "engine_environment", "standins"]
