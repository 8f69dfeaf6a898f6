"""Pools in zones that do not offer their types, and pools that want what their reservation has not."""

from typing import Any

import pulumi
import pytest
from ground import Ground, made
from pool_specs import auto_pool, gpu_pool, pool, said
from rayform.infra import AutoModePool, GpuNodePool, NodePool, RefusedError
from rayform.infra.instances import instance_type
from rayform.infra.network_spec import NetworkSpec, network_refusals
from rayform.infra.offerings import offering_refusals, would_do
from rayform.infra.pools import PoolSpec
from rayform.infra.pools.reservation_checks import beyond

OFFERINGS = "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings"
ZONES = ("us-east-1a", "us-east-1b", "us-east-1c")


def judged(spec: PoolSpec, **offered: str) -> list[str]:
    """What is said of a pool in three zones, with types offered in zones by their letters."""
    known = {name.replace("_", "."): [f"us-east-1{letter}" for letter in zones] for name, zones in offered.items()}
    return [str(refusal) for refusal in offering_refusals(spec, ZONES, known)]


def test_a_type_that_some_zones_lack_is_refused_with_those_that_have_it() -> None:
    assert judged(gpu_pool("p5.48xlarge"), p5_48xlarge="b") == [
        (
            "instance_types[0]: p5.48xlarge asked in us-east-1a, us-east-1c, it is offered in us-east-1b of the "
            "network's zones; set zones to us-east-1b"
        )
    ]


def test_a_like_type_that_is_offered_there_is_named() -> None:
    spec = gpu_pool("g5.12xlarge", zones=["us-east-1a"])
    assert judged(spec, g5_12xlarge="b", g5_24xlarge="ab") == [
        (
            "instance_types[0]: g5.12xlarge asked in us-east-1a, it is offered in us-east-1b of the network's zones; "
            "set zones to us-east-1b, or choose g5.24xlarge, offered there"
        )
    ]


@pytest.mark.parametrize(
    ("offered", "said"),
    [
        (
            "f",
            (
                "none of the network's zones, but in us-east-1f; "
                "add one of us-east-1f to the network, or choose another type"
            ),
        ),
        ("", "none of the network's zones; choose another type"),
    ],
)
def test_a_type_that_no_zone_of_the_network_has_is_refused(offered: str, said: str) -> None:
    asked = "instance_types[0]: p5.48xlarge asked in us-east-1a, us-east-1b, us-east-1c, it is offered in "
    assert judged(gpu_pool("p5.48xlarge"), p5_48xlarge=offered) == [asked + said]


def test_zones_that_have_all_types_of_a_pool_are_the_ones_to_take() -> None:
    (refused,) = judged(pool("m7i.large m6i.large"), m7i_large="ab", m6i_large="abc")
    assert refused.endswith(
        "m7i.large asked in us-east-1c, it is offered in us-east-1a, us-east-1b of the network's zones; "
        "set zones to us-east-1a, us-east-1b, or choose m6i.large, offered there"
    )


def test_auto_mode_needs_one_zone_that_has_the_type() -> None:
    assert judged(auto_pool("p5.48xlarge"), p5_48xlarge="b") == []
    assert len(judged(auto_pool("p5.48xlarge", zones=["us-east-1a"]), p5_48xlarge="b")) == 1


def test_what_nobody_told_is_not_judged() -> None:
    assert judged(gpu_pool("p5.48xlarge"), g5_12xlarge="a") == []


def test_a_type_can_stand_for_another_of_the_same_gpus_or_size() -> None:
    assert would_do(instance_type("g5.12xlarge")) == ("g5.24xlarge",)
    assert {"m6i.large", "m7a.large"} <= set(would_do(instance_type("m7i.large")))
    assert not {"m7g.large", "r7i.large", "m7i.xlarge"} & set(would_do(instance_type("m7i.large")))


