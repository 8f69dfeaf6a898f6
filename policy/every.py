"""Every rule: the law's own, and Ray's that it adopts."""

from typing import Final

from .adopted import ADOPTED
from .rules.every import RULES as _OWN

__all__ = ["RULES"]

RULES: Final = (*_OWN, *ADOPTED)
"""Every rule: the law's own, and Ray's that it adopts."""
