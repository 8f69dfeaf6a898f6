"""The cluster as AWS gets it."""

import json
import subprocess
import sys
from typing import Any

import pytest
from ground import ADMIN, cluster, cluster_and_network, made
from rayform.infra import EksCluster, EksClusterSpec, ExistingNetwork, NodePoolSpec, RefusedError
from rayform.lab.testing import Recorded, assert_star

MANAGED = "arn:aws:iam::aws:policy/"


@pytest.fixture(scope="module")
def done() -> Recorded:
    return made(cluster_and_network)


def test_the_control_plane_is_closed_logged_encrypted_and_nobodys_by_default(done: Recorded) -> None:
    plane = done.one("aws:eks/cluster:Cluster").inputs

    assert plane["accessConfig"] == {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}
    assert plane["vpcConfig"]["endpointPrivateAccess"] is True
    assert plane["vpcConfig"]["endpointPublicAccess"] is False
    assert plane["enabledClusterLogTypes"] == ["api", "audit", "authenticator", "controllerManager", "scheduler"]
    assert plane["encryptionConfig"]["resources"] == ["secrets"]
    assert plane["upgradePolicy"] == {"supportType": "STANDARD"}
    assert plane["bootstrapSelfManagedAddons"] is False
    assert (plane["name"], plane["version"], plane["tags"]) == ("prod", "1.34", {"team": "ml"})


def test_secrets_are_encrypted_by_a_key_that_is_rotated(done: Recorded) -> None:
    assert done.one("aws:kms/key:Key").inputs["enableKeyRotation"] is True
    (allowed,) = json.loads(done.one(name="prod-secrets", token="aws:iam/rolePolicy:RolePolicy").inputs["policy"])[
        "Statement"
    ]
    assert allowed["Action"] == ["kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"]
    assert allowed["Resource"] == ["arn:aws:kms:us-east-1:123456789012:key/made"]


def test_a_key_of_the_users_own_is_used() -> None:
    done = made(lambda: cluster(kms_key_arn="arn:aws:kms:us-east-1:123456789012:key/own"))

    assert done.all("aws:kms/key:Key") == ()
    encryption = done.one("aws:eks/cluster:Cluster").inputs["encryptionConfig"]
    assert encryption["provider"] == {"keyArn": "arn:aws:kms:us-east-1:123456789012:key/own"}


def test_logs_are_kept_no_longer_than_asked(done: Recorded) -> None:
    logs = done.one(name="prod-logs").inputs

    assert (logs["name"], logs["retentionInDays"]) == ("/aws/eks/prod/cluster", 90)


def test_admins_have_access_entries_and_nobody_else_has(done: Recorded) -> None:
    entry = done.one("aws:eks/accessEntry:AccessEntry").inputs
    granted = done.one("aws:eks/accessPolicyAssociation:AccessPolicyAssociation").inputs

    assert entry["principalArn"] == granted["principalArn"] == ADMIN
    assert granted["policyArn"].endswith("/AmazonEKSClusterAdminPolicy")


def test_addons_before_nodes_wait_for_the_control_plane_alone(done: Recorded) -> None:
    plane = done.one("aws:eks/cluster:Cluster").urn
    for addon in ("vpc-cni", "kube-proxy", "eks-pod-identity-agent"):
        assert plane in done.one("aws:eks/addon:Addon", f"prod-{addon}").depends_on


def test_system_nodes_wait_for_those_and_the_other_addons_wait_for_the_nodes(done: Recorded) -> None:
    nodes = done.one("aws:eks/nodeGroup:NodeGroup")

    assert done.one("aws:eks/addon:Addon", "prod-vpc-cni").urn in nodes.depends_on
    for addon in ("coredns", "aws-ebs-csi-driver", "metrics-server", "eks-node-monitoring-agent"):
        assert nodes.urn in done.one("aws:eks/addon:Addon", f"prod-{addon}").depends_on


def test_the_cni_delegates_prefixes_and_enforces_network_policies(done: Recorded) -> None:
    told = json.loads(done.one("aws:eks/addon:Addon", "prod-vpc-cni").inputs["configurationValues"])

    assert told["enableNetworkPolicy"] == "true"
    assert told["env"]["ENABLE_PREFIX_DELEGATION"] == "true"


def test_addons_that_call_aws_have_roles_of_their_own(done: Recorded) -> None:
    own = {
        one.inputs["addonName"]: one.inputs["podIdentityAssociations"][0]["serviceAccount"]
        for one in done.all("aws:eks/addon:Addon")
        if "podIdentityAssociations" in one.inputs
    }

    assert own == {"vpc-cni": "aws-node", "aws-ebs-csi-driver": "ebs-csi-controller-sa"}


