"""The house: the KubeRay operator, the typed Ray kinds, their rules and rendering. Knows nothing of AWS.

A name is loaded when it is first used: a program pays for what it declares, and the engine's plugin, which needs the
provider of the CRDs alone, pays for nothing else.
"""

import typing as _typing

from rayform.spec.door import door as _door

if _typing.TYPE_CHECKING:
    from rayform.fit.placement import Placement, Pool
    from rayform.fit.taint import Taint
    from rayform.spec.model import Spec
    from rayform.spec.names import Label, Name
    from rayform.spec.refusal import RayformError, Refusal, RefusedError, UnsupportedVersionError

    from .kuberay.behavior import OperatorBehavior, RayPodDefaults
    from .kuberay.crds.resource import KubeRayCrds
    from .kuberay.existing import ExistingOperator
    from .kuberay.observability import OperatorLogging, OperatorMetrics, OperatorNetworkPolicy, ServiceMonitor
    from .kuberay.operator import Cluster, KubeRayOperator
    from .kuberay.spec import KubeRayOperatorSpec
    from .ray.auth import AuthOptions
    from .ray.autoscaler import AutoscalerOptions
    from .ray.cluster import RayClusterSpec
    from .ray.container import Sidecar
    from .ray.cronjob import RayCronJobSpec
    from .ray.deletion import DeletionCondition, DeletionPolicy, DeletionRule, DeletionStrategy
    from .ray.deployment import ServeActorOptions, ServeAutoscaling, ServeDeployment, ServeLogging
    from .ray.env import ConfigMapKey, EnvFrom, PodField, ResourceField, SecretKey, ValueFrom
    from .ray.gcs import GcsEmbeddedStorage, GcsFaultToleranceOptions
    from .ray.group import Head, IngressOptions, ScaleStrategy, WorkerGroup
    from .ray.history import CollectorOptions, HistoryServerOptions
    from .ray.job import RayJobSpec, Submitter, SubmitterConfig
    from .ray.network import NetworkPolicyConfig, NetworkPolicyRules, TLSOptions, WorkerGroupNetworkPolicyRules
    from .ray.placement import ExistingPool
    from .ray.pod import Toleration, TopologySpread
    from .ray.probe import Port, Probe
    from .ray.raycluster import RayCluster
    from .ray.raycronjob import RayCronJob
    from .ray.rayjob import RayJob
    from .ray.rayservice import RayService
    from .ray.runtime_env import RuntimeEnv
    from .ray.security import ContainerSecurity, PodSecurity
    from .ray.serve import ServeApplication, ServeConfig, ServeGrpcOptions, ServeHttpOptions
    from .ray.service import ClusterUpgradeOptions, RayServiceSpec, ServiceUpgradeStrategy
    from .ray.start import RayStartParams
    from .ray.upgrade import UpgradeStrategy
    from .ray.volume import Claim, ClaimTemplate, ConfigMapFiles, EmptyDir, SecretFiles, Volume, VolumeMount
    from .versions import Gate

__all__ = [
    "AuthOptions",
    "AutoscalerOptions",
    "Claim",
    "ClaimTemplate",
    "Cluster",
    "ClusterUpgradeOptions",
    "CollectorOptions",
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
    "ExistingPool",
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
    "OperatorBehavior",
    "OperatorLogging",
    "OperatorMetrics",
    "OperatorNetworkPolicy",
    "Placement",
    "PodField",
    "PodSecurity",
    "Pool",
    "Port",
    "Probe",
    "RayCluster",
    "RayClusterSpec",
    "RayCronJob",
    "RayCronJobSpec",
    "RayJob",
    "RayJobSpec",
    "RayPodDefaults",
    "RayService",
    "RayServiceSpec",
    "RayStartParams",
    "RayformError",
    "Refusal",
    "RefusedError",
    "ResourceField",
    "RuntimeEnv",
    "ScaleStrategy",
    "SecretFiles",
    "SecretKey",
    "ServeActorOptions",
    "ServeApplication",
    "ServeAutoscaling",
    "ServeConfig",
    "ServeDeployment",
    "ServeGrpcOptions",
    "ServeHttpOptions",
    "ServeLogging",
    "ServiceMonitor",
    "ServiceUpgradeStrategy",
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
    "ValueFrom",
    "Volume",
    "VolumeMount",
    "WorkerGroup",
    "WorkerGroupNetworkPolicyRules",
]

