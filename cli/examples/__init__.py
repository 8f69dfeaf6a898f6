"""For each rule, an object that breaks it and one that keeps it: what ``rayform explain`` shows."""

from .every import EXAMPLES
from .example import Example

__all__ = ["EXAMPLES", "Example"]
