"""EC2's filters, tags and errors, as its Describe operations share them."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import AwsError

Described = dict[str, Any]


def tags(asked: Mapping[str, Any], kind: str) -> list[Mapping[str, str]]:
    """The tags that a Create operation asks for something of ``kind``."""
    specifications = asked.get("TagSpecifications", [])
    return [tag for each in specifications if each.get("ResourceType") == kind for tag in each.get("Tags", [])]


def chosen(things: Sequence[Described], asked: Mapping[str, Any], names: Mapping[str, str]) -> list[Described]:
    """Those of ``things`` that the filters let through; ``names`` maps each filter to the member that it looks at."""
    return [thing for thing in things if all(_passes(thing, each, names) for each in asked.get("Filters", []))]


def invalid(code: str, message: str) -> AwsError:
    """An error of EC2."""
    return AwsError(code, message, 400)


def _passes(thing: Described, condition: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    name, values = condition["Name"], condition["Values"]
    labels = {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}
    if name == "tag-key":
        return any(key in values for key in labels)
    if name.startswith("tag:"):
        return labels.get(name.removeprefix("tag:")) in values
    if name not in names:
        raise invalid("InvalidParameterValue", f"The filter '{name}' is invalid")
    return str(thing.get(names[name])) in values
