"""Places in a manifest, in the words of the specs that made it."""

import re
from collections.abc import Mapping
from typing import Any

from .view import Path, items, mapping

__all__ = ["spelled"]

_WORDS = {
    "rayClusterSpec": "ray_cluster_spec",
    "headGroupSpec": "head",
    "workerGroupSpecs": "workers",
    "groupName": "name",
    "enableInTreeAutoscaling": "autoscaling",
    "submitterPodTemplate": "submitter",
    "runtimeEnvYAML": "runtime_env",
}
# What stands between a group and its fields: the typed fields lie flat.
_SILENT = {"spec", "metadata", "template", "resources", "limits", "requests"}
_BY_NAME = {"env", "labels", "annotations", "rayStartParams", "other"}
_NAMES = ("groupName", "name")


def spelled(path: Path, manifest: Mapping[str, Any]) -> str:
    """The field of the spec that stands at a place: ``workers[gpu].min_replicas``."""
    words: list[str] = []
    here: Any = manifest
    for before, step in zip((None, *path), path, strict=False):
        here = _inside(here, step)
        word = _word(before, step, here)
        if word.startswith("["):
            words[-1:] = [words[-1] + word] if words else [word]
        elif word:
            words.append(word)
    return ".".join(words) or "spec"


def _inside(part: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return mapping(part).get(step)
    listed = items(part)
    return listed[step] if step < len(listed) else None


def _word(before: str | int | None, step: str | int, here: Any) -> str:
    if before in _BY_NAME:
        return f"[{step}]"
    if before in ("limits", "requests"):
        return _amount(str(step))
    if isinstance(step, int):
        return "" if before == "containers" and step == 0 else f"[{_name(here, step)}]"
    if step in _SILENT or step == "containers":
        return ""
    return _WORDS.get(step) or re.sub(r"(?<!^)(?=[A-Z])", "_", step).lower()


def _amount(name: str) -> str:
    if name in ("cpu", "memory"):
        return name
    if name == "ephemeral-storage":
        return "ephemeral_storage"
    return "gpus" if name == "nvidia.com/gpu" else f"accelerators[{name}]"


def _name(here: Any, index: int) -> str:
    named = mapping(here)
    return next((str(named[key]) for key in _NAMES if named.get(key)), str(index))
