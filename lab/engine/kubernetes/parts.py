"""Parts of objects that may not be there, or not be known yet."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

Object = dict[str, Any]
"""A Kubernetes object, or a part of one, as JSON."""


def part(value: Any, *steps: str) -> Object:
    """The mapping at the end of ``steps``; empty where any of them is missing or is no mapping."""
    for step in steps:
        value = cast("Mapping[str, Any]", value).get(step) if isinstance(value, Mapping) else None
    return dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else {}


def items(value: Mapping[str, Any], *steps: str) -> list[Object]:
    """The mappings in the list at the end of ``steps``; empty where any of them is missing."""
    *before, last = steps
    found = part(value, *before).get(last)
    listed = cast("Sequence[Any]", found if isinstance(found, list) else [])
    return [cast("Object", item) for item in listed if isinstance(item, dict)]


def annotation(manifest: Mapping[str, Any], key: str) -> str:
    """The annotation ``key``; empty where it is missing or not known yet."""
    value = part(manifest, "metadata", "annotations").get(key)
    return value if isinstance(value, str) else ""


def with_metadata(manifest: Mapping[str, Any], **fields: Any) -> Object:
    """The object with more in its metadata; a field that is None is taken away."""
    metadata = {**part(manifest, "metadata"), **fields}
    return {**manifest, "metadata": {key: value for key, value in metadata.items() if value is not None}}


def built_in(api_version: str) -> bool:
    """Whether a group is Kubernetes' own, whose objects it writes in its own words; others are kept as written."""
    group = api_version.rpartition("/")[0]
    return "." not in group or group.endswith(".k8s.io")
