"""The rules of the law, by what they keep: limits, spend, security, reliability."""

from .every import PACKS, RULES

__all__ = ["PACKS", "RULES"]
