"""The CIS EKS Benchmark 1.7: what infrastructure code decides of it, and where a whole program holds it.

Left out are what images of nodes decide (section 3) and what people do: 4.1.4, 5.1.2, 5.1.4 and 5.5.1.
``python tests/rooms/cis_eks.py`` prints the matrix that stands in SECURITY.md.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from rayform.lab.testing import Recorded

__all__ = ["ITEMS", "Item", "matrix"]

RBAC = "kubernetes:rbac.authorization.k8s.io/v1:"


class Item(NamedTuple):
    """One recommendation."""

    number: str
    """Its number in the benchmark."""
    held: str
    """How it is held by default."""
    holds: Callable[[Recorded], bool]
    """Whether a program holds it."""


def _plane(done: Recorded) -> Any:
    return done.one("aws:eks/cluster:Cluster").inputs


def _logs(done: Recorded) -> bool:
    return len(_plane(done)["enabledClusterLogTypes"]) == 5


def _rules(done: Recorded) -> Iterator[Any]:
    for role in (*done.all(f"{RBAC}ClusterRole"), *done.all(f"{RBAC}Role")):
        yield from ((role.name, rule) for rule in role.inputs["rules"])


def _templates(done: Recorded) -> list[Any]:
    spec = done.one("kubernetes:ray.io/v1:RayCluster").inputs["spec"]
    return [group["template"]["spec"] for group in (spec["headGroupSpec"], *spec["workerGroupSpecs"])]


def _pods(done: Recorded) -> list[Any]:
    """Pods in namespaces of our own: Ray's and the operator's."""
    return [*_templates(done), done.one("kubernetes:apps/v1:Deployment").inputs["spec"]["template"]["spec"]]


def _containers(done: Recorded) -> list[Any]:
    return [one for pod in _pods(done) for one in (*pod["containers"], *pod.get("initContainers", ()))]


def _addon(done: Recorded, name: str) -> Any:
    return next(one.inputs for one in done.all("aws:eks/addon:Addon") if one.inputs["addonName"] == name)


def _without(field: str) -> Callable[[Recorded], bool]:
    return lambda done: _restricted(done) and not any(pod.get(field) for pod in _pods(done))


def _restricted(done: Recorded) -> bool:
    labels = [one.inputs["metadata"]["labels"] for one in done.all("kubernetes:core/v1:Namespace")]
    return bool(labels) and all(each["pod-security.kubernetes.io/enforce"] == "restricted" for each in labels)


def _cluster_admin(done: Recorded) -> bool:
    bindings = (*done.all(f"{RBAC}ClusterRoleBinding"), *done.all(f"{RBAC}RoleBinding"))
    return bool(bindings) and not any(one.inputs["roleRef"]["name"] == "cluster-admin" for one in bindings)


def _secrets(done: Recorded) -> bool:
    return {name for name, rule in _rules(done) if "secrets" in rule.get("resources", ())} <= {"kuberay-cluster-role"}


def _wildcards(done: Recorded) -> bool:
    return not any(
        "*" in rule.get(part, ()) for _, rule in _rules(done) for part in ("verbs", "resources", "apiGroups")
    )


def _accounts(done: Recorded) -> bool:
    named = done.one("kubernetes:apps/v1:Deployment").inputs["spec"]["template"]["spec"]["serviceAccountName"]
    idle = [pod["automountServiceAccountToken"] for pod in _templates(done)]
    return named != "default" and idle == [True, *[False] * (len(idle) - 1)]


def _entries(done: Recorded) -> bool:
    access = _plane(done)["accessConfig"]
    return access == {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}


def _escalation(done: Recorded) -> bool:
    return not any({"bind", "impersonate", "escalate"} & set(rule["verbs"]) for _, rule in _rules(done))


def _rights(field: str, *, wanted: object) -> Callable[[Recorded], bool]:
    return lambda done: all(one["securityContext"].get(field, False) is wanted for one in _containers(done))


def _enforced(done: Recorded) -> bool:
    return json.loads(_addon(done, "vpc-cni")["configurationValues"])["enableNetworkPolicy"] == "true"


def _policies(done: Recorded) -> bool:
    made = {one.inputs["metadata"]["name"] for one in done.all("kubernetes:core/v1:Namespace")}
    closed = {one.inputs["metadata"]["namespace"] for one in done.all("kubernetes:networking.k8s.io/v1:NetworkPolicy")}
    return bool(made) and made <= closed


def _no_secret_values(done: Recorded) -> bool:
    return not any("secretKeyRef" in json.dumps(one.get("env", [])) for one in _containers(done))


def _no_secrets(done: Recorded) -> bool:
    return not done.all("kubernetes:core/v1:Secret")


def _namespaces(done: Recorded) -> bool:
    return len(done.all("kubernetes:core/v1:Namespace")) >= 2


def _default_unused(done: Recorded) -> bool:
    spaces = [
        one.inputs.get("metadata", {}).get("namespace") for one in done.all() if one.type.startswith("kubernetes:")
    ]
    return "default" not in spaces


def _scanned(done: Recorded) -> bool:
    return not done.all("aws:ecr/repository:Repository")


def _pulls(done: Recorded) -> bool:
    given = {one.inputs["policyArn"] for one in done.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")}
    registry = {arn for arn in given if "ContainerRegistry" in arn}
    return {arn.rpartition("/")[2] for arn in registry} == {"AmazonEC2ContainerRegistryPullOnly"}


def _identities(done: Recorded) -> bool:
    return all(_addon(done, name)["podIdentityAssociations"] for name in ("vpc-cni", "aws-ebs-csi-driver"))


def _encrypted(done: Recorded) -> bool:
    return _plane(done)["encryptionConfig"]["resources"] == ["secrets"] and all(
        key.inputs["enableKeyRotation"] for key in done.all("aws:kms/key:Key")
    )


def _private(done: Recorded) -> bool:
    access = _plane(done)["vpcConfig"]
    return access["endpointPrivateAccess"] is True and access["endpointPublicAccess"] is False


def _nodes(done: Recorded) -> bool:
    nodes = {subnet for one in done.all("aws:eks/nodeGroup:NodeGroup") for subnet in one.inputs["subnetIds"]}
    public = {
        subnet.id
        for subnet in done.all("aws:ec2/subnet:Subnet")
        if subnet.inputs["mapPublicIpOnLaunch"] or "public" in subnet.name
    }
    return bool(nodes) and not nodes & public


def _balancers(done: Recorded) -> bool:
    kinds = [one.inputs["spec"].get("type") for one in done.all("kubernetes:core/v1:Service")]
    return "LoadBalancer" not in kinds and not done.all("kubernetes:networking.k8s.io/v1:Ingress")


ITEMS = (
    Item(
        "2.1.1", "all five kinds of control-plane logs", lambda done: len(_plane(done)["enabledClusterLogTypes"]) == 5
    ),
    Item("4.1.1", "nothing is bound to cluster-admin", _cluster_admin),
    Item("4.1.2", "the operator alone reads Secrets, as upstream's role has it", _secrets),
    Item("4.1.3", "no role has a wildcard", _wildcards),
    Item("4.1.5", "the operator has an account of its own; Ray's pods get no token of the default one", _accounts),
    Item("4.1.6", "only the head beside the autoscaler gets a token", _accounts),
    Item("4.1.7", "access entries alone decide who may use the cluster", _entries),
    Item("4.1.8", "no role binds, impersonates or escalates", _escalation),
    Item("4.2.1", "no privileged container; namespaces enforce restricted", _rights("privileged", wanted=False)),
    Item("4.2.2", "no pod sees the host's processes", _without("hostPID")),
    Item("4.2.3", "no pod shares the host's memory", _without("hostIPC")),
    Item("4.2.4", "no pod is on the host's network", _without("hostNetwork")),
    Item("4.2.5", "no container gains rights", _rights("allowPrivilegeEscalation", wanted=False)),
    Item("4.3.1", "the VPC CNI enforces network policies", _enforced),
    Item("4.3.2", "every namespace that is made is closed by one", _policies),
    Item(
        "4.4.1",
        "no description puts a Secret into a variable; the operator does with Ray's token",
        _no_secret_values,
    ),
    Item("4.4.2", "no Secret is made; workloads read Secrets Manager by their identity", _no_secrets),
    Item("4.5.1", "the operator and Ray have namespaces of their own", _namespaces),
    Item("4.5.2", "nothing is in the default namespace", _default_unused),
    Item("5.1.1", "no repository is made, and so none that is not scanned", _scanned),
    Item("5.1.3", "nodes may pull from registries and nothing else", _pulls),
    Item("5.2.1", "add-ons and workloads have roles of their own, by Pod Identity", _identities),
    Item("5.3.1", "Secrets are encrypted by a key that is rotated", _encrypted),
    Item("5.4.1", "the API server is reached within the network only", _private),
    Item("5.4.2", "its public endpoint is off unless networks are named", _private),
    Item("5.4.3", "nodes are in private subnets", _nodes),
    Item("5.4.4", "network policies are on, and there", lambda done: _enforced(done) and _policies(done)),
    Item("5.4.5", "no load balancer is made, and so none without TLS", _balancers),
)
"""The items that infrastructure code decides."""


def matrix() -> str:
    """The matrix, as it stands in SECURITY.md."""
    test = "tests/unit/stacks/test_stacks_cis.py"
    rows = [f"| {item.number} | {item.held} |" for item in ITEMS]
    return "\n".join([f"| CIS EKS 1.7 | held by default, each by a case of `{test}` |", "|---|---|", *rows])


if __name__ == "__main__":
    import sys

    sys.stdout.write(matrix() + "\n")
