"""Simulated nodes made to be exactly what is asked, whatever was there before."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lightkube.core.exceptions import ApiError
from lightkube.resources.core_v1 import Node, NodeStatus

from ..client import Kubernetes, plain, resource
from ..errors import LabError
from .shape import SHAPE_LABEL, NodeShape
from .wanted import WantedNode

_READY_SECONDS = 120.0
_POLL_SECONDS = 0.1
_TRIES = 10
_CONDITIONS = "node.kubernetes.io/"  # the taints under this prefix are the node controller's
_UNSEEN = f"{_CONDITIONS}not-ready"


def register(kubernetes: Kubernetes, shape: NodeShape) -> None:
    """Create, change and remove nodes until the cluster has those of ``shape`` and no others of its name."""
    converge(kubernetes, {SHAPE_LABEL: shape.name}, shape.wanted(), lambda name: kubernetes.delete(Node, name))


def converge(
    kubernetes: Kubernetes,
    mark: Mapping[str, str],
    wanted: Sequence[WantedNode],
    remove: Callable[[str], None],
) -> None:
    """Create and change nodes until those with the labels ``mark`` are the ``wanted`` ones; ``remove`` the others."""
    known = {node["metadata"]["name"]: node for node in marked(kubernetes, mark)}
    for node in wanted:
        if node.name in known:
            _change(kubernetes, known.pop(node.name), node)
        else:
            _create(kubernetes, node)
    for name in known:
        remove(name)


def marked(kubernetes: Kubernetes, mark: Mapping[str, str]) -> list[dict[str, Any]]:
    """The nodes with these labels."""
    return [plain(node) for node in kubernetes.list(Node, labels=mark)]


def is_ready(node: Mapping[str, Any]) -> bool:
    """Whether pods can run on a node: it says so itself, and the node controller has seen it.

    A node is created with the taint ``not-ready``; the controller takes it away a moment after the node is ready.
    """
    conditions = node.get("status", {}).get("conditions", [])
    says_so = any(condition["type"] == "Ready" and condition["status"] == "True" for condition in conditions)
    return says_so and not any(taint["key"] == _UNSEEN for taint in node.get("spec", {}).get("taints", []))


def await_ready(kubernetes: Kubernetes, shape: NodeShape, check: Callable[[], None]) -> None:
    """Wait until every node of ``shape`` is ready; ``check`` raises when waiting is in vain."""
    deadline = time.monotonic() + _READY_SECONDS
    while late := sum(not is_ready(node) for node in marked(kubernetes, {SHAPE_LABEL: shape.name})):
        check()
        if time.monotonic() > deadline:
            remedy = "look into 'rayform lab logs kwok', or ask for fewer nodes"
            raise LabError(
                f"nodes {shape.name}: {late} of {shape.count} not ready after {_READY_SECONDS:.0f} s; {remedy}"
            )
        time.sleep(_POLL_SECONDS)


def _create(kubernetes: Kubernetes, wanted: WantedNode) -> None:
    provider = {"providerID": wanted.provider_id} if wanted.provider_id else {}
    node = {
        "metadata": {"name": wanted.name, "labels": dict(wanted.labels)},
        "spec": {"taints": [dict(taint) for taint in wanted.taints], **provider},
        # With the object, not after it: kwok would fill a node that offers nothing.
        "status": {"capacity": dict(wanted.capacity), "allocatable": dict(wanted.allocatable)},
    }
    try:
        kubernetes.create(resource(Node, node))
    except ApiError as error:
        if error.status.reason != "AlreadyExists":
            raise
        raise LabError(f"node {wanted.name}: is there already, of somebody else; choose another name") from error


def _change(kubernetes: Kubernetes, node: dict[str, Any], wanted: WantedNode) -> None:
    for tries_left in reversed(range(_TRIES)):
        try:
            _write(kubernetes, node, wanted)
        except ApiError as error:
            # kwok and the node controller write to the same object.
            if error.status.reason != "Conflict" or not tries_left:
                raise
            node = plain(kubernetes.get(Node, node["metadata"]["name"]))
        else:
            return


def _write(kubernetes: Kubernetes, node: dict[str, Any], wanted: WantedNode) -> None:
    there = node["spec"].get("taints", [])
    taints = [*wanted.taints, *(taint for taint in there if taint["key"].startswith(_CONDITIONS))]
    if _plain_taints(there) != _plain_taints(taints) or node["metadata"]["labels"] != dict(wanted.labels):
        node["spec"]["taints"], node["metadata"]["labels"] = taints, dict(wanted.labels)
        node = plain(kubernetes.replace(resource(Node, node)))
    sizes = {"capacity": dict(wanted.capacity), "allocatable": dict(wanted.allocatable)}
    known: dict[str, dict[str, str]] = {name: node["status"].get(name, {}) for name in sizes}
    if known != sizes:
        # Of the whole status one would have to be the last reader, and kwok answers each change of a node by one of it.
        changed = {name: {**dict.fromkeys(known[name]), **size} for name, size in sizes.items()}
        kubernetes.patch(NodeStatus, wanted.name, {"status": changed})


def _plain_taints(taints: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    # The server leaves out an empty value.
    return [{"value": "", **taint} for taint in taints]
