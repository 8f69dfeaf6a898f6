"""The control plane behind simulated EKS: instances are its simulated nodes, and one cluster at a time is it."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from lightkube.core.exceptions import ApiError
from lightkube.resources.core_v1 import Node, Pod, ServiceAccount, ServiceAccountToken
from lightkube.resources.rbac_authorization_v1 import ClusterRoleBinding

from ..client import Kubernetes, kubernetes, plain, resource
from ..errors import LabError
from ..nodes.registration import converge, is_ready, marked
from ..nodes.wanted import WantedNode
from .doors import doors, hold, release
from .errors import AwsError
from .fleet import Door, Plane
from .oblivion import beyond, empty

_GROUP = "lab.rayform/aws-group"
_ADMIN = "aws-admin"
_TOKEN_SECONDS = 900
_log = logging.getLogger("aws")


class ControlPlaneFleet:
    """The fleet in the lab whose kubeconfig lies at ``kubeconfig``."""

    def __init__(self, kubeconfig: Path) -> None:
        self._kubeconfig = kubeconfig
        self._behind: set[str] = set()

    def begin(self) -> None:
        """Remove the nodes whose instances an earlier simulated AWS took with it."""
        with kubernetes(self._kubeconfig) as client:
            _unhinge(client)
            for node in map(plain, client.list(Node)):
                if _GROUP in node["metadata"].get("labels", {}):
                    _drain(client, node["metadata"]["name"])

    def plane(self) -> Plane:
        """The lab's API server."""
        content: dict[str, Any] = yaml.safe_load(self._kubeconfig.read_text())
        cluster = content["clusters"][0]["cluster"]
        return Plane(str(cluster["server"]), str(cluster["certificate-authority-data"]))

    def want(self, group: str, machines: Sequence[WantedNode]) -> None:
        """Make exactly these be the nodes of ``group``; an API server that does not answer is asked again later."""
        try:
            with kubernetes(self._kubeconfig) as client:
                mark = _mark(group)
                wanted = [_marked(machine, mark) for machine in machines]
                converge(client, mark, wanted, lambda name: _drain(client, name))
            self._behind.discard(group)
        except LabError as error:
            _log.warning("nodes of %s: %s", group, error)
            self._behind.add(group)

    def ready(self, group: str) -> bool:
        """Whether every node of ``group`` is ready."""
        return group not in self._behind and all(is_ready(node) for node in self._nodes(group))

    def nodes(self, group: str) -> int:
        """How many nodes of ``group`` are ready."""
        return sum(is_ready(node) for node in self._nodes(group))

    def admit(self, cluster: str, others: Sequence[str]) -> None:
        """One cluster: there is one control plane."""
        if others:
            message = f"The lab has one control plane, which is {others[0]}; delete it before {cluster} is made"
            raise AwsError("ResourceLimitExceededException", message, 400)

    def forget(self, cluster: str) -> None:
        """Empty the control plane: nothing of a cluster outlives it."""
        del cluster
        with kubernetes(self._kubeconfig) as client:
            _unhinge(client)
            empty(client)

    def doors(self) -> Sequence[Door]:
        """Its Services and Ingresses that have a load balancer or want one; none while it does not answer."""
        try:
            with kubernetes(self._kubeconfig) as client:
                return tuple(doors(client))
        except LabError as error:
            _log.warning("load balancers: %s", error)
            return ()

    def open(self, door: Door, hostname: str) -> None:
        """Hold it by a finalizer, and write where it is reached into its status."""
        self._try(door, lambda client: hold(client, door, hostname))

    def close(self, door: Door) -> None:
        """Take the finalizer away."""
        self._try(door, lambda client: release(client, door))

    def _try(self, door: Door, act: Callable[[Kubernetes], None]) -> None:
        """What it does not take now is tried again with the next look."""
        try:
            with kubernetes(self._kubeconfig) as client:
                act(client)
        except LabError as error:
            _log.warning("%s %s/%s: %s", door.kind, door.namespace, door.name, error)

    def left(self) -> Sequence[str]:
        """What is in the control plane that none brings; objects in a namespace of their own are told by that."""
        with kubernetes(self._kubeconfig) as client:
            return [f"{kind.__name__} {name}" for kind, name, _ in beyond(client)]

    def token(self) -> str:
        """A token of a service account that may do everything, for a quarter of an hour."""
        with kubernetes(self._kubeconfig) as client:
            _let_in(client)
            spec = {"audiences": list[str](), "expirationSeconds": _TOKEN_SECONDS}
            request = resource(ServiceAccountToken, {"metadata": {"namespace": "kube-system"}, "spec": spec})
            answer = plain(client.create(request, _ADMIN, namespace="kube-system"))
        return str(answer["status"]["token"])

    def _nodes(self, group: str) -> list[dict[str, Any]]:
        try:
            with kubernetes(self._kubeconfig) as client:
                return marked(client, _mark(group))
        except LabError as error:
            _log.warning("nodes of %s: %s", group, error)
            return [{}]


def _unhinge(client: Kubernetes) -> None:
    """Let go what waits for load balancers that nobody will end: who ends a cluster before them leaves them behind."""
    for door in doors(client):
        release(client, door)


def _mark(group: str) -> dict[str, str]:
    # Names of groups are longer than labels.
    return {_GROUP: hashlib.sha256(group.encode()).hexdigest()[:32]}


def _marked(machine: WantedNode, mark: dict[str, str]) -> WantedNode:
    return WantedNode(
        machine.name,
        {**machine.labels, **mark},
        machine.taints,
        machine.capacity,
        machine.allocatable,
        machine.provider_id,
    )


def _drain(client: Kubernetes, name: str) -> None:
    """Remove a node with the pods on it, as the end of an instance does; first the node, which then gets no more."""
    client.delete(Node, name)
    for pod in map(plain, client.list(Pod, namespace="*", fields={"spec.nodeName": name})):
        client.delete(Pod, pod["metadata"]["name"], namespace=pod["metadata"]["namespace"], grace_period=0)


def _let_in(client: Kubernetes) -> None:
    account = {"metadata": {"name": _ADMIN, "namespace": "kube-system", "labels": {"lab.rayform/aws": "admin"}}}
    subject = {"kind": "ServiceAccount", "name": _ADMIN, "namespace": "kube-system"}
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"}
    binding = {"metadata": {"name": _ADMIN}, "subjects": [subject], "roleRef": role}
    for made in (resource(ServiceAccount, account), resource(ClusterRoleBinding, binding)):
        try:
            client.create(made, namespace="kube-system" if isinstance(made, ServiceAccount) else None)
        except ApiError as error:
            if error.status.reason != "AlreadyExists":
                raise
