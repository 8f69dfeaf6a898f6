"""Pools, described: types, images, ways of buying and disks that cannot be."""

import pytest
from pool_specs import auto_pool, gpu_pool, pool, said
from rayform.infra import Taint
from rayform.infra.pools import PoolSpec


@pytest.mark.parametrize(
    "spec",
    [
        gpu_pool(),
        gpu_pool("g5.12xlarge g5.24xlarge"),
        gpu_pool("g5g.xlarge"),
        gpu_pool("g6f.large"),
        gpu_pool("p5.48xlarge", efa=True, zones=["us-east-1a"]),
        gpu_pool("p5.48xlarge", efa=True, zones=["us-east-1a"], capacity="capacity_block", reservation_id="cr-1"),
        gpu_pool("p4d.24xlarge", ami="bottlerocket", mig_profile="1g.5gb"),
        gpu_pool(time_slices=4),
        pool("m7g.large m6g.large", ami="bottlerocket", capacity="spot"),
        pool(labels={"example.com/team": "ml"}, taints=[Taint(key="team", value="ml")]),
        auto_pool(),
        auto_pool("m6i.large", capacity="reserved", reservation_id="cr-1"),
    ],
)
def test_what_can_be_is_not_refused(spec: PoolSpec) -> None:
    assert said(spec) == []


@pytest.mark.parametrize(
    ("spec", "refused"),
    [
        (gpu_pool(""), ["instance_types: none asked, a pool needs at least one; name a type"]),
        (
            gpu_pool("g5.12xlarge g5.12xlarge"),
            ["instance_types[1]: g5.12xlarge asked twice, once is enough; remove it"],
        ),
        (
            gpu_pool("g5.13xlarge"),
            [
                (
                    "instance_types[0]: g5.13xlarge asked, no such type is known, near it are "
                    "g5.16xlarge, g5.12xlarge, "
                    "g5.xlarge; choose one of the catalogue, or refresh that"
                )
            ],
        ),
        (
            gpu_pool("g5.12xlarge g6.12xlarge"),
            [
                (
                    "instance_types: g6.12xlarge asked beside g5.12xlarge, its GPUs are L4 of 22888 "
                    "MiB, g5.12xlarge has "
                    "A10G of 22888 MiB; make two pools of them"
                )
            ],
        ),
        (
            gpu_pool("g5.12xlarge g5.xlarge"),
            [
                (
                    "instance_types: g5.xlarge asked beside g5.12xlarge, it has 1 GPUs, g5.12xlarge has 4; "
                    "make two pools of them"
                )
            ],
        ),
        (
            pool("m6i.large m7g.large"),
            [
                (
                    "instance_types: m7g.large asked beside m6i.large, its processors are arm64, "
                    "m6i.large are x86_64; "
                    "make two pools of them"
                )
            ],
        ),
        (
            gpu_pool("m6i.large"),
            ["instance_types: m6i.large asked, it has no GPU; choose a type with GPUs, or make it a NodePool"],
        ),
        (
            pool("g5.12xlarge"),
            [
                (
                    "instance_types: g5.12xlarge asked, it has 4 A10G; make it a GpuNodePool, or choose a "
                    "type without GPUs"
                )
            ],
        ),
        (
            pool("trn1.2xlarge"),
            [
                (
                    "instance_types: trn1.2xlarge asked, its accelerator is Trainium, pools handle NVIDIA GPUs; "
                    "choose a type with GPUs, or without accelerator"
                )
            ],
        ),
    ],
)
def test_types_that_are_no_pool_are_refused(spec: PoolSpec, refused: list[str]) -> None:
    assert said(spec) == refused


