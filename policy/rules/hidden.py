"""What hides from the rules that count: releases, commands, and kinds that make objects of a text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rayform.components.documents import is_mapping, is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import Path, items, mapping, text
from rayform.spec.model import Listed, Spec

from ..machines import STARTED_BY, started
from ..parameters import Names, names
from ..pods import Container
from ..rule import Level, Nothing, rule
from ..shapes import texts
from ..subject import Subject
from ..tools import HINTS, SCRIPT, TOOL, called
from ..views import ray_of
from ..words import outermost
from ..workloads import is_workload

_MAKERS: Final = frozenset(
    {
        "helm.sh/Release",
        "helm.toolkit.fluxcd.io/HelmRelease",
        "helm.cattle.io/HelmChart",
        "kustomize.toolkit.fluxcd.io/Kustomization",
        "argoproj.io/Application",
        "argoproj.io/ApplicationSet",
        "apps.open-cluster-management.io/Subscription",
        "config.projectsveltos.io/ClusterProfile",
        "config.projectsveltos.io/Profile",
        "fleet.cattle.io/HelmOp",
        "fluxcd.controlplane.io/FluxInstance",
        "fluxcd.controlplane.io/ResourceSet",
        "k0rdent.mirantis.com/ClusterDeployment",
        "k0rdent.mirantis.com/MultiClusterService",
        "k3k.io/Cluster",
        "metacontroller.k8s.io/CompositeController",
        "metacontroller.k8s.io/DecoratorController",
        "storage.loft.sh/VirtualClusterInstance",
        "work.open-cluster-management.io/ManifestWorkReplicaSet",
        "workload.codeflare.dev/AppWrapper",
        "work.open-cluster-management.io/ManifestWork",
        "fleet.cattle.io/Bundle",
        "fleet.cattle.io/GitRepo",
        "core.oam.dev/Application",
        "addons.cluster.x-k8s.io/ClusterResourceSet",
        "addons.cluster.x-k8s.io/HelmChartProxy",
        "helm.crossplane.io/Release",
        "helm.m.crossplane.io/Release",
        "kubernetes.crossplane.io/Object",
        "kubernetes.m.crossplane.io/Object",
        "app.terraform.io/Workspace",
        "helm.cattle.io/HelmChartConfig",
        "infra.contrib.fluxcd.io/Terraform",
        "kappctrl.k14s.io/App",
        "kro.run/ResourceGraphDefinition",
        "management.loft.sh/VirtualClusterInstance",
        "operators.coreos.com/Subscription",
        "packaging.carvel.dev/PackageInstall",
        "policy.karmada.io/ClusterPropagationPolicy",
        "policy.karmada.io/PropagationPolicy",
        "pulumi.com/Stack",
    }
)
"""Kinds that make objects which the engine never sees."""
_FOREIGN: Final = frozenset(
    {
        "aws:cloudcontrol/resource:Resource",
        "aws:cloudformation/stack:Stack",
        "aws:cloudformation/stackSet:StackSet",
        "aws:cloudformation/stackSetInstance:StackSetInstance",
        "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
        "aws-native:cloudformation:Stack",
        "aws-native:cloudformation:StackSet",
        "aws-native:servicecatalog:CloudFormationProvisionedProduct",
    }
)
"""Types of AWS that make what stands in a text."""
_PROVIDERS: Final = ("argocd:", "flux:", "helm:", "kubectl:", "kustomization:", "rancher2:")
"""Providers whose resources make objects of Kubernetes from texts and charts."""
_COMMANDS: Final = frozenset({"command:local:Command", "command:remote:Command"})
_KUBECONFIGS: Final = ("KUBECONFIG", "KUBE_CONFIG_PATH")
_READ: Final = frozenset({"annotations", "description", "message"})
"""Under these stands what people read."""
_RUNNING: Final = ("command", "args", "script")
"""What a container runs."""
_WHILE: Final = "what it makes, it makes while it runs, and no policy sees that before it is there"
_IN_PROGRAM: Final = "make it in the program; else give the account that runs it no more rights than it needs"
_STARTED_BY: Final = frozenset((name,) for name in STARTED_BY)
_DYNAMIC: Final = ("pulumi-python:dynamic", "pulumi-nodejs:dynamic")
_OWN: Final = "pulumi-python:dynamic/rayform:"
_DEFINED: Final = "CustomResourceDefinition"
_NATIVE: Final = "aws-native:"
_JUDGED: Final = re.compile(
    "ec2:(?:Instance|LaunchTemplate|SecurityGroup|SecurityGroupIngress)|eks:(?:AccessEntry|Cluster)"
    "|elasticloadbalancingv2:LoadBalancer|iam:(?:ManagedPolicy|Role|RolePolicy|UserPolicy|GroupPolicy)|kms:Key"
    "|s3:(?:Bucket|BucketPolicy)|sns:TopicPolicy|sqs:QueuePolicy"
    "|ec2:(?:NetworkAclEntry|Subnet|Vpc)|elasticache:ReplicationGroup|iam:(?:AccessKey|Group|User)|rds:Db(?:Cluster|Instance)"
)
"""Types of AWS that rules judge, as the other provider calls them."""
_IN_CLUSTER: Final = re.compile(
    r"(?:ec2|ecr|efs|eks|elasticache|elbv2|iam|kms|rds|s3|secretsmanager|sns|sqs)\."
    r"(?:services\.k8s\.aws|aws\.(?:m\.)?upbound\.io|aws\.(?:m\.)?crossplane\.io)"
)
"""The groups in which controllers of others have them, as objects of Kubernetes."""


class _Charts(Spec):
    charts: Listed[str] = ()
    """Charts that may be installed as releases, since it is known what they make: ``gpu-operator`` from any repository,
    ``https://helm.ngc.nvidia.com/nvidia/gpu-operator`` from this one."""


