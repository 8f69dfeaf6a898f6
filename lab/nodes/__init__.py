"""What pods run on: simulated nodes anywhere, a real one for root on Linux."""

from .offer import Offer
from .shape import DEFAULT_SHAPES, NodeShape, Taint

__all__ = ["DEFAULT_SHAPES", "NodeShape", "Offer", "Taint"]
