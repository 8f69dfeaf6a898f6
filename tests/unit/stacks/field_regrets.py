"""Stacks that worked in the field, and were regretted."""

from typing import Any, Final

from incident import Incident

__all__ = ["REGRETTED"]

WORKER: Final = "clusters__train__workers__0__"

SYSTEM: Final[dict[str, Any]] = {"instance_types": ["m7i.xlarge"], "min_nodes": 3, "max_nodes": 6}

REGRETTED: Final = (
    Incident(
        "a head on a capacity block",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 4,
                "capacity": "capacity_block",
                "reservation_id": "cr-1",
                "zones": ["us-east-1a"],
            },
            "clusters__train__head__pool": "x",
            "clusters__train__head__gpus": 1,
        },
        [
            (
                "RayCluster train: head.pool: x asked, AWS ends nodes of pool x half an hour before their capacity "
                "block does, and what it runs is lost with it; choose a pool whose nodes stay"
            ),
        ],
    ),
    Incident(
        "a head on Auto Mode",
        {
            "ground__cluster__auto_mode": True,
            "ground__auto_pools": {"x": {"instance_types": ["m7i.2xlarge"], "max_nodes": 4}},
            "clusters__train__head__pool": "x",
        },
        [
            (
                "RayCluster train: head.pool: x asked, EKS Auto Mode replaces nodes of pool x after 336 hours, and "
                "what it runs is lost with it; choose a pool whose nodes stay"
            ),
        ],
    ),
    Incident(
        "a worker without a GPU on a pool of GPUs",
        {"clusters__train__workers__0__gpus": 0},
        [
            (
                "RayCluster train: workers[steady].pool: a10g asked, none of its groups asks for any of the 4 GPUs of"
                " a g5.12xlarge; choose a pool without GPUs"
            ),
        ],
    ),
    Incident(
        "EFA of a single node",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 1,
                "efa": True,
                "zones": ["us-east-1a"],
            },
        },
        [
            (
                "ground.gpu_pools[x].efa: True asked, EFA carries what goes between nodes, max_nodes is 1; raise "
                "max_nodes, or leave efa out: any zone then has the node"
            ),
        ],
    ),
    Incident(
        "system nodes on spot",
        {"ground__cluster__system_pool": {**SYSTEM, "capacity": "spot"}},
        [
            (
                "ground.cluster.system_pool.capacity: spot asked, AWS takes spot nodes away with two minutes' notice,"
                ' and with them DNS and the operators; set capacity="on_demand"'
            ),
        ],
    ),
    Incident(
        "system nodes in one zone",
        {"ground__cluster__system_pool": {**SYSTEM, "zones": ["us-east-1a"]}},
        [
            (
                "ground.cluster.system_pool.zones: us-east-1a alone asked, DNS and the operators end with that zone, "
                "the network is in 3; name two, or leave it out"
            ),
        ],
    ),
    Incident(
        "addresses of the internet",
        {"ground__network__cidr": "8.8.0.0/16", "ground__network__pod_cidr": None},
        [
            (
                "ground.network.cidr: 8.8.0.0/16 asked, these are addresses of the internet, whoever has them there "
                "cannot be reached; choose a private block, of 10.0.0.0/8 or 100.64.0.0/10"
            ),
        ],
    ),
    Incident(
        "EFA that nobody asks for",
        {
            "ground__gpu_pools__x": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 8,
                "efa": True,
                "zones": ["us-east-1a"],
            },
            f"{WORKER}pool": "x",
            f"{WORKER}gpus": 8,
        },
        [
            (
                "RayCluster train: workers[steady].accelerators[vpc.amazonaws.com/efa]: none asked, a p5.48xlarge of "
                "pool x has 32, and without any NCCL goes over TCP; ask for them in accelerators, or set efa=False on "
                "the pool"
            ),
        ],
    ),
    Incident(
        "hosts of one replica in several zones",
        {
            "ground__gpu_pools__x": {"instance_types": ["p5.48xlarge"], "max_nodes": 8},
            f"{WORKER}pool": "x",
            f"{WORKER}gpus": 8,
            f"{WORKER}num_of_hosts": 4,
            f"{WORKER}max_replicas": 2,
        },
        [
            (
                "RayCluster train: workers[steady].num_of_hosts: 4 asked, they may be in any of us-east-1a, "
                "us-east-1b, us-east-1c, and what goes between zones is slow and costs; give pool x one zone, or "
                "select one with node_selector[topology.kubernetes.io/zone]"
            ),
        ],
    ),
    Incident(
        "GPU nodes that are up for nobody",
        {"ground__gpu_pools__x": {"instance_types": ["g5.12xlarge"], "max_nodes": 4, "min_nodes": 4}},
        [
            (
                "ground.gpu_pools[x].min_nodes: 4 asked, what the stack runs takes 0 at the most, 4 would be idle for "
                "$22.69 an hour; lower it to 0"
            ),
        ],
    ),
    Incident(
        "a job on a cluster whose name is misspelt",
        {"jobs__nightly__cluster_selector": {"ray.io/cluster": "trian"}},
        [
            (
                "RayJob nightly: cluster_selector[ray.io/cluster]: trian asked, the stack makes train, and the job "
                "waits until somebody makes it; choose one of these, or make it first"
            ),
        ],
    ),
)
"""Settings of ``prod`` with other values, each warned about in these words."""
