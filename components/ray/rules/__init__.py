"""What must hold of Ray's objects, as pure functions over their manifests."""

from .judge import RULES, Finding, findings, refusals
from .operator import InstalledOperator, Operator
from .rule import Found, Rule, Severity

__all__ = [
    "RULES",
    "Finding",
    "Found",
    "InstalledOperator",
    "Operator",
    "Rule",
    "Severity",
    "findings",
    "refusals",
]
