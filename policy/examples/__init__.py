"""Examples of every rule of the law: what breaks it, and what keeps it.

They are what ``rayform explain`` shows and what the tests judge, so that a rule is never told of by something untried.
"""

from .every import EXAMPLES
from .example import Example, valid

__all__ = ["EXAMPLES", "Example", "valid"]