@pytest.mark.parametrize("kind", [GpuNodePool, AutoModePool])
def test_a_pool_in_zones_told_to_lack_its_type_is_refused_when_it_is_made(kind: Any) -> None:
    spec = gpu_pool("p5.48xlarge") if kind is GpuNodePool else auto_pool("p5.48xlarge")

    def program() -> None:
        kind("h100", spec, cluster=Ground("auto", offerings={"p5.48xlarge": ["us-east-1f"]}))

    with pytest.raises(RefusedError) as refused:
        made(program)
    assert str(refused.value) == (
        f"{kind.__name__} h100: instance_types[0]: p5.48xlarge asked in us-east-1a, us-east-1b, it is offered in none "
        "of the network's zones, but in us-east-1f; add one of us-east-1f to the network, or choose another type"
    )


def answered(**offered: str) -> dict[str, Any]:
    rows = [(name.replace("_", "."), f"us-east-1{letter}") for name, zones in offered.items() for letter in zones]
    types, zones = [kind for kind, _ in rows], [zone for _, zone in rows]
    return {OFFERINGS: {"instanceTypes": types, "locations": zones, "id": "o", "region": "us-east-1"}}


def test_aws_is_asked_once_for_a_pool_where_it_is_to_be() -> None:
    done = made(lambda: NodePool("cpu", pool(), cluster=Ground(offerings="ask")), lookups=answered(m6i_large="ab"))

    (asked,) = done.lookups
    (only,) = asked.arguments["filters"]
    assert (only["name"], "m6i.large" in only["values"], "g5.xlarge" in only["values"]) == (
        "instance-type",
        True,
        False,
    )
    group = done.one("aws:eks/nodeGroup:NodeGroup").inputs
    assert group["subnetIds"] == ["prod-nodes-0-id", "prod-nodes-1-id"]


def test_what_aws_answers_ends_the_program_with_the_reason() -> None:
    lookups = answered(g5_12xlarge="b", g5_24xlarge="ab")

    with pytest.raises(pulumi.RunError) as refused:
        made(lambda: GpuNodePool("a10g", gpu_pool(), cluster=Ground(offerings="ask")), lookups=lookups)
    assert str(refused.value) == (
        "GpuNodePool a10g: instance_types[0]: g5.12xlarge asked in us-east-1a, it is offered in us-east-1b of "
        "the network's zones; set zones to us-east-1b, or choose g5.24xlarge, offered there"
    )


def test_offerings_of_zones_that_aws_chooses_are_refused() -> None:
    (refused,) = network_refusals(NetworkSpec(zones=2, offerings="ask"))
    assert str(refused) == (
        "offerings: asked, the network leaves the choice of zones to AWS; "
        "name the zones, or give the types in for_types"
    )


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        (
            {"zone": "us-east-1b"},
            ["zones: us-east-1a asked, the reservation is in us-east-1b; name us-east-1b"],
        ),
        (
            {"instance_type": "p5.4xlarge"},
            ["instance_types: p5.48xlarge asked, the reservation is of p5.4xlarge; name that type"],
        ),
        (
            {"count": 2},
            [
                "min_nodes: 4 asked, the reservation holds 2; lower it to 2",
                "max_nodes: 8 asked, the reservation holds 2; lower it to 2",
            ],
        ),
        ({"zone": "us-east-1a", "instance_type": "p5.48xlarge", "count": 8}, []),
    ],
)
def test_a_pool_is_held_against_what_its_reservation_holds(told: dict[str, Any], refused: list[str]) -> None:
    bought = {"capacity": "capacity_block", "reservation_id": "cr-1", "zones": ["us-east-1a"], "min_nodes": 4}
    assert said(gpu_pool("p5.48xlarge", **bought, reservation=told)) == refused


def test_a_reservation_told_of_a_pool_that_draws_on_none_is_refused() -> None:
    assert said(gpu_pool(reservation={"count": 8})) == [
        "reservation: one told, the pool draws on none; give its reservation_id, or take it out"
    ]


def test_a_reservation_beyond_the_network_is_refused() -> None:
    spec = auto_pool(capacity="reserved", reservation_id="cr-1", reservation={"zone": "us-east-1f"})
    assert [str(refusal) for refusal in beyond(spec, ZONES)] == [
        (
            "reservation.zone: us-east-1f told, the network is in us-east-1a, us-east-1b, us-east-1c; "
            "add it to the network's zones"
        )
    ]
