"""Networks and clusters as they went wrong for others, and why each cannot be."""

from typing import Final

from incident import Incident

__all__ = ["GROUND"]

GROUND: Final = (
    Incident(
        "a network too small for its nodes and pods",
        {"ground__network__pod_cidr": None, "ground__network__cidr": "10.20.0.0/23"},
        [
            (
                "ground.network.cidr: 10.20.0.0/23 asked, pools prod-system, heads, a10g, a10g-spot take 1752 "
                'addresses in us-east-1a at their most, 10.20.0.0/26 has 43; set pod_cidr="100.64.0.0/19", or '
                "lower max_nodes of the pools"
            )
        ],
    ),
    Incident(
        "a block of pods too small",
        {"ground__network__pod_cidr": "100.64.0.0/22"},
        [
            (
                "ground.network.pod_cidr: 100.64.0.0/22 asked, pools prod-system, heads, a10g, a10g-spot take "
                "1752 addresses in us-east-1a at their most, 100.64.0.0/24 has 251; set "
                'pod_cidr="100.64.0.0/19", or lower max_nodes of the pools'
            )
        ],
    ),
    Incident(
        "zones of two regions",
        {"ground__network__zones": ["us-east-1a", "us-west-2a"]},
        [
            ("ground.network.zones[1]: us-west-2a asked, us-east-1a is of another region; name zones of one region"),
            (
                "ground.network.zones[1]: us-west-2a asked, the AWS provider's region is us-east-1; name its "
                "zones, or set aws:region"
            ),
        ],
    ),
    Incident(
        "zones of another region",
        {"ground__network__zones": ["us-west-2a", "us-west-2b"]},
        [
            (
                "ground.network.zones[0]: us-west-2a asked, the AWS provider's region is us-east-1; name its "
                "zones, or set aws:region"
            ),
            (
                "ground.network.zones[1]: us-west-2b asked, the AWS provider's region is us-east-1; name its "
                "zones, or set aws:region"
            ),
        ],
    ),
    Incident(
        "a control plane open to the internet",
        {"ground__cluster__public_access_cidrs": ["0.0.0.0/0"]},
        [
            (
                "ground.cluster.public_access_cidrs[0]: 0.0.0.0/0 asked, it is most of the internet; name the "
                "networks of your people"
            )
        ],
    ),
    Incident(
        "and in two halves",
        {"ground__cluster__public_access_cidrs": ["0.0.0.0/1", "128.0.0.0/1"]},
        [
            (
                "ground.cluster.public_access_cidrs[0]: 0.0.0.0/1 asked, it is most of the internet; name the "
                "networks of your people"
            ),
            (
                "ground.cluster.public_access_cidrs[1]: 128.0.0.0/1 asked, it is most of the internet; name the "
                "networks of your people"
            ),
        ],
    ),
    Incident(
        "a version that EKS has no more",
        {"ground__cluster__version": "1.29"},
        [("ground.cluster.version: 1.29 asked, known are 1.32, 1.33, 1.34, 1.35; choose one of these")],
    ),
    Incident(
        "a version that costs six times as much",
        {"ground__cluster__version": "1.32"},
        [
            (
                "ground.cluster.version: 1.32 asked, it has only extended support, at six times the price; "
                "choose 1.35, or set extended_support=True"
            )
        ],
    ),
    Incident(
        "subnets in one zone",
        {"ground__network__zones": ["us-east-1a"]},
        [
            (
                "ground.network.zones: 1 asked, EKS puts a control plane in 2 at least; add one; pools may keep "
                "to one of them"
            )
        ],
    ),
    Incident(
        "pods within the network's block",
        {"ground__network__pod_cidr": "10.20.0.0/17"},
        [
            (
                "ground.network.pod_cidr: 10.20.0.0/17 asked, it overlaps 10.20.0.0/16; choose a block beside "
                "it, of 100.64.0.0/10"
            )
        ],
    ),
    Incident(
        "pods of a range that AWS does not mix",
        {"ground__network__pod_cidr": "192.168.0.0/16"},
        [
            (
                "ground.network.pod_cidr: 192.168.0.0/16 asked, beside 10.20.0.0/16 a VPC takes none of "
                "192.168.0.0/16; choose a block of 100.64.0.0/10"
            )
        ],
    ),
    Incident(
        "services within the network's block",
        {"ground__cluster__service_cidr": "10.20.0.0/20"},
        [
            (
                "ground.cluster.service_cidr: 10.20.0.0/20 asked, it overlaps the network's 10.20.0.0/16; choose"
                " one that does not"
            )
        ],
    ),
    Incident(
        "Auto Mode's pools without Auto Mode",
        {"ground__auto_pools": {"auto": {"instance_types": ["g6.xlarge"], "max_nodes": 1}}},
        [("ground.cluster.auto_mode: auto_pools asked, nobody would launch their nodes; set auto_mode: true")],
    ),
    Incident(
        "a session in the place of a role",
        {"ground__cluster__admins": ["arn:aws:sts::123456789012:assumed-role/ci/run"]},
        [
            (
                "ground.cluster.admins[0]: arn:aws:sts::123456789012:assumed-role/ci/run asked, it is of a "
                "session, and access is a role's; write arn:aws:iam::<account>:role/<name>"
            )
        ],
    ),
    Incident(
        "no way out and no endpoints",
        {"ground__network__nat": "none", "ground__network__endpoints": ["ec2", "ecr.api", "ecr.dkr", "eks", "sts"]},
        [
            (
                "ground.network.nat: none asked, without NAT nodes need the endpoints ec2, ecr.api, ecr.dkr, "
                "eks, eks-auth, sts; add eks-auth to endpoints"
            )
        ],
    ),
    Incident(
        "tags that AWS keeps",
        {"ground__cluster__tags": {"aws:team": "ml"}},
        [("ground.cluster.tags[aws:team]: asked, keys that begin with aws: are AWS's own; rename it")],
    ),
    Incident(
        "system nodes too small",
        {"ground__cluster__system_pool": {"instance_types": ["t3.nano"], "min_nodes": 2, "max_nodes": 2}},
        [
            (
                "ground.cluster.system_pool.instance_types: t3.nano asked, it has no room for the pods of "
                "coredns, metrics-server, ebs-csi-controller; choose a larger type"
            )
        ],
    ),
    Incident(
        "a quota that the fewest nodes pass",
        {"ground__quotas": {"on_demand_standard": 8}},
        [
            (
                "ground.quotas.on_demand_standard: 8 vCPUs told, pools of on-demand A, C, D, H, I, M, R, T and Z"
                " take 20 at the fewest: prod-system, heads; ask AWS to raise L-1216C47A, or lower min_nodes"
            )
        ],
    ),
    Incident(
        "a bucket by its address",
        {"ground__identities__training__grants": [{"kind": "read_bucket", "bucket": "s3://data"}]},
        [
            (
                "ground.identities[training].grants[0].bucket: 's3://data' asked, it is no name of a bucket; "
                "write the bucket's name alone, without s3:// or a path"
            )
        ],
    ),
)
