"""One real node, which runs containers on this machine without touching it: root on Linux."""

from .membership import Offer
from .node import RealNode

__all__ = ["Offer", "RealNode"]