@pytest.mark.parametrize(
    ("spec", "refused"),
    [
        (
            gpu_pool("g7.12xlarge", ami="bottlerocket"),
            [
                (
                    "ami: bottlerocket asked for g7.12xlarge, the bottlerocket image for x86_64 has "
                    "no driver for g7; "
                    'set ami="al2023"'
                )
            ],
        ),
        (
            auto_pool("g6f.large"),
            [
                (
                    "instance_types: g6f.large asked, EKS Auto Mode launches no fractional GPUs; "
                    "choose a size with a whole GPU, or make it a GpuNodePool"
                )
            ],
        ),
        (
            auto_pool("m6i.metal"),
            ["instance_types: m6i.metal asked, EKS Auto Mode launches no bare metal; choose a virtual size"],
        ),
        (
            auto_pool("g7.12xlarge"),
            [
                (
                    "instance_types: g7.12xlarge asked, AWS lists no g7 for EKS Auto Mode; "
                    "choose g7e.12xlarge, or make it a GpuNodePool"
                )
            ],
        ),
        (
            auto_pool("m3.2xlarge"),
            [
                (
                    "instance_types: m3.2xlarge asked, AWS lists no m3 for EKS Auto Mode; "
                    "choose m5a.2xlarge, or make it a NodePool"
                )
            ],
        ),
        (
            auto_pool("u-6tb1.112xlarge"),
            [("instance_types: u-6tb1.112xlarge asked, AWS lists no u-6tb1 for EKS Auto Mode; make it a NodePool")],
        ),
        (
            auto_pool("t3.micro m7a.medium"),
            [
                (
                    "instance_types: t3.micro asked, EKS Auto Mode launches nothing of one vCPU, and no nano, "
                    "micro or small; choose t3a.medium, or make it a NodePool"
                ),
                (
                    "instance_types: m7a.medium asked, EKS Auto Mode launches nothing of one vCPU, and no nano, "
                    "micro or small; choose c6a.large, or make it a NodePool"
                ),
            ],
        ),
    ],
)
def test_types_without_an_image_are_refused(spec: PoolSpec, refused: list[str]) -> None:
    assert said(spec) == refused


@pytest.mark.parametrize(
    ("spec", "refused"),
    [
        (pool(min_nodes=9), ["min_nodes: 9 asked, max_nodes is 8; lower it, or raise max_nodes"]),
        (
            pool(capacity="reserved", zones=["us-east-1a"]),
            [
                "reservation_id: none asked, capacity reserved draws on a reservation; give the id of yours, cr-…",
            ],
        ),
        (
            pool(capacity="reserved", reservation_id="mine", zones=["us-east-1a"]),
            ["reservation_id: mine asked, it is no id of a capacity reservation; give the id of yours, cr-…"],
        ),
        (
            pool(reservation_id="cr-1"),
            [
                ('reservation_id: one asked, capacity on_demand draws on none; remove it, or set capacity="reserved"'),
            ],
        ),
        (
            pool("m6i.large m6i.xlarge", capacity="reserved", reservation_id="cr-1", zones=["us-east-1a"]),
            [
                (
                    "instance_types: 2 types asked with capacity reserved, a reservation is of one type; "
                    "name only the reserved type"
                )
            ],
        ),
        (
            pool(capacity="capacity_block", reservation_id="cr-1", zones=["us-east-1a"]),
            [
                (
                    "capacity: capacity_block asked, m6i.large is not sold so; "
                    'choose another type, or set capacity="on_demand"'
                )
            ],
        ),
        (
            auto_pool("p5.48xlarge", capacity="capacity_block", reservation_id="cr-1"),
            [
                (
                    "capacity: capacity_block asked, the pool is one of EKS Auto Mode; "
                    'set capacity="reserved", or make it a GpuNodePool'
                )
            ],
        ),
    ],
)
def test_capacity_that_cannot_be_bought_is_refused(spec: PoolSpec, refused: list[str]) -> None:
    assert said(spec) == refused


@pytest.mark.parametrize(
    ("spec", "refused"),
    [
        (
            pool(nvme=True),
            [
                (
                    "nvme: True asked, m6i.large has no local NVMe disk; "
                    "leave it out, or choose a type with disks of its own"
                )
            ],
        ),
        (
            pool(root_gib=20, root_iops=16_000),
            ["root_iops: 16000 asked, gp3 gives 500 for each GiB, 10000 to 20 GiB; lower it, or raise root_gib"],
        ),
        (
            pool(root_mibps=1000),
            [
                (
                    "root_mibps: 1000 asked, gp3 gives 1 for 4 operations a second, 750 to 3000; "
                    "lower it, or raise root_iops"
                )
            ],
        ),
    ],
)
def test_disks_that_do_not_exist_are_refused(spec: PoolSpec, refused: list[str]) -> None:
    assert said(spec) == refused
