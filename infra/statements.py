"""IAM policy documents, as text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["assume_role", "document", "statement"]


def statement(
    actions: Sequence[str], resources: Sequence[str], condition: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Any]:
    """A statement that allows the actions on the resources, where the condition holds."""
    allowed: dict[str, Any] = {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}
    return allowed | ({"Condition": condition} if condition else {})


def document(*statements: Mapping[str, Any]) -> str:
    """The policy of these statements."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def assume_role(service: str, *more_actions: str, condition: Mapping[str, Mapping[str, Any]] | None = None) -> str:
    """The policy that lets a service of AWS, and nobody else, take a role."""
    allowed: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": ["sts:AssumeRole", *more_actions],
    }
    return document(allowed | ({"Condition": condition} if condition else {}))
