"""The house: the KubeRay operator, the typed Ray kinds, their rules and rendering. Knows nothing of AWS.

A name is loaded when it is first used: a program pays for what it declares, and the engine's plugin, which needs the
provider of the CRDs alone, pays for nothing else.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .kuberay.behavior import OperatorBehavior, RayPodDefaults
    from .kuberay.crds.resource import KubeRayCrds
    from .kuberay.existing import ExistingOperator
    from .kuberay.observability import OperatorLogging, OperatorMetrics, OperatorNetworkPolicy, ServiceMonitor
    from .kuberay.operator import Cluster, KubeRayOperator
    from .kuberay.spec import KubeRayOperatorSpec
    from .names import Label, Name
    from .ray import (
        AuthOptions,
        AutoscalerOptions,
        Claim,
        ClaimTemplate,
        CollectorOptions,
        ConfigMapFiles,
        ConfigMapKey,
        ContainerSecurity,
        DeletionCondition,
        DeletionPolicy,
        DeletionRule,
        DeletionStrategy,
        EmptyDir,
        EnvFrom,
        GcsEmbeddedStorage,
        GcsFaultToleranceOptions,
        Head,
        HistoryServerOptions,
        IngressOptions,
        NetworkPolicyConfig,
        NetworkPolicyRules,
        NodePool,
        NodeTaint,
        PodField,
        PodSecurity,
        Pool,
        Port,
        Probe,
        RayCluster,
        RayClusterSpec,
        RayJob,
        RayJobSpec,
        RayStartParams,
        ResourceField,
        RuntimeEnv,
        ScaleStrategy,
        SecretFiles,
        SecretKey,
        Sidecar,
        Submitter,
        SubmitterConfig,
        Taint,
        TLSOptions,
        Toleration,
        TopologySpread,
        UpgradeStrategy,
        Volume,
        VolumeMount,
        WorkerGroup,
        WorkerGroupNetworkPolicyRules,
    )
    from .refusal import ComponentError, Refusal, RefusedError, UnsupportedVersionError
    from .spec import Spec
    from .versions import Gate

__all__ = [
    "AuthOptions",
    "AutoscalerOptions",
    "Claim",
    "ClaimTemplate",
    "Cluster",
    "CollectorOptions",
    "ComponentError",
    "ConfigMapFiles",
    "ConfigMapKey",
    "ContainerSecurity",
    "DeletionCondition",
    "DeletionPolicy",
    "DeletionRule",
    "DeletionStrategy",
    "EmptyDir",
    "EnvFrom",
    "ExistingOperator",
    "Gate",
    "GcsEmbeddedStorage",
    "GcsFaultToleranceOptions",
    "Head",
    "HistoryServerOptions",
    "IngressOptions",
    "KubeRayCrds",
    "KubeRayOperator",
    "KubeRayOperatorSpec",
    "Label",
    "Name",
    "NetworkPolicyConfig",
    "NetworkPolicyRules",
    "NodePool",
    "NodeTaint",
    "OperatorBehavior",
    "OperatorLogging",
    "OperatorMetrics",
    "OperatorNetworkPolicy",
    "PodField",
    "PodSecurity",
    "Pool",
    "Port",
    "Probe",
    "RayCluster",
    "RayClusterSpec",
    "RayJob",
    "RayJobSpec",
    "RayPodDefaults",
    "RayStartParams",
    "Refusal",
    "RefusedError",
    "ResourceField",
    "RuntimeEnv",
    "ScaleStrategy",
    "SecretFiles",
    "SecretKey",
    "ServiceMonitor",
    "Sidecar",
    "Spec",
    "Submitter",
    "SubmitterConfig",
    "TLSOptions",
    "Taint",
    "Toleration",
    "TopologySpread",
    "UnsupportedVersionError",
    "UpgradeStrategy",
    "Volume",
    "VolumeMount",
    "WorkerGroup",
    "WorkerGroupNetworkPolicyRules",
]

_HOMES = {
    "ComponentError": ".refusal",
    "Refusal": ".refusal",
    "RefusedError": ".refusal",
    "UnsupportedVersionError": ".refusal",
    "Gate": ".versions",
    "Label": ".names",
    "Name": ".names",
    "Spec": ".spec",
    "Cluster": ".kuberay.operator",
    "KubeRayOperator": ".kuberay.operator",
    "KubeRayOperatorSpec": ".kuberay.spec",
    "KubeRayCrds": ".kuberay.crds.resource",
    "ExistingOperator": ".kuberay.existing",
    "OperatorBehavior": ".kuberay.behavior",
    "RayPodDefaults": ".kuberay.behavior",
    "OperatorLogging": ".kuberay.observability",
    "OperatorMetrics": ".kuberay.observability",
    "OperatorNetworkPolicy": ".kuberay.observability",
    "ServiceMonitor": ".kuberay.observability",
}
"""Where a name lives; all others are Ray's."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(_import_module(_HOMES.get(name, ".ray"), __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
