"""Who owns which field of an object, and what ignored changes make of an apply."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, cast

from .parts import Object, items, part

_GONE = object()

_APPLIERS = ("kubectl",)
_UPDATERS = ("kubectl", "before-first-apply", "pulumi-kubernetes", "pulumi-resource-kubernetes")
"""Whose writes are taken over, by prefix, as in pulumi-kubernetes."""


def without_ignored(
    manifest: Mapping[str, Any], live: Mapping[str, Any], ignored: Sequence[str], manager: str
) -> dict[str, Any]:
    """The manifest as it is applied: an ignored field that only others own is left out, any other keeps its live value.

    Paths inside lists are not followed, as in pulumi-kubernetes.
    """
    result = copy.deepcopy(dict(manifest))
    fields = items(live, "metadata", "managedFields")
    ours = [part(each, "fieldsV1") for each in fields if each.get("manager") == manager]
    theirs = [part(each, "fieldsV1") for each in fields if each.get("manager") != manager]
    for path in ignored:
        steps = path.split(".")
        if any(_owns(each, steps) for each in theirs) and not any(_owns(each, steps) for each in ours):
            _remove(result, steps)
        elif (value := _at(live, steps)) is not _GONE:
            _set(result, steps, copy.deepcopy(value))
    return result


def taken_over(live: Mapping[str, Any], manager: str) -> list[Object] | None:
    """Who manages the object once ``manager`` has taken over what kubectl or a client-side apply had written.

    None where there is nothing to take over. Other managers keep their fields: an apply that meets them is a conflict.
    """
    entries = items(live, "metadata", "managedFields")
    previous = [each for each in entries if _is_predecessor(each)]
    if not previous:
        return None
    own = [each for each in entries if each.get("manager") == manager and each.get("operation") == "Apply"]
    kept = [each for each in entries if each not in previous and each not in own]
    merged = {**previous[0], **(own[0] if own else {}), "manager": manager, "operation": "Apply"}
    for each in previous:
        merged["fieldsV1"] = _union(part(merged, "fieldsV1"), part(each, "fieldsV1"))
    return [*kept, merged]


def _is_predecessor(entry: Object) -> bool:
    if entry.get("subresource"):
        return False
    prefixes = _APPLIERS if entry.get("operation") == "Apply" else _UPDATERS
    return str(entry.get("manager")).startswith(prefixes)


def _union(one: Object, other: Object) -> Object:
    both = {key: _union(part(one, key), part(other, key)) for key in one.keys() & other.keys()}
    return {**one, **other, **both}


def _owns(fields: Mapping[str, Any], steps: Sequence[str]) -> bool:
    for step in steps:
        if f"f:{step}" not in fields:
            return False
        fields = fields[f"f:{step}"]
    return True


def _at(value: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        if not isinstance(value, Mapping) or step not in value:
            return _GONE
        value = cast("Mapping[str, Any]", value)[step]
    return value


def _set(target: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        target = target.setdefault(step, {})
    target[steps[-1]] = value


def _remove(target: dict[str, Any], steps: Sequence[str]) -> None:
    for step in steps[:-1]:
        target = target.get(step) or {}
    target.pop(steps[-1], None)
