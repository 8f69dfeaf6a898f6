"""The many ways in which texts, kinds of others and types of other clouds bring accelerators."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from of_others import made
from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import aws, ray
from rayform.policy.examples.places import WORKER

__all__ = ["WAYS_OF_TEXTS"]

_GPU: Final = "nvidia.com/gpu"
_BATCH: Final = "aws:batch/jobDefinition:JobDefinition"
_GROUP: Final = "aws:autoscaling/group:Group"
_OVERRIDES: Final = "mixedInstancesPolicy launchTemplate overrides 1"


def _text(words: str, kind: str = "v1/ConfigMap") -> Subject:
    return made(kind, data={"a": words})


def _applied(words: str) -> Subject:
    return _text(words, "argoproj.io/v1alpha1/Workflow")


_ASKING: Final = (
    '{"limits": {"cpu": 1, "nvidia.com/gpu": "8"}}',
    '{\\"resources\\": {\\"amd.com/gpu\\":8}}',
    "Object{limits: {'google.com/tpu': 4, 'cpu': 1}}",
    "kubectl run a --limits=aws.amazon.com/neuron=2",
    "- path: /spec/a/limits/nvidia.com~1mig-1g.5gb",
    "nvidia.com~1gpu",
    "limits:\n  habana.ai/gaudi: '1'\n",
    "```\nkind: RayJob\napiVersion: 'ray.io/v1'\n",
    '{"apiVersion":"ray.io/v1alpha1"}   ',
)
_ASKING_NOTHING: Final = (
    "limits: {nvidia.com/gpu: 0, cpu: 8}, amd.com/gpu: none",
    "hard:\n  requests.nvidia.com/gpu: 8\n  limits.nvidia.com/gpu: 8\n",
    "- path: /metadata/annotations/example.com~1note",
    "image: ghcr.io/acme/gpu:1.0, registry.example.com/gpu:2",
    "apiVersion: config.ray.io/v1alpha1\nkind: Configuration",
    "nodes with nvidia.com/gpu and vpc.amazonaws.com/efa: 8",
)
_RAYS: Final = "apiVersion: v1\nkind: Service\n---\napiVersion: 'ray.io/v1'\nkind: RayJob\n"
_PODS: Final = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - resources: {limits: {nvidia.com/gpu: 1}}\n"
_CLAIMS: Final = "apiVersion: v1\nkind: Pod\nspec:\n  resourceClaims: [{name: a}]\n"
_CONFIGURED: Final = "apiVersion: a/v1\nkind: Policy\nthresholds: {nvidia.com/gpu: 20}\n"
_QUOTA: Final = "apiVersion: v1\nkind: ResourceQuota\nspec: {hard: {limits: {nvidia.com/gpu: 8}}}\n"


_TO_EKS: Final = ("aws:sfn/stateMachine:StateMachine", "aws:eks/addon:Addon")
_BOUNDING: Final = (
    "scheduling.volcano.sh/v1beta1/Queue",
    "constraints.gatekeeper.sh/v1beta1/Most",
    "templates.gatekeeper.sh/v1/ConstraintTemplate",
    "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy",
    "policies.kyverno.io/v1/ValidatingPolicy",
)
_OTHERS: Final = ("furiosa.ai/npu", "intel.com/xpu", "amd.com/spx", "huawei.com/Ascend910")
_SELECTING: Final = ("labels", "matchLabels", "nodeLabels", "nodeSelector", "selector")
_EXPANDED: Final = (
    "kubernetes:helm.sh/v3:Chart",
    "kubernetes:helm.sh/v4:Chart",
    "kubernetes:kustomize/v2:Directory",
    "kubernetes:yaml/v2:ConfigGroup",
    "kubernetes:yaml:ConfigFile",
)
_SAYING: Final = tuple(
    f"aws:{name}"
    for name in (
        "budgets/budget:Budget",
        "cloudwatch/metricAlarm:MetricAlarm",
        "costexplorer/costCategory:CostCategory",
        "iam/policy:Policy",
        "organizations/policy:Policy",
        "servicequotas/serviceQuota:ServiceQuota",
        "ssm/parameter:Parameter",
        "ec2/tag:Tag",
    )
)

WAYS_OF_TEXTS: Final[Mapping[str, Example]] = {
    "gpus-in-texts": Example(
        breaks=(*map(_text, (*_ASKING, _CONFIGURED)), made("v1/Secret", stringData={"a": _ASKING[0]})),
        keeps=(
            *map(_text, (*_ASKING_NOTHING, _RAYS, _PODS)),
            made("v1/ConfigMap", metadata={"name": "m", "annotations": {"for": "nvidia.com/gpu: 1"}}),
            _applied(_ASKING[0]),
        ),
    ),
    "gpus-uncounted": Example(
        breaks=(
            *map(_applied, _ASKING),
            *map(_text, (_RAYS, _PODS, _PODS.replace("limits", "requests"), _CLAIMS)),
            made("v1/Secret", stringData={"a": _PODS}),
            made("example.com/v1/Served", spec={"limits": {"gpu": "8"}}),
            *(made("example.com/v1/Served", spec={name: 1}) for name in _OTHERS),
            *(made("example.com/v1/Served", spec={name: 8}) for name in ("numGPUs", "gpu_count", "maxGpus")),
            made("resource.k8s.io/v1/ResourceClaim", spec={"requests": [{"exactly": {"deviceClassName": "a"}}]}),
            *(aws(token, {"definition": _ASKING[0]}) for token in _TO_EKS),
            made("mutations.gatekeeper.sh/v1/Assign", spec={"location": f'limits."{_GPU}"'}),
            made("kubevirt.io/v1/VirtualMachine", spec={"hostDevices": [{}, {"deviceName": "nvidia.com/A10"}]}),
            aws(_BATCH, {"eksProperties": {"limits": {_GPU: "8"}}}),
        ),
        keeps=(
            *map(_applied, _ASKING_NOTHING),
            *map(_text, (*_ASKING, _CONFIGURED, _QUOTA)),
            *(
                made("example.com/v1/Place", metadata={"name": "m", "annotations": {name: "nvidia.com/gpu: 1"}})
                for name in ("message", "summary", "description")
            ),
            *(
                made("example.com/v1/Place", spec={name: "nvidia.com/gpu: 1"})
                for name in ("message", "description", "summary")
            ),
            *(made(kind, spec={"capability": {_GPU: 8}}) for kind in _BOUNDING),
            *(
                made("kyverno.io/v1/ClusterPolicy", spec={"rules": [{"generate": {f"{start}.{_GPU}": "8"}}]})
                for start in ("limits", "requests")
            ),
            made("kyverno.io/v1/ClusterPolicy", spec={"rules": [{"validate": {"limits": {_GPU: 8}}}]}),
            made("example.com/v1/Place", spec={"gpuModel": 8, "gpu": "a100", "gpus": 0}),
            *(made("example.com/v1/Place", spec={name: {"gpu": "1"}}) for name in _SELECTING),
            made("example.com/v1/Place", spec={"others": [{"deviceName": "a"}], "gpu": -1}),
            *(replace(made("a/v1/Other", spec={"limits": {_GPU: 8}}), token=token) for token in _EXPANDED),
            _text("nvidia.com/gpu: 8", "apiextensions.k8s.io/v1/CustomResourceDefinition"),
            made("mutations.gatekeeper.sh/v1/Assign", spec={"location": 'limits."example.com/fpga"'}),
            made("example.com/v1/Place", spec={"location": "eu-west-1", "hostDevices": [{"name": "a"}], "gpus": 0}),
            aws("aws:ecs/taskDefinition:TaskDefinition", {"tags": {_GPU: "8"}}),
            aws(_BATCH, {"eksProperties": {"limits": {"cpu": "8"}}}),
        ),
    ),
    "gpu-nodes-uncounted": Example(
        breaks=(
            aws(_GROUP, {_OVERRIDES: {"instanceRequirements": {"acceleratorCount": {"min": 1}}}}),
            aws(_GROUP, {_OVERRIDES: {"instanceRequirements": {"vcpuCount": {}, "acceleratorNames": ["h100"]}}}),
            *(
                aws("gcp:compute/instance:Instance", {"machineType": name})
                for name in ("a2-ultragpu-1g", "g2-standard-4", "a4x-highgpu-4g", "ct5lp-hightpu-4t")
            ),
            aws("azure-native:containerservice:AgentPool", {"vmSize": "Standard_NC24ads_A100_v4"}),
            aws("digitalocean:index/kubernetesNodePool:KubernetesNodePool", {"size": "gpu-h100x8-640gb"}),
            aws("oci:ContainerEngine/nodePool:NodePool", {"nodeShape": "BM.GPU.H100.8"}),
            aws("oci:Core/instance:Instance", {"shape": "VM.GPU.A10.1"}),
            aws("nebius:mk8s:NodeGroup", {"platform": "gpu-h100-sxm"}),
            aws("spotinst:aws/ocean:Ocean", {"whitelists": ["p5.48xlarge"], "name": "a"}),
            aws("gcp:container/nodePool:NodePool", {"guestAccelerators": [{"type": "nvidia-tesla-a100"}]}),
            made("kaito.sh/v1beta1/Workspace", resource={"instanceType": "Standard_NC80adis_H100_v5"}),
            *(
                aws("aws:lambda/invocation:Invocation", {"input": words})
                for words in (
                    '{"InstanceType":"p5.48xlarge"}',
                    "aws ec2 run-instances --instance-type g5.xlarge",
                    "instance_types = [\\'p4d.24xlarge\\']",
                )
            ),
        ),
        keeps=(
            aws(_GROUP, {_OVERRIDES: {"instanceRequirements": {"vcpuCount": {"min": 1}}}}),
            aws(_GROUP, {_OVERRIDES: {"requirements": {"acceleratorCount": {"min": 1}}}}),
            ray({f"{WORKER} nodeSelector instanceType": "p5.48xlarge"}),
            aws("gcp:compute/instance:Instance", {"machineType": "n2-standard-4", "name": "a2-ultragpu-1g"}),
            aws("azure-native:containerservice:AgentPool", {"vmSize": "Standard_D8s_v5"}),
            made("example.com/v1/Pool", spec={"note": "instance-type p5.48xlarge", "size": "gpu-h100"}),
            *(aws(token, {"values": ["p5.48xlarge"], "instanceType": "g5.xlarge"}) for token in _SAYING),
            *(aws("aws:ec2/subnet:Subnet", {name: {"for": "p5.48xlarge"}}) for name in ("tag", "tags", "tagsAll")),
            *(aws(f"{name}:ManagedNodeGroup", {"instanceTypes": ["g5.xlarge"]}) for name in ("eks:index", "awsx:a")),
            aws("gcp:container/nodePool:NodePool", {"guestAccelerators": []}),
            aws("gcp:container/nodePool:NodePool", {"guestAccelerators": "a"}),
            aws("aws:ec2/fleet:Fleet", {"instanceRequirements": {}, "requirements": {"acceleratorCount": {}}}),
            aws("aws:lambda/function:Function", {"input": "instance-type m5.large"}),
        ),
    ),
}
"""By rule: what the stack of somebody else may hold."""
