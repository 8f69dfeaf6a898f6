"""Pods as they met their pools in the field.

After reports such as aws/karpenter-provider-aws 1630, 3372 and 8064, ray-project/kuberay 2528 and awslabs/data-on-eks
434: labels, taints and resources that no node had.
"""

from typing import Final

from incident import Incident

__all__ = ["FIELD_PODS"]

FIELD_PODS: Final = (
    Incident(
        "a head with a GPU on a pool without",
        {"clusters__train__head__gpus": 1},
        [
            "RayCluster train: head.gpus: 1 GPU asked, a m7i.2xlarge gives 0; choose pool a10g",
        ],
    ),
    Incident(
        "a pod for Windows",
        {"clusters__train__workers__0__node_selector": {"kubernetes.io/os": "windows"}},
        [
            (
                "RayCluster train: workers[steady].node_selector[kubernetes.io/os]: windows asked, nodes of pool a10g"
                " have linux; take it out, or choose a pool whose nodes have it"
            ),
        ],
    ),
    Incident(
        "a zone that the network is not in, selected by a pod",
        {"clusters__train__workers__0__node_selector": {"topology.kubernetes.io/zone": "us-east-1f"}},
        [
            (
                "RayCluster train: workers[steady].node_selector[topology.kubernetes.io/zone]: us-east-1f asked, "
                "nodes of pool a10g have us-east-1a or us-east-1b or us-east-1c; take it out, or choose a pool whose "
                "nodes have it"
            ),
        ],
    ),
    Incident(
        "a type that the pool has not, selected by a pod",
        {"clusters__train__workers__0__node_selector": {"node.kubernetes.io/instance-type": "p4d.24xlarge"}},
        [
            (
                "RayCluster train: workers[steady].node_selector[node.kubernetes.io/instance-type]: p4d.24xlarge "
                "asked, nodes of pool a10g have g5.12xlarge; take it out, or choose a pool whose nodes have it"
            ),
        ],
    ),
    Incident(
        "pods that see their node, in a namespace that admits none",
        {
            "clusters__train__workers__0__pod": {
                "spec": {"hostNetwork": True, "volumes": [{"name": "models", "hostPath": {"path": "/models"}}]}
            },
        },
        [
            (
                "RayCluster train: workers[steady].host_network: hostNetwork asked, its namespace enforces "
                'Pod Security "restricted": it could leave its pod and take the node, its GPUs and its cred'
                "entials; remove it [host-namespaces]"
            ),
            (
                "RayCluster train: workers[steady].volumes[models].host_path: /models asked, its namespace "
                'enforces Pod Security "restricted": it could leave its pod and take the node, its GPUs and'
                " its credentials; use a volume of its own [host-paths]"
            ),
        ],
    ),
    Incident(
        "a root container that asks for a capability, as profilers do",
        {
            "clusters__train__head__pod": {
                "spec": {
                    "containers": [
                        {
                            "name": "ray-head",
                            "securityContext": {
                                "runAsUser": 0,
                                "runAsNonRoot": False,
                                "capabilities": {"add": ["SYS_PTRACE"]},
                            },
                        }
                    ]
                }
            },
        },
        [
            (
                "RayCluster train: head.security_context.run_as_user: user 0 asked for container ray-head, "
                'its namespace enforces Pod Security "restricted": it could leave its pod and take the node'
                ", its GPUs and its credentials; set runAsNonRoot: true and a runAsUser that is not 0; Ray'"
                "s images have 1000 [root-user]"
            ),
            (
                "RayCluster train: head.security_context.run_as_non_root: root not refused for container ra"
                'y-head, its namespace enforces Pod Security "restricted": it could leave its pod and take '
                "the node, its GPUs and its credentials; set runAsNonRoot: true and a runAsUser that is not"
                " 0; Ray's images have 1000 [root-user]"
            ),
            (
                "RayCluster train: head.security_context.capabilities: SYS_PTRACE added to container ray-he"
                'ad, its namespace enforces Pod Security "restricted": it could leave its pod and take the '
                "node, its GPUs and its credentials; drop ALL, and add NET_BIND_SERVICE at most [capabiliti"
                "es]"
            ),
        ],
    ),
    Incident(
        "nodes as Karpenter labels them, selected where node groups make them",
        {"clusters__train__workers__0__node_selector": {"karpenter.sh/capacity-type": "spot"}},
        [
            (
                "RayCluster train: workers[steady].node_selector[karpenter.sh/capacity-type]: spot asked, nodes of"
                " pool a10g have no such label; take it out, or choose a pool whose nodes have it"
            ),
        ],
    ),
    Incident(
        "tolerations taken away",
        {"clusters__train__workers__0__pod": {"spec": {"tolerations": []}}},
        [
            (
                "RayCluster train: workers[steady].tolerations: none asked for nvidia.com/gpu=true:NoSchedule, nodes "
                "of pool a10g keep off what does not tolerate it; add one for it"
            ),
        ],
    ),
    Incident(
        "disks of the nodes left out and their files asked for",
        {
            "ground__gpu_pools__a10g": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "nvme": False,
                "root_gib": 40,
            },
            "clusters__train__workers__0__ephemeral_storage": "100Gi",
        },
        [
            (
                "RayCluster train: workers[steady].ephemeral_storage: 100Gi asked, a g5.12xlarge gives 35Gi; lower it"
                " or choose pool a10g-spot"
            ),
        ],
    ),
    Incident(
        "huge pages that no node has",
        {"clusters__train__workers__0__accelerators": {"hugepages-2Mi": 1}},
        [
            (
                "RayCluster train: workers[steady].accelerators[hugepages-2Mi]: 1 asked, a g5.12xlarge of pool a10g "
                "gives none; take it out, or choose a pool whose nodes have it"
            ),
        ],
    ),
    Incident(
        "Neuron devices asked of GPUs",
        {"clusters__train__workers__0__accelerators": {"aws.amazon.com/neuron": 1}},
        [
            (
                "RayCluster train: workers[steady].accelerators[aws.amazon.com/neuron]: 1 asked, a g5.12xlarge of "
                "pool a10g gives none; take it out, or choose a pool whose nodes have it"
            ),
        ],
    ),
)
"""Settings of ``prod`` with other values, each refused in these words."""
