"""Ray's own fields of a CRD: every path below ``spec``, down to where Kubernetes' own types begin."""

from collections.abc import Iterator

from structural import Structural

__all__ = ["own_paths", "paths_of"]

_KUBERNETES = {
    "egressRules",
    "env",
    "envFrom",
    "headService",
    "ingressRules",
    "securityContext",
    "serveService",
    "submitterPodTemplate",
    "template",
    "tls",
    "valueFrom",
    "volumeMounts",
}
_AMOUNTS = ("autoscalerOptions.resources", "collectorOptions.resources")


def own_paths(spec: Structural, path: str = "") -> Iterator[str]:
    """Every such path of a schema."""
    for name, below in spec.properties.items():
        here = f"{path}.{name}".lstrip(".")
        yield here
        if name not in _KUBERNETES and not here.endswith(_AMOUNTS):
            yield from own_paths(below.items or below, f"{here}[]" if below.items else here)


def paths_of(part: object, path: str = "") -> Iterator[str]:
    """Every path that a value uses."""
    if isinstance(part, dict):
        for name, inner in part.items():
            here = f"{path}.{name}".lstrip(".")
            yield here
            yield from paths_of(inner, here)
    elif isinstance(part, list):
        for item in part:
            yield from paths_of(item, f"{path}[]")