__getattr__, __dir__ = _door(
    __name__,
    {
        ".kuberay.behavior": (
            "OperatorBehavior",
            "RayPodDefaults",
        ),
        ".kuberay.crds.resource": ("KubeRayCrds",),
        ".kuberay.existing": ("ExistingOperator",),
        ".kuberay.observability": (
            "OperatorLogging",
            "OperatorMetrics",
            "OperatorNetworkPolicy",
            "ServiceMonitor",
        ),
        ".kuberay.operator": (
            "Cluster",
            "KubeRayOperator",
        ),
        ".kuberay.spec": ("KubeRayOperatorSpec",),
        "rayform.fit.placement": (
            "Placement",
            "Pool",
        ),
        "rayform.fit.taint": ("Taint",),
        "rayform.spec.names": (
            "Label",
            "Name",
        ),
        ".ray.auth": ("AuthOptions",),
        ".ray.autoscaler": ("AutoscalerOptions",),
        ".ray.cluster": ("RayClusterSpec",),
        ".ray.container": ("Sidecar",),
        ".ray.deletion": (
            "DeletionCondition",
            "DeletionPolicy",
            "DeletionRule",
            "DeletionStrategy",
        ),
        ".ray.env": (
            "ConfigMapKey",
            "EnvFrom",
            "PodField",
            "ResourceField",
            "SecretKey",
            "ValueFrom",
        ),
        ".ray.gcs": (
            "GcsEmbeddedStorage",
            "GcsFaultToleranceOptions",
        ),
        ".ray.group": (
            "Head",
            "IngressOptions",
            "ScaleStrategy",
            "WorkerGroup",
        ),
        ".ray.history": (
            "CollectorOptions",
            "HistoryServerOptions",
        ),
        ".ray.job": (
            "RayJobSpec",
            "Submitter",
            "SubmitterConfig",
        ),
        ".ray.network": (
            "NetworkPolicyConfig",
            "NetworkPolicyRules",
            "TLSOptions",
            "WorkerGroupNetworkPolicyRules",
        ),
        ".ray.placement": ("ExistingPool",),
        ".ray.pod": (
            "Toleration",
            "TopologySpread",
        ),
        ".ray.probe": (
            "Port",
            "Probe",
        ),
        ".ray.raycluster": ("RayCluster",),
        ".ray.raycronjob": ("RayCronJob",),
        ".ray.rayjob": ("RayJob",),
        ".ray.rayservice": ("RayService",),
        ".ray.runtime_env": ("RuntimeEnv",),
        ".ray.security": (
            "ContainerSecurity",
            "PodSecurity",
        ),
        ".ray.start": ("RayStartParams",),
        ".ray.upgrade": ("UpgradeStrategy",),
        ".ray.volume": (
            "Claim",
            "ClaimTemplate",
            "ConfigMapFiles",
            "EmptyDir",
            "SecretFiles",
            "Volume",
            "VolumeMount",
        ),
        "rayform.spec.refusal": (
            "RayformError",
            "Refusal",
            "RefusedError",
            "UnsupportedVersionError",
        ),
        "rayform.spec.model": ("Spec",),
        ".ray.cronjob": ("RayCronJobSpec",),
        ".ray.deployment": ("ServeActorOptions", "ServeAutoscaling", "ServeDeployment", "ServeLogging"),
        ".ray.serve": ("ServeApplication", "ServeConfig", "ServeGrpcOptions", "ServeHttpOptions"),
        ".ray.service": ("ClusterUpgradeOptions", "RayServiceSpec", "ServiceUpgradeStrategy"),
        ".versions": ("Gate",),
    },
)
