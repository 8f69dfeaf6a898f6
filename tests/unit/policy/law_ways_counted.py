"""The many ways in which somebody comes by accelerators that no ceiling counts, and by nodes that have them."""

from collections.abc import Mapping
from typing import Any, Final

from of_others import made
from rayform.policy import Subject
from rayform.policy.examples import Example
from rayform.policy.examples.example import aws, kube
from rayform.policy.examples.places import IN_DEPLOYMENT

__all__ = ["WAYS_TO_DEVICES"]

_GPU: Final = "nvidia.com/gpu"
_LARGEST: Final = "p5.48xlarge"
_FAMILY: Final = {"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": ["p5"]}


def _run(*, name: str = "create", asked: Any) -> Subject:
    return aws("command:local:Command", {name: asked})


def _asking(name: str) -> Subject:
    return kube("Deployment", {f"{IN_DEPLOYMENT} resources limits {name}": 1})


def _requiring(**needs: Any) -> Subject:
    return aws("aws:ec2/fleet:Fleet", {"launchTemplateConfigs": [{"overrides": [{"instanceRequirements": needs}]}]})


def _claim(*requirements: Mapping[str, Any]) -> Subject:
    return made("karpenter.sh/v1/NodeClaim", spec={"requirements": list(requirements)})


_CLAIMING: Final = {"template": {"spec": {"resourceClaims": [{"name": "gpu", "resourceClaimTemplateName": "gpus"}]}}}
_MAKERS: Final = (
    "fleet.cattle.io/v1alpha1/Bundle",
    "fleet.cattle.io/v1alpha1/GitRepo",
    "core.oam.dev/v1beta1/Application",
    "addons.cluster.x-k8s.io/v1beta1/ClusterResourceSet",
    "addons.cluster.x-k8s.io/v1alpha1/HelmChartProxy",
    "helm.crossplane.io/v1beta1/Release",
    "helm.m.crossplane.io/v1beta1/Release",
    "kubernetes.crossplane.io/v1alpha2/Object",
    "kubernetes.m.crossplane.io/v1alpha1/Object",
)
_FOREIGN: Final = (
    "aws:cloudcontrol/resource:Resource",
    "aws:cloudformation/stack:Stack",
    "aws:cloudformation/stackSet:StackSet",
    "aws:cloudformation/stackSetInstance:StackSetInstance",
    "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
    "argocd:index/application:Application",
    "flux:index/bootstrapGit:BootstrapGit",
    "helm:index/release:Release",
    "kubectl:index/manifest:Manifest",
    "kustomization:index/resource:Resource",
)
_COMMANDS: Final = (
    *(f"{tool} apply" for tool in ("kubectl", "helm", "oc", "kustomize", "eksctl", "argocd")),
    *(f"a; {tool} run" for tool in ("flux", "skaffold", "terraform", "tofu", "pulumi")),
    *(f"aws ec2 {call}" for call in ("run-instances", "request-spot-fleet", "create-fleet")),
    *(f"aws autoscaling {call}" for call in ("create-auto-scaling-group", "update-auto-scaling-group", "set-desired")),
    *(f"aws cloudformation {call}-stack" for call in ("create", "deploy", "update")),
    "aws eks create-nodegroup",
    "curl -k $API/apis/ray.io/v1/rayclusters -d @a",
    "curl $API/api/v1/namespaces/a/pods -d @a",
)
_BRINGING: Final = (
    ("infrastructure.cluster.x-k8s.io/v1beta2/AWSMachineTemplate", {"template": {"spec": {"instanceType": _LARGEST}}}),
    ("eks.aws.upbound.io/v1beta1/NodeGroup", {"forProvider": {"instanceTypes": ["m5.large", _LARGEST]}}),
    ("eks.services.k8s.aws/v1alpha1/Nodegroup", {"instanceTypes": [_LARGEST]}),
)

