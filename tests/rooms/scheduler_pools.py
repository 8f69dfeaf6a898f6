"""Pools of every kind of instance, each with a node that shows all it may: taints, labels, shares, rarer resources."""

import random
from dataclasses import replace
from typing import Any

from rayform.fit.placement import Placement
from rayform.infra.instances import instance_type, names
from rayform.infra.pools import GpuNodePoolSpec, NodePoolSpec, placement, refusals
from rayform.infra.pools.spec import PoolSpec

__all__ = ["pools"]

_MORE = {"hugepages-2Mi": 64 * 2**21, "nvidia.com/mig-1g.5gb": 7, "example.com/fpga": 2}
"""What nodes may offer besides."""


def pools(seed: int, count: int) -> list[Placement]:
    """Pools of so many types of instance, with GPUs or without, EFA among them."""
    draw = random.Random(seed)  # noqa: S311 (cases that come again, no secrets)
    found: list[Placement] = []
    while len(found) < count:
        name = f"s{seed}-{len(found)}"
        spec = _pool(draw, draw.choice(_with_gpus() if len(found) % 2 else names()))
        if not refusals(name, spec):
            found.append(_node(draw, placement(name, spec)))
    return found


def _with_gpus() -> list[str]:
    return [name for name in names() if instance_type(name).gpu]


def _pool(draw: random.Random, name: str) -> PoolSpec:
    kind = instance_type(name)
    effects = draw.sample(["NoSchedule", "PreferNoSchedule", "NoExecute"], draw.randint(0, 2))
    said: dict[str, Any] = {
        "instance_types": [name],
        "max_nodes": 1,
        "labels": {"example.com/team": "ml", "example.com/number": str(draw.randint(2, 6))},
        "taints": [
            {"key": f"example.com/{effect.lower()}", "value": draw.choice([None, "ml"]), "effect": effect}
            for effect in effects
        ],
        "zones": ["us-east-1a"],
        "capacity": draw.choice(["on_demand", "spot"]),
    }
    if kind.gpu is None:
        return NodePoolSpec(root_gib=draw.randint(20, 400), **said)
    shares = draw.choice([{}, {}, {"time_slices": 4}, {"mig_profile": "1g.10gb", "ami": "bottlerocket"}])
    efa = bool(kind.efa_interfaces) and draw.random() < 0.5
    return GpuNodePoolSpec(nvme=None, efa=efa, **shares, **said)


def _node(draw: random.Random, pool: Placement) -> Placement:
    """The pool with rarer resources on its nodes, some of which take few pods."""
    pods = draw.choice([pool.allocatable.pods, pool.allocatable.pods, draw.randint(1, 4)])
    more = {name: amount for name, amount in _MORE.items() if draw.random() < 0.5}
    return replace(pool, allocatable=replace(pool.allocatable, pods=pods), more_resources=more)
