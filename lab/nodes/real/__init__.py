"""One real node, which runs containers on this machine without touching it: root on Linux."""

from .node import RealNode

__all__ = ["RealNode"]
