"""Whether what runs fits the pools."""

from typing import Any

import pytest
from pool_specs import gpu_pool, pool
from rayform.infra.fit import Fit, Group, fit
from rayform.infra.pools import Placement, placement
from rayform.infra.resources import GIB, Resources

A10G = placement("a10g", gpu_pool())


def group(gpus: int = 0, cpus: float = 1, gib: float = 1, **changed: Any) -> Group:
    pod = Resources(cpu_millis=int(cpus * 1000), memory_bytes=int(gib * GIB), gpus=gpus, pods=1)
    return Group(**{"path": "workers[gpu]", "pool": "a10g", "pod": pod, "max_replicas": 4, **changed})


def met(*groups: Group, pools: tuple[Placement, ...] = (A10G,)) -> Fit:
    return fit(groups, pools)


def refused(*groups: Group, pools: tuple[Placement, ...] = (A10G,)) -> list[str]:
    return [str(refusal) for refusal in met(*groups, pools=pools).refusals]


def warned(*groups: Group, pools: tuple[Placement, ...] = (A10G,)) -> list[str]:
    return [str(warning) for warning in met(*groups, pools=pools).warnings]


def test_what_fits_is_told_in_nodes_gpus_and_money() -> None:
    found = met(group(2, 8, 64, min_replicas=1), group(0, 4, 16, path="head", min_replicas=1, max_replicas=1))

    assert (found.refusals, found.warnings) == ((), ())
    (one,) = found.pools
    assert (one.min_nodes, one.max_nodes) == (1, 2)
    assert (one.gpus_used, one.gpus_stranded) == (8, 0)
    assert (one.min_price_per_hour, one.max_price_per_hour) == (5.672, 11.344)


def test_more_gpus_than_a_node_has_are_refused() -> None:
    assert refused(group(8)) == [
        (
            "workers[gpu].gpus: 8 GPUs asked, a g5.12xlarge gives 4 GPUs; "
            "lower it to 4 GPUs or less, or choose a pool of g5.48xlarge"
        )
    ]


def test_more_than_a_node_leaves_is_refused_though_it_is_sold_with_it() -> None:
    assert refused(group(4, 48, 190)) == [
        (
            "workers[gpu].cpu: 48 CPUs asked, a g5.12xlarge gives 47.52 CPUs; "
            "lower it to 47.52 CPUs or less, or choose a pool of g5.24xlarge"
        ),
        (
            "workers[gpu].memory: 190 GiB asked, a g5.12xlarge gives 174.17 GiB; "
            "lower it to 174.17 GiB or less, or choose a pool of g5.24xlarge"
        ),
    ]


def test_what_the_remedy_says_does_fit() -> None:
    assert refused(group(4, 47.52, 174.17)) == []


def test_nothing_larger_is_named_where_nothing_is() -> None:
    assert refused(group(16)) == [
        (
            "workers[gpu].gpus: 16 GPUs asked, a g5.12xlarge gives 4 GPUs; lower it to 4 GPUs or less, "
            "no larger type is known"
        )
    ]


def test_gpus_of_a_pool_without_are_refused() -> None:
    system = placement("system", pool())

    assert refused(group(1, pool="system"), pools=(system,)) == [
        "workers[gpu].gpus: 1 GPU asked, a m6i.large gives 0 GPUs; leave it out, no larger type is known"
    ]


def test_interfaces_that_the_pool_does_not_have_are_refused() -> None:
    asks = group(pod=Resources(efa=1, pods=1))

    assert refused(asks) == [
        (
            "workers[gpu].efa: 1 EFA interfaces asked, a g5.12xlarge gives 0 EFA interfaces; "
            "leave it out, or choose a pool of g5.8xlarge"
        )
    ]


def test_a_pool_that_is_not_there_is_refused() -> None:
    assert refused(group(pool="h100")) == ["workers[gpu].pool: h100 asked, there are a10g; choose one of these"]
    assert refused(group(), pools=()) == ["workers[gpu].pool: a10g asked, there are none; choose one of these"]


