"""The real kube-scheduler as judge of pairs: how many of some pods it puts on the only node that they may run on."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lightkube import Client
from lightkube.resources.core_v1 import Node, Pod
from lightkube.resources.node_v1 import RuntimeClass
from rayform.fit.placement import Placement
from rayform.fit.resources import EFA_RESOURCE
from rayform.lab import Lab, NodeShape, Silent
from rayform.lab.nodes.shape import Taint
from scheduler_pairs import OVERHEAD, RUNTIME_CLASS, Pair, pairs
from scheduler_pools import pools

__all__ = ["Agreement", "compare"]

_SECONDS = 600.0
_LAB = "node.kubernetes.io/"
"""Taints under this prefix are the node controller's."""


@dataclass
class Agreement:
    """What came of the pairs."""

    fitted: int = 0
    """Pairs that both put together."""
    refused: int = 0
    """Pairs that neither does."""
    disagreed: list[str] = field(default_factory=list[str])
    """What rayform and the scheduler say of the others."""


def compare(lab: Lab, seed: int, types: int, per_type: int, agreement: Agreement) -> None:
    """Judges ``types * per_type`` pairs, one after the other on a node of each type, and removes all of it again."""
    drawn = pools(seed, types)
    shapes = [_shape(pool) for pool in drawn]
    for shape in shapes:
        lab.add_nodes(shape, Silent())
    with lab.client() as client:
        _runtime_class(client)
        _settled(client)
        _known(client, drawn)
        rounds = zip(*(pairs(seed, pool, per_type) for pool in drawn), strict=True)
        for judged in rounds:
            _round(client, judged, agreement)
    for shape in shapes:
        lab.add_nodes(replace(shape, count=0), Silent())


def _round(client: Client, judged: Sequence[Pair], agreement: Agreement) -> None:
    """Puts the pods of a pair on each node, counts those that are taken, and clears the nodes."""
    made = {f"{pair.pool.name}-{copy}": pair for pair in judged for copy in range(pair.copies)}
    for name, pair in made.items():
        client.create(_pod(name, pair))
    said = _verdicts(client, list(made))
    for name in made:
        # One by one: to delete all at once is one request that takes longer than any client waits.
        client.delete(Pod, name, namespace="default", grace_period=0)
    for pair in judged:
        _count(agreement, pair, [said[f"{pair.pool.name}-{copy}"] for copy in range(pair.copies)])


def _shape(pool: Placement) -> NodeShape:
    node, more = pool.allocatable, pool.more_labels or {}
    amounts = {"cpu": f"{node.cpu_millis}m", "ephemeral-storage": str(node.ephemeral_bytes)}
    if node.efa:
        amounts[EFA_RESOURCE] = str(node.efa)
    arch = {"arm64": "arm64", "x86_64": "amd64"}[pool.architecture or "x86_64"]
    return NodeShape(
        pool.name,
        memory=str(node.memory_bytes),
        labels={
            **{key: next(iter(values)) for key, values in more.items() if values},
            **pool.labels,
            "kubernetes.io/arch": arch,
        },
        taints=tuple(Taint(taint.key, taint.value or "", taint.effect) for taint in pool.taints),
        gpus=node.gpus,
        resources={**amounts, **{name: str(amount) for name, amount in (pool.more_resources or {}).items()}},
        pods=node.pods,
    )


def _pod(name: str, pair: Pair) -> Pod:
    selector = {**pair.pod.get("nodeSelector", {}), "kubernetes.io/hostname": f"{pair.pool.name}-0"}
    spec = {**pair.pod, "nodeSelector": selector, "terminationGracePeriodSeconds": 0}
    return Pod.from_dict({"metadata": {"name": name, "namespace": "default", "labels": pair.labels}, "spec": spec})


def _runtime_class(client: Client) -> None:
    described = {"metadata": {"name": RUNTIME_CLASS}, "handler": "runc", "overhead": {"podFixed": OVERHEAD}}
    client.apply(RuntimeClass.from_dict(described), field_manager="scheduler-judge")


def _settled(client: Client) -> None:
    """Waits until the node controller has taken back what it thought of nodes that were new."""
    deadline = time.monotonic() + _SECONDS
    while any(taint.key.startswith(_LAB) for node in client.list(Node) for taint in node.spec.taints or ()):
        if time.monotonic() > deadline:
            raise AssertionError("nodes never became ready")
        time.sleep(0.2)


def _known(client: Client, drawn: Sequence[Placement]) -> None:
    """Waits until the scheduler has seen each node as it is now: until it puts a pod there that asks for nothing."""
    for pool in drawn:
        tolerated = [{"key": taint.key, "operator": "Exists"} for taint in pool.taints]
        spec = {"containers": [{"name": "i", "image": "i"}], "tolerations": tolerated}
        client.create(_pod(f"{pool.name}-0", Pair(pool, spec, {}, 1, 1, ())))
    waiting, deadline = {f"{pool.name}-0" for pool in drawn}, time.monotonic() + _SECONDS
    while waiting:
        waiting -= {pod.metadata.name for pod in client.list(Pod, namespace="default") if pod.spec.nodeName}
        if time.monotonic() > deadline:
            raise AssertionError(f"never known to the scheduler: {', '.join(waiting)}")
        time.sleep(0.1)
    for pool in drawn:
        client.delete(Pod, f"{pool.name}-0", namespace="default", grace_period=0)


def _verdicts(client: Client, names: Sequence[str]) -> Mapping[str, str]:
    """What the scheduler says of each pod in the end: empty where it runs, else why it does not."""
    found: dict[str, str] = {}
    deadline = time.monotonic() + _SECONDS
    while len(found) < len(names):
        said = {pod.metadata.name: _verdict(pod) for pod in client.list(Pod, namespace="default")}
        found |= {name: verdict for name, verdict in said.items() if name in names and verdict is not None}
        if time.monotonic() > deadline:
            raise AssertionError(f"never judged: {', '.join(set(names) - set(found))}")
        time.sleep(0.05)
    return found


def _verdict(pod: Any) -> str | None:
    if pod.spec.nodeName:
        return ""
    said = [each for each in pod.status.conditions or () if each.type == "PodScheduled" and each.status == "False"]
    return said[0].message or "no reason" if said else None


def _count(agreement: Agreement, pair: Pair, said: Sequence[str]) -> None:
    held = said.count("")
    if held != pair.held:
        reasons = sorted({each for each in said if each})
        agreement.disagreed.append(
            f"{pair.pool.name}, a {pair.pool.node_type}: of {pair.copies} rayform lets run {pair.held} {pair.refused}, "
            f"the scheduler {held} {reasons}: {pair.pod}"
        )
    elif pair.refused:
        agreement.refused += 1
    else:
        agreement.fitted += 1
