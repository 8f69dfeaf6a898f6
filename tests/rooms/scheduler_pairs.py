"""Pods and nodes that a scheduler may put together or not, made again from a number, and what rayform says of each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from rayform.components import Head, RayClusterSpec, Sidecar, WorkerGroup
from rayform.components.ray.demand import demands
from rayform.fit.choice_fit import choice_refusals
from rayform.fit.demand import Demand
from rayform.fit.group import Group
from rayform.fit.packing import pack
from rayform.fit.placement import Placement
from rayform.fit.pod_fit import pod_refusals
from rayform.fit.resources import EFA_RESOURCE
from scheduler_choices import chosen, tolerated

__all__ = ["OVERHEAD", "RUNTIME_CLASS", "Pair", "pairs"]

RUNTIME_CLASS = "with-overhead"
"""The runtime class of pods that have an overhead."""
OVERHEAD = {"cpu": "250m", "memory": "120Mi"}
"""What it adds to each pod."""


@dataclass(frozen=True)
class Pair:
    """Like pods, and the only node they may run on."""

    pool: Placement
    """What the node is like."""
    pod: dict[str, Any]
    """The spec of a pod, with all that the operator adds."""
    labels: dict[str, Any]
    """Its labels."""
    copies: int
    """How many such pods there are."""
    held: int
    """How many of them the node takes, as rayform says."""
    refused: tuple[str, ...]
    """Why rayform refuses them all; empty where it does not."""


def pairs(seed: int, pool: Placement, count: int) -> Iterator[Pair]:
    """Pods near the edge of what a node of the pool takes, on either side."""
    draw = random.Random(f"{seed} {pool.name}")  # noqa: S311 (cases that come again, no secrets)
    for _ in range(count):
        yield _pair(draw, pool)


def _pair(draw: random.Random, pool: Placement) -> Pair:
    sidecars = [Sidecar(name=f"beside-{number}", image="i", **_small(draw)) for number in range(draw.randint(0, 2))]
    first = [
        Sidecar(name=f"first-{number}", image="i", restart_policy=draw.choice([None, "Always"]), **_small(draw))
        for number in range(draw.randint(0, 3))
    ]
    asked = _crowded(draw, pool) if draw.random() < 0.2 else _amounts(draw, pool)
    pod = {"pool": pool.name, "sidecars": sidecars, "init_containers": first, **asked, **chosen(draw, pool)}
    if draw.random() < 0.2:
        pod |= {"runtime_class_name": RUNTIME_CLASS, "pod": {"spec": {"overhead": OVERHEAD}}}
    of_head = draw.random() < 0.3
    head = Head(**pod) if of_head else Head()
    workers = [] if of_head else [WorkerGroup(name="gpu", max_replicas=1, **pod)]
    spec = RayClusterSpec(ray_version="2.60.0", head=head, workers=workers, autoscaling=draw.random() < 0.5)
    (group,) = demands(spec, {pool.name: pool})
    if draw.random() < 0.2:
        group = replace(group, spec={**group.spec, "tolerations": tolerated(draw, pool)})
    return _judged(pool, group)


def _judged(pool: Placement, group: Group) -> Pair:
    # That pods share GPUs in turns is the device plugin's law, not the scheduler's.
    found = (*pod_refusals(group, pool), *choice_refusals(group, pool))
    refused = tuple(str(each) for each in found if "in turns" not in each.possible)
    whole = pack([Demand(group.pod, 8, group.per_node)], pool.allocatable).patterns[0].pods[0] if not refused else 0
    # As many as fit and one more; of pods that fit in crowds, a few, of which all must run.
    copies, held = (whole + 1, whole) if whole < 8 else (2, 2)
    more = pool.more_resources or {}
    if not refused and any(amount * copies > more.get(name, 0) for name, amount in group.more.items()):
        copies, held = 1, 1  # how many of these a node takes is not what rayform says
    return Pair(pool, _run(group.spec), dict(group.labels), max(1, copies), held, refused)


def _run(spec: Any) -> dict[str, Any]:
    """The pod as the operator would make it, as far as a scheduler cares."""
    lists = {
        kind: [{"name": f"added-{kind.lower()}-{at}", "image": "i", **one} for at, one in enumerate(spec[kind])]
        for kind in ("containers", "initContainers")
        if spec.get(kind)
    }
    return {**spec, **lists}


def _small(draw: random.Random) -> dict[str, Any]:
    amounts: dict[str, Any] = {"cpu": f"{draw.choice([0, 50, 100, 1500])}m", "memory": f"{draw.choice([0, 64, 999])}Mi"}
    if draw.random() < 0.1:
        amounts["gpus"] = 1
    if draw.random() < 0.1 and amounts["cpu"] != "0m":
        amounts["requests"] = {"cpu": "10m"}
    return amounts


def _amounts(draw: random.Random, pool: Placement) -> dict[str, Any]:
    """Amounts of which one or two are at the edge, and the others far from it."""
    node = pool.allocatable.named()
    edges = draw.sample(list(_BESIDE), draw.randint(1, 2))
    asked = {axis: _near(draw, node[axis], _BESIDE[axis]) if axis in edges else node[axis] // 4 for axis in _BESIDE}
    return _written(asked, pool, draw)


def _crowded(draw: random.Random, pool: Placement) -> dict[str, Any]:
    """Amounts of which a node takes some, each a whole share of it or a little less."""
    parts = draw.randint(1, 6)
    return _written({axis: pool.allocatable.named()[axis] // parts for axis in _BESIDE}, pool, draw)


def _written(asked: dict[str, int], pool: Placement, draw: random.Random) -> dict[str, Any]:
    devices = {EFA_RESOURCE: asked["efa"]} if asked["efa"] else {}
    for name, there in (pool.more_resources or {}).items():
        if draw.random() < 0.15:
            step = 2**21 if name.startswith("hugepages") else 1
            devices[name] = there + step * draw.choice([-1, 0, 0, 1])
    return {
        "cpu": f"{asked['cpu_millis']}m",
        "memory": str(asked["memory_bytes"]),
        "gpus": asked["gpus"],
        "ephemeral_storage": str(asked["ephemeral_bytes"]),
        "accelerators": {name: amount for name, amount in devices.items() if amount},
    }


_BESIDE = {"cpu_millis": 2500, "memory_bytes": 4 * 2**30, "gpus": 1, "efa": 1, "ephemeral_bytes": 2**30}
"""What sidecars and the operator's own containers may take of each resource."""


def _near(draw: random.Random, edge: int, beside: int) -> int:
    """An amount at the edge, one beyond it, or one that leaves room for what may run beside."""
    return max(0, draw.choice([edge, edge + 1, edge - draw.randint(0, beside), edge - beside]))
