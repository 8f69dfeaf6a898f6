"""The KubeRay operator, described."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field
from rayform.spec.model import Flag, Listed, PositiveCount, Spec
from rayform.spec.names import Label, LabelKey, LabelValue

from ..ray.pod import Pod
from ..versions import BatchScheduler
from .behavior import OperatorBehavior, RayPodDefaults
from .observability import OperatorLogging, OperatorMetrics, OperatorNetworkPolicy
from .release import Release

__all__ = ["KubeRayOperatorSpec", "OperatorImage", "OperatorRights"]


class OperatorImage(Release):
    """Where the operator's image comes from; ``image`` names another one whole."""

    image_registry: str | None = None
    """The registry; None is quay.io."""
    image_repository: str | None = None
    """The repository within it; None is kuberay/operator."""
    image_tag: str | None = None
    """The tag; None is that of ``version``."""
    image_digest: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")] | None = None
    """The digest, which the tag then only explains; None trusts the tag."""


class OperatorRights(Spec):
    """Where the operator lives, what it sees and what it may do."""

    operator_name: Label = "kuberay-operator"
    """The name of its objects; a second operator in the cluster needs another."""
    namespace: Label = "kuberay-system"
    """The namespace it runs in."""
    create_namespace: Flag = True
    """Whether that namespace is made, with Pod Security labels; no uses one that exists."""
    pod_security: Literal["restricted", "baseline", "privileged"] = "restricted"
    """The Pod Security level that the namespace enforces, audits and warns of."""
    watch_namespaces: Listed[Label] = ()
    """The namespaces it looks after, which must exist; empty is all. Named ones get a Role each, and it has no rights
    elsewhere: only the CRDs, which whoever deploys applies, remain cluster-scoped."""
    create_rbac: Flag = True
    """Whether its roles and bindings are made; no expects them to be there."""
    aggregate_user_rights: Flag = False
    """Whether whoever may edit or view a namespace may do the same to its Ray objects, through Kubernetes' own roles
    admin, edit and view."""
    create_service_account: Flag = True
    """Whether its ServiceAccount is made; no uses ``service_account_name``, which exists."""
    service_account_annotations: Mapping[LabelKey, str] = Field(default_factory=dict)
    """Annotations of the ServiceAccount that is made."""
    common_labels: Mapping[LabelKey, LabelValue] = Field(default_factory=dict)
    """Labels of every object."""
    common_annotations: Mapping[LabelKey, str] = Field(default_factory=dict)
    """Annotations of every object."""


class KubeRayOperatorSpec(OperatorImage, OperatorRights, Pod):
    """The KubeRay operator: which one, where, with which rights, how large. Its pod's fields stand here directly.

    Left out, ``cpu`` and ``memory`` are sized by ``expected_ray_pods``; the security contexts fit "restricted", as user
    65532 on a read-only root; the probes ask the operator's health endpoints; ``service_account_name`` is
    ``operator_name``; several replicas spread over nodes.
    """

    install_crds: Flag = True
    """Whether the CRDs are applied; no expects them to be there."""
    crds_version: str | None = None
    """The version of the CRDs, for an operator that goes back while stored objects need the newer ones; None is
    ``version``. An older one is refused."""
    crd_source: Annotated[str, Field(min_length=1)] | None = None
    """A folder or an https:// address that holds the CRD files, for sites without internet; None is the Go module of
    that version, else the upstream repository at the tag. The files must have the known checksums either way."""
    kubernetes_version: str | None = None
    """The version of the Kubernetes cluster, such as 1.34, to check the operator and its gates against; None checks
    nothing."""
    replicas: PositiveCount = 1
    """Pods of the operator; one of them leads, and a PodDisruptionBudget keeps the others from going at once."""
    leader_election: Flag = True
    """Whether the pods agree on a leader; without it, more than one replica is refused."""
    expected_ray_pods: PositiveCount = 500
    """Ray pods in all clusters that it looks after; CPU and memory follow."""
    reconcile_concurrency: PositiveCount = 1
    """Objects of each kind that it works on at once."""
    client_qps: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """Requests a second to the API server; None is 100."""
    client_burst: PositiveCount | None = None
    """Requests above that rate in a row; None is 200."""
    batch_scheduler: BatchScheduler | None = None
    """The scheduler that places whole clusters; None leaves pods to Kubernetes' own."""
    use_kubernetes_proxy: Flag = False
    """Whether heads are reached through the API server, where pods cannot be reached directly."""
    logging: OperatorLogging = OperatorLogging()
    """The operator's log."""
    metrics: OperatorMetrics | None = OperatorMetrics()
    """The operator's metrics and their Service; None makes no Service."""
    behavior: OperatorBehavior = OperatorBehavior()
    """What it does to every Ray object."""
    ray_pods: RayPodDefaults = RayPodDefaults()
    """What it adds to every Ray pod."""
    operator_network_policy: OperatorNetworkPolicy | None = OperatorNetworkPolicy()
    """Who may talk to it; None makes no NetworkPolicy."""
    ready_timeout_seconds: PositiveCount = 600
    """How long an update waits until it is ready."""
