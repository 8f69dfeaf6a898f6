"""The words of the typed specs, as whoever writes YAML knows them: ``max_replicas`` is ``maxReplicas`` there."""

import re
from collections.abc import Iterator
from functools import cache

from ..crd import crd_name
from .fields import KINDS, Fields

__all__ = ["in_yaml"]

_WORD = re.compile(r"(?<![\w\-/])[a-z0-9]+(?:_[a-z0-9]+)+(?![\w\-/])")
_HEAD = re.compile(r"(?<![\w\-/.])head\.(?=[a-z])")
_POD = ("image_pull_policy", "restart_policy", "volume_mounts", "init_containers", "run_as_user", "run_as_non_root")
# Fields that the typed specs call otherwise, and flags of Ray.
_OTHERS = {
    "runtime_env": "runtimeEnvYAML",
    "shared_memory": "the volume at /dev/shm",
    "num_cpus": "num-cpus",
    "num_gpus": "num-gpus",
}


def in_yaml(text: str) -> str:
    """The text, with every field under its name in the CRDs."""
    return _HEAD.sub("headGroupSpec.", _WORD.sub(lambda word: _known().get(word[0], word[0]), text))


@cache
def _known() -> dict[str, str]:
    fields = {name for kind in KINDS.values() for name in _names(kind)} | {crd_name(field) for field in _POD}
    return {re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower(): name for name in fields} | _OTHERS


def _names(fields: Fields) -> Iterator[str]:
    for name, field in fields.items():
        yield name
        yield from _names(field.below)