def test_roles_have_the_policies_that_aws_wrote_for_them_and_no_other(done: Recorded) -> None:
    attached = sorted(
        one.inputs["policyArn"].removeprefix(MANAGED)
        for one in done.all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    )

    assert attached == [
        "AmazonEC2ContainerRegistryPullOnly",
        "AmazonEKSClusterPolicy",
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "service-role/AmazonEBSCSIDriverPolicy",
    ]


def test_the_kubeconfig_has_no_secret_and_waits_for_the_right_to_use_it(done: Recorded) -> None:
    provider = done.one("pulumi:providers:kubernetes")
    user = json.loads(provider.inputs["kubeconfig"])["users"][0]["user"]

    assert user["exec"]["args"][:6] == ["--region", "us-east-1", "eks", "get-token", "--cluster-name", "prod"]
    assert done.one("aws:eks/accessPolicyAssociation:AccessPolicyAssociation").urn in provider.depends_on
    assert provider.inputs["clusterIdentifier"].endswith(":cluster/prod")


def test_volumes_are_encrypted_by_default(done: Recorded) -> None:
    kind = done.one("kubernetes:storage.k8s.io/v1:StorageClass").inputs

    assert kind["parameters"] == {"type": "gp3", "encrypted": "true"}
    assert kind["metadata"]["annotations"] == {"storageclass.kubernetes.io/is-default-class": "true"}


def test_versions_of_addons_are_pinned_where_asked() -> None:
    done = made(lambda: cluster(addon_versions={"coredns": "v1.12.4-eksbuild.1"}))

    pinned = {one.inputs["addonName"]: one.inputs.get("addonVersion") for one in done.all("aws:eks/addon:Addon")}
    assert pinned["coredns"] == "v1.12.4-eksbuild.1"
    assert pinned["vpc-cni"] is None


def test_the_internet_reaches_the_endpoint_from_named_blocks_only() -> None:
    done = made(lambda: cluster(public_access_cidrs=["203.0.113.0/24"], oidc_provider=True, deletion_protection=True))

    plane = done.one("aws:eks/cluster:Cluster").inputs
    assert plane["vpcConfig"]["endpointPublicAccess"] is True
    assert plane["vpcConfig"]["publicAccessCidrs"] == ["203.0.113.0/24"]
    assert plane["deletionProtection"] is True
    assert done.one("aws:iam/openIdConnectProvider:OpenIdConnectProvider").inputs["url"] == "https://oidc.issuer"


@pytest.mark.parametrize("protected", [True, False])
def test_a_protected_cluster_is_protected_in_the_engine_too(*, protected: bool) -> None:
    plane = made(lambda: cluster(deletion_protection=protected)).one("aws:eks/cluster:Cluster")

    assert (plane.inputs["deletionProtection"], plane.options.protect) == (protected, protected)


def test_a_network_that_somebody_else_made_will_do() -> None:
    theirs = ExistingNetwork(
        vpc_id="vpc-1",
        zone_names=["us-east-1a", "us-east-1b"],
        private_subnet_ids=["subnet-1", "subnet-3"],
        node_subnet_ids=["subnet-2", "subnet-4"],
    )
    done = made(lambda: EksCluster("prod", EksClusterSpec(admins=[ADMIN]), network=theirs))

    assert done.one("aws:eks/cluster:Cluster").inputs["vpcConfig"]["subnetIds"] == ["subnet-1", "subnet-3"]
    assert done.one("aws:eks/nodeGroup:NodeGroup").inputs["subnetIds"] == ["subnet-2", "subnet-4"]


