"""Resources of AWS that a program registered, in Terraform's language, which scanners read.

Pulumi's AWS provider is made from Terraform's: names differ by their spelling, a block that may be there once is an
object, and a reference is a property that came from another resource, as the recorder remembers.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rayform.lab.testing import Recorded, Registration

__all__ = ["address", "terraform"]

PREFIXES = {
    "autoscaling": "aws_autoscaling_group_",
    "cloudwatch": "aws_cloudwatch_",
    "ec2": "aws_",
    "eks": "aws_eks_",
    "iam": "aws_iam_",
    "kms": "aws_kms_",
    "vpc": "aws_vpc_",
}
"""What Terraform writes before the name of a type, by Pulumi's module."""
MAPS = frozenset({"labels", "tags"})
"""Properties whose keys are their author's own; other objects are blocks."""
SINGULAR = {"taints": "taint"}
"""Lists of blocks that Pulumi names in the plural and Terraform does not."""


def terraform(recorded: Recorded) -> str:
    """Every resource of AWS, a block for each, by its address."""
    ours = [each for each in recorded.resources if each.type.startswith("aws:")]
    return "\n".join(_resource(each, recorded) for each in sorted(ours, key=address))


def address(resource: Registration) -> str:
    """How Terraform calls a resource: ``aws_eks_cluster.prod-cluster``."""
    _, module, kind = resource.type.replace("/", ":").split(":")[:3]
    return f"{PREFIXES[module]}{_snake(kind)}.{resource.name}"


def _resource(resource: Registration, recorded: Recorded) -> str:
    kind, _, name = address(resource).partition(".")
    sources = {each.urn: each for each in recorded.resources}
    lines = []
    for key, value in resource.inputs.items():
        known = [sources[urn] for urn in resource.via.get(key, ()) if sources[urn].custom]
        lines += _written(key, value, dict(_references(known)))
    return "\n".join([f'resource "{kind}" "{name}" {{', *lines, "}", ""])


def _references(sources: Iterable[Registration]) -> Iterator[tuple[str, str]]:
    """What stands in a property that came from these resources, and how Terraform writes it."""
    for source in sources:
        if source.type.startswith("aws:"):
            for name in ("arn", "allocationId", "name"):
                if isinstance(source.outputs.get(name), str):
                    yield source.outputs[name], f"{address(source)}.{_snake(name)}"
            yield str(source.id), f"{address(source)}.id"


def _written(key: str, value: Any, known: Mapping[str, str]) -> Iterator[str]:
    name = _snake(key)
    if key not in MAPS and isinstance(value, Mapping):
        yield from _block(name, value, known)
    elif isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        for each in value:
            yield from _block(SINGULAR.get(name, name), each, known)
    else:
        yield f"{name} = {_value(value, known)}"


def _block(name: str, content: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[str]:
    yield f"{name} {{"
    for key, value in content.items():
        yield from _written(key, value, known)
    yield "}"


def _value(value: Any, known: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return known.get(value) or json.dumps(value).replace("${", "$${")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(each, known)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(each, known) for each in value) + "]"
    return json.dumps(value)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
