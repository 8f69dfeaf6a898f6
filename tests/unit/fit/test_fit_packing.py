"""Pods on as few nodes as can be."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rayform.fit.bound import fewest_nodes
from rayform.fit.demand import Demand
from rayform.fit.packing import TooLargeError, pack
from rayform.fit.resources import GIB, Resources
from rayform.infra.pools import GpuNodePoolSpec, NodePoolSpec, placement

NODE = Resources(cpu_millis=48_000, memory_bytes=180 * GIB, gpus=4, pods=100)
GPU_TYPES = ("g5.12xlarge", "g5.48xlarge", "g6.48xlarge", "g6e.24xlarge", "p4d.24xlarge", "p5.48xlarge")
CPU_TYPES = ("m6i.8xlarge", "r6i.16xlarge", "c7g.16xlarge")


def demand(count: int, gpus: int = 0, cpus: int = 1, gib: int = 1) -> Demand:
    return Demand(Resources(cpu_millis=cpus * 1000, memory_bytes=gib * GIB, gpus=gpus, pods=1), count)


def nodes() -> list[Resources]:
    gpu = [placement("p", GpuNodePoolSpec(instance_types=[name], max_nodes=1)).allocatable for name in GPU_TYPES]
    return gpu + [placement("p", NodePoolSpec(instance_types=[name], max_nodes=1)).allocatable for name in CPU_TYPES]


def mixed(draw: random.Random, node: Resources) -> Iterator[Demand]:
    """Groups of pods that ask for some GPUs and at most their share of the rest, as Ray groups do."""
    for _ in range(draw.randint(1, 8)):
        gpus = min(node.gpus, draw.choice([0, 0, 1, 1, 2, 4, 8]))
        share = gpus / node.gpus if gpus else draw.choice([1 / 32, 1 / 16, 1 / 8, 1 / 4])
        cpus = max(1, int(node.cpu_millis * share * draw.uniform(0.3, 1)) // 1000)
        yield demand(
            draw.randint(1, 100), gpus, cpus, max(1, int(node.memory_bytes * share * draw.uniform(0.3, 1)) // GIB)
        )


def test_pods_that_fill_a_node_take_one_each() -> None:
    packing = pack([demand(7, gpus=4)], NODE)

    assert packing.nodes == 7
    assert [(pattern.pods, pattern.nodes) for pattern in packing.patterns] == [((1,), 7)]


def test_small_pods_go_beside_large_ones() -> None:
    assert pack([demand(4, gpus=3, cpus=30), demand(4, gpus=1, cpus=10)], NODE).nodes == 4


def test_a_node_takes_no_more_pods_than_it_may() -> None:
    assert pack([demand(201, cpus=0, gib=0)], NODE).nodes == 3


def test_nothing_takes_no_node() -> None:
    assert pack([], NODE).nodes == 0
    assert pack([demand(0, gpus=99)], NODE).nodes == 0
    assert fewest_nodes([demand(0)], NODE) == 0


def test_a_pod_larger_than_a_node_is_refused() -> None:
    with pytest.raises(TooLargeError, match="does not fit a node of") as refused:
        pack([demand(1, gpus=8)], NODE)

    assert (refused.value.demand.pod.gpus, refused.value.node.gpus) == (8, 4)


@pytest.mark.parametrize(
    ("demands", "least"),
    [
        ([demand(10, cpus=1, gib=170)], 10),
        ([demand(10, gpus=3)], 10),
        ([demand(9, cpus=20)], 5),
        ([demand(3, gpus=3), demand(3, gpus=2)], 5),
        ([demand(1)], 1),
    ],
)
def test_the_bound_knows_that_pods_are_whole(demands: list[Demand], least: int) -> None:
    assert fewest_nodes(demands, NODE) == least
    assert pack(demands, NODE).nodes == least


def test_a_thousand_mixed_cases_take_hardly_more_nodes_than_the_bound() -> None:
    draw, kinds = random.Random(20), nodes()  # noqa: S311 (cases that come again, no secrets)
    ratios: list[float] = []
    for _ in range(1000):
        node = draw.choice(kinds)
        demands = list(mixed(draw, node))
        ratios.append(pack(demands, node).nodes / fewest_nodes(demands, node))

    assert min(ratios) >= 1
    assert sum(ratios) / len(ratios) <= 1.02


DEMANDS = st.lists(
    st.builds(demand, st.integers(0, 40), st.integers(0, 4), st.integers(1, 48), st.integers(1, 180)), max_size=6
)


@given(DEMANDS)
def test_every_pod_is_on_one_node_and_no_node_is_too_full(demands: list[Demand]) -> None:
    packing = pack(demands, NODE)

    for pattern in packing.patterns:
        held = sum((one.pod * number for one, number in zip(demands, pattern.pods, strict=True)), Resources())
        assert NODE.covers(held)
    placed = [sum(pattern.pods[kind] * pattern.nodes for pattern in packing.patterns) for kind in range(len(demands))]
    assert placed == [one.count for one in demands]
    assert packing.nodes >= fewest_nodes(demands, NODE)


def test_the_work_depends_on_the_kinds_and_not_on_the_pods() -> None:
    few, many = (pack([demand(count, gpus=1, cpus=7), demand(count, cpus=5)], NODE) for count in (1000, 1_000_000))

    assert len(many.patterns) <= len(few.patterns) + 2
