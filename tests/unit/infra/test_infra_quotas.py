"""What pools take of an account's quotas."""

from typing import Any

import pytest
from rayform.infra import AutoModePoolSpec, GpuNodePoolSpec, NetworkSpec, NodePoolSpec
from rayform.infra.pools import PoolSpec
from rayform.infra.quotas import QUOTAS, Quotas, quota_refusals, quota_warnings, vcpus_at_most

NETWORK = NetworkSpec(zones=3)


def gpu(name: str = "g5.12xlarge", **changed: Any) -> GpuNodePoolSpec:
    return GpuNodePoolSpec(instance_types=[name], **{"max_nodes": 4, **changed})


def taken(**pools: PoolSpec) -> dict[str, int]:
    return {quota.field: vcpus for quota, vcpus in vcpus_at_most(pools).items()}


@pytest.mark.parametrize(
    ("pool", "quota"),
    [
        (gpu(), {"on_demand_g": 4 * 48}),
        (gpu("gr6.4xlarge"), {"on_demand_g": 4 * 16}),
        (gpu(capacity="spot"), {"spot_g": 4 * 48}),
        (gpu("p5.48xlarge"), {"on_demand_p": 4 * 192}),
        (gpu("p4d.24xlarge", capacity="spot"), {"spot_p": 4 * 96}),
        (gpu("p5.48xlarge", capacity="spot"), {"spot_p5": 4 * 192}),
        (gpu("p5.48xlarge", capacity="reserved", reservation_id="cr-1"), {"on_demand_p": 4 * 192}),
        (gpu("p5.48xlarge", capacity="capacity_block", reservation_id="cr-1"), {}),
        (NodePoolSpec(instance_types=["m7i.large", "m7i.xlarge"], max_nodes=3), {"on_demand_standard": 3 * 4}),
        (NodePoolSpec(instance_types=["im4gn.large"], max_nodes=1), {"on_demand_standard": 2}),
        (NodePoolSpec(instance_types=["x2gd.large"], max_nodes=1), {}),
        (AutoModePoolSpec(instance_types=["g6.xlarge"], max_nodes=2), {"on_demand_g": 8}),
    ],
)
def test_vcpus_count_for_the_quota_of_their_family_and_way_of_buying(pool: PoolSpec, quota: dict[str, int]) -> None:
    assert taken(pool=pool) == quota


def test_pools_of_one_quota_are_summed() -> None:
    assert taken(one=gpu(), other=gpu("g6.12xlarge", max_nodes=1)) == {"on_demand_g": 5 * 48}


def test_each_quota_is_a_field_whose_words_name_its_code() -> None:
    assert {quota.field for quota in QUOTAS} == set(Quotas.model_fields) - {"elastic_ips"}
    assert len({quota.code for quota in QUOTAS}) == len(QUOTAS)


def test_what_the_fewest_nodes_pass_is_refused() -> None:
    pools = {"a10g": gpu(min_nodes=2), "l4": gpu("g6.12xlarge", min_nodes=1), "spot": gpu(capacity="spot")}

    assert [str(each) for each in quota_refusals(pools, NETWORK, Quotas(on_demand_g=96, spot_g=0))] == [
        (
            "on_demand_g: 96 vCPUs told, pools of on-demand G and VT take 144 at the fewest: a10g, l4; "
            "ask AWS to raise L-DB2E81BA, or lower min_nodes"
        )
    ]


def test_what_only_the_most_nodes_pass_is_warned_about() -> None:
    pools = {"a10g": gpu(min_nodes=1), "spot": gpu(capacity="spot")}
    quotas = Quotas(on_demand_g=47, spot_g=100)

    assert [str(each) for each in quota_warnings(pools, quotas)] == [
        (
            "spot_g: 100 vCPUs told, pools of spot G and VT take 192 at the most: spot; "
            "ask AWS to raise L-3819A6DF, or lower max_nodes"
        )
    ]


def test_what_is_kept_or_not_told_is_no_matter() -> None:
    pools = {"a10g": gpu(min_nodes=4)}

    for quotas in (Quotas(), Quotas(on_demand_g=192, elastic_ips=3)):
        assert [*quota_refusals(pools, NETWORK, quotas), *quota_warnings(pools, quotas)] == []


@pytest.mark.parametrize(
    ("nat", "there", "told"), [("per_zone", 2, [("3", "single")]), ("single", 0, [("1", "none")]), ("none", 0, [])]
)
def test_addresses_of_nat_gateways_are_counted(nat: Any, there: int, told: list[tuple[str, str]]) -> None:
    network = NETWORK.model_copy(update={"nat": nat})

    assert [str(each) for each in quota_refusals({}, network, Quotas(elastic_ips=there))] == [
        (
            f"elastic_ips: {there} told, nat: {nat} takes {number} in 3 zones; "
            f"ask AWS to raise L-0263D0A3, or set nat: {other}"
        )
        for number, other in told
    ]
