"""What no single resource shows: what belongs to it elsewhere in the stack."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rayform.components.ray.rules import Found
from rayform.components.ray.rules.view import items, mapping, text
from rayform.spec.model import Listed, Spec

from ..amounts import is_accelerator, quantity
from ..pods import UNBOUNDED, Pod
from ..reach import let_in
from ..rule import Level, Nothing, stack_rule
from ..stack import Stack
from ..subject import Subject
from ..views import Ray

_COUNTED: Final = ("cpu", "memory", "ephemeral-storage")
_PLURAL: Final = {
    "RayCluster": "rayclusters",
    "RayJob": "rayjobs",
    "RayService": "rayservices",
    "RayCronJob": "raycronjobs",
}
_Told = Iterator[tuple[Subject | None, Found]]
_GPU: Final = "requests.nvidia.com/gpu"


def _within(stack: Stack, kind: str, namespace: str) -> list[Subject]:
    return [each for each in stack.of(kind) if each.namespace == namespace]


class _Quota(Spec):
    needed: Listed[str] = (_GPU,)
    """What a quota must bound."""


@stack_rule(
    "namespace-quota",
    Stack,
    _Quota,
    why="what goes around this program, by kubectl or Helm, has no end otherwise",
    remedy="add a ResourceQuota, or ClusterGuard, which makes one",
    source="NSA/CISA: resource policies; CIS EKS 1.7: 4.5.1",
    level=Level.ADVISORY,
)
def namespace_quota(stack: Stack, asked: _Quota) -> _Told:
    """A namespace with Ray in it has a ResourceQuota that bounds its GPUs."""
    for namespace, rays in stack.namespaces.items():
        quotas = [
            mapping(each.spec.get("hard")) for each in _within(stack, "ResourceQuota", namespace) if _is_whole(each)
        ]
        devices = {f"requests.{name}" for ray in rays for pod in ray.pods for name in pod.accelerators}
        needed = [*asked.needed, *sorted(devices - set(asked.needed))]
        missing = [name for name in needed if not any(name in each for each in quotas)]
        if missing:
            told = Found(("metadata", "namespace"), f"{namespace} without a quota of {', '.join(missing)}")
            yield rays[0].subject, told


def _is_whole(quota: Subject) -> bool:
    """Whether a quota bounds every pod, not those of a scope alone."""
    return not quota.spec.get("scopes") and not quota.spec.get("scopeSelector")


@stack_rule(
    "quota-holds",
    Stack,
    why="the API server refuses the pods beyond it, and the cluster never reaches the size it was asked for",
    remedy="raise the quota, or lower the most replicas of the groups",
    source="KubeRay: condition ReplicaFailure; NSA/CISA: resource policies",
)
def quota_holds(stack: Stack, asked: Nothing) -> _Told:
    """The Ray objects of a namespace at their largest fit its quota, and each of their pods its LimitRange."""
    del asked
    for namespace, rays in stack.namespaces.items():
        quotas = _within(stack, "ResourceQuota", namespace)
        need = _needs(rays) if quotas else {}
        for quota in quotas:
            for name, hard in mapping(quota.spec.get("hard")).items():
                there, wanted = quantity(hard), need.get(name.removeprefix("requests."), 0.0)
                if there is not None and wanted > float(there):
                    told = f"{hard} asked, the Ray objects of {namespace} want {_shown(name, wanted)} at their largest"
                    yield quota, Found(("spec", "hard", name), told)
        for bounds in _within(stack, "LimitRange", namespace):
            yield from ((bounds, found) for found in _beyond(bounds, rays))


def _beyond(bounds: Subject, rays: Sequence[Ray]) -> Iterator[Found]:
    """The bounds of a LimitRange beyond which some container or pod is."""
    for index, each in enumerate(items(bounds.spec.get("limits"))):
        kind = text(each.get("type"))
        asked = [amounts for ray in rays for pod in ray.pods for amounts in _limits(pod, kind)]
        for name, most in mapping(each.get("max")).items():
            there, wanted = quantity(most), max((float(quantity(one.get(name)) or 0) for one in asked), default=0.0)
            if there is not None and wanted > float(there):
                told = f"{most} asked, a {kind.lower()} of the Ray objects there wants {_shown(name, wanted)}"
                yield Found(("spec", "limits", index, "max", name), told, remedy="raise it, or lower what is asked")


def _limits(pod: Pod, kind: str) -> Iterator[Mapping[str, Any]]:
    """What a LimitRange for containers, or for pods, looks at."""
    limits = [each.limits for each in pod.containers]
    if kind == "Container":
        yield from limits
    elif kind == "Pod":
        together = [each.limits for each in pod.containers if each.runs]
        yield {name: sum(float(quantity(each.get(name)) or 0) for each in together) for each in limits for name in each}


def _shown(name: str, amount: float) -> str:
    """An amount as a quota has it: bytes in Gi."""
    shown, unit = (amount / 2**30, "Gi") if name.endswith(("memory", "storage")) else (amount, "")
    return f"{shown:g}{unit}" if shown < UNBOUNDED else "ever more"


def _needs(rays: Sequence[Ray]) -> dict[str, float]:
    """What all of them take at their largest, by what a quota calls it; requests without that word."""
    need: defaultdict[str, float] = defaultdict(float)
    for ray in rays:
        need[f"count/{_PLURAL[ray.subject.kind]}.ray.io"] += 1
        for pod in ray.pods:
            need["pods"] += pod.most
            for container in (each for each in pod.containers if each.runs):
                for start, amounts in (("", container.requests), ("limits.", container.limits)):
                    for name, value in amounts.items():
                        if name in _COUNTED or is_accelerator(name):
                            need[f"{start}{name}"] += float(quantity(value) or 0) * pod.most
    need["count/pods"] = need["pods"]
    return need


@stack_rule(
    "namespace-limit-range",
    Stack,
    why="a quota refuses every pod that does not say its requests, those of the operator's helpers too",
    remedy="add a LimitRange with defaults, or ClusterGuard, which makes one",
    source="NSA/CISA: resource policies",
    level=Level.ADVISORY,
)
def namespace_limit_range(stack: Stack, asked: Nothing) -> _Told:
    """A namespace with Ray and a quota in it has a LimitRange."""
    del asked
    for namespace, rays in stack.namespaces.items():
        if _within(stack, "ResourceQuota", namespace) and not _within(stack, "LimitRange", namespace):
            yield rays[0].subject, Found(("metadata", "namespace"), f"{namespace} with a quota and no LimitRange")


@stack_rule(
    "network-policy",
    Stack,
    why="every pod of the cluster reaches the dashboard and runs code there",
    remedy="add a NetworkPolicy for the namespace, or set network_policy where the operator has its gate",
    source="CVE-2023-48022 (ShadowRay); CIS EKS 1.7: 4.3.2; NSA/CISA: network",
    level=Level.ADVISORY,
)
def network_policy(stack: Stack, asked: Nothing) -> _Told:
    """The head of a Ray cluster is behind a network policy."""
    del asked
    for namespace, rays in stack.namespaces.items():
        policies = list(_within(stack, "NetworkPolicy", namespace))
        for ray in rays:
            about = [each for each in policies if ray.path and _selects(each, ray)]
            for each in about:
                # What one policy lets in, no other keeps out.
                if any(let_in(each)):
                    yield each, Found(("spec", "ingress"), f"everybody let in to the head of {ray.subject.name}")
            if ray.path and ray.cluster.get("networkPolicy") is None and not any(map(_closes, about)):
                yield ray.subject, Found(ray.at("networkPolicy"), f"no policy for its head in {namespace}")


def _closes(policy: Subject) -> bool:
    """Whether it is about who comes in."""
    kinds = policy.spec.get("policyTypes")
    return not isinstance(kinds, list) or "Ingress" in kinds


def _selects(policy: Subject, ray: Ray) -> bool:
    """Whether a policy is about the head, as far as its labels are known here."""
    selector = mapping(policy.spec.get("podSelector"))
    labels: Mapping[str, Any] = {
        **mapping(ray.head.metadata.get("labels")),
        "ray.io/node-type": "head",
        "ray.io/is-ray-node": "yes",
        "ray.io/group": "headgroup",
        "app.kubernetes.io/name": "kuberay",
        "app.kubernetes.io/created-by": "kuberay-operator",
    }
    if ray.subject.kind == "RayCluster":
        labels = {**labels, "ray.io/cluster": ray.subject.name}
    wanted = mapping(selector.get("matchLabels"))
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    return all(_holds(each, labels) for each in items(selector.get("matchExpressions")))


def _holds(expression: Mapping[str, Any], labels: Mapping[str, Any]) -> bool:
    key, operator, values = text(expression.get("key")), expression.get("operator"), expression.get("values")
    there = labels.get(key)
    named = there in values if isinstance(values, list) else False
    return {"In": named, "NotIn": not named, "Exists": key in labels, "DoesNotExist": key not in labels}.get(
        text(operator), False
    )


@stack_rule(
    "flow-logs",
    Stack,
    why="nobody can tell afterwards who spoke to whom",
    remedy="add an aws.ec2.FlowLog of it",
    source="NSA/CISA: audit logging; Checkov CKV2_AWS_11",
    level=Level.ADVISORY,
)
def flow_logs(stack: Stack, asked: Nothing) -> _Told:
    """A network keeps the log of its connections."""
    del asked
    networks = list(stack.of("aws:ec2/vpc:Vpc"))
    logs = len(list(stack.of("aws:ec2/flowLog:FlowLog")))
    # Which network a log is of is known by an id that does not exist yet.
    for vpc in networks[logs:]:
        yield vpc, Found((), f"{logs} flow logs for {len(networks)} networks")


@stack_rule(
    "head-budget",
    Stack,
    why="a node that is drained takes the head with it",
    remedy="add a PodDisruptionBudget with maxUnavailable: 0 for ray.io/node-type: head",
    level=Level.DISABLED,
)
def head_budget(stack: Stack, asked: Nothing) -> _Told:
    """The head of a service or a long-lived cluster has a PodDisruptionBudget."""
    del asked
    for namespace, rays in stack.namespaces.items():
        budgets = [mapping(each.spec.get("selector")) for each in _within(stack, "PodDisruptionBudget", namespace)]
        if not any(mapping(each.get("matchLabels")).get("ray.io/node-type") == "head" for each in budgets):
            for ray in rays:
                if ray.subject.kind in ("RayCluster", "RayService"):
                    yield ray.subject, Found(("metadata", "namespace"), f"no budget for its head in {namespace}")
