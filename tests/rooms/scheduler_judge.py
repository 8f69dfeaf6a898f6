"""The real kube-scheduler as judge of pairs: whether it puts a pod on the only node that it may run on."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lightkube import Client
from lightkube.resources.core_v1 import Node, Pod
from rayform.fit.placement import Placement
from rayform.fit.resources import EFA_RESOURCE
from rayform.lab import Lab, NodeShape, Silent
from rayform.lab.nodes.shape import Taint
from scheduler_pairs import Pair, pairs, pools

__all__ = ["Agreement", "compare"]

_SECONDS = 180.0


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
    """Judges ``types * per_type`` pairs, each on a node of its own, and removes all of it again."""
    shapes = {pool.name: (pool, _shape(pool, per_type)) for pool in pools(seed, types)}
    for _, shape in shapes.values():
        lab.add_nodes(shape, Silent())
    with lab.client() as client:
        _settled(client)
        judged = [
            (node, pair)
            for pool, shape in shapes.values()
            for node, pair in zip(shape.names(), pairs(seed, pool, per_type), strict=True)
        ]
        for node, pair in judged:
            client.create(_pod(node, pair))
        for said, (node, pair) in _verdicts(client, judged):
            _count(agreement, node, pair, said)
            # One by one: to delete all at once is one request that takes longer than any client waits.
            client.delete(Pod, node, namespace="default")
    for _, shape in shapes.values():
        lab.add_nodes(replace(shape, count=0), Silent())


def _shape(pool: Placement, count: int) -> NodeShape:
    node = pool.allocatable
    amounts = {"cpu": f"{node.cpu_millis}m", "ephemeral-storage": str(node.ephemeral_bytes)}
    if node.efa:
        amounts[EFA_RESOURCE] = str(node.efa)
    arch = {"arm64": "arm64", "x86_64": "amd64"}[pool.architecture or "x86_64"]
    return NodeShape(
        pool.name,
        count=count,
        memory=str(node.memory_bytes),
        labels={**pool.labels, "kubernetes.io/arch": arch},
        taints=tuple(Taint(taint.key, taint.value or "", taint.effect) for taint in pool.taints),
        gpus=node.gpus,
        resources=amounts,
        pods=node.pods,
    )


def _pod(node: str, pair: Pair) -> Pod:
    selector = {**pair.pod.get("nodeSelector", {}), "kubernetes.io/hostname": node}
    spec = {**pair.pod, "nodeSelector": selector, "terminationGracePeriodSeconds": 0}
    return Pod.from_dict({"metadata": {"name": node, "namespace": "default"}, "spec": spec})


def _settled(client: Client) -> None:
    """Waits until the node controller has taken back what it thought of nodes that were new."""
    deadline = time.monotonic() + _SECONDS
    while any(_passing(node) for node in client.list(Node)):
        if time.monotonic() > deadline:
            raise AssertionError("nodes never became ready")
        time.sleep(0.2)


def _passing(node: Any) -> bool:
    return any(taint.key.startswith("node.kubernetes.io/") for taint in node.spec.taints or ())


def _verdicts(client: Client, judged: Sequence[tuple[str, Pair]]) -> Iterator[tuple[str, tuple[str, Pair]]]:
    """What the scheduler says of each pod in the end: empty where it runs, else why it does not."""
    waiting, deadline = dict(judged), time.monotonic() + _SECONDS
    while waiting:
        for pod in client.list(Pod, namespace="default"):
            verdict = _verdict(pod)
            if pod.metadata.name in waiting and verdict is not None:
                yield verdict, (pod.metadata.name, waiting.pop(pod.metadata.name))
        if time.monotonic() > deadline:
            raise AssertionError(f"never judged: {', '.join(waiting)}")
        time.sleep(0.2)


def _verdict(pod: Any) -> str | None:
    if pod.spec.nodeName:
        return ""
    said = [each for each in pod.status.conditions or () if each.type == "PodScheduled" and each.status == "False"]
    # A node that the scheduler does not know as ready yet is no verdict on amounts.
    return said[0].message if said and "Insufficient" in (said[0].message or "") else None


def _count(agreement: Agreement, node: str, pair: Pair, said: str) -> None:
    if bool(said) != bool(pair.refused):
        agreement.disagreed.append(f"{node}, a {pair.pool.node_type}: rayform {pair.refused}, scheduler {said!r}")
    elif said:
        agreement.refused += 1
    else:
        agreement.fitted += 1