@rule(
    "objects-out-of-sight",
    Subject,
    _Charts,
    why="it makes objects that no policy sees before they are there",
    remedy="use kubernetes.helm.v4.Chart, whose objects are resources, and install ClusterGuard in the cluster",
)
def objects_out_of_sight(subject: Subject, known: _Charts) -> Iterator[Found]:
    """What is deployed is seen: no release, no list, and no command that runs kubectl or helm."""
    if subject.kind in _COMMANDS:
        yield from _by_command(subject)
    elif subject.kind in _FOREIGN or subject.kind.startswith(_PROVIDERS):
        yield Found((), f"what {subject.kind.rpartition(':')[2]} makes of a text asked")
    elif f"{subject.group}/{subject.kind}" in _MAKERS:
        yield from _by_maker(subject, known)
    elif subject.api and subject.kind.endswith("List") and is_sequence(subject.props.get("items")):
        yield Found(("items",), f"{len(subject.props['items'])} objects in one of kind {subject.kind} asked")


def _by_maker(subject: Subject, known: _Charts) -> Iterator[Found]:
    chart, repository = text(subject.props.get("chart")), mapping(subject.props.get("repositoryOpts")).get("repo")
    if not chart or not {chart, f"{text(repository).rstrip('/')}/{chart}"} & set(known.charts):
        named = f"the chart {chart} as a release" if chart else f"objects by {subject.kind}"
        yield Found(("chart",) if chart else (), f"{named} asked")
        return
    if text(subject.props.get("postrender")):
        yield Found(("postrender",), "changes of what a known chart makes asked", remedy="leave it out")
    for index, each in enumerate(items(subject.props.get("valueYamlFiles"))):
        if "text" not in each:
            yield Found(
                ("valueYamlFiles", index), "values in a file asked", "no policy sees them", "write them in values"
            )


