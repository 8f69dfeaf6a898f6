"""Places in a manifest, in the words of the specs that made it."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..crd import IRREGULAR
from .view import Path, items, mapping

__all__ = ["spelled", "written"]

_WORDS = {name: field for field, name in IRREGULAR.items()}
_POD_WORDS = {"labels": "pod_labels", "annotations": "pod_annotations"}
# From here on it is a pod, or a container that is described like one.
_PODS = {"template", "submitterPodTemplate", "autoscalerOptions", "collectorOptions"}
# What stands between a pod and its fields: the typed fields lie flat.
_SILENT = {"template", "spec", "metadata", "containers", "resources", "limits", "requests"}
_BY_NAME = {"env", "labels", "annotations", "nodeSelector", "rayStartParams", "resources"}
_NAMES = ("groupName", "name")
_PLAIN = re.compile(r"[A-Za-z_][\w-]*")


def written(path: Sequence[str | int]) -> str:
    """A place as whoever wrote the manifest knows it: ``spec.workerGroupSpecs[0].minReplicas``."""
    steps = (
        f"[{step}]" if isinstance(step, int) else f".{step}" if _PLAIN.fullmatch(step) else f"[{step!r}]"
        for step in path
    )
    return "".join(steps).removeprefix(".")


def spelled(path: Path, manifest: Mapping[str, Any]) -> str:
    """The field of the spec that stands at a place: ``workers[gpu].min_replicas``."""
    words: list[str] = []
    here: Any = manifest
    in_pod = False
    for before, step in pairwise(path):
        here = _inside(here, before)
        word = _in_pod(before, step, _inside(here, step)) if in_pod else _outside(before, step, here)
        in_pod = in_pod or step in _PODS
        if word.startswith("["):
            words[-1:] = [words[-1] + word] if words else [word]
        elif word:
            words.append(word)
    return ".".join(words) or _snake(str(path[0]))


def _inside(part: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return mapping(part).get(step)
    listed = items(part)
    return listed[step] if step < len(listed) else None


def _outside(before: str | int, step: str | int, around: Any) -> str:
    if isinstance(step, int) or before in _BY_NAME:
        return f"[{_name(_inside(around, step), step)}]"
    # A group is called by its name; rules of the network policy name groups.
    if step == "groupName" and "template" in mapping(around):
        return "name"
    return "" if step == "template" else _WORDS.get(step) or _snake(step)


def _in_pod(before: str | int, step: str | int, here: Any) -> str:
    if before in ("limits", "requests"):
        return _amount(str(step))
    if isinstance(step, int):
        return _item(before, step, here)
    if before in _BY_NAME and step not in _SILENT:
        return f"[{step}]"
    return "" if step in _SILENT else _POD_WORDS.get(step) or _snake(step)


def _item(before: str | int, step: int, here: Any) -> str:
    if before == "containers":
        return f"sidecars[{_name(here, step)}]" if step else ""
    return f"[{_name(here, step)}]"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _amount(name: str) -> str:
    if name in ("cpu", "memory"):
        return name
    if name == "ephemeral-storage":
        return "ephemeral_storage"
    return "gpus" if name == "nvidia.com/gpu" else f"accelerators[{name}]"


def _name(here: Any, step: str | int) -> str:
    named = mapping(here)
    return next((str(named[key]) for key in _NAMES if named.get(key)), str(step))
