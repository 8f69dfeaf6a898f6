"""Further resources on either side of the rules about sizes and spending, with parameters of their own."""

from collections.abc import Mapping
from typing import Any, Final

from rayform.policy import Subject, of_manifest
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, aws, cron, job, kube, ray, service
from rayform.policy.examples.places import GROUP, HEAD, IN_GROUP, IN_HEAD, WORKER

__all__ = ["SIZES"]

_GPU: Final = "nvidia.com/gpu"
_TOLERATES: Final = [{"key": _GPU, "operator": "Exists"}]
_WITH_ONE: Final = {"spec containers 0 resources limits nvidia.com/gpu": 1}
_SELECTING: Final = (
    ("nvidia.com/gpu.present", "true"),
    ("node.kubernetes.io/instance-type", "g5.xlarge"),
    ("karpenter.k8s.aws/instance-family", "p5"),
)
_SELECTING_OTHERS: Final = (
    ("node.kubernetes.io/instance-type", "m5.large"),
    ("karpenter.k8s.aws/instance-family", "m5"),
    ("example.com/other-family", "p5"),
)
_SCALER: Final = "spec autoscalerOptions"


def _serve(deployment: str, **edits: Any) -> Subject:
    return service({"spec serveConfigV2": f"applications: [{{deployments: [{deployment}]}}]", **edits})


def _made(api: str, kind: str, **more: Any) -> Subject:
    return of_manifest({"apiVersion": api, "kind": kind, "metadata": {"name": "m"}, **more})


def _env(name: str, value: str, kind: str = "Pod") -> Subject:
    return kube(kind, {"spec containers 0 env": [{"name": name, "value": value}]})


def _blind(*entries: Mapping[str, str], **more: Any) -> Subject:
    return kube("Pod", {"spec runtimeClassName": "nvidia", "spec containers 0 env": list(entries), **more})


_VOID: Final = {"name": "NVIDIA_VISIBLE_DEVICES", "value": "void"}
_OTHER: Final = {"name": "A", "value": "none"}
_ASKING: Final = {"a": {"limits": {_GPU: 1}}}
_HIDING: Final = (
    ("helm.toolkit.fluxcd.io/v2", "HelmRelease"),
    ("helm.cattle.io/v1", "HelmChart"),
    ("kustomize.toolkit.fluxcd.io/v1", "Kustomization"),
    ("argoproj.io/v1alpha1", "ApplicationSet"),
    ("workload.codeflare.dev/v1beta2", "AppWrapper"),
    ("work.open-cluster-management.io/v1", "ManifestWork"),
)
_FIXED: Final = {"spec enableInTreeAutoscaling": False, f"{GROUP} minReplicas": 0}
_NO_GPU: Final = {f"{IN_GROUP} resources": {"limits": {"cpu": 1, "memory": "1Gi"}}}
_VOLUME: Final = {"volumes": [{"name": "a", "emptyDir": {}}]}
_NODE_GROUP: Final = "aws:eks/nodeGroup:NodeGroup"

