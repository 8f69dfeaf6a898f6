"""Pods as they met their pools for others, and why each cannot work."""

from typing import Any, Final

from incident import Incident

__all__ = ["PODS"]

SAFE: Final[dict[str, Any]] = {
    "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
}

PODS: Final = (
    Incident(
        "what cannot fit and what Ray refuses, both at once",
        {"clusters__train__workers__0__gpus": 8, "clusters__train__workers__0__shared_memory": "100Gi"},
        [
            (
                "RayCluster train: workers[steady].gpus: 8 GPUs asked, a g5.12xlarge gives 4; lower it or choose"
                " a larger pool"
            ),
            (
                "RayCluster train: workers[steady].volumes[shared-mem]: 100Gi asked with 80Gi of memory, what "
                "lies in /dev/shm is memory of the container, which is killed beyond its limit; lower "
                "shared_memory or raise memory"
            ),
        ],
    ),
    Incident(
        "a head larger than its nodes",
        {"clusters__train__head__cpu": 16},
        [
            (
                "RayCluster train: head.cpu: 16 CPUs asked and 0.5 CPUs beside it, a m7i.2xlarge gives 7.72; "
                "lower it to 7.22 or choose a larger pool"
            )
        ],
    ),
    Incident(
        "EFA more than a node has",
        {
            "ground__gpu_pools__h100": {
                "instance_types": ["p5.48xlarge"],
                "max_nodes": 2,
                "efa": True,
                "zones": ["us-east-1a"],
            },
            "clusters__train__workers__0__pool": "h100",
            "clusters__train__workers__0__gpus": 8,
            "clusters__train__workers__0__max_replicas": 2,
            "clusters__train__workers__0__accelerators": {"vpc.amazonaws.com/efa": 64},
        },
        [
            (
                "RayCluster train: workers[steady].accelerators[vpc.amazonaws.com/efa]: 64 EFA interfaces asked,"
                " a p5.48xlarge gives 32; lower it or choose a larger pool"
            )
        ],
    ),
    Incident(
        "a part of a GPU of a pool that cuts none",
        {"clusters__train__workers__0__accelerators": {"nvidia.com/mig-1g.10gb": 1}},
        [
            (
                "RayCluster train: workers[steady].accelerators[nvidia.com/mig-1g.10gb]: 1 asked, a g5.12xlarge "
                "of pool a10g gives none; take it out, or choose a pool whose nodes have it"
            )
        ],
    ),
    Incident(
        "a label that no node has",
        {"clusters__train__workers__0__node_selector": {"rayform/pool": "heads"}},
        [
            (
                "RayCluster train: workers[steady].node_selector[rayform/pool]: heads asked, nodes of pool a10g "
                "have a10g; take it out, or choose a pool whose nodes have it"
            )
        ],
    ),
    Incident(
        "two groups of one name",
        {"clusters__train__workers__1__name": "steady"},
        [
            (
                "RayCluster train: workers[steady].name: a second group called steady, groups are known by their"
                " names, so the operator would make and delete pods for ever; give each group its own name"
            )
        ],
    ),
    Incident(
        "a worker of 8 GPUs on a node of 4",
        {"clusters__train__workers__0__gpus": 8},
        [
            (
                "RayCluster train: workers[steady].gpus: 8 GPUs asked, a g5.12xlarge gives 4; lower it or choose"
                " a larger pool"
            )
        ],
    ),
    Incident(
        "an image for ARM on x86",
        {"clusters__train__workers__0__image": "rayproject/ray:2.60.0-py312-gpu-aarch64"},
        [
            (
                "RayCluster train: workers[steady].image: rayproject/ray:2.60.0-py312-gpu-aarch64 asked for "
                "workers[steady], it is built for arm64, a g5.12xlarge is x86_64; choose an image for x86_64 or "
                "a pool of arm64"
            )
        ],
    ),
    Incident(
        "an image for x86 on ARM",
        {
            "ground__gpu_pools__a10g": {"instance_types": ["g5g.16xlarge"], "max_nodes": 4},
            "clusters__train__workers__0__gpus": 1,
            "clusters__train__workers__0__image": "rayproject/ray:2.60.0-py312-gpu",
        },
        [
            (
                "RayCluster train: workers[steady].image: rayproject/ray:2.60.0-py312-gpu asked for "
                "workers[steady], it is built for x86_64, a g5g.16xlarge is arm64; choose an image for arm64 or "
                "a pool of x86_64"
            )
        ],
    ),
    Incident(
        "memory that is sold but not left to pods",
        {"clusters__train__workers__0__memory": "190Gi"},
        [
            (
                "RayCluster train: workers[steady].memory: 190Gi asked, a g5.12xlarge gives 174.17Gi; lower it "
                "or choose a larger pool"
            )
        ],
    ),
    Incident(
        "all the CPUs of a node",
        {"clusters__train__workers__0__cpu": 48},
        [
            (
                "RayCluster train: workers[steady].cpu: 48 CPUs asked, a g5.12xlarge gives 47.52; lower it or "
                "choose a larger pool"
            )
        ],
    ),
    Incident(
        "a sidecar that tips a pod over",
        {
            "clusters__train__workers__0__cpu": 40,
            "clusters__train__workers__0__pod": {
                "spec": {"containers": [{"name": "log", "resources": {"requests": {"cpu": "20"}}, **SAFE}]}
            },
        },
        [
            (
                "RayCluster train: workers[steady].cpu: 40 CPUs asked and 20 CPUs beside it, a g5.12xlarge gives"
                " 47.52; lower it to 27.52 or choose a larger pool"
            )
        ],
    ),
    Incident(
        "a shared memory larger than the memory",
        {"clusters__train__workers__0__shared_memory": "100Gi"},
        [
            (
                "RayCluster train: workers[steady].volumes[shared-mem]: 100Gi asked with 80Gi of memory, what "
                "lies in /dev/shm is memory of the container, which is killed beyond its limit; lower "
                "shared_memory or raise memory"
            )
        ],
    ),
    Incident(
        "whole GPUs of a pool that shares them in turns",
        {"ground__gpu_pools__a10g": {"instance_types": ["g5.12xlarge"], "max_nodes": 4, "time_slices": 4}},
        [
            (
                "RayCluster train: workers[steady].gpus: 2 GPUs asked, pods of pool a10g share GPUs in turns, "
                "one each; ask for 1 or choose a pool whose GPUs are whole"
            )
        ],
    ),
    Incident(
        "more spilled than a node has",
        {"clusters__train__workers__0__ephemeral_storage": "5Ti"},
        [
            (
                "RayCluster train: workers[steady].ephemeral_storage: 5120Gi asked, a g5.12xlarge gives "
                "3184.12Gi; lower it or choose a larger pool"
            )
        ],
    ),
    Incident(
        "a pool that nobody declared",
        {"clusters__train__workers__0__pool": "h100"},
        [
            (
                "RayCluster train: workers[steady].pool: pool h100 asked, given are a10g, a10g-spot, heads, "
                "prod-system; pass it in pools, or choose one of these"
            )
        ],
    ),
    Incident(
        "EFA asked of a pool without",
        {"clusters__train__workers__0__accelerators": {"vpc.amazonaws.com/efa": 4}},
        [
            (
                "RayCluster train: workers[steady].accelerators[vpc.amazonaws.com/efa]: 4 EFA interfaces asked, "
                "nodes of pool a10g have none; set efa=True on it, or take it out"
            )
        ],
    ),
    Incident(
        "more of a group at least than its pool",
        {"clusters__train__workers__0__min_replicas": 10, "clusters__train__workers__0__max_replicas": 20},
        [
            (
                "RayCluster train: workers[steady].min_replicas: 10 asked, that takes 5 nodes, pool a10g grows "
                "to 4; lower it to 8 or set max_nodes=5 on pool a10g"
            )
        ],
    ),
)
