"""Ray services as the CRDs write them."""

import json
from typing import Any

from ...documents import is_mapping
from ..crd import named
from ..placement import Pools
from ..service import RayServiceSpec
from .cluster import cluster_spec
from .fields import Manifest, fields, given
from .native import native_text

__all__ = ["SERVICE", "UNHASHED", "service_spec"]

UNHASHED = "rayform/unhashed"
"""The annotation of pods that repeats what KubeRay leaves out when it looks for changes of a service's cluster."""

SERVICE = named(
    "serve_service",
    "upgrade_strategy",
    "ray_cluster_deletion_delay_seconds",
    "exclude_head_pod_from_serve_svc",
    "service_unhealthy_second_threshold",
    "deployment_unhealthy_second_threshold",
    "managed_by",
    "suspend",
)
"""Fields of a service under their own name."""


def service_spec(service: RayServiceSpec, pools: Pools) -> Manifest:
    """The ``spec`` of a RayService."""
    cluster = cluster_spec(service.ray_cluster_config, pools)
    return {
        **fields(service, SERVICE),
        **given({"serveConfigV2": native_text(service.serve_config_v2)}),
        "rayClusterConfig": _noticed(cluster) if service.scaling_changes == "new_cluster" else cluster,
    }


def _noticed(cluster: Manifest) -> Manifest:
    # With autoscaling, replicas are where a group starts, and afterwards the autoscaler's.
    bounds = ("minReplicas", "maxReplicas")
    counted = bounds if cluster.get("enableInTreeAutoscaling") else ("replicas", *bounds)
    groups = [_repeated(group, counted) for group in cluster.get("workerGroupSpecs", ())]
    return {
        **cluster,
        "headGroupSpec": _repeated(cluster["headGroupSpec"], ()),
        **given({"workerGroupSpecs": groups}),
    }


def _repeated(group: Manifest, names: tuple[str, ...]) -> Manifest:
    """A group whose pods tell of these fields, and of their tolerations, in an annotation."""
    template: dict[str, Any] = group["template"]
    inside: Any = template["spec"]
    metadata: Any = template.get("metadata", {})
    told: Any = metadata.get("annotations", {}) if is_mapping(metadata) else None
    # The escape hatch may have put anything there.
    if not is_mapping(inside) or not is_mapping(metadata) or not is_mapping(told):
        return group
    said = {name: group[name] for name in names if name in group}
    said |= given({"tolerations": inside.get("tolerations")})
    if not said:
        return group
    annotations = {**told, UNHASHED: json.dumps(said, sort_keys=True)}
    return {**group, "template": {**template, "metadata": {**metadata, "annotations": annotations}}}
