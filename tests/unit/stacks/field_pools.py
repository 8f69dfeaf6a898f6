"""Pools as they went wrong in the field.

After reports on EKS and eksctl, and documents such as "Choose an optimal Amazon EC2 node instance type" (EKS User
Guide; A1), "Placement strategies" (EC2 User Guide) and the version skew policy of Kubernetes.
"""

from typing import Final

from incident import Incident

__all__ = ["FIELD_POOLS"]

FIELD_POOLS: Final = (
    Incident(
        "a capacity block in another zone",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 4,
                "capacity": "capacity_block",
                "reservation_id": "cr-1",
                "zones": ["us-east-1a"],
                "reservation": {"zone": "us-east-1b"},
            }
        },
        [
            "ground.gpu_pools[x].zones: us-east-1a asked, the reservation is in us-east-1b; name us-east-1b",
        ],
    ),
    Incident(
        "a reservation of fewer than the pool begins with",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 4,
                "capacity": "reserved",
                "reservation_id": "cr-1",
                "zones": ["us-east-1a"],
                "min_nodes": 3,
                "reservation": {"count": 2},
            }
        },
        [
            "ground.gpu_pools[x].min_nodes: 3 asked, the reservation holds 2; lower it to 2",
            "ground.gpu_pools[x].max_nodes: 4 asked, the reservation holds 2; lower it to 2",
        ],
    ),
    Incident(
        "spot beside a reservation",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "capacity": "spot",
                "reservation_id": "cr-1",
            }
        },
        [
            (
                "ground.gpu_pools[x].reservation_id: one asked, capacity spot draws on none; remove it, or set "
                'capacity="reserved"'
            ),
        ],
    ),
    Incident(
        "burstable nodes in a placement group",
        {
            "ground__node_pools__x": {
                "instance_types": ["t3.large"],
                "max_nodes": 4,
                "placement_group": True,
                "zones": ["us-east-1a"],
            }
        },
        [
            (
                "ground.node_pools[x].placement_group: True asked, a placement group of strategy cluster takes no t3;"
                " leave it out, or choose another type"
            ),
        ],
    ),
    Incident(
        "a Local Zone",
        {"ground__node_pools__x": {"instance_types": ["m7i.large"], "max_nodes": 4, "zones": ["us-east-1-bos-1a"]}},
        [
            (
                "ground.node_pools[x].zones[0]: us-east-1-bos-1a asked, it is no name of a zone; write a region and a"
                " letter, as us-east-1a"
            ),
        ],
    ),
    Incident(
        "a release of another operating system",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "ami": "bottlerocket",
                "ami_release": "1.34.1-20261105",
            }
        },
        [
            (
                "ground.gpu_pools[x].ami_release: 1.34.1-20261105 asked, it is a release of al2023, the image is "
                "bottlerocket; write one as 1.49.0-713f44ce, or leave it out"
            ),
        ],
    ),
    Incident(
        "processors that the image does not run on",
        {"ground__node_pools__x": {"instance_types": ["a1.large"], "max_nodes": 4}},
        [
            (
                "ground.node_pools[x].ami: al2023 asked for a1.large, Amazon Linux 2023 runs on Graviton2 and later, "
                "and A1 has the first; choose a newer type, such as m6g.large"
            ),
        ],
    ),
    Incident(
        "a label with a space in it",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "labels": {"team": "machine learning"},
            }
        },
        [
            (
                "ground.gpu_pools[x].labels[team]: 'machine learning' asked, it is no label value; use at most 63 "
                "letters, digits, dashes, dots and underscores"
            ),
        ],
    ),
    Incident(
        "more types than a node group takes",
        {
            "ground__node_pools__x": {
                "instance_types": [
                    f"{family}.{size}xlarge"
                    for family in ("m5", "m6i", "m7i")
                    for size in ("", "2", "4", "8", "12", "16", "24")
                ],
                "max_nodes": 4,
            }
        },
        ["ground.node_pools[x].instance_types: 21 asked, EKS takes 20 of a node group; name fewer"],
    ),
    Incident(
        "a second taint of GPUs",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "taints": [{"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}],
            }
        },
        [
            (
                "ground.gpu_pools[x].taints[0]: nvidia.com/gpu=present asked, nodes with GPUs have "
                "nvidia.com/gpu=true of that effect; take it out"
            ),
        ],
    ),
    Incident(
        "a taint that Kubernetes takes off by itself",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "taints": [{"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"}],
            }
        },
        [
            (
                "ground.gpu_pools[x].taints[0]: node.kubernetes.io/not-ready asked, taints of node.kubernetes.io/ "
                "come and go with a node's own state; choose a domain of your own"
            ),
        ],
    ),
    Incident(
        "a family that EKS Auto Mode has not",
        {
            "ground__cluster__auto_mode": True,
            "ground__auto_pools": {"x": {"instance_types": ["g7.12xlarge"], "max_nodes": 4}},
        },
        [
            (
                "ground.auto_pools[x].instance_types: g7.12xlarge asked, AWS lists no g7 for EKS Auto Mode; choose "
                "g7e.12xlarge, or make it a GpuNodePool"
            ),
        ],
    ),
)
"""Settings of ``prod`` with other values, each refused in these words."""
