"""The many ways past the ceiling: numbers and names that others have for GPUs, patches, sums that are made up for."""

import base64
from collections.abc import Mapping
from typing import Any, Final

from of_others import made
from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import ABSENT, aws, kube, ray
from rayform.policy.examples.places import IN_DEPLOYMENT, IN_HEAD

__all__ = ["PLACES_PAST", "WAYS_PAST"]

_GPU: Final = "nvidia.com/gpu"
_GROUP: Final = "aws:eks/nodeGroup:NodeGroup"
_LARGEST: Final = "p5.48xlarge"
_MOUNTED: Final = {"name": "a", "mountPath": "/var/run/nvidia-container-devices/all"}
_ASKING: Final = {"template": {"spec": {"containers": [{"name": "a", "resources": {"limits": {_GPU: 8}}}]}}}
_POD: Final = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - resources: {limits: {nvidia.com/gpu: 1}}\n"
_RAY: Final = "apiVersion: ray.io/v1\nkind: RayCluster\nmetadata: {name: a}\n"
_POOL: Final = "apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {limits: {nvidia.com/gpu: 8}}\n"
_QUOTA: Final = "apiVersion: v1\nkind: ResourceQuota\nspec: {hard: {requests.nvidia.com/gpu: 8}}\n"


def _placed(**spec: Any) -> Subject:
    return made("example.com/v1/Place", spec=spec)


def _coded(words: str) -> str:
    return base64.b64encode(words.encode()).decode()


def _patch(kind: str, **spec: Any) -> Subject:
    inputs = {"metadata": {"name": "web", "namespace": "ray"}, "spec": {**_ASKING, **spec}}
    return Subject(f"kubernetes:apps/v1:{kind}Patch", "urn:patch", "patch", inputs)


def _env(name: str, **said: Any) -> dict[str, Any]:
    return {"env": [{"name": name, **said}]}


def _env_named(name: str, value: str) -> Subject:
    return _placed(**_env(name, value=value))


def _mounting(path: str) -> Subject:
    return kube("Deployment", {f"{IN_DEPLOYMENT} volumeMounts": [{"name": "a", "mountPath": path}]})


def _grown(replicas: int, name: str) -> Subject:
    return kube("Deployment", {f"{IN_DEPLOYMENT} resources limits {_GPU}": 1, "spec replicas": replicas}, name)


def _karpenter(kind: str, *types: str) -> Subject:
    named = [{"key": "node.kubernetes.io/instance-type", "operator": "In", "values": list(types)}] if types else []
    spec = {"requirements": named}
    return made(f"karpenter.sh/v1/{kind}", spec=spec if kind == "NodeClaim" else {"template": {"spec": spec}})


_DELETED: Final = "pulumi.com/deletionPropagationPolicy"
_LEFT: Final = {_DELETED: "orphan"}


def _on_node(operator: str, key: str = "metadata.name", **more: Any) -> Subject:
    terms = [{"matchExpressions": []}, {"matchFields": [{"key": key, "operator": operator, "values": ["gpu-1"]}]}]
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}
    return kube("Pod", {"spec affinity nodeAffinity": required, **more})


def _scaler(**constraints: Any) -> Subject:
    target = {"kind": "Deployment", "name": "web"}
    spec = {"targetRef": target, "constraints": constraints}
    return made("datadoghq.com/v1alpha2/DatadogPodAutoscaler", spec=spec)


def _run(**spec: Any) -> Subject:
    return made("batch/v1/Job", spec={**_ASKING, **spec})


def _pool(most: int, name: str) -> Subject:
    return aws(_GROUP, {"instanceTypes": [_LARGEST], "scalingConfig": {"minSize": 0, "maxSize": most}}, name)


