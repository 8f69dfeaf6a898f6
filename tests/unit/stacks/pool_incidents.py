"""Pools as they went wrong for others, and why each cannot be."""

from typing import Final

from incident import Incident

__all__ = ["POOLS"]

POOLS: Final = (
    Incident(
        "EFA across zones",
        {
            "ground__gpu_pools__h100": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 2,
                "efa": True,
                "zones": ["us-east-1a", "us-east-1b"],
            }
        },
        [
            (
                "ground.gpu_pools[h100].zones: 2 zones asked, EFA traffic stays within a zone; name one zone, "
                "such as the reservation's or the one with most capacity"
            )
        ],
    ),
    Incident(
        "EFA on a type without it",
        {
            "ground__gpu_pools__a10g": {
                "instance_types": ["g5.xlarge"],
                "max_nodes": 4,
                "efa": True,
                "zones": ["us-east-1a"],
            }
        },
        [
            (
                "ground.gpu_pools[a10g].efa: True asked, g5.xlarge has no EFA interface; set it False, or choose"
                " a type that has"
            )
        ],
    ),
    Incident(
        "types of two architectures",
        {"ground__node_pools__heads__instance_types": ["m7i.2xlarge", "m7g.2xlarge"]},
        [
            (
                "ground.node_pools[heads].instance_types: m7g.2xlarge asked beside m7i.2xlarge, its processors "
                "are arm64, m7i.2xlarge are x86_64; make two pools of them"
            )
        ],
    ),
    Incident(
        "a pool in a zone that the network is not in",
        {"ground__gpu_pools__a10g": {"instance_types": ["g5.12xlarge"], "max_nodes": 4, "zones": ["us-east-1d"]}},
        [
            (
                "ground.gpu_pools[a10g].zones[0]: us-east-1d asked, the network is in us-east-1a, us-east-1b, "
                "us-east-1c; choose one of these"
            )
        ],
    ),
    Incident(
        "a capacity block bought as spot",
        {
            "ground__gpu_pools__h100": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 2,
                "capacity": "spot",
                "reservation_id": "cr-1",
                "zones": ["us-east-1a"],
            }
        },
        [
            (
                "ground.gpu_pools[h100].reservation_id: one asked, capacity spot draws on none; remove it, or "
                'set capacity="reserved"'
            )
        ],
    ),
    Incident(
        "a capacity block in all zones",
        {
            "ground__gpu_pools__h100": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 2,
                "capacity": "capacity_block",
                "reservation_id": "cr-1",
                "zones": [],
            }
        },
        [
            (
                "ground.gpu_pools[h100].zones: all zones asked, capacity capacity_block is reserved in one zone;"
                " name one zone, such as the reservation's or the one with most capacity"
            )
        ],
    ),
    Incident(
        "a reservation beside a placement group",
        {
            "ground__gpu_pools__h100": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 2,
                "capacity": "reserved",
                "reservation_id": "cr-1",
                "zones": ["us-east-1a"],
                "placement_group": True,
            }
        },
        [
            (
                "ground.gpu_pools[h100].placement_group: True asked, capacity reserved has a place of its own, "
                "and a group beside it finds no capacity; leave it out"
            )
        ],
    ),
    Incident(
        "a reservation by another id",
        {
            "ground__gpu_pools__h100": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 2,
                "capacity": "reserved",
                "reservation_id": "h100-team",
                "zones": ["us-east-1a"],
            }
        },
        [
            (
                "ground.gpu_pools[h100].reservation_id: h100-team asked, it is no id of a capacity reservation; "
                "give the id of yours, cr-…"
            )
        ],
    ),
    Incident(
        "a MIG profile of another model",
        {
            "ground__gpu_pools__h100": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 2,
                "ami": "bottlerocket",
                "mig_profile": "1g.5gb",
            }
        },
        [
            (
                "ground.gpu_pools[h100].mig_profile: 1g.5gb asked, the H100 of p5.48xlarge is cut into 1g.10gb, "
                "1g.20gb, 2g.20gb, 3g.40gb, 7g.80gb; choose one of these"
            )
        ],
    ),
    Incident(
        "a MIG profile on an image that cuts none",
        {"ground__gpu_pools__h100": {"instance_types": ["p5.48xlarge"], "max_nodes": 2, "mig_profile": "1g.10gb"}},
        [
            (
                "ground.gpu_pools[h100].mig_profile: 1g.10gb asked, al2023 nodes do not cut GPUs up when they "
                'start; set ami="bottlerocket"'
            )
        ],
    ),
    Incident(
        "two pools of one name",
        {"ground__node_pools__a10g": {"instance_types": ["m7i.large"], "max_nodes": 1}},
        [("ground.gpu_pools[a10g]: a10g asked twice, node_pools has one of that name; rename one")],
    ),
    Incident(
        "two models of GPU in one pool",
        {"ground__gpu_pools__a10g": {"instance_types": ["g5.12xlarge", "g6.12xlarge"], "max_nodes": 4}},
        [
            (
                "ground.gpu_pools[a10g].instance_types: g6.12xlarge asked beside g5.12xlarge, its GPUs are L4 of"
                " 22888 MiB, g5.12xlarge has A10G of 22888 MiB; make two pools of them"
            )
        ],
    ),
    Incident(
        "NVMe of a type without",
        {"ground__node_pools__heads__nvme": True},
        [
            (
                "ground.node_pools[heads].nvme: True asked, m7i.2xlarge has no local NVMe disk; leave it out, or"
                " choose a type with disks of its own"
            ),
            (
                "ground.node_pools[heads].nvme: True asked, m6i.2xlarge has no local NVMe disk; leave it out, or"
                " choose a type with disks of its own"
            ),
        ],
    ),
    Incident(
        "a name too long",
        {
            "ground__gpu_pools__aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
            }
        },
        [
            (
                "ground.gpu_pools[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa].name: "
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' asked, EKS and labels take at most 63 characters, "
                "23 of them for what the pool adds; use at most 40 lower case letters, digits and dashes, a "
                "letter first"
            )
        ],
    ),
    Incident(
        "fewest above most",
        {"ground__node_pools__heads__min_nodes": 5},
        [("ground.node_pools[heads].min_nodes: 5 asked, max_nodes is 3; lower it, or raise max_nodes")],
    ),
    Incident(
        "a type that there is not",
        {"ground__gpu_pools__h100": {"instance_types": ["p5.24xlarge"], "max_nodes": 2}},
        [
            (
                "ground.gpu_pools[h100].instance_types[0]: p5.24xlarge asked, no such type is known, near it are"
                " p5.4xlarge, r5.24xlarge, p5.48xlarge; choose one of the catalogue, or refresh that"
            )
        ],
    ),
    Incident(
        "Trainium in a pool of GPUs",
        {"ground__gpu_pools__h100": {"instance_types": ["trn1.32xlarge"], "max_nodes": 2}},
        [
            (
                "ground.gpu_pools[h100].instance_types: trn1.32xlarge asked, its accelerator is Trainium, pools "
                "handle NVIDIA GPUs; choose a type with GPUs, or without accelerator"
            )
        ],
    ),
    Incident(
        "GPUs in a pool without",
        {"ground__node_pools__heads__instance_types": ["g5.xlarge"]},
        [
            (
                "ground.node_pools[heads].instance_types: g5.xlarge asked, it has 1 A10G; make it a GpuNodePool,"
                " or choose a type without GPUs"
            )
        ],
    ),
    Incident(
        "no image with the driver",
        {"ground__gpu_pools__g7": {"instance_types": ["g7.12xlarge"], "max_nodes": 1, "ami": "bottlerocket"}},
        [
            (
                "ground.gpu_pools[g7].ami: bottlerocket asked for g7.12xlarge, the bottlerocket image for x86_64"
                ' has no driver for g7; set ami="al2023"'
            )
        ],
    ),
    Incident(
        "nodes newer than the control plane",
        {
            "ground__gpu_pools__a10g": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "ami_release": "1.35.1-20261105",
            }
        },
        [
            (
                "ground.gpu_pools[a10g].ami_release: 1.35.1-20261105 asked, a control plane of 1.34 takes "
                "kubelets of 1.31 to 1.34; choose a release of 1.34, or leave it out"
            )
        ],
    ),
)
