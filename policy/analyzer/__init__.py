"""The law as a policy pack: the engine's Analyzer protocol, in which each resource is read and judged once.

The plain SDK for Python reads a resource anew for every policy, which costs milliseconds for each resource; here all
rules share one reading. Each rule keeps its own name, level, configuration and remediation before the engine.
"""

from .serve import serve
from .servicer import Analyzer

__all__ = ["Analyzer", "serve"]
