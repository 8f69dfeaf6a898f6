"""Tags of everything that EKS has."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..answering import answers
from ..errors import AwsError
from ..region import Region
from .store import Described, clusters

_ARNS = ("arn", "nodegroupArn", "addonArn", "accessEntryArn", "associationArn")


@answers("eks", "TagResource")
def tag_resource(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Add tags."""
    _tags(region, asked).update(asked["tags"])
    return {}


@answers("eks", "UntagResource")
def untag_resource(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Take tags away."""
    tags = _tags(region, asked)
    for key in asked["tagKeys"]:
        tags.pop(key, None)
    return {}


@answers("eks", "ListTagsForResource")
def list_tags_for_resource(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The tags."""
    return {"tags": _tags(region, asked)}


def _tags(region: Region, asked: Mapping[str, Any]) -> dict[str, str]:
    arn = asked["resourceArn"]
    for each in _everything(region):
        if arn in (each.get(name) for name in _ARNS):
            tags: dict[str, str] = each["tags"]
            return tags
    raise AwsError("NotFoundException", f"No resource found for ARN: {arn}", 404)


def _everything(region: Region) -> Iterator[Described]:
    for made in clusters(region).values():
        yield made.described
        for things in (made.groups, made.addons, made.entries, made.associations):
            yield from things.values()
