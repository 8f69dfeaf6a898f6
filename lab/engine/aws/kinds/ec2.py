"""What EC2's types have in common."""

from collections.abc import Callable, Mapping
from typing import Any

from ..calls import Call, Look, Properties
from ..kind import Tagging


def tagging(identity: str) -> Tagging:
    """How tags of a type are changed whose AWS id is the property ``identity``."""
    resource = {"Resources": [f"{{{identity}}}"]}
    return Tagging(
        Call("CreateTags", resource, only=("tags",)),
        Call("DeleteTags", resource, lambda known: {"Tags": [{"Key": key} for key in known["untagged"]]}, only=()),
    )


def filters(wanted: Mapping[str, str]) -> dict[str, Any]:
    """EC2's filters."""
    return {"Filters": [{"Name": name, "Values": [value]} for name, value in wanted.items()]}


def described(operation: str, path: str | Callable[[Properties], str], **ids: str) -> Look:
    """A look by ids: each parameter is the list of the one property it names."""
    return Look(Call(operation, {name: [f"{{{value}}}"] for name, value in ids.items()}, only=()), path)


def found(operation: str, path: str | Callable[[Properties], str], wanted: Mapping[str, str]) -> Look:
    """A look by filters."""
    return Look(Call(operation, filters(wanted), only=()), path)


def arn(kind: str, identity: str) -> dict[str, str]:
    """The ARN that EC2 does not tell."""
    return {"arn": f"arn:{{partition}}:ec2:{{region}}:{{ownerId}}:{kind}/{{{identity}}}"}
