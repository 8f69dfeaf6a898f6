"""The rules of the law, by what they keep: limits, spend, security, reliability."""

import typing as _typing

from rayform.spec.door import door as _door

if _typing.TYPE_CHECKING:
    from .every import PACKS, RULES

__all__ = ["PACKS", "RULES"]

__getattr__, __dir__ = _door(__name__, {".every": ("PACKS", "RULES")})
