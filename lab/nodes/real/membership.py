"""The node as the API server knows it: registered, labelled, with the GPUs that it pretends to have, and ready."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from lightkube.resources.core_v1 import Node, NodeStatus

from ...client import UNREACHABLE, Kubernetes, plain, resource
from ...errors import LabError
from ..offer import Offer

_READY_SECONDS = 120.0
_POLL_SECONDS = 0.1
_CONDITIONS = "node.kubernetes.io/"  # the taints under this prefix are the node controller's


def await_registered(kubernetes: Kubernetes, name: str, offer: Offer, check: Callable[[], None]) -> None:
    """Wait until the node is known, and make it offer what ``offer`` says; ``check`` raises when it is in vain."""
    _wait(lambda: _describe(kubernetes, name, offer), f"node {name}: has not registered", check)


def await_ready(kubernetes: Kubernetes, name: str, offer: Offer, check: Callable[[], None], since: float = 0.0) -> None:
    """Wait until the node is ready and its GPUs can be had; ``check`` raises when it is in vain.

    What its kubelet said before ``since``, in seconds of the epoch, does not count: it may have died since.
    """
    _wait(lambda: _offers(kubernetes, name, offer, since), f"node {name}: is not ready", check)


def _describe(kubernetes: Kubernetes, name: str, offer: Offer) -> bool:
    kubernetes.get(Node, name)  # it is the kubelet's to make
    kubernetes.apply(resource(Node, {"metadata": {"name": name, "labels": dict(offer.labels)}}), force=True)
    capacity = {offer.gpu_resource: str(offer.gpus)} if offer.gpus else {}
    status = {"metadata": {"name": name}, "status": {"capacity": capacity}}
    kubernetes.apply(resource(NodeStatus, status), name, force=True)
    return _tainted(kubernetes, plain(kubernetes.get(Node, name)), offer)


def _tainted(kubernetes: Kubernetes, node: dict[str, Any], offer: Offer) -> bool:
    present: list[dict[str, Any]] = node["spec"].get("taints", [])
    theirs = [taint for taint in present if taint["key"].startswith(_CONDITIONS)]
    own = [taint for taint in present if taint not in theirs]
    asked = [{name: value for name, value in vars(taint).items() if value} for taint in offer.taints]
    if own == asked:
        return True
    node["spec"]["taints"] = [*asked, *theirs]
    kubernetes.replace(resource(Node, node))  # refused when the kubelet was faster; the next try sees what it wrote
    return True


def _offers(kubernetes: Kubernetes, name: str, offer: Offer, since: float) -> bool:
    status = plain(kubernetes.get(Node, name)).get("status", {})
    ready = [entry for entry in status.get("conditions", []) if entry["type"] == "Ready" and entry["status"] == "True"]
    allocatable = int(status.get("allocatable", {}).get(offer.gpu_resource, 0))
    # Kubernetes writes whole seconds.
    heard = [datetime.fromisoformat(entry["lastHeartbeatTime"]).timestamp() > int(since) for entry in ready]
    return heard == [True] and allocatable == offer.gpus


def _wait(done: Callable[[], bool], failure: str, check: Callable[[], None]) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while (outcome := _tried(done)) is not True:
        check()
        if time.monotonic() > deadline:
            said = f" ({outcome})" if outcome else ""
            remedy = "look into 'rayform lab logs kubelet' and 'rayform lab logs containerd'"
            raise LabError(f"{failure} after {_READY_SECONDS:.0f} s{said}; {remedy}")
        time.sleep(_POLL_SECONDS)


def _tried(done: Callable[[], bool]) -> bool | Exception:
    try:
        return done()
    except UNREACHABLE as error:
        return error
