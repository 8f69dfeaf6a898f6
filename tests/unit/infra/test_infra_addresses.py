"""The address plan of a network."""

from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pool_specs import gpu_pool, pool
from rayform.infra.addresses import address_plan, node_addresses, overlaps, plan_refusals, pool_refusals

ZONES = ("us-east-1a", "us-east-1b", "us-east-1c")


def test_a_network_is_cut_into_equal_parts_for_each_zone() -> None:
    plan = address_plan("10.20.0.0/16", None, 3)

    assert [(str(zone.private), str(zone.public), zone.nodes) for zone in plan.zones] == [
        ("10.20.0.0/19", "10.20.56.0/21", None),
        ("10.20.64.0/19", "10.20.120.0/21", None),
        ("10.20.128.0/19", "10.20.184.0/21", None),
    ]


def test_nodes_and_pods_have_a_block_of_their_own_where_one_is_given() -> None:
    plan = address_plan("10.20.0.0/22", "100.64.0.0/16", 2)

    assert [str(zone.of_nodes) for zone in plan.zones] == ["100.64.0.0/17", "100.64.128.0/17"]
    assert plan.node_addresses == 2**15 - 5


@given(prefix=st.integers(16, 22), zones=st.integers(1, 6))
def test_subnets_never_overlap_and_never_leave_the_network(prefix: int, zones: int) -> None:
    plan = address_plan(f"10.0.0.0/{prefix}", None, zones)

    subnets = [subnet for zone in plan.zones for subnet in (zone.public, zone.private)]
    assert len(subnets) == 2 * zones
    assert all(subnet.subnet_of(IPv4Network(f"10.0.0.0/{prefix}")) for subnet in subnets)
    assert not any(one.overlaps(other) for one in subnets for other in subnets if one is not other)
    assert max(subnet.prefixlen for subnet in subnets) <= 28


def _beside(pods: str, block: str, none_of: str) -> list[str]:
    asked = f"pod_cidr: {pods} asked, beside {block} a VPC takes none of {none_of}"
    return [f"{asked}; choose a block of 100.64.0.0/10"]


@pytest.mark.parametrize(
    ("cidr", "pod_cidr", "zones", "refused"),
    [
        ("10.20.0.0/16", None, 3, []),
        ("10.20.0.0/16", "100.64.0.0/16", 6, []),
        (
            "10.20.0.1/16",
            None,
            3,
            [
                (
                    "cidr: 10.20.0.1/16 asked, it is no IPv4 network; "
                    "write the network's first address and its size, such as 10.20.0.0/16"
                )
            ],
        ),
        ("10.0.0.0/8", None, 3, ["cidr: 10.0.0.0/8 asked, a VPC takes blocks of /16 to /28; write one of /16"]),
        (
            "10.20.0.0/24",
            None,
            3,
            [
                (
                    "cidr: 10.20.0.0/24 asked, 3 zones need a block of /23 or larger, for subnets of /28; "
                    "write a larger one, or take fewer zones"
                )
            ],
        ),
        (
            "10.20.0.0/16",
            "10.20.128.0/17",
            3,
            [("pod_cidr: 10.20.128.0/17 asked, it overlaps 10.20.0.0/16; choose a block beside it, of 100.64.0.0/10")],
        ),
        ("10.20.0.0/16", "10.21.0.0/16", 3, []),
        ("10.20.0.0/16", "8.8.0.0/16", 3, []),
        ("100.64.0.0/16", "10.20.0.0/16", 3, _beside("10.20.0.0/16", "100.64.0.0/16", "10.0.0.0/8")),
        ("10.20.0.0/16", "192.168.0.0/16", 3, _beside("192.168.0.0/16", "10.20.0.0/16", "192.168.0.0/16")),
        ("172.16.0.0/16", "172.31.0.0/18", 3, _beside("172.31.0.0/18", "172.16.0.0/16", "172.31.0.0/16")),
        ("10.1.0.0/16", "10.0.0.0/18", 3, _beside("10.0.0.0/18", "10.1.0.0/16", "10.0.0.0/16")),
        (
            "10.20.0.0/16",
            "198.19.0.0/18",
            3,
            ["pod_cidr: 198.19.0.0/18 asked, AWS keeps that block for itself; choose a block of 100.64.0.0/10"],
        ),
    ],
)
def test_blocks_that_cannot_be_cut_up_are_refused(
    cidr: str, pod_cidr: str | None, zones: int, refused: list[str]
) -> None:
    assert [str(refusal) for refusal in plan_refusals(cidr, pod_cidr, zones)] == refused


def test_a_full_node_takes_prefixes_for_its_pods_and_one_ahead() -> None:
    # 250 pods are 16 prefixes of 16 addresses, one more is ready, and one interface holds them all.
    assert node_addresses(gpu_pool()) == 17 * 16 + 1
    assert node_addresses(gpu_pool("p5.48xlarge", efa=True, zones=["us-east-1a"])) == 17 * 16 + 1
    assert node_addresses(pool("m6i.large")) == 8 * 16 + 1


def test_a_plan_holds_pools_spread_over_its_zones() -> None:
    plan = address_plan("10.20.0.0/16", None, 3)

    assert list(pool_refusals(plan, ZONES, [("a10g", gpu_pool(max_nodes=87))])) == []


def test_pools_that_outgrow_the_network_are_refused_with_the_block_that_holds_them() -> None:
    plan = address_plan("10.20.0.0/20", None, 3)

    assert [str(refusal) for refusal in pool_refusals(plan, ZONES, [("a10g", gpu_pool(max_nodes=80))])] == [
        (
            "cidr: 10.20.0.0/20 asked, pools a10g take 7371 addresses in us-east-1a at their most, "
            '10.20.0.0/23 has 491; set pod_cidr="100.64.0.0/17", or lower max_nodes of the pools'
        )
    ]


def test_a_pool_of_one_zone_fills_that_zone() -> None:
    plan = address_plan("10.20.0.0/16", "100.64.0.0/18", 3)
    pools = [("a10g", gpu_pool(max_nodes=16, zones=["us-east-1b"])), ("system", pool(max_nodes=3))]

    assert [str(refusal) for refusal in pool_refusals(plan, ZONES, pools)] == [
        (
            "pod_cidr: 100.64.0.0/18 asked, pools a10g, system take 4497 addresses in us-east-1b at their most, "
            '100.64.16.0/20 has 4091; set pod_cidr="100.64.0.0/17", or lower max_nodes of the pools'
        )
    ]


def test_where_no_block_is_large_enough_only_the_pools_can_shrink() -> None:
    plan = address_plan("10.20.0.0/16", "100.64.0.0/16", 3)

    refusals = [str(refusal) for refusal in pool_refusals(plan, ZONES, [("a10g", gpu_pool(max_nodes=400))])]
    assert refusals[0].endswith("; lower max_nodes of the pools, no block of a VPC is that large")


def test_a_network_without_zones_holds_nothing_and_refuses_nothing() -> None:
    plan = address_plan("10.20.0.0/16", None, 1)

    assert list(pool_refusals(plan, (), [("a10g", gpu_pool())])) == []


def test_blocks_that_overlap_are_refused_by_path() -> None:
    blocks = [("a.cidr", "10.0.0.0/16"), ("b.cidr", "10.1.0.0/16"), ("c.cidr", "10.0.128.0/17")]

    assert [str(refusal) for refusal in overlaps(blocks)] == [
        "c.cidr: 10.0.128.0/17 asked, it overlaps a.cidr 10.0.0.0/16; choose one that does not"
    ]
