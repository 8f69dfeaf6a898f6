"""Policies of AWS, written as JSON or as mappings: their statements, what these list, and on what conditions."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from rayform.components.ray.rules.view import items, mapping

from .shapes import texts

__all__ = ["ACCOUNT", "HOW", "ROLE", "Test", "listed", "statements", "tests"]

ROLE: Final = "aws:iam/role:Role"
"""What a policy in it trusts."""
HOW: Final = ("aws:securetransport", "s3:tlsversion", "aws:requestedregion", "aws:currenttime", "aws:epochtime")
"""Keys of conditions that do not say who."""
ACCOUNT: Final = re.compile(r"system:serviceaccount:([^:]+):(.+)")
"""How a role names accounts of Kubernetes: their namespace, and the account."""


class Test(NamedTuple):
    """One test of a statement's conditions."""

    operator: str
    """How is compared, in small letters: ``stringequals``."""
    key: str
    """What is compared, in small letters: ``aws:sourcevpc``."""
    values: Sequence[str]
    """With what."""

    @property
    def negates(self) -> bool:
        """Whether it holds for all but a few."""
        return "not" in self.operator

    @property
    def passes_the_unknown(self) -> bool:
        """Whether it holds for who has no such key."""
        return self.operator.endswith("ifexists") or self.operator.startswith("forallvalues:")


def statements(policy: Any) -> Sequence[Mapping[str, Any]]:
    """The statements of a policy; none where it is no policy."""
    if isinstance(policy, str):
        try:
            policy = json.loads(policy)
        except ValueError:
            return ()
    found = mapping(policy).get("Statement")
    return [mapping(found)] if isinstance(found, dict) else items(found)


def listed(value: Any) -> list[str]:
    """What a statement has as one text, or as several."""
    return [value] if isinstance(value, str) else texts(value)


def tests(statement: Mapping[str, Any]) -> Iterator[Test]:
    """The tests of a statement's conditions."""
    for operator, compared in mapping(statement.get("Condition")).items():
        for key, values in mapping(compared).items():
            yield Test(operator.lower(), key.lower(), listed(values))
