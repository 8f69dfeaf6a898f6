"""Whether what runs fits the pools."""

from dataclasses import replace
from typing import Any

import pytest
from rayform.fit.group import Group
from rayform.fit.placement import Placement
from rayform.fit.report import Fit, fit
from rayform.fit.resources import GIB, MIB, Resources

NODE = Resources(cpu_millis=47_520, memory_bytes=174 * GIB + 180 * MIB, gpus=4, ephemeral_bytes=3000 * GIB, pods=243)
A10G = Placement(name="a10g", node_type="g5.12xlarge", allocatable=NODE, max_nodes=8, price_per_hour=5.672)
CPU = Placement(name="cpu", node_type="m6i.large", allocatable=replace(NODE, gpus=0), max_nodes=8)


def group(gpus: int = 0, cpus: float = 1, gib: float = 1, **changed: Any) -> Group:
    pod = Resources(cpu_millis=int(cpus * 1000), memory_bytes=int(gib * GIB), gpus=gpus, pods=1)
    said = {"path": "workers[gpu]", "pool": "a10g", "pod": pod, "most": 4, "fewest_field": "min_replicas"}
    return Group(**{**said, **changed})


def met(*groups: Group, pools: tuple[Placement, ...] = (A10G,)) -> Fit:
    return fit(groups, pools)


def refused(*groups: Group, pools: tuple[Placement, ...] = (A10G,)) -> list[str]:
    return [str(refusal) for refusal in met(*groups, pools=pools).refusals]


def warned(*groups: Group, pools: tuple[Placement, ...] = (A10G,)) -> list[str]:
    return [str(warning) for warning in met(*groups, pools=pools).warnings]


def test_what_fits_is_told_in_nodes_gpus_and_money() -> None:
    found = met(group(2, 8, 64, fewest=1), group(0, 4, 16, path="head", fewest=1, most=1))

    assert (found.refusals, found.warnings) == ((), ())
    (one,) = found.pools
    assert (one.min_nodes, one.max_nodes) == (1, 2)
    assert (one.gpus_used, one.gpus_stranded) == (8, 0)
    assert (one.min_price_per_hour, one.max_price_per_hour) == (5.672, 11.344)


def test_more_gpus_than_a_node_has_are_refused() -> None:
    assert refused(group(8)) == [
        "workers[gpu].gpus: 8 GPUs asked, a g5.12xlarge gives 4; lower it or choose a larger pool"
    ]


def test_more_than_a_node_leaves_is_refused_though_it_is_sold_with_it() -> None:
    assert refused(group(4, 48, 190)) == [
        "workers[gpu].cpu: 48 CPUs asked, a g5.12xlarge gives 47.52; lower it or choose a larger pool",
        "workers[gpu].memory: 190Gi asked, a g5.12xlarge gives 174.17Gi; lower it or choose a larger pool",
    ]


def test_what_the_remedy_says_does_fit() -> None:
    assert refused(group(4, 47.52, 174.17)) == []
    beside = Resources(cpu_millis=333, memory_bytes=100 * MIB)
    assert refused(group(4, 48, 175, beside=beside)) == [
        (
            "workers[gpu].cpu: 47.67 CPUs asked and 0.34 CPUs beside it, a g5.12xlarge gives 47.52; "
            "lower it to 47.18 or choose a larger pool"
        ),
        (
            "workers[gpu].memory: 174.91Gi asked and 100Mi beside it, a g5.12xlarge gives 174.17Gi; "
            "lower it to 174.07Gi or choose a larger pool"
        ),
    ]


def test_a_pool_at_hand_that_takes_the_pod_is_named() -> None:
    h100 = replace(A10G, name="h100", allocatable=replace(NODE, gpus=8))

    assert refused(group(8), pools=(A10G, CPU, h100)) == [
        "workers[gpu].gpus: 8 GPUs asked, a g5.12xlarge gives 4; lower it or choose pool h100"
    ]


def test_what_a_pool_has_nothing_of_cannot_be_lowered() -> None:
    assert refused(group(1, pool="cpu"), pools=(CPU,)) == [
        "workers[gpu].gpus: 1 GPU asked, a m6i.large gives 0; choose a larger pool"
    ]
    assert refused(group(pod=Resources(efa=1, pods=1))) == [
        (
            "workers[gpu].accelerators[vpc.amazonaws.com/efa]: 1 EFA interface asked, nodes of pool a10g have none; "
            "set efa=True on it, or take it out"
        )
    ]


def test_a_pool_that_is_not_there_is_refused() -> None:
    remedy = "pass it in pools, or choose one of these"

    assert refused(group(pool="h100")) == [f"workers[gpu].pool: pool h100 asked, given are a10g; {remedy}"]
    assert refused(group(), pools=()) == [f"workers[gpu].pool: pool a10g asked, none is given; {remedy}"]


def test_pods_that_share_gpus_in_turns_get_one_each() -> None:
    assert refused(group(2), pools=(replace(A10G, shared_in_turns=True),)) == [
        (
            "workers[gpu].gpus: 2 GPUs asked, pods of pool a10g share GPUs in turns, one each; "
            "ask for 1 or choose a pool whose GPUs are whole"
        )
    ]


def test_more_pods_than_the_pool_grows_to_are_refused_with_what_it_holds() -> None:
    assert refused(group(4, fewest=9, most=9)) == [
        (
            "workers[gpu].min_replicas: 9 asked, that takes 9 nodes, pool a10g grows to 8; "
            "lower it to 8 or set max_nodes=9 on pool a10g"
        )
    ]