def test_no_chain_of_waiting_grows_with_the_program(done: Recorded) -> None:
    # Network, control plane, add-ons, nodes, add-ons, storage class: as long as that, whatever the number of pools.
    assert_star(done, longest=10)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"version": "1.31"}, "version: 1.31 asked, known are 1.32, 1.33, 1.34, 1.35; choose one of these"),
    (
        {"version": "1.33"},
        (
            "version: 1.33 asked, it has only extended support, at six times the price; "
            "choose 1.35, or set extended_support=True"
        ),
    ),
    (
        {"admins": []},
        (
            "admins: none asked, nobody could use the cluster, not even this program; "
            "give the ARN of the role that runs it"
        ),
    ),
    (
        {"admins": ["me"]},
        "admins[0]: me asked, it is no ARN of an IAM role or user; write arn:aws:iam::<account>:role/<name>",
    ),
    (
        {"admins": ["arn:aws:sts::123456789012:assumed-role/ci/run"]},
        (
            "admins[0]: arn:aws:sts::123456789012:assumed-role/ci/run asked, it is of a session, and access is a "
            "role's; write arn:aws:iam::<account>:role/<name>"
        ),
    ),
    (
        {"kms_key_arn": "arn:aws:kms:us-east-1:123456789012:alias/own"},
        (
            "kms_key_arn: arn:aws:kms:us-east-1:123456789012:alias/own asked, it is no ARN of a key; "
            "write arn:aws:kms:<region>:<account>:key/<id>"
        ),
    ),
    (
        {"addon_versions": {"coredns": "1.12"}},
        "addon_versions[coredns]: 1.12 asked, it is no version of an add-on; write one as v1.20.4-eksbuild.2",
    ),
    (
        {"public_access_cidrs": [f"{first}.0.0.0/8" for first in range(11, 52)]},
        "public_access_cidrs: 41 asked, EKS takes 40; name fewer, or larger ones",
    ),
    (
        {"service_cidr": "10.16.0.0/12"},
        "service_cidr: 10.16.0.0/12 asked, it overlaps the network's 10.20.0.0/16; choose one that does not",
    ),
    (
        {"tags": {"aws:team": "ml"}},
        "tags[aws:team]: asked, keys that begin with aws: are AWS's own; rename it",
    ),
    (
        {"system_pool": NodePoolSpec(instance_types=["c6g.medium"], max_nodes=5, min_nodes=1)},
        (
            "system_pool.min_nodes: 1 asked, the pods of coredns, metrics-server, ebs-csi-controller take 5 nodes of "
            "c6g.medium; set 5, or choose a larger type"
        ),
    ),
    (
        {"system_pool": NodePoolSpec(instance_types=["t3.nano"], max_nodes=2, min_nodes=2)},
        (
            "system_pool.instance_types: t3.nano asked, it has no room for the pods of coredns, metrics-server, "
            "ebs-csi-controller; choose a larger type"
        ),
    ),
    (
        {"public_access_cidrs": ["0.0.0.0/0"]},
        "public_access_cidrs[0]: 0.0.0.0/0 asked, it is most of the internet; name the networks of your people",
    ),
    (
        {"public_access_cidrs": ["here"]},
        "public_access_cidrs[0]: here asked, it is no network; write an address and a size, as 203.0.113.0/24",
    ),
    (
        {"service_cidr": "8.8.0.0/16"},
        (
            "service_cidr: 8.8.0.0/16 asked, EKS takes blocks of /12 to /24, of 10.0.0.0/8, 172.16.0.0/12, "
            "192.168.0.0/16; write one such as 172.20.0.0/16"
        ),
    ),
    ({"service_cidr": "x"}, "service_cidr: x asked, it is no IPv4 network; write one such as 172.20.0.0/16"),
    (
        {"addon_versions": {"x": "1"}},
        (
            "addon_versions[x]: asked, the add-ons are vpc-cni, kube-proxy, eks-pod-identity-agent, coredns, "
            "aws-ebs-csi-driver, metrics-server, eks-node-monitoring-agent; choose one of these"
        ),
    ),
    (
        {"system_pool": NodePoolSpec(instance_types=["m6i.large"], max_nodes=2)},
        "system_pool.min_nodes: 0 asked, add-ons need a node to start on; set 1, or 2 to survive one",
    ),
    (
        {"system_pool": NodePoolSpec(instance_types=["m6i.large"], max_nodes=1, min_nodes=2)},
        "system_pool.min_nodes: 2 asked, max_nodes is 1; lower it, or raise max_nodes",
    ),
]


@pytest.mark.parametrize(("changed", "refused"), REFUSED)
def test_clusters_that_cannot_be_are_refused(changed: dict[str, Any], refused: str) -> None:
    with pytest.raises(RefusedError) as error:
        made(lambda: cluster(**changed))

    assert str(error.value) == f"EksCluster prod: {refused}"


def test_extended_support_is_had_for_the_asking() -> None:
    done = made(lambda: cluster(version="1.33", extended_support=True))

    assert done.one("aws:eks/cluster:Cluster").inputs["upgradePolicy"] == {"supportType": "EXTENDED"}


def test_a_name_that_nothing_can_begin_with_is_refused() -> None:
    theirs = ExistingNetwork(vpc_id="v", zone_names=["a", "b"], private_subnet_ids=["s", "t"], node_subnet_ids=["s"])

    with pytest.raises(RefusedError) as error:
        EksCluster("Prod", EksClusterSpec(admins=[ADMIN]), network=theirs)

    assert str(error.value) == (
        "EksCluster Prod: name: 'Prod' asked, names of nodes and roles begin with it; "
        "use at most 32 lower case letters, digits and dashes, a letter first"
    )


def test_the_aws_provider_is_loaded_by_who_uses_it() -> None:
    code = "import sys; from rayform.infra import ExistingCluster, NodePoolSpec; print('pulumi_aws' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert shown.strip() == "False"