def test_pods_that_share_gpus_in_turns_get_one_each() -> None:
    shared = placement("a10g", gpu_pool(time_slices=4))

    assert refused(group(2), pools=(shared,)) == [
        (
            "workers[gpu].gpus: 2 GPUs asked, pods of pool a10g share GPUs in turns, one each; "
            "ask for 1, or choose a pool whose GPUs are whole"
        )
    ]


def test_more_pods_than_the_pool_grows_to_are_refused_with_both_ways_out() -> None:
    assert refused(group(2, max_replicas=20)) == [
        (
            "workers[gpu].max_replicas: 20 asked, they need 10 nodes, pool a10g grows to 8; "
            "lower it to 16, or set max_nodes=10 on pool a10g"
        )
    ]


def test_groups_of_a_pool_are_counted_together() -> None:
    head = group(4, path="head", min_replicas=1, max_replicas=1)

    assert refused(group(4, max_replicas=8), head) == [
        (
            "workers[gpu].max_replicas: 8 asked, beside the pool's other groups they need 9 nodes, "
            "pool a10g grows to 8; lower it to 7, or set max_nodes=9 on pool a10g"
        )
    ]


def test_where_even_one_is_too_many_only_the_pool_can_grow() -> None:
    assert refused(group(4, max_replicas=2, pods_per_replica=9)) == [
        ("workers[gpu].max_replicas: 2 asked, they need 18 nodes, pool a10g grows to 8; set max_nodes=18 on pool a10g")
    ]


def test_pods_of_a_replica_are_all_counted() -> None:
    assert met(group(4, max_replicas=2, pods_per_replica=3)).pools[0].max_nodes == 6


@pytest.mark.parametrize(
    ("groups", "warning"),
    [
        (
            (group(3),),
            (
                "workers[gpu].gpus: 3 GPUs asked, beside the pods of a g5.12xlarge it leaves 1 of 4 GPUs idle, "
                "4 in all at most replicas; ask for 1, 2 or 4, or add a group that takes the rest"
            ),
        ),
        (
            (group(1, 20, max_replicas=8),),
            (
                "workers[gpu].cpu: 20 CPUs asked, beside the pods of a g5.12xlarge it leaves 2 of 4 GPUs idle, "
                "8 in all at most replicas; ask for 11.88 CPUs or less, so that 4 fit a node"
            ),
        ),
        (
            (group(2, 1, 100, max_replicas=8),),
            (
                "workers[gpu].memory: 100 GiB asked, beside the pods of a g5.12xlarge it leaves 2 of 4 GPUs idle, "
                "16 in all at most replicas; ask for 87.08 GiB or less, so that 2 fit a node"
            ),
        ),
    ],
)
def test_gpus_that_nobody_can_have_are_warned_about(groups: tuple[Group, ...], warning: str) -> None:
    assert refused(*groups) == []
    assert warned(*groups) == [warning]


def test_gpus_that_another_group_takes_are_not_stranded() -> None:
    found = met(group(3), group(1, path="workers[small]"))

    assert (found.warnings, found.pools[0].gpus_stranded) == ((), 0)


def test_a_node_that_is_not_full_yet_strands_nothing() -> None:
    assert met(group(1, max_replicas=1)).pools[0].gpus_stranded == 0


def test_a_head_on_nodes_that_may_go_is_warned_about() -> None:
    spot = placement("a10g", gpu_pool(capacity="spot"))

    assert warned(group(4, path="head", precious=True), pools=(spot,)) == [
        (
            "head.pool: a10g asked, AWS takes spot nodes of pool a10g away with two minutes' notice; "
            "choose a pool of another capacity"
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
    assert warned(group(max_replicas=None)) == [
        "workers[gpu].max_replicas: no bound asked, pool a10g grows to 8 nodes; set what the pool can hold"
    ]


def test_a_pool_keeps_its_least_nodes_though_nothing_runs() -> None:
    kept = met(pools=(placement("a10g", gpu_pool(min_nodes=2)),)).pools[0]

    assert (kept.min_nodes, kept.max_nodes) == (2, 2)


def test_an_unknown_price_is_told_as_none() -> None:
    unpriced = placement("old", pool("m1.small"))
    dear = met(pools=(unpriced,)).pools[0]

    assert (unpriced.price_per_hour is None) == (dear.max_price_per_hour is None)