SIZES: Final[tuple[tuple[str, Example], ...]] = (
    ("host-namespaces", Example((), (ray({f"{HEAD} hostIPC": True}),), {"allowed": ["hostIPC"]})),
    ("volume-kinds", Example((), (ray({f"{WORKER} volumes": [{"name": "a", "hostPath": {"path": "/"}}]}),))),
    (
        "container-limits",
        Example(
            (job({"spec submitterPodTemplate spec containers 0 resources": ABSENT}),),
            (job({"spec submitterPodTemplate": ABSENT}),),
        ),
    ),
    (
        "memory-request-is-limit",
        Example((), (job({"spec submitterPodTemplate": ABSENT}), ray({f"{IN_HEAD} resources limits memory": ABSENT}))),
    ),
    (
        "gpu-request-is-limit",
        Example((), (ray({f"{IN_GROUP} resources": {"limits": {"cpu": "2"}, "requests": {"cpu": "1"}}}),)),
    ),
    (
        "ephemeral-storage",
        Example((), (ray({f"{WORKER} initContainers": [{"name": "i"}]}), job({"spec submitterPodTemplate": ABSENT}))),
    ),
    ("volume-bounded", Example((), (kube("Pod", {"spec volumes": _VOLUME["volumes"]}),))),
    (
        "gpu-tolerations",
        Example(
            breaks=(
                kube("Pod", {"spec tolerations": _TOLERATES}),
                *(kube("Pod", {"spec nodeSelector": {key: value}}) for key, value in _SELECTING),
            ),
            keeps=(
                kube("Pod", {"spec tolerations": [{"operator": "Exists"}]}),
                kube("DaemonSet", {"spec template spec tolerations": _TOLERATES}),
                *(kube("Pod", {"spec nodeSelector": {key: value}}) for key, value in _SELECTING_OTHERS),
                *(kube("Pod", {**_WITH_ONE, "spec nodeSelector": {key: value}}) for key, value in _SELECTING),
            ),
        ),
    ),
    (
        "idle-timeout",
        Example((ray({f"{GROUP} idleTimeoutSeconds": 901}),), (ray({f"{GROUP} idleTimeoutSeconds": 900}),)),
    ),
    (
        "gpu-group-fixed",
        Example(
            (ray({**_FIXED, f"{GROUP} replicas": 1}),),
            (
                ray({**_FIXED, f"{GROUP} replicas": 0}),
                ray({**_FIXED, **_NO_GPU, f"{GROUP} replicas": 1}),
                ray({f"{GROUP} minReplicas": ABSENT}),
                ray({f"{GROUP} minReplicas": 0}),
            ),
        ),
    ),
    ("gpus-per-cluster", Example((ray({f"{GROUP} maxReplicas": ABSENT}),), ())),
    (
        "clusters-per-namespace",
        Example(
            (tuple(ray({}, f"r{n}") for n in range(21)),),
            ((*(ray({}, f"r{n}") for n in range(20)), kube("Pod")),),
            {"most": 20},
        ),
    ),
    (
        "gpu-not-counted",
        Example(
            (
                _env("HABANA_VISIBLE_DEVICES", "all"),
                _blind(_OTHER),
                _blind({**_VOID, "value": "all"}),
                _blind(_VOID, **{"spec containers 1": {"name": "b"}}),
            ),
            (_blind(_OTHER, _VOID), _env("NVIDIA_VISIBLE_DEVICES", "")),
        ),
    ),
    ("device-claims", Example((), (ray({f"{WORKER} resourceClaims": [{"name": "a"}]}),), {"allowed": True})),
    (
        "resources-known",
        Example(
            (),
            tuple(
                ray({f"{IN_GROUP} resources limits {name}": 1})
                for name in ("rdma/a", "smarter-devices/fuse", "devices.kubevirt.io/kvm", "github.com/fuse")
            ),
        ),
    ),
    (
        "objects-out-of-sight",
        Example(
            (*(_made(*each) for each in _HIDING), aws("command:remote:Command", {"create": "kubectl get a"})),
            (aws("aws:other:List", {"items": []}), _made("v1", "ConfigMapList"), _made("v1", "ConfigMap", items=[])),
            {"charts": [""]},
        ),
    ),
    (
        "gpus-uncounted",
        Example(
            (_made("v1", "LimitRange", spec={"defaultRequest": {_GPU: 1}}),),
            (
                *(_made("v1", kind, spec=_ASKING) for kind in ("Node", "ResourceQuota")),
                _made("apiextensions.k8s.io/v1", "CustomResourceDefinition", spec=_ASKING),
                _made("a.b/v1", "JobSet", spec=_ASKING),
                ray(),
                aws("a:b:C", _ASKING),
                _made("v1", "ConfigMap", data={"a": 1}),
            ),
            {"kinds": ["JobSet"]},
        ),
    ),
    (
        "gpu-nodes-uncounted",
        Example(
            (),
            (kube("Pod", {"spec nodeName": "p5.48xlarge"}), aws("aws:ec2/fleet:Fleet", {"type": "p5.48xlarge"})),
            {"kinds": ["aws:ec2/fleet:Fleet"]},
        ),
    ),
    ("instance-types", Example((), (kube("NodePool", {"spec template spec requirements": []}),), {"names": ["*"]})),
    (
        "instance-types",
        Example((aws(_NODE_GROUP, {"instanceTypes": ["p5.48xlarge"]}),), (aws(_NODE_GROUP),), {"names": ["g*"]}),
    ),
    ("gpu-models", Example((), (aws(_NODE_GROUP),))),
    (
        "gpu-models",
        Example(
            (
                kube(
                    "NodePool",
                    {
                        "spec template spec requirements": [
                            {"key": "karpenter.k8s.aws/instance-gpu-name", "operator": "In", "values": ["h100"]}
                        ]
                    },
                ),
            ),
            (),
            {"names": ["A10G"]},
        ),
    ),
    ("gpu-pool-floor", Example((), (aws("aws:ec2/instance:Instance"),))),
    (
        "spot-required",
        Example(
            (aws(_NODE_GROUP, {"capacityType": "ON_DEMAND", "scalingConfig maxSize": 1}),),
            (aws(_NODE_GROUP, {"capacityType": "ON_DEMAND", "scalingConfig maxSize": 0}),),
        ),
    ),
    ("pod-instance-types", Example((), (ray({f"{WORKER} nodeSelector": {"node.kubernetes.io/instance-type": "a"}}),))),
    ("pod-gpu-models", Example((), (ray({f"{WORKER} nodeSelector": {_GPU + ".product": "a"}}),))),
    (
        "pod-gpu-models",
        Example(
            (ray({f"{WORKER} nodeSelector": {"eks.amazonaws.com/instance-gpu-name": "h100"}}),), (), {"names": ["a"]}
        ),
    ),
    ("cluster-hourly-cost", Example((), (job({"spec rayClusterSpec": ABSENT}),))),
    ("namespace-hourly-cost", Example((), (aws("a:b:C"), kube("Service")), {"most": 0})),
    (
        "labels-required",
        Example(
            (
                kube("Namespace", {"metadata labels": {}}),
                aws("aws:eks/cluster:Cluster", {"tags": ABSENT}),
                *(each({"metadata labels": {}}) for each in (job, service, cron)),
            ),
            (),
        ),
    ),
    ("expiry", Example((job(), service(), cron()), ())),
    (
        "serve-replicas-bounded",
        Example((_serve("{num_replicas: auto}"), _serve("{autoscaling_config: {min_replicas: 1}}")), (), {"most": 0}),
    ),
    (
        "serve-replicas-bounded",
        Example(
            (_serve("{num_replicas: 2}"), _serve("{autoscaling_config: {max_replicas: 2}}")),
            (_serve("{}"), _serve("{num_replicas: 1}"), _serve("{autoscaling_config: {min_replicas: 1}}")),
            {"most": 1},
        ),
    ),
    (
        "serve-replicas-bounded",
        Example(
            (_serve("{num_replicas: 101}"),),
            (_serve("{num_replicas: auto}"), _serve("{num_replicas: auto, autoscaling_config: {min_replicas: 1}}")),
            {"most": 100},
        ),
    ),
    (
        "serve-replicas-bounded",
        Example((_serve("{num_replicas: auto, autoscaling_config: {min_replicas: 1}}"),), (), {"most": 99}),
    ),
    (
        "serve-fits",
        Example(
            (_serve("{name: a, num_replicas: 33}"), _serve("{num_replicas: 32, ray_actor_options: {num_cpus: 1.1}}")),
            (
                _serve("{num_replicas: 32}"),
                _serve("{num_replicas: x, ray_actor_options: {num_gpus: x}}"),
                _serve("{name: big, num_replicas: 99}"),
            ),
            {"ignored": ["big"]},
        ),
    ),
    (
        "serve-fits",
        Example(
            (_serve("{num_replicas: 37}", **{"spec rayClusterConfig headGroupSpec rayStartParams": {}}),),
            (
                _serve("{num_replicas: 36}", **{"spec rayClusterConfig headGroupSpec rayStartParams": {}}),
                _serve(
                    "{num_replicas: 0}", **{"spec rayClusterConfig workerGroupSpecs 0 template spec containers": []}
                ),
            ),
        ),
    ),
)
"""By rule, some several times."""
