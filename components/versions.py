"""Every version this room knows, in one table: KubeRay, its gates and CRDs, Kubernetes, Ray."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from rayform.spec.refusal import UnsupportedVersionError

__all__ = [
    "KUBERAY",
    "KUBERAY_DEFAULT",
    "KUBERNETES",
    "RAY_AUTHENTICATION",
    "RAY_DEFAULT",
    "RAY_FLOOR",
    "RAY_GROUP_PRIORITY",
    "RAY_KUBERNETES_AUTHENTICATION",
    "BatchScheduler",
    "FeatureGate",
    "Floor",
    "Gate",
    "KubeRay",
    "Stage",
    "kuberay",
    "number",
]

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")

KUBERNETES = ("1.32", "1.33", "1.34", "1.35")
"""Minor versions of Kubernetes that rayform supports, oldest first."""


BatchScheduler = Literal["volcano", "yunikorn", "kai-scheduler", "scheduler-plugins"]
"""A scheduler for all pods of a Ray cluster at once, one of which an operator can be started with; it must be in the
cluster."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The oldest version that is accepted, and why."""

    version: str
    """The oldest version."""
    cve: str
    """The vulnerability that older ones have."""
    reason: str
    """What that vulnerability is."""


RAY_DEFAULT = "2.60.0"
"""The version of Ray that examples, the lab and the tests run."""

RAY_FLOOR = Floor("2.56.0", "CVE-2026-57516", "read_webdataset unpickles what it reads: code execution in workers")
"""The oldest Ray that is accepted without being asked for by name: the first without a known vulnerability."""

RAY_AUTHENTICATION = "2.52.0"
"""The first Ray with token authentication."""

RAY_KUBERNETES_AUTHENTICATION = "2.55.0"
"""The first Ray whose tokens Kubernetes can judge."""

RAY_GROUP_PRIORITY = "2.56.0"
"""The first Ray whose autoscaler knows priorities of worker groups."""


class Gate(StrEnum):
    """Feature gates of the operator, of all versions; which version has which stands in ``KUBERAY``."""

    ASYNC_JOB_INFO_QUERY = "AsyncJobInfoQuery"
    """Ray jobs are asked for their state in the background."""
    GCS_FAULT_TOLERANCE_EMBEDDED_STORAGE = "GCSFaultToleranceEmbeddedStorage"
    """The head's state may be kept in RocksDB on a volume."""
    KUBERNETES_WAS = "KubernetesWAS"
    """Kubernetes' own workload-aware scheduling places whole clusters."""
    RAY_CLUSTER_HISTORY_SERVER = "RayClusterHistoryServer"
    """Clusters may collect their history beside their Ray containers."""
    RAY_CLUSTER_MTLS = "RayClusterMTLS"
    """Clusters may have mutual TLS, with certificates of cert-manager."""
    RAY_CLUSTER_NETWORK_POLICY = "RayClusterNetworkPolicy"
    """Clusters may have NetworkPolicies of their own."""
    RAY_CLUSTER_STATUS_CONDITIONS = "RayClusterStatusConditions"
    """Clusters tell their state in conditions, which rayform awaits."""
    RAY_CRON_JOB = "RayCronJob"
    """RayCronJobs are acted on."""
    RAY_JOB_DELETION_POLICY = "RayJobDeletionPolicy"
    """Jobs may say what goes when they end, and worker groups may be suspended."""
    RAY_MULTI_HOST_INDEXING = "RayMultiHostIndexing"
    """Pods of a worker that spans hosts are numbered, and replaced as one."""
    RAY_SERVICE_INCREMENTAL_UPGRADE = "RayServiceIncrementalUpgrade"
    """Services may shift their traffic to a new cluster step by step."""
    SIDECAR_SUBMITTER_RESTART = "SidecarSubmitterRestart"
    """A submitter beside the head is restarted when it fails."""


class Stage(StrEnum):
    """How settled a gate is."""

    ALPHA = "alpha"
    """Off unless asked for, and may change or go."""
    BETA = "beta"
    """On unless switched off."""


@dataclass(frozen=True, slots=True)
class FeatureGate:
    """A feature gate in one version of KubeRay."""

    default: bool
    """Whether it is on when nobody says."""
    stage: Stage
    """How settled it is."""
    kubernetes: str | None = None
    """The oldest Kubernetes it works on; None is any supported one."""
    ray: str | None = None
    """The oldest Ray it works with; None is any accepted one."""
    needs: str | None = None
    """What else must be in the cluster; None is nothing."""


@dataclass(frozen=True, slots=True)
class KubeRay:
    """A version of KubeRay."""

    version: str
    """The version, without a leading v."""
    gates: Mapping[str, FeatureGate]
    """Its feature gates by name."""
    crds: Mapping[str, str]
    """The sha256 of each CRD file, as upstream has it at the tag under ``ray-operator/config/crd/bases``."""
    kubernetes: tuple[str, ...]
    """Minor versions of Kubernetes it is supported on."""
    ray: Floor
    """The oldest Ray that is accepted with it."""
    go_module: bool
    """Whether Go's module proxy serves it, as ``github.com/ray-project/kuberay/ray-operator``."""
    service_outlives_clusters: bool = True
    """Whether a finalizer keeps a service that is deleted until the operator has deleted its clusters."""
    ignores: tuple[str, ...] = ()
    """Fields of an operator's description that this version does not act on."""
    image_registry: str = "quay.io"
    """The registry of the operator's image."""
    image_repository: str = "kuberay/operator"
    """The repository of the operator's image."""

    @property
    def image_tag(self) -> str:
        """The tag of the operator's image."""
        return f"v{self.version}"

    @property
    def series(self) -> str:
        """The minor version, such as ``1.6``."""
        return ".".join(self.version.split(".")[:2])


