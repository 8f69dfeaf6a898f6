"""Simulated nodes made to be exactly what a shape asks, whatever was there before."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from lightkube.core.exceptions import ApiError
from lightkube.resources.core_v1 import Node, NodeStatus

from ..client import Kubernetes, plain, resource
from ..errors import LabError
from .shape import SHAPE_LABEL, NodeShape

_READY_SECONDS = 120.0
_POLL_SECONDS = 0.1
_TRIES = 10
_CONDITIONS = "node.kubernetes.io/"  # the taints under this prefix are the node controller's


def register(kubernetes: Kubernetes, shape: NodeShape) -> None:
    """Create, change and remove nodes until the cluster has those of ``shape`` and no others of its name."""
    known = {node["metadata"]["name"]: node for node in _nodes(kubernetes, shape)}
    for name in shape.names():
        if name in known:
            _change(kubernetes, known.pop(name), shape)
        else:
            _create(kubernetes, name, shape)
    for name in known:
        kubernetes.delete(Node, name)


def await_ready(kubernetes: Kubernetes, shape: NodeShape, check: Callable[[], None]) -> None:
    """Wait until every node of ``shape`` is ready; ``check`` raises when waiting is in vain."""
    deadline = time.monotonic() + _READY_SECONDS
    while late := sum(not _ready(node) for node in _nodes(kubernetes, shape)):
        check()
        if time.monotonic() > deadline:
            remedy = "look into 'rayform lab logs kwok', or ask for fewer nodes"
            raise LabError(
                f"nodes {shape.name}: {late} of {shape.count} not ready after {_READY_SECONDS:.0f} s; {remedy}"
            )
        time.sleep(_POLL_SECONDS)


def _nodes(kubernetes: Kubernetes, shape: NodeShape) -> list[dict[str, Any]]:
    return [plain(node) for node in kubernetes.list(Node, labels={SHAPE_LABEL: shape.name})]


def _create(kubernetes: Kubernetes, name: str, shape: NodeShape) -> None:
    size = shape.capacity()
    node = {
        "metadata": {"name": name, "labels": shape.all_labels(name)},
        "spec": {"taints": _taints(shape)},
        # With the object, not after it: kwok would fill a node that offers nothing.
        "status": {"capacity": size, "allocatable": size},
    }
    try:
        kubernetes.create(resource(Node, node))
    except ApiError as error:
        if error.status.reason != "AlreadyExists":
            raise
        raise LabError(f"node {name}: is there already and not of this shape; choose another name") from error


def _change(kubernetes: Kubernetes, node: dict[str, Any], shape: NodeShape) -> None:
    for tries_left in reversed(range(_TRIES)):
        try:
            _converge(kubernetes, node, shape)
        except ApiError as error:
            # kwok and the node controller write to the same object.
            if error.status.reason != "Conflict" or not tries_left:
                raise
            node = plain(kubernetes.get(Node, node["metadata"]["name"]))
        else:
            return


def _converge(kubernetes: Kubernetes, node: dict[str, Any], shape: NodeShape) -> None:
    name, taints = node["metadata"]["name"], node["spec"].get("taints", [])
    conditions = [taint for taint in taints if taint["key"].startswith(_CONDITIONS)]
    wanted = [*_taints(shape), *conditions]
    if taints != wanted or node["metadata"]["labels"] != shape.all_labels(name):
        node["spec"]["taints"], node["metadata"]["labels"] = wanted, shape.all_labels(name)
        node = plain(kubernetes.replace(resource(Node, node)))
    if node["status"]["capacity"] != shape.capacity():
        node["status"] |= {"capacity": shape.capacity(), "allocatable": shape.capacity()}
        kubernetes.replace(resource(NodeStatus, node), name)


def _taints(shape: NodeShape) -> list[dict[str, str]]:
    return [{"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in shape.taints]


def _ready(node: Mapping[str, Any]) -> bool:
    conditions = node.get("status", {}).get("conditions", [])
    return any(condition["type"] == "Ready" and condition["status"] == "True" for condition in conditions)
