"""How the escape hatch ``pod`` joins what the typed fields say."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from .fields import Manifest

__all__ = ["KEYS", "differences", "merged"]

KEYS = {
    "containers": "name",
    "initContainers": "name",
    "volumes": "name",
    "env": "name",
    "volumeMounts": "mountPath",
    "ports": "containerPort",
    "imagePullSecrets": "name",
    "hostAliases": "ip",
    "volumeDevices": "devicePath",
}
"""The keys by which Kubernetes itself merges these lists; all other lists are one value."""


def merged(base: Mapping[str, Any], fragment: Mapping[str, Any]) -> Manifest:
    """Both together: mappings by key, the lists of Kubernetes by theirs, the fragment's word where both have one."""
    both = dict(base)
    for key, value in fragment.items():
        both[key] = _joined(key, both[key], value) if key in both else value
    return both


def differences(base: Mapping[str, Any], fragment: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every place where both say something and it is not the same: the path, the typed word, the fragment's."""
    for key in (key for key in fragment if key in base):  # in its author's order
        yield from _between(key, base[key], fragment[key], f"{path}.{key}" if path else key)


def _joined(key: str, ours: Any, theirs: Any) -> Any:
    if _is_mapping(ours) and _is_mapping(theirs):
        return merged(ours, theirs)
    if not (_is_merged(ours, key) and _is_merged(theirs, key)):
        return theirs
    name = KEYS[key]
    wanted = {item.get(name): item for item in theirs}
    joined = [merged(item, wanted.pop(item.get(name), {})) for item in ours]
    return joined + list(wanted.values())


def _between(key: str, ours: Any, theirs: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if _is_mapping(ours) and _is_mapping(theirs):
        yield from differences(ours, theirs, path)
    elif _is_merged(ours, key) and _is_merged(theirs, key):
        known = {item.get(KEYS[key]): item for item in ours}
        for item in theirs:
            name = item.get(KEYS[key])
            yield from differences(known.get(name, {}), item, f"{path}[{name}]")
    elif ours is not theirs and ours != theirs:
        yield path, ours, theirs


def _is_mapping(value: Any) -> TypeGuard[Manifest]:
    return isinstance(value, dict)


def _is_merged(value: Any, key: str) -> TypeGuard[list[Manifest]]:
    """Whether a value is a list that Kubernetes merges item by item: each has the key, and its own."""
    if key not in KEYS or not _is_list(value):
        return False
    names = [item.get(KEYS[key]) for item in value if _is_mapping(item)]
    told_apart = all(isinstance(name, str | int) and names.count(name) == 1 for name in names)
    return len(names) == len(value) and told_apart


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)
