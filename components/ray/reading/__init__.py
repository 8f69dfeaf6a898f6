"""From manifests back to specs: the mirror of rendering, without loss."""

from .kind import KINDS, Kind, Reading, Unsaid, reading, whole
from .same import Place, differences, same

__all__ = ["KINDS", "Kind", "Place", "Reading", "Unsaid", "differences", "reading", "same", "whole"]