_NUMBERED: Final[tuple[dict[str, Any], ...]] = (
    *({name: 8} for name in ("requestGPU", "gpuDevicesRequest", "gpu_number", "gpuAmount", "tensorParallelSize")),
    *({"gpu": {name: "8"}} for name in ("value", "number", "count")),
    {"conf": {"spark.executor.resource.gpu.amount": "8"}},
    {"limits": {_GPU: "{{inputs.parameters.gpus}}"}},
    {"limits": {_GPU: "$(params.gpus)"}},
    *({name: {"acme.com/a100": 8}} for name in ("limits", "requests")),
    *({"resourceProfile": f"{name}:8"} for name in ("nvidia-gpu-h100", "amd-gpu-mi300x", "google-tpu-v5e-1x1")),
    {"draResources": [{"resourceClaimTemplateName": "gpus"}]},
    *({name: "gpu"} for name in ("numProcPerNode", "nprocPerNode")),
    *(_env(f"{name}_VISIBLE_DEVICES", value="all") for name in ("NVIDIA", "AMD", "ASCEND", "HABANA", "MTHREADS")),
    _env("AWS_NEURON_VISIBLE_DEVICES", valueFrom={"fieldRef": {}}),
    {"runtimeClassName": "nvidia-cdi"},
    {"volumeMounts": [_MOUNTED]},
    *({"volumes": [{"hostPath": {"path": f"/dev{name}"}}]} for name in ("", "/", "/nvidia0", "/dri/card0", "/neuron1")),
    *({"annotations": {name: "1"}} for name in ("cdi.k8s.io/a", "gpu-fraction", "gpu-memory")),
)
_NO_NUMBER: Final[tuple[dict[str, Any], ...]] = (
    {"gpu": {"enabled": False, "number": 8}},
    {"gpu": {"value": 0}},
    {"gpu": {"model": 8}},
    {"limits": {_GPU: "none"}},
    {"gpu": "{{ gpu }}", "gpus": "$(gpus)"},
    {"limits": {"vpc.amazonaws.com/efa": 8, "acme.com/a100": 0, "gpu-a": 8}},
    {"bounds": {"acme.com/a100": 8, "note": "limits"}},
    *({"resourceProfile": name} for name in ("cpu:8", "nvidia-gpu-h100:0", "gpu-profile")),
    {"draResources": [], "note": "gpus"},
    {"numProcPerNode": "auto", "nprocPerNode": 4, "note": "gpu"},
    _env("NVIDIA_VISIBLE_DEVICES", value=" Void "),
    {"NVIDIA_VISIBLE_DEVICES": "none"},
    {"runtimeClassName": "gvisor", "note": "gpu"},
    {"volumeMounts": [{"mountPath": "/var/run/nvidia"}]},
    *({"volumes": [{"hostPath": {"path": path}}]} for path in ("/dev/shm", "/dev/kvm", "/device", "/", "/devnvidia")),
    {"configMap": {"path": "/dev"}, "note": "hostPath"},
    {"labels": {"gpus": 8, "cdi.k8s.io/a": "1"}},
    {"annotations": {"gpu-model": "a"}},
)
_FILES: Final = (
    *("github:index/repositoryFile:RepositoryFile", "gitlab:index/repositoryFile:RepositoryFile"),
    *("aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2"),
)
_FLEETS: Final = (
    *("aws:ec2/fleet:Fleet", "aws:ec2/spotFleetRequest:SpotFleetRequest"),
    *("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "aws-native:ec2:Ec2Fleet", "aws-native:ec2:SpotFleet"),
)
_MACHINES: Final = (
    ("gcp:tpu/v2Vm:V2Vm", "acceleratorType", "v5litepod-256"),
    ("gcp:container/cluster:Cluster", "resourceType", "nvidia-tesla-a100"),
    ("alicloud:cs/nodePool:NodePool", "instanceTypes", ["ecs.gn7i-c32g1.32xlarge"]),
    ("alicloud:ecs/instance:Instance", "instanceType", "ecs.ebmgn8v.48xlarge"),
    ("scaleway:kubernetes/pool:Pool", "nodeType", "H100-2-80G"),
    ("scaleway:kubernetes/pool:Pool", "nodeType", "L40S-1-48G"),
)

WAYS_PAST: Final[Mapping[str, Example]] = {
    "gpus-uncounted": Example(
        breaks=(
            *(_placed(**spec) for spec in _NUMBERED),
            *(made(f"example.com/v1/{kind}", spec=_ASKING) for kind in ("NodePool", "Queue", "Node")),
            *(made(f"v1/{kind}", data={"NVIDIA_VISIBLE_DEVICES": "all"}) for kind in ("ConfigMap", "Secret")),
            *(made("v1/Secret", data={"a": _coded(words)}) for words in (_POD, _RAY)),
            made("v1/ConfigMap", binaryData={"a": _coded(_RAY)}),
            *(aws(token, {"content": words}) for token in _FILES for words in (_POD, _RAY)),
            aws(_FILES[-1], {"contentBase64": _coded(_POD)}),
            *(_patch(kind) for kind in ("Deployment", "StatefulSet")),
            *(made(f"{group}.example.com/v1/Directory", spec=_ASKING) for group in ("yaml", "kustomize")),
            made("kustomize.config.k8s.io/v1beta1/Kustomization", patches=[{"patch": "path: /limits/nvidia.com~1gpu"}]),
            *(_placed(**{name: 1}) for name in ("habana.ai/gaudi", "aws.amazon.com/neuron")),
        ),
        keeps=(
            kube("Deployment", {f"{IN_DEPLOYMENT} resources limits {_GPU}": 1, "spec replicas": ABSENT}),
            made("v1/ConfigMap", data={"a": _POOL}),
            _env_named("gpu", "NVIDIA_VISIBLE_DEVICES"),
            *(_placed(**spec) for spec in _NO_NUMBER),
            *(
                made(f"{group}/Queue", spec={"limits": {_GPU: 8}})
                for group in ("scheduling.run.ai/v2", "scheduling.volcano.sh/v1beta1")
            ),
            Subject("kubernetes:core/v1:Node", "urn:a", "a", {"status": {"limits": {_GPU: 8}}}),
            *(made("v1/Secret", data={"NVIDIA_VISIBLE_DEVICES": words}) for words in ("none", _coded("none"))),
            *(made("v1/Secret", data={"a": _coded(words)}) for words in (_QUOTA, "a gpu", "kind: [")),
            made("v1/ConfigMap", binaryData={"a": _coded(_QUOTA)}),
            *(aws(token, {"content": words}) for token in _FILES for words in (_QUOTA, "Ask for a gpu.")),
            aws("aws:s3/bucket:Bucket", {"content": _POD}),
            kube("Release", {"values": {"runtimeClassName": "nvidia", **_env("NVIDIA_VISIBLE_DEVICES", value="all")}}),
            *(_patch(kind, replicas=1) for kind in ("Deployment", "StatefulSet")),
            _patch("Job", parallelism=1),
            *(_patch(kind) for kind in ("Pod", "DaemonSet")),
        ),
    ),
    "gpus-of-runs-together": Example(
        breaks=(
            kube("Deployment", {f"{IN_DEPLOYMENT} resources limits {_GPU}": 1, "metadata annotations": _LEFT}),
            ray({"metadata annotations": _LEFT}),
        ),
        keeps=(
            kube("Deployment", {"metadata annotations": _LEFT}),
            ray({"metadata annotations": {**_LEFT, _DELETED: "foreground"}}),
            ray({"spec concurrencyPolicy": "Allow"}),
        ),
    ),
    "pool-types-known": Example(
        breaks=(_karpenter("NodePool", "m5.large", "p9.48xlarge"), _karpenter("NodeClaim", "p3.16xlarge")),
        keeps=(
            _karpenter("NodePool", "m99.large", "g5.xlarge"),
            _karpenter("NodeClaim", "m99.large"),
            _karpenter("NodePool"),
        ),
    ),
    "node-named": Example(
        breaks=(_on_node("In"),),
        keeps=(_on_node("NotIn"), _on_node("In", status={}), _on_node("In", key="metadata.labels")),
    ),
    "gpus-in-texts": Example(
        breaks=(
            aws(_FILES[0], {"content": "Ask for limits: {nvidia.com/gpu: 1}"}),
            made("v1/Secret", data={"a": _coded("--limits=nvidia.com/gpu=1")}),
        ),
        keeps=(aws(_FILES[0], {"content": _POD}), made("v1/Secret", data={"a": _coded(_POD)})),
    ),
    "gpu-not-counted": Example(
        breaks=(
            *(
                kube("Deployment", {f"{IN_DEPLOYMENT} env": _env(f"{name}_VISIBLE_DEVICES", value="0")["env"]})
                for name in ("ASCEND", "AWS_NEURON", "MTHREADS")
            ),
            _mounting("/var/run/nvidia-container-devices/cdi/a"),
            ray({f"{IN_HEAD} volumeMounts": [_MOUNTED]}),
            ray({"spec autoscalerOptions": {"volumeMounts": [_MOUNTED]}}),
        ),
        keeps=(
            _mounting("/var/run/nvidia"),
            ray({f"{IN_HEAD} volumeMounts": [_MOUNTED], f"{IN_HEAD} resources limits {_GPU}": 1}),
        ),
    ),
    "gpus-autoscaled": Example(
        breaks=((_grown(1, "web"), _scaler(maxReplicas=3)), (_grown(1, "web"), _scaler())),
        keeps=((_grown(1, "web"), _scaler(maxReplicas=2)), (_grown(1, "other"), _scaler(maxReplicas=3))),
        parameters={"most": 2},
    ),
    "gpu-nodes-uncounted": Example(
        breaks=(
            *(aws(token, {"launchTemplate": {"id": "lt-1"}}) for token in _FLEETS),
            *(aws(token, {"pools": [{name: value}]}) for token, name, value in _MACHINES),
            made("compute.coreweave.com/v1/NodePool", spec={"instanceType": "gd-8xh100ib-i128"}),
            made("a.b/v1/AzureMachineTemplate", spec={"vmSize": "Standard_ND96isr_H100_v5"}),
            made("a.b/v1/NodePool", spec={"machineType": "a3-highgpu-8g"}),
        ),
        keeps=(
            *(aws(token, {"overrides": [{"instanceType": "m5.large"}]}) for token in _FLEETS),
            aws(_FLEETS[0], {"overrides": [{"instanceRequirements": {"vcpuCount": {"min": 2}}}]}),
            *(aws(token, {"pools": [{"label": value}]}) for token, _, value in _MACHINES),
            made("a.b/v1/AzureMachineTemplate", spec={"vmSize": "Standard_D8s_v5"}),
        ),
    ),
    "gpus-per-stack": Example(
        breaks=(
            (_grown(-9, "a"), _grown(5, "b")),
            (_run(parallelism=-9), _grown(5, "b")),
            (_run(completions=-9), _grown(5, "b")),
        ),
        keeps=((_grown(-9, "a"), _grown(4, "b")), (_run(parallelism=0), _grown(4, "b"))),
        parameters={"most": 4},
    ),
    "stack-hourly-cost": Example(
        breaks=((_pool(-9, "a"), _pool(2, "b")),),
        keeps=((_pool(-9, "a"), _pool(1, "b")),),
        parameters={"most": 60},
    ),
}
"""By rule: what the stack of somebody else may hold."""

_IN_LIMITS: Final = f"spec.template.spec.containers[0].resources.limits['{_GPU}']"
_ANNOTATED: Final = "spec.annotations.gpu-fraction"
_BY_PATCH: Final = f"8 {_GPU} in a patch that says no number of pods asked"
_TERMS: Final = "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"
_BY_FIELD: Final = f"{_TERMS}[1].matchFields"
PLACES_PAST: Final[tuple[tuple[str, Subject, list[tuple[str, str]]], ...]] = (
    ("gpus-uncounted", _patch("Deployment"), [(_IN_LIMITS, _BY_PATCH)]),
    (
        "gpus-uncounted",
        _placed(annotations={"gpu-fraction": "1"}, nprocPerNode="gpu"),
        [
            (_ANNOTATED, "devices by annotation in an object of kind Place asked"),
            ("spec.nprocPerNode", "a process for each GPU in an object of kind Place asked"),
        ],
    ),
    (
        "gpus-uncounted",
        aws(_FILES[0], {"content": _RAY}),
        [("content", "a Ray object in a text in an object of kind RepositoryFile asked")],
    ),
    (
        "gpus-of-runs-together",
        kube("Deployment", {f"{IN_DEPLOYMENT} resources limits {_GPU}": 1, "metadata annotations": _LEFT}),
        [(f"metadata.annotations['{_DELETED}']", "its pods of 1 GPU left behind")],
    ),
    ("node-named", _on_node("In"), [(_BY_FIELD, "gpu-1 asked")]),
    ("gpu-nodes-uncounted", aws(_FLEETS[0]), [("as a whole", "no types asked")]),
    (
        "gpu-not-counted",
        _mounting(_MOUNTED["mountPath"]),
        [("spec.template.spec.containers[0].volumeMounts[0].mountPath", f"{_MOUNTED['mountPath']} asked")],
    ),
)
"""A rule, what breaks it, and the places with what is asked there."""
