"""A stack that somebody wrote without rayform: every resource breaks rules in a way of its own.

Each is what the engine would send: the type, the name, the inputs; ``UNKNOWN`` stands for an output.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

__all__ = ["GPU", "RAW_RAY", "UNKNOWN", "Raw", "pod"]

UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine says that a text is not known yet."""
_RAY: Final = "kubernetes:ray.io/v1:"
GPU: Final = "nvidia.com/gpu"
"""What GPUs are called."""


class Raw(NamedTuple):
    """A resource, and what has to be told of it."""

    token: str
    """The type, as the engine names it."""
    name: str
    """The name."""
    inputs: Mapping[str, Any]
    """The inputs."""
    told: Sequence[str]
    """The rules that it breaks."""
    waits: Sequence[str] = ()
    """The rules that have to be deferred, as they read what is not known."""


def pod(limits: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A pod's template."""
    main = {"name": "main", "image": "rayproject/ray:2.60.0", "resources": {"limits": dict(limits or {})}}
    return {"spec": {"containers": [main], **more}}


def _cluster(worker: Mapping[str, Any], head: Mapping[str, Any] | None = None, **group: Any) -> dict[str, Any]:
    groups = [{"groupName": "g", "rayStartParams": {}, "template": worker, "maxReplicas": 1, **group}]
    return {"rayVersion": "2.60.0", "headGroupSpec": {"template": head or pod()}, "workerGroupSpecs": groups}


_EIGHT: Final = pod({GPU: "8"})
_INIT: Final = {"name": "warm", "image": "a@sha256:0", "resources": {"limits": {GPU: "9"}}}
_ONLY_IN_INIT: Final = {"name": "i", "resources": {"limits": {"cpu": 1, "memory": "1Gi"}}}
_DEBUG: Final = {"name": "debug", "image": "busybox", "securityContext": {"privileged": True, "runAsUser": 0}}
_UNITS: Final = {"resources": {"limits": {"memory": "0.5Ti"}, "requests": {"memory": "1e3M"}}}
_SERVED: Final = "applications: [{runtime_env: {env_vars: {DB_PASSWORD: x}}, deployments: [{num_replicas: 101}]}]"
_SCALED: Final = {"enableInTreeAutoscaling": True}

RAW_RAY: Final = (
    Raw(
        f"{_RAY}RayCluster", "init", {"spec": _cluster(pod(initContainers=[_INIT]))}, ["gpus-per-pod", "namespace-own"]
    ),
    Raw(
        f"{_RAY}RayCluster",
        "limits",
        {"spec": _cluster(pod(initContainers=[_ONLY_IN_INIT]))},
        ["container-limits", "container-requests", "token-mounted", "service-account", "head-undisturbed"],
    ),
    Raw(
        f"{_RAY}RayCluster",
        "debug",
        {"spec": _cluster(pod(ephemeralContainers=[_DEBUG]))},
        ["privileged", "image-pinned", "root-user", "privilege-escalation", "capabilities", "seccomp"],
    ),
    Raw(
        "kubernetes:ray.io/v1alpha1:RayCluster",
        "older",
        {"spec": {**_cluster(pod({"nvidia.com/mig-1g.5gb": "1e1"})), "rayVersion": "2.9.0"}},
        ["gpus-per-pod", "ray-version"],
    ),
    Raw(f"{_RAY}RayCluster", "amd", {"spec": _cluster(pod({"amd.com/gpu": "0.01k"}))}, ["gpus-per-pod"]),
    Raw(f"{_RAY}RayCluster", "tpu", {"spec": _cluster(pod({"google.com/tpu": 16}))}, ["gpus-per-pod"]),
    Raw(
        f"{_RAY}RayCluster",
        "neuron",
        {"spec": _cluster(pod({"aws.amazon.com/neuron": 8}), replicas=9)},
        ["gpus-per-group"],
    ),
    Raw(f"{_RAY}RayCluster", "renamed", {"spec": _cluster(pod({"acme.io/h100": 64}))}, ["resources-known"]),
    Raw(f"{_RAY}RayCluster", "vgpu", {"spec": _cluster(pod({"k8s.amazonaws.com/vgpu": 64}))}, ["gpus-per-pod"]),
    Raw(
        f"{_RAY}RayCluster",
        "endless",
        {"spec": {**_cluster(_EIGHT, maxReplicas=None), **_SCALED}},
        ["replicas-bounded", "gpus-per-group", "gpus-per-cluster", "gpus-per-namespace", "gpus-per-stack"],
    ),
    Raw(f"{_RAY}RayCluster", "hosts", {"spec": {**_cluster(_EIGHT, numOfHosts=9), **_SCALED}}, ["gpus-per-group"]),
    Raw(
        f"{_RAY}RayCluster",
        "idle",
        {"spec": {**_cluster(pod(), idleTimeoutSeconds=86400), **_SCALED}},
        ["idle-timeout"],
    ),
    Raw(
        f"{_RAY}RayCluster",
        "scaler",
        {"spec": {**_cluster(pod()), **_SCALED, "autoscalerOptions": {"resources": {"limits": {GPU: 9}}}}},
        ["gpus-per-pod"],
    ),
    Raw(
        f"{_RAY}RayCluster",
        "unit",
        {"spec": _cluster(pod({"memory": "0.5Ti"}, containers=[_UNITS]))},
        ["memory-request-is-limit"],
    ),
    Raw(
        f"{_RAY}RayCluster",
        "many",
        {"spec": _cluster(pod(), replicas=300)},
        ["workers-per-cluster", "replicas-bounded"],
    ),
    Raw(
        f"{_RAY}RayCluster",
        "spot",
        {"spec": _cluster(pod(), pod(nodeSelector={"karpenter.sh/capacity-type": "Spot"}))},
        ["head-on-demand"],
    ),
    Raw(f"{_RAY}RayCluster", "fixed", {"spec": _cluster(pod({GPU: 1}), replicas=1)}, ["gpu-group-fixed"]),
    Raw(
        f"{_RAY}RayCluster",
        "unknown",
        {"spec": _cluster(pod({GPU: UNKNOWN}))},
        [],
        ["gpus-per-pod", "gpus-per-group", "gpus-per-cluster", "gpus-per-namespace", "gpus-per-stack"],
    ),
    Raw(f"{_RAY}RayCluster", "whole", {"spec": UNKNOWN}, [], ["gpus-per-pod", "replicas-bounded", "privileged"]),
    Raw(
        f"{_RAY}RayCluster", "groups", {"spec": {**_cluster(pod()), "workerGroupSpecs": UNKNOWN}}, [], ["gpus-per-pod"]
    ),
    Raw(
        f"{_RAY}RayCluster", "named", {"metadata": {"name": UNKNOWN}, "spec": _cluster(pod({GPU: 9}))}, ["gpus-per-pod"]
    ),
    Raw(f"{_RAY}RayClusterPatch", "patch", {"spec": _cluster(pod({GPU: 9}))}, ["gpus-per-pod"]),
    Raw(
        f"{_RAY}RayClusterList",
        "list",
        {"items": [{"spec": _cluster(_EIGHT)}]},
        ["objects-out-of-sight", "gpus-uncounted"],
    ),
    Raw(f"{_RAY}RayNew", "new", {"spec": _cluster(_EIGHT)}, ["gpus-uncounted"]),
    Raw(
        f"{_RAY}RayJob",
        "selected",
        {
            "spec": {
                "clusterSelector": {"ray.io/cluster": "x"},
                "entrypoint": "true",
                "submitterPodTemplate": pod({GPU: "9"}),
                "backoffLimit": 100,
                "runtimeEnvYAML": "{env_vars: {WANDB_API_KEY: a}}",
            }
        },
        ["gpus-per-pod", "job-retries", "job-deadline", "secret-in-runtime-env"],
    ),
    Raw(
        f"{_RAY}RayJob",
        "kept",
        {"spec": {"rayClusterSpec": _cluster(pod()), "ttlSecondsAfterFinished": 99999, "submissionMode": "HTTPMode"}},
        ["job-cleans-up", "job-time-to-live"],
    ),
    Raw(
        f"{_RAY}RayService",
        "unset",
        {
            "spec": {
                "rayClusterConfig": {**_cluster(_EIGHT, minReplicas=9), "headGroupSpec": {"serviceType": "NodePort"}},
                "serveConfigV2": _SERVED,
            }
        },
        [
            "gpus-per-group",
            "serve-replicas-bounded",
            "ray-service-public",
            "secret-in-runtime-env",
            "gcs-fault-tolerance",
        ],
    ),
)
"""Ray objects."""
