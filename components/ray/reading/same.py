"""When two objects mean the same: to the API server that stores them, to the operator, and to Kubernetes.

What differs in these ways only is the same; every other difference counts.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rayform.spec.quantity import QuantityError, amount

from ...documents import ComposerError, Limits, is_mapping, is_sequence, parsed
from ..manifest.fields import Manifest

__all__ = ["DEFAULTS", "Place", "bare", "differences", "normal", "same"]

Place = tuple[str | int, ...]
"""Where something stands in an object."""

_OF_A_JOB = {
    "backoffLimit": 0,
    "submissionMode": "K8sJobMode",
    "ttlSecondsAfterFinished": 0,
    # No defaults of the CRD: the operator cannot tell them from ones that are not there.
    "entrypoint": "",
    "entrypointResources": "",
    "runtimeEnvYAML": "",
    "serveConfigV2": "",
    "shutdownAfterJobFinishes": False,
}
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "workerGroupSpecs": {"minReplicas": 0, "maxReplicas": 2147483647, "numOfHosts": 1, "replicas": 0, "priority": 0},
    "spec": _OF_A_JOB,
    "jobTemplate": _OF_A_JOB,
    "condition": {"ttlSeconds": 0},
    "networkPolicy": {"mode": "DenyAll"},
    "clusterUpgradeOptions": {"maxSurgePercent": 100},
    "ports": {"protocol": "TCP"},
    # What follows is no default of the CRD: whoever reads the object takes it so.
    "redisPassword": {"value": ""},
    "redisUsername": {"value": ""},
    "tolerations": {"operator": "Equal"},
    "env": {"value": ""},
}
"""What the API server, or whoever reads the object, fills in; by the field that holds it."""

# Mappings that say nothing when they are empty. Of others the presence is a word: of ``emptyDir``, ``tlsOptions`` or a
# selector, for instance.
_SAY_NOTHING = frozenset(
    {
        "affinity",
        "annotations",
        "authOptions",
        "autoscalerOptions",
        "capabilities",
        "clusterSelector",
        "entrypointResources",
        "headService",
        "headServiceAnnotations",
        "labels",
        "limits",
        "matchLabels",
        "metadata",
        "nodeSelector",
        "rayStartParams",
        "requests",
        "resources",
        "scaleStrategy",
        "securityContext",
        "serveService",
        "submitterConfig",
        "upgradeStrategy",
    }
)
# Kubernetes reads these as amounts: ``1`` is ``1000m``.
_AMOUNTS = frozenset(
    {("emptyDir", "sizeLimit"), ("storage", "size"), ("resourceFieldRef", "divisor"), ("requests", "storage")}
)
_AMOUNTS_BELOW = frozenset({"limits", "requests", "overhead"})
# Texts that somebody parses: spelling and order of keys are not seen. Their readers bound what they read.
_TEXTS = frozenset({"entrypointResources", "runtimeEnvYAML", "serveConfigV2"})
_BOUNDS = Limits(values=20_000)
# Lists that are looked up by a key, in any order. Not so variables, which refer to earlier ones, nor containers.
_UNORDERED = {
    "volumes": "name",
    "volumeMounts": "mountPath",
    "ports": "containerPort",
    "imagePullSecrets": "name",
    "hostAliases": "ip",
}


def same(one: Any, other: Any, key: str = "", above: str = "") -> bool:
    """Whether two values of the field ``key`` of the field ``above`` mean the same."""
    return next(_differ(normal(one, key, above), normal(other, key, above), ()), None) is None


def differences(one: Manifest, other: Manifest) -> Iterator[tuple[Place, bool]]:
    """Every place where two objects do not mean the same, and whether the first one has it."""
    yield from _differ(normal(one), normal(other), ())


def bare(value: Any, key: str = "") -> Any:
    """A value without what says nothing: null (the API server drops it), what is empty, and defaults."""
    if is_sequence(value):
        return [bare(item, key) for item in value]
    if not is_mapping(value):
        return value
    known = DEFAULTS.get(key, {})
    told = {name: bare(inner, name) for name, inner in value.items()}
    return {
        name: inner
        for name, inner in told.items()
        if not _says_nothing(name, inner) and not (name in known and _alike(known[name], inner))
    }


def normal(value: Any, key: str = "", above: str = "") -> Any:
    """The one form of all values that mean the same in the field ``key`` of the field ``above``."""
    return _normal(bare(value, key), key, above)


def _normal(plain: Any, key: str, above: str) -> Any:
    if is_sequence(plain):
        listed = [_normal(item, key, above) for item in plain]
        return sorted(listed, key=lambda item: _key(key, item)) if key in _UNORDERED else listed
    if is_mapping(plain):
        return {name: _normal(inner, name, key) for name, inner in _with_requests(plain, key).items()}
    if key in _TEXTS and isinstance(plain, str):
        return _value(key, plain)
    return _amount(plain) if above in _AMOUNTS_BELOW or (above, key) in _AMOUNTS else plain


def _says_nothing(name: str, value: Any) -> bool:
    if value is None or value == []:
        return True
    return value == {} and name in _SAY_NOTHING


def _with_requests(amounts: Manifest, key: str) -> Manifest:
    # What a container may use at most is asked for as well, where it asks for nothing.
    limits: Any = amounts.get("limits")
    requests: Any = amounts.get("requests", {})
    if key != "resources" or not is_mapping(limits) or not is_mapping(requests):
        return amounts
    return {**amounts, "requests": {**limits, **requests}}


def _amount(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    try:
        return amount(str(value))
    except QuantityError:
        return value


def _value(key: str, text: str) -> Any:
    try:
        return json.loads(text) if key == "entrypointResources" else parsed(text, _BOUNDS)
    except (ValueError, ComposerError):
        return text


def _key(name: str, item: Any) -> str:
    return str(item.get(_UNORDERED[name])) if is_mapping(item) else ""


def _differ(one: Any, other: Any, place: Place) -> Iterator[tuple[Place, bool]]:
    if is_mapping(one) and is_mapping(other):
        for name in dict.fromkeys((*one, *other)):
            if name in one and name in other:
                yield from _differ(one[name], other[name], (*place, name))
            else:
                yield (*place, name), name in one
    elif is_sequence(one) and is_sequence(other) and len(one) == len(other):
        for index, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            yield from _differ(mine, theirs, (*place, index))
    elif not _alike(one, other):
        yield place, True


def _alike(one: Any, other: Any) -> bool:
    # To Python, true is 1.
    return isinstance(one, bool) is isinstance(other, bool) and one == other
