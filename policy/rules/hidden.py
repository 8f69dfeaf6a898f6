"""What hides from the rules that count: releases, commands, and kinds that make objects of a text."""

import re
from collections.abc import Iterator
from typing import Final

from rayform.components.documents import is_sequence
from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import mapping, text
from rayform.spec.model import Listed, Spec

from ..rule import rule
from ..shapes import texts
from ..subject import Subject

_MAKERS: Final = frozenset(
    {
        "helm.sh/Release",
        "helm.toolkit.fluxcd.io/HelmRelease",
        "helm.cattle.io/HelmChart",
        "kustomize.toolkit.fluxcd.io/Kustomization",
        "argoproj.io/Application",
        "argoproj.io/ApplicationSet",
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
    }
)
"""Types of AWS that make what stands in a text."""
_PROVIDERS: Final = ("argocd:", "flux:", "helm:", "kubectl:", "kustomization:")
"""Providers whose resources make objects of Kubernetes from texts and charts."""
_COMMANDS: Final = frozenset({"command:local:Command", "command:remote:Command"})
_TOOL: Final = re.compile(
    r"(?<![\w-])(?:kubectl|helm|helmfile|oc|kapp|kustomize|eksctl|argocd|flux|skaffold|terraform|terragrunt|tofu|pulumi"
    r"|cdk|ansible-playbook|sky (?:launch|exec|serve|jobs)|ray up)(?![\w/.-])"
    r"|/apis/[\w.]+/v\d|/api/v1/namespaces\b"
    r"|\bimport (?:boto3|kubernetes|lightkube)\b"
    r"|\baws (?:ec2 (?:run|request|create)|eks (?:create|update-nodegroup)|autoscaling (?:create|update|set))"
    r"|\baws (?:sagemaker|batch|cloudcontrol) (?:create|register|submit|update)"
    r"|\baws cloudformation (?:create|deploy|update)"
)
"""What makes objects: tools, the API's own addresses, calls of AWS that bring nodes."""


class _Charts(Spec):
    charts: Listed[str] = ()
    """Charts that may be installed as releases, since it is known what they make."""


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
        chart = text(subject.props.get("chart"))
        if not chart or chart not in known.charts:
            named = f"the chart {chart} as a release" if chart else f"objects by {subject.kind}"
            yield Found(("chart",) if chart else (), f"{named} asked")
    elif subject.api and subject.kind.endswith("List") and is_sequence(subject.props.get("items")):
        yield Found(("items",), f"{len(subject.props['items'])} objects in one of kind {subject.kind} asked")


def _by_command(subject: Subject) -> Iterator[Found]:
    texts_of = {name: text(subject.props.get(name)) for name in ("create", "update", "stdin")}
    for name, words in {**texts_of, "interpreter": " ".join(texts(subject.props.get("interpreter")))}.items():
        if found := _TOOL.search(words):
            yield Found((name,), f"objects by {found.group()} asked")
    if "KUBECONFIG" in mapping(subject.props.get("environment")):
        yield Found(("environment", "KUBECONFIG"), "a command with the rights of a kubeconfig asked")