WAYS_TO_DEVICES: Final[Mapping[str, Example]] = {
    "gpus-of-runs-together": Example((), (_asking(_GPU),)),
    "resources-known": Example(
        breaks=tuple(
            map(
                _asking,
                ("smarter-devices/nvidia0", "smarter-devices/dri", "a.example.com/fast", "nvidia.com/gpumem"),
            )
        ),
        keeps=(_asking("smarter-devices/fuse"),),
    ),
    "objects-out-of-sight": Example(
        breaks=(
            *(made(kind, spec={}) for kind in _MAKERS),
            *map(aws, _FOREIGN),
            *(_run(asked=words) for words in _COMMANDS),
            _run(name="interpreter", asked=["kubectl", "apply", "-f"]),
        ),
        keeps=(
            _run(asked="aws s3 cp a s3://b; aws ec2 describe-instances; aws cloudformation describe-stacks"),
            _run(asked="curl https://example.com/api/v1/status"),
            _run(name="interpreter", asked=["bash", "-c"]),
            aws("aws:servicecatalog/product:Product"),
            made("example.com/v1/Object", spec={}),
        ),
    ),
    "gpus-uncounted": Example(
        breaks=(
            made("jobset.x-k8s.io/v1alpha2/JobSet", spec={"replicatedJobs": [_CLAIMING]}),
            made("sparkoperator.k8s.io/v1beta2/SparkApplication", spec={"gpu": {"name": _GPU, "quantity": 8}}),
        ),
        keeps=(
            made("jobset.x-k8s.io/v1alpha2/JobSet", spec={"resourceClaims": []}),
            made("sparkoperator.k8s.io/v1beta2/SparkApplication", spec={"gpu": {"name": _GPU, "quantity": 0}}),
            made("sparkoperator.k8s.io/v1beta2/SparkApplication", spec={"gpu": {"name": "fpga", "quantity": 8}}),
            made("kueue.x-k8s.io/v1beta1/ClusterQueue", spec={"resources": [{"name": _GPU, "nominalQuota": 8}]}),
        ),
    ),
    "gpu-nodes-uncounted": Example(
        breaks=(
            aws("aws:sagemaker/endpoint:Endpoint", {"variants": [{"instanceType": "ml.p4d.24xlarge"}]}),
            aws("aws:batch/computeEnvironment:ComputeEnvironment", {"instanceTypes": ["optimal", "p4d"]}),
            aws("aws:ec2/dedicatedHost:DedicatedHost", {"instanceFamily": "p5"}),
            _requiring(acceleratorCount={"min": 1}),
            aws("aws:ec2/launchTemplate:LaunchTemplate", {"instanceRequirements": {"acceleratorNames": ["h100"]}}),
            *(made(kind, spec=spec) for kind, spec in _BRINGING),
        ),
        keeps=(
            _requiring(vcpuCount={"min": 1}),
            aws("aws:batch/computeEnvironment:ComputeEnvironment", {"instanceTypes": ["optimal", "m5"], "name": "p4d"}),
            kube("Deployment", {"spec template spec nodeSelector instanceType": _LARGEST}),
            made("kueue.x-k8s.io/v1beta1/ResourceFlavor", spec={"nodeLabels": {"type": _LARGEST}}),
            made("eks.services.k8s.aws/v1alpha1/Nodegroup", spec={"instanceTypes": ["m5.large"]}),
        ),
    ),
    "pool-types-known": Example(
        breaks=(aws("aws:ec2/instance:Instance", {"instanceType": None, "launchTemplate": {"id": "lt-1"}}),),
        keeps=(aws("aws:ec2/instance:Instance"),),
    ),
    "instance-types": Example(
        breaks=(_claim(_FAMILY), _claim()),
        keeps=(made("example.com/v1/NodeClaim", spec={}),),
        parameters={"names": ["g5*"]},
    ),
    "spot-required": Example(
        breaks=(_claim(_FAMILY),),
        keeps=(_claim(_FAMILY, {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]}),),
    ),
    "pool-gpus": Example(breaks=(_claim(_FAMILY),), keeps=(), parameters={"most": 7}),
    "pool-size": Example(breaks=(_claim(),), keeps=(), parameters={"most": 0}),
    "gpu-pool-floor": Example(breaks=(), keeps=(_claim(_FAMILY),)),
}
"""By rule: what the stack of somebody else may hold."""
