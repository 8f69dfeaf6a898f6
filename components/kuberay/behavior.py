"""What the operator does to every Ray object it sees."""

from collections.abc import Mapping

from pydantic import Field
from rayform.spec.model import Flag, Listed, PositiveCount, Spec
from rayform.spec.names import EnvName, LabelKey, LabelValue, Subdomain

from ..ray.volume import Fragment

__all__ = ["OperatorBehavior", "RayPodDefaults"]


class OperatorBehavior(Spec):
    """The operator's switches, its environment variables; None leaves one to the operator."""

    cluster_domain: Subdomain | None = None
    """The DNS domain of the Kubernetes cluster; None is cluster.local."""
    delete_rayjob_cr_after_job_finishes: Flag | None = None
    """Whether a RayJob that shuts its cluster down is deleted with it; None means no. An update that declares the job
    would create it anew, and run it again."""
    enable_deterministic_head_pod_name: Flag | None = None
    """Whether the head pod has the same name each time; None means no."""
    enable_gcs_ft_redis_cleanup: Flag | None = None
    """Whether Redis is cleaned when a cluster with GCS fault tolerance is deleted; None means yes."""
    enable_init_container_injection: Flag | None = None
    """Whether workers wait for the head in an init container; None means yes."""
    enable_login_shell: Flag | None = None
    """Whether Ray's containers start in a login shell; None means no."""
    enable_probes_injection: Flag | None = None
    """Whether Ray's containers get health probes; None means yes."""
    enable_random_pod_delete: Flag | None = None
    """Whether any worker may go when an autoscaled group shrinks; None means no."""
    enable_ray_head_cluster_ip_service: Flag | None = None
    """Whether the head's Service has an address of its own; None means no, it is headless."""
    enable_zero_downtime: Flag | None = None
    """Whether a changed RayService gets a second cluster; None means yes. Without, such a change is not acted on."""
    raycluster_default_requeue_seconds: PositiveCount | None = None
    """How often a cluster is looked at when nothing happens; None is 300."""
    rayjob_deployment_status_transition_grace_period_seconds: PositiveCount | None = None
    """How long a RayJob may stay unfinished after its Ray job ended; None is 300."""
    rayjob_status_check_timeout_seconds: PositiveCount | None = None
    """How long a Ray job may not answer before its RayJob fails; None is 300. Since KubeRay 1.7."""
    use_ingress_on_openshift: Flag | None = None
    """Whether OpenShift gets an Ingress instead of a Route; None means no."""


class RayPodDefaults(Spec):
    """What the operator adds to every Ray pod; anything here puts all its settings into its configuration file."""

    default_container_env: Mapping[EnvName, str | Fragment] = Field(default_factory=dict)
    """Environment variables of every Ray container: a value, or its source in Kubernetes' own form, as
    ``{"secretKeyRef": {"name": …, "key": …}}``."""
    default_pod_labels: Mapping[LabelKey, LabelValue] = Field(default_factory=dict)
    """Labels of every Ray pod; the pod's own word stands. Since KubeRay 1.7."""
    default_pod_annotations: Mapping[LabelKey, str] = Field(default_factory=dict)
    """Annotations of every Ray pod; the pod's own word stands. Since KubeRay 1.7."""
    head_sidecar_containers: Listed[Fragment] = ()
    """Containers beside every head, in Kubernetes' own form."""
    worker_sidecar_containers: Listed[Fragment] = ()
    """Containers beside every worker, in Kubernetes' own form."""