_ON = FeatureGate(default=True, stage=Stage.BETA)
_OFF = FeatureGate(default=False, stage=Stage.ALPHA)
_GATEWAY_API = "the Gateway API's CRDs and a GatewayClass"

_GATES_1_6: Mapping[str, FeatureGate] = MappingProxyType(
    {
        Gate.RAY_CLUSTER_STATUS_CONDITIONS: _ON,
        Gate.RAY_JOB_DELETION_POLICY: _ON,
        Gate.RAY_MULTI_HOST_INDEXING: _ON,
        Gate.RAY_SERVICE_INCREMENTAL_UPGRADE: FeatureGate(default=False, stage=Stage.ALPHA, needs=_GATEWAY_API),
        Gate.RAY_CRON_JOB: _OFF,
        Gate.ASYNC_JOB_INFO_QUERY: _OFF,
    }
)
_GATES_1_7: Mapping[str, FeatureGate] = MappingProxyType(
    {
        Gate.RAY_CLUSTER_STATUS_CONDITIONS: _ON,
        Gate.RAY_JOB_DELETION_POLICY: _ON,
        Gate.RAY_MULTI_HOST_INDEXING: _ON,
        Gate.RAY_SERVICE_INCREMENTAL_UPGRADE: FeatureGate(default=True, stage=Stage.BETA, needs=_GATEWAY_API),
        Gate.RAY_CRON_JOB: _OFF,
        Gate.SIDECAR_SUBMITTER_RESTART: FeatureGate(default=False, stage=Stage.ALPHA, kubernetes="1.35", ray="2.54.0"),
        Gate.RAY_CLUSTER_NETWORK_POLICY: _OFF,
        Gate.GCS_FAULT_TOLERANCE_EMBEDDED_STORAGE: _OFF,
        Gate.RAY_CLUSTER_MTLS: FeatureGate(default=False, stage=Stage.ALPHA, needs="cert-manager"),
        Gate.RAY_CLUSTER_HISTORY_SERVER: _OFF,
        Gate.KUBERNETES_WAS: FeatureGate(
            default=False, stage=Stage.ALPHA, kubernetes="1.36", needs="the API scheduling.k8s.io/v1alpha2"
        ),
    }
)

_SINCE_1_7 = (
    "ray_pods.default_pod_labels",
    "ray_pods.default_pod_annotations",
    "behavior.rayjob_status_check_timeout_seconds",
)

# The three patch releases of 1.6 carry the same files.
_CRDS_1_6: Mapping[str, str] = MappingProxyType(
    {
        "ray.io_rayclusters.yaml": "1d51d8c4ce065b22c2069af0ebd72ae25f4a6968e5c5f93a3106ba6fc35bcc1d",
        "ray.io_raycronjobs.yaml": "6d0ae6c24a2b2a6c0796c6775cd72f3e894831ff3b89379613e93c4d55965cd5",
        "ray.io_rayjobs.yaml": "ecae45d9a5dc1be68f1074ba784c495ef9d439d295253b61e1bd51f7b08522f5",
        "ray.io_rayservices.yaml": "95c639acc20ecc3cfa425d5ad0f8a7c152a336bc16d2e0deec17b62005e67fda",
    }
)
_CRDS_1_7: Mapping[str, str] = MappingProxyType(
    {
        "ray.io_rayclusters.yaml": "c44704442eef0c6721ad40c1d66782c8bd3fdab9d3344306a5820910a679baa1",
        "ray.io_raycronjobs.yaml": "31c2c753bba01f7e8e89cb8e8c504131b58ee42090ca536d87f5ac27605a568e",
        "ray.io_rayjobs.yaml": "01a5cf3b17c1769fda44af7e82debcd98722f0c27b9ab84d084681c6649121f5",
        "ray.io_rayservices.yaml": "0a8fc325e6e22b9231c1f282b309555e2ecf94227ca20a03df3d1d9a403907ab",
    }
)


def _table(*rows: KubeRay) -> Mapping[str, KubeRay]:
    return MappingProxyType({row.version: row for row in rows})


def _1_6(version: str, *, outlives: bool) -> KubeRay:
    return KubeRay(
        version,
        _GATES_1_6,
        _CRDS_1_6,
        KUBERNETES,
        RAY_FLOOR,
        go_module=True,
        service_outlives_clusters=outlives,
        ignores=_SINCE_1_7,
    )


KUBERAY: Mapping[str, KubeRay] = _table(
    _1_6("1.6.0", outlives=False),
    _1_6("1.6.1", outlives=False),
    _1_6("1.6.2", outlives=True),
    KubeRay("1.7.0", _GATES_1_7, _CRDS_1_7, KUBERNETES, RAY_FLOOR, go_module=False),
)
"""The versions of KubeRay that rayform knows, oldest first."""

KUBERAY_DEFAULT = "1.6.2"
"""The version of KubeRay that is installed when nobody says."""


def kuberay(version: str) -> KubeRay:
    """What is known of a version of KubeRay.

    Raises:
        UnsupportedVersionError: it is not in the table.
    """
    if version not in KUBERAY:
        raise UnsupportedVersionError("KubeRay", version, tuple(KUBERAY))
    return KUBERAY[version]


def number(version: str) -> tuple[int, ...]:
    """A dotted version as numbers, to be compared; a pre-release or local build counts as what it leads to."""
    numbers = _NUMBERS.match(version.removeprefix("v"))
    return tuple(int(part) for part in numbers[0].split(".")) if numbers else ()
