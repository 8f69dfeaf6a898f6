"""Networks and clusters as they went wrong in the field.

After reports such as kubernetes/kops 11727 and aws/aws-cdk 26253 (tags alike but for case), 23645 and 37396 of the
Terraform provider (Services beyond private blocks), and the documents that say why.
"""

from typing import Any, Final

from incident import Incident

__all__ = ["FIELD_GROUND"]

DEPLOYER: Final = "arn:aws:iam::123456789012:role/deployer"

SYSTEM: Final[dict[str, Any]] = {"instance_types": ["m7i.xlarge"], "min_nodes": 3, "max_nodes": 6}

FIELD_GROUND: Final = (
    Incident(
        "a type that one of the zones lacks",
        {"ground__network__offerings": {"g5.12xlarge": ["us-east-1b", "us-east-1c"]}},
        [
            (
                "ground.gpu_pools[a10g].instance_types[0]: g5.12xlarge asked in us-east-1a, it is offered in "
                "us-east-1b, us-east-1c of the network's zones; set zones to us-east-1b, us-east-1c"
            ),
            (
                "ground.gpu_pools[a10g-spot].instance_types[0]: g5.12xlarge asked in us-east-1a, it is offered in "
                "us-east-1b, us-east-1c of the network's zones; set zones to us-east-1b, us-east-1c"
            ),
        ],
    ),
    Incident(
        "a key of another region",
        {"ground__cluster__kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/abc"},
        [
            (
                "ground.cluster.kms_key_arn: arn:aws:kms:eu-west-1:123456789012:key/abc asked, the AWS provider's "
                "region is us-east-1, and a cluster takes keys of its own; give one of that region, or leave it out"
            ),
        ],
    ),
    Incident(
        "tags that are too many together",
        {
            "ground__cluster__tags": {f"a{index}": "" for index in range(30)},
            "ground__gpu_pools__x": {
                "instance_types": ["g5.12xlarge"],
                "max_nodes": 4,
                "tags": {f"b{index}": "" for index in range(30)},
            },
        },
        [
            (
                "ground.gpu_pools[x].tags: 30 asked, beside the cluster's 30 that makes 60, AWS takes 50, and 3 are "
                "set here; remove some"
            ),
        ],
    ),
    Incident(
        "tags alike but for case",
        {"ground__cluster__tags": {"Team": "ml", "team": "ml"}},
        [
            (
                "ground.cluster.tags[team]: asked, Team is asked too, and IAM does not tell keys apart by case; "
                "choose one of them"
            ),
        ],
    ),
    Incident(
        "a tag of a pool like one of the cluster but for case",
        {
            "ground__cluster__tags": {"Team": "ml"},
            "ground__gpu_pools__x": {"instance_types": ["g5.12xlarge"], "max_nodes": 4, "tags": {"team": "ml"}},
        },
        [
            (
                "ground.gpu_pools[x].tags[team]: asked, Team is asked too, and IAM does not tell keys apart by case; "
                "choose one of them"
            ),
        ],
    ),
    Incident(
        "a network of addresses that no host has",
        {"ground__network__cidr": "127.0.0.0/16"},
        [
            (
                "ground.network.cidr: 127.0.0.0/16 asked, its addresses are kept for other ends, no host has one (RFC"
                " 6890); choose a block of 10.0.0.0/8"
            ),
        ],
    ),
    Incident(
        "services beyond private addresses",
        {"ground__cluster__service_cidr": "198.18.0.0/16"},
        [
            (
                "ground.cluster.service_cidr: 198.18.0.0/16 asked, EKS takes blocks of /12 to /24, of 10.0.0.0/8, "
                "172.16.0.0/12, 192.168.0.0/16; write one such as 172.20.0.0/16"
            ),
        ],
    ),
    Incident(
        "services in the block of pods",
        {"ground__cluster__service_cidr": "100.64.0.0/16"},
        [
            (
                "ground.cluster.service_cidr: 100.64.0.0/16 asked, EKS takes blocks of /12 to /24, of 10.0.0.0/8, "
                "172.16.0.0/12, 192.168.0.0/16; write one such as 172.20.0.0/16"
            ),
        ],
    ),
    Incident(
        "a kube-proxy left behind",
        {"ground__cluster__addon_versions": {"kube-proxy": "v1.29.0-eksbuild.1"}},
        [
            (
                "ground.cluster.addon_versions[kube-proxy]: v1.29.0-eksbuild.1 asked, a control plane of 1.34 takes "
                "one of v1.31 to v1.34; choose one of v1.34, or leave it out"
            ),
        ],
    ),
    Incident(
        "a kube-proxy ahead",
        {"ground__cluster__addon_versions": {"kube-proxy": "v1.35.0-eksbuild.1"}},
        [
            (
                "ground.cluster.addon_versions[kube-proxy]: v1.35.0-eksbuild.1 asked, a control plane of 1.34 takes "
                "one of v1.31 to v1.34; choose one of v1.34, or leave it out"
            ),
        ],
    ),
    Incident(
        "system nodes that keep the add-ons off",
        {
            "ground__cluster__system_pool": {
                **SYSTEM,
                "taints": [{"key": "dedicated", "value": "system", "effect": "NoSchedule"}],
            }
        },
        [
            (
                "ground.cluster.system_pool.taints[0]: dedicated asked, the pods of coredns, metrics-server, "
                "ebs-csi-controller and of operators do not tolerate it; take it out; other pools keep what they run "
                "by their own selectors"
            ),
        ],
    ),
    Incident(
        "private addresses at the public endpoint",
        {"ground__cluster__public_access_cidrs": ["10.0.0.0/8"]},
        [
            (
                "ground.cluster.public_access_cidrs[0]: 10.0.0.0/8 asked, nobody comes over the internet from private"
                " addresses; name the address that they leave your network by; inside the VPC the private endpoint is"
                " always there"
            ),
        ],
    ),
    Incident(
        "IPv6 at the public endpoint of an IPv4 cluster",
        {"ground__cluster__public_access_cidrs": ["2001:db8::/32"]},
        [
            (
                "ground.cluster.public_access_cidrs[0]: 2001:db8::/32 asked, the public endpoint of an IPv4 cluster "
                "has no IPv6 address; name IPv4 networks"
            ),
        ],
    ),
    Incident(
        "an admin twice",
        {"ground__cluster__admins": [DEPLOYER, DEPLOYER]},
        [
            (
                "ground.cluster.admins[1]: arn:aws:iam::123456789012:role/deployer asked twice, EKS has one access "
                "entry of a principal; remove it"
            ),
        ],
    ),
    Incident(
        "a role of a service as an admin",
        {
            "ground__cluster__admins": [
                "arn:aws:iam::123456789012:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"
            ]
        },
        [
            (
                "ground.cluster.admins[0]: "
                "arn:aws:iam::123456789012:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS asked, "
                "it is a role that only a service of AWS takes, and EKS gives it no access; name the role of your "
                "people or programs"
            ),
        ],
    ),
    Incident(
        "an identity whose role has no room for its name",
        {"ground__identities": {"t" * 48: {"namespace": "ray", "service_account": "x"}}},
        [
            (
                "ground.identities[tttttttttttttttttttttttttttttttttttttttttttttttt].name: "
                "tttttttttttttttttttttttttttttttttttttttttttttttt asked, IAM takes 64 characters, 17 of them for what"
                " the role's name adds; use at most 47"
            ),
        ],
    ),
    Incident(
        "images from the internet without a way out",
        {"ground__network__nat": "none"},
        [
            (
                "kuberay.image: quay.io/kuberay/operator:v1.6.2 asked, without NAT nodes reach no registry but ECR's "
                "of us-east-1; push it there, or have ECR pull it through; or set ground.network.nat"
            ),
            (
                "ground.gpu_support: image of nvidia-device-plugin: nvcr.io/nvidia/k8s-device-plugin:v0.17.4 asked, "
                "without NAT nodes reach no registry but ECR's of us-east-1; push it there, or have ECR pull it "
                "through; or set ground.network.nat"
            ),
            (
                "ground.gpu_support: image of dcgm-exporter: nvcr.io/nvidia/k8s/dcgm-exporter:4.2.3-4.1.1-ubuntu22.04"
                " asked, without NAT nodes reach no registry but ECR's of us-east-1; push it there, or have ECR pull "
                "it through; or set ground.network.nat"
            ),
            (
                "RayCluster train: image: rayproject/ray:2.60.0 asked, without NAT nodes reach no registry but ECR's "
                "of us-east-1; push it there, or have ECR pull it through; or set ground.network.nat"
            ),
        ],
    ),
    Incident(
        "an admin of another partition",
        {"ground__cluster__admins": ["arn:aws-us-gov:iam::123456789012:role/deployer"]},
        [
            (
                "ground.cluster.admins[0]: arn:aws-us-gov:iam::123456789012:role/deployer asked, IAM of aws-us-gov is "
                "not that of us-east-1; name one of the same account, arn:aws:iam::…"
            ),
        ],
    ),
    Incident(
        "two roles of one service account",
        {"ground__identities__other": {"namespace": "ray", "service_account": "training"}},
        [
            (
                "ground.identities[other].service_account: ray/training asked, it is who training is for, and EKS "
                "gives it one role; join their grants, or choose another"
            ),
        ],
    ),
    Incident(
        "the namespace of Kubernetes itself",
        {"namespace": "kube-system"},
        [
            (
                "namespace: kube-system asked, every cluster has it, and a stack makes its own, with Pod Security; "
                "choose another, such as ray"
            ),
        ],
    ),
    Incident(
        "one namespace for the operator and Ray",
        {"kuberay": {"namespace": "ray"}},
        [
            (
                "kuberay.namespace: ray asked, the Ray objects have one of that name, and it would be made twice; "
                "choose another, such as kuberay-system"
            ),
        ],
    ),
    Incident(
        "an operator that looks elsewhere",
        {"kuberay": {"watch_namespaces": ["team"]}},
        [
            (
                "kuberay.watch_namespaces: team asked, the Ray objects are in ray, and the operator would never look "
                "at them; add ray, or leave it out"
            ),
        ],
    ),
)
"""Settings of ``prod`` with other values, each refused in these words."""
