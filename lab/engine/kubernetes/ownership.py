"""Who owns which field of an object: what ignored changes make of an apply, and what was created in another way."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, cast

from ..provider.difference import Step, parsed_path
from .identity import PREFIX
from .parts import Object, items, part

_GONE = object()
_ALSO_OURS = ("before-first-apply", "kubectl", PREFIX, "pulumi-resource-kubernetes")


def without_ignored(
    manifest: Mapping[str, Any], live: Mapping[str, Any], ignored: Sequence[str], manager: str
) -> Object:
    """The manifest as it is applied: an ignored field that only others own is left out, any other keeps its live value.

    Paths into lists, and keys with dots, are not followed, as in pulumi-kubernetes.
    """
    result = copy.deepcopy(dict(manifest))
    fields = items(live, "metadata", "managedFields")
    ours = [part(each, "fieldsV1") for each in fields if each.get("manager") == manager]
    theirs = [part(each, "fieldsV1") for each in fields if each.get("manager") != manager]
    for steps in map(_names, map(parsed_path, ignored)):
        if not steps:
            continue
        if any(_owns(each, steps) for each in theirs) and not any(_owns(each, steps) for each in ours):
            _remove(result, steps)
        elif (value := _at(live, steps)) is not _GONE:
            _set(result, steps, copy.deepcopy(value))
    return result


def handed_over(live: Mapping[str, Any], manager: str) -> list[Object] | None:
    """The managed fields once ``manager`` owns, by apply, what was created or written by hand; None when it does so.

    An object is created, not applied, so that one that exists is never taken over; without this the fields of that
    creation would belong to nobody and stay for ever.
    """
    fields = items(live, "metadata", "managedFields")
    taken = [each for each in fields if _is_ours(each, manager)]
    if not any(each.get("operation") == "Update" or each.get("manager") != manager for each in taken):
        return None
    merged: Object = {}
    for each in taken:
        merged = _merged(merged, part(each, "fieldsV1"))
    applied = {**taken[0], "manager": manager, "operation": "Apply", "fieldsV1": merged}
    return [applied, *(each for each in fields if each not in taken)]


def created_by_us(live: Mapping[str, Any]) -> bool:
    """Whether this provider created the object and has not applied it since."""
    fields = items(live, "metadata", "managedFields")
    return any(each.get("operation") == "Update" and _begins(each, PREFIX) for each in fields)


def _is_ours(entry: Mapping[str, Any], manager: str) -> bool:
    if entry.get("subresource"):
        return False
    if entry.get("operation") == "Apply":
        return entry.get("manager") == manager or _begins(entry, "kubectl")
    return any(_begins(entry, name) for name in (*_ALSO_OURS, manager))


def _begins(entry: Mapping[str, Any], prefix: str) -> bool:
    return str(entry.get("manager")).startswith(prefix)


def _merged(one: Object, other: Object) -> Object:
    shared = {key: _merged(one[key], other[key]) for key in one.keys() & other.keys()}
    return {**one, **other, **shared}


def _names(steps: Sequence[Step]) -> list[str]:
    named = [step for step in steps if isinstance(step, str) and step != "*" and "." not in step]
    return named if len(named) == len(steps) else []


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


def _set(target: Object, steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        target = target.setdefault(step, {})
    target[steps[-1]] = value


def _remove(target: Object, steps: Sequence[str]) -> None:
    for step in steps[:-1]:
        target = target.get(step) or {}
    target.pop(steps[-1], None)