def test_pods_that_are_one_each_are_refused_together_by_their_pool() -> None:
    heads = [group(4, path=f"{name}.head", fewest=1, most=1, fewest_field=None) for name in "abc"]

    assert refused(*heads, pools=(replace(A10G, max_nodes=2),)) == [
        (
            "a.head.pool: a10g asked, with the pool's other groups that takes 3 nodes, pool a10g grows to 2; "
            "set max_nodes=3 on pool a10g"
        )
    ]


def test_where_not_one_replica_fits_only_the_pool_can_be_raised() -> None:
    assert refused(group(4, fewest=4, per_replica=4), pools=(replace(A10G, max_nodes=3),)) == [
        ("workers[gpu].min_replicas: 1 asked, that takes 4 nodes, pool a10g grows to 3; set max_nodes=4 on pool a10g")
    ]


def test_more_pods_at_most_than_the_pool_ever_holds_are_warned_about() -> None:
    assert refused(group(4, most=18)) == []
    assert warned(group(4, most=18), group(0, path="head", fewest=1, most=1)) == [
        (
            "workers[gpu].max_replicas: 18 asked, with the pool's other groups that takes 18 nodes, "
            "pool a10g grows to 8; lower it to 8 or set max_nodes=18 on pool a10g"
        )
    ]


def test_a_pool_never_costs_more_than_its_most_nodes() -> None:
    assert met(group(4, most=18)).pools[0].max_nodes == 8


def test_pods_of_a_replica_are_all_counted() -> None:
    assert met(group(4, most=6, per_replica=3)).pools[0].max_nodes == 6


@pytest.mark.parametrize(
    ("asking", "warning"),
    [
        (
            group(3),
            (
                "workers[gpu].gpus: 3 GPUs asked, beside the pods of a g5.12xlarge it leaves 1 of 4 GPUs idle, "
                "4 in all at most replicas; ask for 1, 2 or 4, or add a group that takes the rest"
            ),
        ),
        (
            group(1, 20, most=8),
            (
                "workers[gpu].cpu: 20 CPUs asked, beside the pods of a g5.12xlarge it leaves 2 of 4 GPUs idle, "
                "8 in all at most replicas; ask for 11.88 or less, so that 4 fit a node"
            ),
        ),
        (
            group(2, 1, 100, most=8),
            (
                "workers[gpu].memory: 100Gi asked, beside the pods of a g5.12xlarge it leaves 2 of 4 GPUs idle, "
                "16 in all at most replicas; ask for 87.08Gi or less, so that 2 fit a node"
            ),
        ),
    ],
)
def test_gpus_that_nobody_can_have_are_warned_about(asking: Group, warning: str) -> None:
    assert refused(asking) == []
    assert warned(asking) == [warning]


def test_gpus_that_another_group_takes_are_not_stranded() -> None:
    found = met(group(3), group(1, path="workers[small]"))

    assert (found.warnings, found.pools[0].gpus_stranded) == ((), 0)


def test_a_node_that_is_not_full_yet_strands_nothing() -> None:
    assert met(group(1, most=1)).pools[0].gpus_stranded == 0


def test_a_head_on_nodes_that_may_go_is_warned_about() -> None:
    spot = replace(A10G, fleeting="AWS takes spot nodes of pool a10g away with two minutes' notice")

    assert warned(group(4, path="head", precious=True), pools=(spot,)) == [
        (
            "head.pool: a10g asked, AWS takes spot nodes of pool a10g away with two minutes' notice, "
            "and what it runs is lost with it; choose a pool whose nodes stay"
        )
    ]


def test_gpus_that_no_group_asks_for_are_warned_about() -> None:
    assert warned(group(path="head")) == [
        (
            "head.pool: a10g asked, none of its groups asks for any of the 4 GPUs of a g5.12xlarge; "
            "choose a pool without GPUs"
        )
    ]


def test_a_group_without_bound_is_warned_about() -> None:
    assert warned(group(4, most=None)) == [
        "workers[gpu].max_replicas: no bound asked, pool a10g grows to 8 nodes; set what the pool can hold"
    ]


def test_a_pool_whose_most_is_not_known_is_not_judged_by_it() -> None:
    endless = replace(A10G, max_nodes=None)

    assert (refused(group(4, fewest=99), pools=(endless,)), warned(group(4, most=None), pools=(endless,))) == ([], [])


def test_a_pool_keeps_its_least_nodes_though_nothing_runs() -> None:
    kept = met(pools=(replace(A10G, min_nodes=2),)).pools[0]

    assert (kept.min_nodes, kept.max_nodes) == (2, 2)


def test_an_unknown_price_is_told_as_none() -> None:
    (dear,) = met(pools=(CPU,)).pools

    assert (dear.min_price_per_hour, dear.max_price_per_hour) == (None, None)


def test_groups_of_several_objects_are_told_apart() -> None:
    assert refused(group(8).of("RayCluster train"))[0].startswith("RayCluster train: workers[gpu].gpus: 8 GPUs asked")


def test_efa_of_pods_that_are_never_on_two_nodes_is_told() -> None:
    efa = replace(A10G, allocatable=replace(NODE, efa=4))
    pod = Resources(cpu_millis=8000, memory_bytes=64 * GIB, gpus=4, efa=4, pods=1)

    assert warned(group(pod=pod, most=1), pools=(efa,)) == [
        (
            "workers[gpu].accelerators[vpc.amazonaws.com/efa]: 4 EFA interfaces asked, all pods of pool a10g fit one "
            "node, and EFA carries what goes between nodes; take it out, or let the group have more replicas"
        )
    ]
    assert warned(group(pod=pod, most=2), pools=(efa,)) == []
    assert warned(group(pod=pod, most=1), pools=(replace(efa, max_nodes=1),)) == []
