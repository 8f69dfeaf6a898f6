"""Which rules the API server judges by itself, and which it cannot."""

from typing import Final

from ..adopted import ADOPTED
from ..rules import RULES
from .expressions import EXPRESSIONS

__all__ = ["EXPRESSED", "UNEXPRESSED"]

EXPRESSED: Final = tuple(each for each in RULES if each.id in EXPRESSIONS)
"""Rules that are written in CEL, for Ray's kinds."""
UNEXPRESSED: Final = tuple(each.id for each in (*RULES, *ADOPTED) if each.id not in EXPRESSIONS)
"""Rules that are not, by name: about other resources, about several together, or beyond what CEL can work out."""
