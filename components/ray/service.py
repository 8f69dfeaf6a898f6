"""A Ray service, described."""

from typing import Literal, Self

from pydantic import model_validator
from rayform.spec.model import Count, Flag, Spec, Wire

from .cluster import ManagedBy, RayClusterSpec
from .identity import Identity, no_object
from .serve import ServeConfig
from .volume import Fragment

__all__ = ["ClusterUpgradeOptions", "RayServiceSpec", "ServiceUpgradeStrategy"]


class ClusterUpgradeOptions(Spec):
    """How requests move to a new cluster step by step; the step, its interval and the Gateway are needed."""

    gateway_class_name: str
    """The GatewayClass that carries the requests meanwhile."""
    step_size_percent: Count
    """Requests that move with each step, in percent; at most ``max_surge_percent``."""
    interval_seconds: Count
    """How long a step lasts at least."""
    max_surge_percent: Count | None = None
    """What the new cluster may take on top of the old one's, in percent; None is 100."""


class ServiceUpgradeStrategy(Spec):
    """How a service takes a change of its cluster."""

    type: Literal["NewCluster", "NewClusterWithIncrementalUpgrade", "None"] | None = None
    """NewCluster (so is None without the gate RayServiceIncrementalUpgrade) starts a second cluster, and moves all
    requests to it when it serves; the second moves them step by step, with that gate; "None" takes no change."""
    cluster_upgrade_options: ClusterUpgradeOptions | None = None
    """The steps, for NewClusterWithIncrementalUpgrade."""


class RayServiceSpec(Identity):
    """A Ray service: applications of Ray Serve on a cluster of their own, upgraded without a failed request."""

    ray_cluster_config: RayClusterSpec
    """The cluster. A change of it starts a second one beside it, and so takes its GPUs twice meanwhile. The second one
    has another token, unless ``auth_options.secret_name`` is set."""
    serve_config_v2: ServeConfig | Wire[str] | None = None
    """What is served, typed or as YAML text."""
    wait: Literal["created", "ready"] = "ready"
    """What an update waits for; "ready" is all applications running, and no upgrade under way."""
    scaling_changes: Literal["new_cluster", "ignored"] = "new_cluster"
    """What a change of ``min_replicas``, ``max_replicas``, tolerations, and without autoscaling of ``replicas`` does.
    KubeRay keeps these from the running cluster (its issue 2331); by default they are written into annotations of the
    pods as well, and so start a second cluster as every other change does. "ignored" leaves them for the next one."""
    serve_service: Fragment | None = None
    """The Service that requests come in by, in Kubernetes' own form; None is ``<name>-serve-svc``, port 8000."""
    upgrade_strategy: ServiceUpgradeStrategy | None = None
    """How the service takes a change of its cluster; None is with a second cluster."""
    ray_cluster_deletion_delay_seconds: Count | None = None
    """How long the old cluster stays after an upgrade; None is 60."""
    exclude_head_pod_from_serve_svc: Flag | None = None
    """Whether the head gets no requests; None means no."""
    service_unhealthy_second_threshold: Count | None = None
    """Taken by the operator and no longer acted on; it warns."""
    deployment_unhealthy_second_threshold: Count | None = None
    """Taken by the operator and no longer acted on; it warns."""
    managed_by: ManagedBy | None = None
    """Who reconciles the service, fixed once set; None is the operator."""
    suspend: Flag | None = None
    """Whether the service waits without a cluster; None means no, or leaves it to Kueue. Since KubeRay 1.7."""

    @model_validator(mode="after")
    def _nested_cluster_is_no_object(self) -> Self:
        no_object("ray_cluster_config", self.ray_cluster_config, "the cluster of a service", "the service")
        return self