def _by_command(subject: Subject) -> Iterator[Found]:
    texts_of = {name: text(subject.props.get(name)) for name in ("create", "update", "delete", "stdin")}
    for name, words in {**texts_of, "interpreter": " ".join(texts(subject.props.get("interpreter")))}.items():
        if found := TOOL.search(words):
            yield Found((name,), f"objects by {found.group()} asked")
    for name in mapping(subject.props.get("environment")):
        if name in _KUBECONFIGS:
            yield Found(("environment", name), "a command with the rights of a kubeconfig asked")


@rule(
    "tools-in-pods",
    Container,
    why=_WHILE,
    remedy=_IN_PROGRAM,
    source="NSA/CISA: authorisation",
    level=Level.ADVISORY,
    fields=(*_RUNNING, "lifecycle"),
)
def tools_in_pods(container: Container, asked: Nothing) -> Iterator[Found]:
    """No container calls a tool that makes objects or nodes."""
    del asked
    if found := called(_run(container.spec)):
        yield Found(container.at("command"), f"{found} asked")


@rule(
    "tools-called",
    Subject,
    why=_WHILE,
    remedy=_IN_PROGRAM,
    source="NSA/CISA: authorisation",
    level=Level.ADVISORY,
)
def tools_called(subject: Subject, asked: Nothing) -> Iterator[Found]:
    """No job, pipeline or machine calls a tool that makes objects or nodes, no program its own providers or scripts."""
    del asked
    if subject.kind in _COMMANDS:
        yield from _by_script(subject)
    elif subject.kind.startswith(_DYNAMIC) and not subject.kind.startswith(_OWN):
        yield Found((), "what a provider of the program's own makes asked")
    elif not (subject.kind == _DEFINED or subject.expands or is_workload(subject)):
        for path, words in _said(subject):
            if found := called(words):
                yield Found(path, f"{found} asked")


def _by_script(subject: Subject) -> Iterator[Found]:
    for name in ("create", "update", "stdin"):
        words = text(subject.props.get(name))
        if (found := SCRIPT.search(words)) and not TOOL.search(words):
            yield Found((name,), f"{found.group(1).strip()} asked")


def _said(subject: Subject) -> Iterator[tuple[Path, str]]:
    if not subject.api:
        yield from started(subject)
    ray = ray_of(subject)
    if ray is not None:
        yield (*ray.job_path, "entrypoint"), text(ray.job.get("entrypoint"))
    elif any(map(subject.words.whole.__contains__, HINTS)):
        yield from outermost(subject.props, _read)


def _read(path: Path, value: Any) -> str:
    # What machines start with is told already, plain or in base 64.
    if path in _STARTED_BY or _READ & set(path):
        return ""
    words = _run(value) if is_mapping(value) else " ".join(_listed(value))
    return words if called(words) else ""


def _run(container: Mapping[str, Any]) -> str:
    """What a container runs, after what its image is called."""
    run = [each for name in _RUNNING for each in _listed(container.get(name))]
    for hook in mapping(container.get("lifecycle")).values():
        run += texts(mapping(mapping(hook).get("exec")).get("command"))
    return " ".join((text(container.get("image")), *run))


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else texts(value)


@rule(
    "types-out-of-sight",
    Subject,
    names(),
    why="the rules of AWS judge the types of the provider aws, and of this one they know accelerators alone",
    remedy="use the type of the provider aws; or name it in the names of this rule, as aws-native:eks:Cluster",
    level=Level.ADVISORY,
)
def types_out_of_sight(subject: Subject, known: Names) -> Iterator[Found]:
    """What rules judge in AWS is made by the provider whose types they know."""
    if subject.api:
        name, judged = f"{subject.group}/{subject.kind}", bool(_IN_CLUSTER.fullmatch(subject.group))
    else:
        name = subject.kind
        judged = name.startswith(_NATIVE) and bool(_JUDGED.fullmatch(name, len(_NATIVE)))
    if judged and not known.has(name):
        yield Found((), f"{name} asked")
