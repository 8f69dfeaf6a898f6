"""Stacks that are right, however unusual: nothing is said of them."""

from typing import Any, Final

from incident import Incident

__all__ = ["VALID"]

POOL, WORKER, HEAD = "ground__gpu_pools__x", "clusters__train__workers__0__", "clusters__train__head__"

H100: Final[dict[str, Any]] = {"instance_types": ["p5.48xlarge"], "max_nodes": 8, "zones": ["us-east-1a"]}

ON_H100: Final = {f"{WORKER}pool": "x", f"{WORKER}gpus": 8, f"{WORKER}cpu": 96}

EFA: Final = {"vpc.amazonaws.com/efa": 32}

VALID: Final = tuple(
    Incident(name, changes, [])
    for name, changes in {
        "H100 with EFA in one zone": {POOL: {**H100, "efa": True}, **ON_H100, f"{WORKER}accelerators": EFA},
        "a capacity block that is known": {
            POOL: {
                **H100,
                "capacity": "capacity_block",
                "reservation_id": "cr-1",
                "reservation": {"zone": "us-east-1a", "instance_type": "p5.48xlarge", "count": 8},
            },
            **ON_H100,
        },
        "hosts of one replica that select their zone": {
            POOL: {**H100, "zones": []},
            **ON_H100,
            f"{WORKER}num_of_hosts": 4,
            f"{WORKER}max_replicas": 2,
            f"{WORKER}node_selector": {"topology.kubernetes.io/zone": "us-east-1b"},
        },
        "GPUs in parts": {
            POOL: {
                "instance_types": ["p4d.24xlarge"],
                "max_nodes": 2,
                "ami": "bottlerocket",
                "mig_profile": "1g.5gb",
            },
            f"{WORKER}pool": "x",
            f"{WORKER}gpus": 1,
            f"{WORKER}cpu": 1,
            f"{WORKER}memory": "8Gi",
        },
        "ARM nodes with GPUs": {
            POOL: {"instance_types": ["g5g.8xlarge"], "max_nodes": 8},
            f"{WORKER}pool": "x",
            f"{WORKER}gpus": 1,
            f"{WORKER}memory": "48Gi",
        },
        "Auto Mode for workers": {
            "ground__cluster__auto_mode": True,
            "ground__auto_pools": {"x": {"instance_types": ["g6.12xlarge"], "max_nodes": 4}},
            f"{WORKER}pool": "x",
        },
        "a taint of one's own beside that of GPUs": {
            POOL: {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "taints": [
                    {"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"},
                    {"key": "example.com/team", "value": "ml", "effect": "NoSchedule"},
                ],
            },
            f"{WORKER}pool": "x",
        },
        "an administrator from IAM Identity Center": {
            "ground__cluster__admins": [
                "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef"
            ]
        },
        "an operator that looks into Ray's namespace alone": {"kuberay": {"watch_namespaces": ["ray"]}},
        "nodes that are kept up for what needs them": {
            "ground__gpu_pools__a10g": {"instance_types": ["g5.12xlarge"], "min_nodes": 2, "max_nodes": 4},
            f"{WORKER}min_replicas": 4,
        },
    }.items()
)
"""Settings of ``prod`` with other values that work, and cost no more than they must."""
