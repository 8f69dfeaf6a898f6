"""Pods and nodes that a scheduler may put together or not, made again from a number, and what rayform says of each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rayform.components import Head, RayClusterSpec, Sidecar, WorkerGroup
from rayform.components.ray.demand import demands
from rayform.components.ray.injected import beside
from rayform.components.ray.manifest import ray_cluster
from rayform.fit.placement import Placement
from rayform.fit.pod_fit import pod_refusals
from rayform.fit.resources import EFA_RESOURCE
from rayform.infra.instances import instance_type, names
from rayform.infra.pools import GpuNodePoolSpec, NodePoolSpec, placement, refusals
from rayform.infra.pools.spec import PoolSpec

__all__ = ["Pair", "pairs", "pools"]


@dataclass(frozen=True)
class Pair:
    """A pod and the only node it may run on."""

    pool: Placement
    """What the node is like."""
    pod: dict[str, Any]
    """The spec of the pod, with all that the operator adds."""
    refused: tuple[str, ...]
    """Why rayform refuses it."""


def pools(seed: int, count: int) -> list[Placement]:
    """Pools of so many types of instance, with GPUs or without, EFA among them."""
    draw = random.Random(seed)  # noqa: S311 (cases that come again, no secrets)
    found: list[Placement] = []
    while len(found) < count:
        name = f"s{seed}-{len(found)}"
        spec = _pool(draw, draw.choice(_with_gpus() if len(found) % 2 else names()))
        if not refusals(name, spec):
            found.append(placement(name, spec))
    return found


def pairs(seed: int, pool: Placement, count: int) -> Iterator[Pair]:
    """Pods near the edge of what a node of the pool takes, on either side."""
    draw = random.Random(f"{seed} {pool.name}")  # noqa: S311 (likewise)
    for _ in range(count):
        yield _pair(draw, pool)


def _with_gpus() -> list[str]:
    return [name for name in names() if instance_type(name).gpu]


def _pool(draw: random.Random, name: str) -> PoolSpec:
    kind = instance_type(name)
    if kind.gpu is None:
        return NodePoolSpec(instance_types=[name], max_nodes=1, root_gib=draw.randint(20, 400))
    efa = {"efa": True, "zones": ["us-east-1a"]} if kind.efa_interfaces and draw.random() < 0.5 else {}
    slices = draw.choice([None, None, 4])
    return GpuNodePoolSpec(instance_types=[name], max_nodes=1, nvme=None, time_slices=slices, **efa)


def _pair(draw: random.Random, pool: Placement) -> Pair:
    sidecars = [Sidecar(name=f"beside-{number}", image="i", **_small(draw)) for number in range(draw.randint(0, 2))]
    first = [
        Sidecar(name=f"first-{number}", image="i", restart_policy=draw.choice([None, "Always"]), **_small(draw))
        for number in range(draw.randint(0, 2))
    ]
    pod = {"pool": pool.name, "sidecars": sidecars, "init_containers": first, **_amounts(draw, pool)}
    of_head = draw.random() < 0.3
    head = Head(**pod) if of_head else Head()
    workers = [] if of_head else [WorkerGroup(name="gpu", max_replicas=1, **pod)]
    spec = RayClusterSpec(ray_version="2.60.0", head=head, workers=workers, autoscaling=draw.random() < 0.5)
    (group,) = demands(spec, {pool.name: pool})
    sent = ray_cluster("train", spec, {pool.name: pool})["spec"]
    template = (sent["headGroupSpec"] if of_head else sent["workerGroupSpecs"][0])["template"]["spec"]
    return Pair(pool, _run(template, beside(head if of_head else workers[0], spec)), _said(group, pool))


def _said(group: Any, pool: Placement) -> tuple[str, ...]:
    # That pods share GPUs in turns is the device plugin's law, not the scheduler's.
    return tuple(str(each) for each in pod_refusals(group, pool) if "in turns" not in each.possible)


def _run(template: dict[str, Any], injected: Any) -> dict[str, Any]:
    """The pod as the operator would make it, as far as a scheduler cares."""
    lists = {
        name: [*template.get(name, ()), *({"name": f"added-{at}", "image": "i", **one} for at, one in enumerate(added))]
        for name, added in injected.items()
    }
    return {**template, **{name: found for name, found in lists.items() if found}}


def _small(draw: random.Random) -> dict[str, Any]:
    return {"cpu": f"{draw.choice([0, 50, 100, 1500])}m", "memory": f"{draw.choice([0, 64, 1000])}Mi"}


def _amounts(draw: random.Random, pool: Placement) -> dict[str, Any]:
    """Amounts of which one or two are at the edge, and the others far from it."""
    node = pool.allocatable.named()
    edges = draw.sample(["cpu_millis", "memory_bytes", "gpus", "efa", "ephemeral_bytes"], draw.randint(1, 2))
    asked = {axis: _near(draw, node[axis], _BESIDE[axis]) if axis in edges else node[axis] // 4 for axis in _BESIDE}
    amounts: dict[str, Any] = {
        "cpu": f"{asked['cpu_millis']}m",
        "memory": str(asked["memory_bytes"]),
        "gpus": asked["gpus"],
        "ephemeral_storage": str(asked["ephemeral_bytes"]),
    }
    return {**amounts, "accelerators": {EFA_RESOURCE: asked["efa"]}} if asked["efa"] else amounts


_BESIDE = {"cpu_millis": 2500, "memory_bytes": 4 * 2**30, "gpus": 1, "efa": 1, "ephemeral_bytes": 2**30}
"""What sidecars and the operator's own containers may take of each resource."""


def _near(draw: random.Random, edge: int, beside: int) -> int:
    """An amount at the edge, one beyond it, or one that leaves room for what may run beside."""
    return max(0, draw.choice([edge, edge + 1, edge - draw.randint(0, beside), edge - beside]))
