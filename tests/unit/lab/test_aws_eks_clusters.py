"""Clusters of simulated EKS live as clusters do."""

import pytest
from aws_ground import ROLE, Ground
from aws_room import Cloud


@pytest.fixture
def ground() -> Ground:
    return Ground(Cloud())


def test_a_cluster_is_creating_then_active_with_an_endpoint_and_an_issuer(ground: Ground) -> None:
    made = ground.cluster()
    assert (made["status"], "endpoint" in made) == ("CREATING", False)
    still = ground.after(500, lambda: ground.eks.describe_cluster(name="c")["cluster"])
    assert still["status"] == "CREATING"
    ready = ground.after(100, lambda: ground.eks.describe_cluster(name="c")["cluster"])

    assert (ready["status"], ready["endpoint"]) == ("ACTIVE", "https://127.0.0.1:1")
    assert ready["identity"]["oidc"]["issuer"].startswith("https://oidc.eks.us-east-1.amazonaws.com/id/")
    assert ready["resourcesVpcConfig"]["vpcId"] == ground.vpc
    assert ground.eks.list_clusters()["clusters"] == ["c"]


def test_its_security_group_lets_its_own_talk_and_its_interfaces_hold_the_subnets(ground: Ground) -> None:
    group = ground.ready()["resourcesVpcConfig"]["clusterSecurityGroupId"]
    (found,) = ground.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    rule = found["IpPermissions"][0]

    assert [pair["GroupId"] for pair in rule["UserIdGroupPairs"]] == [group]
    reason = f"The subnet '{ground.subnets[0]}' has dependencies and cannot be deleted."
    assert ground.cloud.said(ground.ec2.delete_subnet, SubnetId=ground.subnets[0]) == f"DependencyViolation: {reason}"


def test_a_deleted_cluster_leaves_nothing(ground: Ground) -> None:
    ground.ready()
    assert ground.eks.delete_cluster(name="c")["cluster"]["status"] == "DELETING"
    ground.cloud.pass_time(600)

    assert ground.eks.list_clusters()["clusters"] == []
    assert ground.ec2.describe_network_interfaces()["NetworkInterfaces"] == []
    assert {each["GroupName"] for each in ground.ec2.describe_security_groups()["SecurityGroups"]} == {"default"}
    for subnet in ground.subnets:
        ground.ec2.delete_subnet(SubnetId=subnet)


def test_a_cluster_with_groups_or_protection_is_not_deleted(ground: Ground) -> None:
    ground.ready(deletionProtection=True)
    protected = ground.cloud.said(ground.eks.delete_cluster, name="c")
    ground.finished(ground.eks.update_cluster_config(name="c", deletionProtection=False))
    ground.group()

    assert protected == "InvalidRequestException: Cluster c has deletion protection enabled"
    used = ground.cloud.said(ground.eks.delete_cluster, name="c")
    assert used == "ResourceInUseException: Cluster has nodegroups attached"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"name": "-c"}, "The name '-c' does not fit the pattern [0-9A-Za-z][A-Za-z0-9_-]{0,99}"),
        ({"version": "1.99"}, "unsupported Kubernetes version 1.99"),
        ({"roleArn": f"{ROLE}s"}, f"Role with arn: {ROLE}s, could not be assumed"),
        ({"resourcesVpcConfig": {"subnetIds": ["subnet-0"]}}, "The subnet ID 'subnet-0' does not exist"),
        ({"resourcesVpcConfig": {"securityGroupIds": ["sg-0"]}}, "The security group ID 'sg-0' does not exist"),
        (
            {"resourcesVpcConfig": {"endpointPublicAccess": False}},
            "Private and public endpoint access cannot be false",
        ),
        (
            {"encryptionConfig": [{"resources": ["secrets"], "provider": {"keyArn": "arn:none"}}]},
            "The keyArn in encryptionConfig provider: arn:none is not there",
        ),
    ],
)
def test_what_aws_refuses_is_refused_in_its_words(ground: Ground, asked: dict[str, str], reason: str) -> None:
    assert ground.cloud.said(ground.cluster, **asked).startswith(f"InvalidParameterException: {reason}")


def test_one_zone_is_too_few_and_a_name_is_used_once(ground: Ground) -> None:
    few = ground.cloud.said(ground.cluster, resourcesVpcConfig={"subnetIds": ground.subnets[:1]})
    ground.cluster()

    assert few == "InvalidParameterException: Subnets specified must be in at least two different AZs"
    assert ground.cloud.said(ground.cluster) == "ResourceInUseException: Cluster already exists with name: c"
    none = ground.cloud.said(ground.eks.describe_cluster, name="d")
    assert none == "ResourceNotFoundException: No cluster found for name: d."


def test_nothing_is_made_on_a_cluster_that_is_not_active(ground: Ground) -> None:
    ground.cluster()

    reason = "Cluster 'c' is not in ACTIVE status, it is CREATING"
    assert ground.cloud.said(ground.group) == f"InvalidRequestException: {reason}"


def test_a_cluster_that_was_scripted_to_fail_says_why(ground: Ground) -> None:
    fault = {"service": "eks", "operation": "CreateCluster", "later": True, "code": "Ec2SubnetNotFound", "message": "x"}
    ground.cloud.control("PUT", "faults", [fault])
    failed = ground.ready()

    assert failed["status"] == "FAILED"
    assert failed["health"]["issues"] == [{"code": "Ec2SubnetNotFound", "message": "x", "resourceIds": []}]


@pytest.mark.parametrize(
    ("asked", "kind", "member"),
    [
        ({"logging": {"clusterLogging": [{"types": ["api"], "enabled": True}]}}, "LoggingUpdate", "logging"),
        ({"deletionProtection": True}, "DeletionProtectionUpdate", "deletionProtection"),
        ({"upgradePolicy": {"supportType": "STANDARD"}}, "UpgradePolicyUpdate", "upgradePolicy"),
        ({"resourcesVpcConfig": {"endpointPrivateAccess": True}}, "EndpointAccessUpdate", "resourcesVpcConfig"),
    ],
)
def test_settings_change_by_updates_that_end(ground: Ground, asked: dict[str, object], kind: str, member: str) -> None:
    before = ground.ready()
    begun = ground.eks.update_cluster_config(name="c", **asked)
    busy = ground.eks.describe_cluster(name="c")["cluster"]
    ended = ground.finished(begun)
    after = ground.eks.describe_cluster(name="c")["cluster"]

    assert (busy["status"], busy[member]) == ("UPDATING", before[member])
    assert (ended["status"], ended["type"]) == ("Successful", kind)
    assert after[member] != before[member]
    assert ground.eks.list_updates(name="c")["updateIds"] == [ended["id"]]
    again = ground.cloud.said(ground.eks.update_cluster_config, name="c", **asked)
    assert again.startswith("InvalidParameterException: ")


def test_one_update_at_a_time(ground: Ground) -> None:
    ground.ready()
    ground.eks.update_cluster_config(name="c", deletionProtection=True)

    second = ground.cloud.said(ground.eks.update_cluster_version, name="c", version="1.35")
    assert second == "ResourceInUseException: c is UPDATING; wait until it is ACTIVE"


def test_versions_go_up_one_by_one(ground: Ground) -> None:
    ground.ready(version="1.33")
    far = ground.cloud.said(ground.eks.update_cluster_version, name="c", version="1.35")
    ended = ground.finished(ground.eks.update_cluster_version(name="c", version="1.34"))

    assert far == "InvalidParameterException: Unsupported Kubernetes minor version update from 1.33 to 1.35"
    assert ended["type"] == "VersionUpdate"
    assert ground.eks.describe_cluster(name="c")["cluster"]["version"] == "1.34"


def test_an_update_that_was_scripted_to_fail_changes_nothing(ground: Ground) -> None:
    ground.ready(version="1.33")
    fault = {"operation": "UpdateClusterVersion", "later": True, "code": "OperationNotPermitted", "message": "no"}
    ground.cloud.control("PUT", "faults", [fault])
    ended = ground.finished(ground.eks.update_cluster_version(name="c", version="1.34"))

    assert ended["status"] == "Failed"
    assert ended["errors"] == [{"errorCode": "OperationNotPermitted", "errorMessage": "no"}]
    assert ground.eks.describe_cluster(name="c")["cluster"]["version"] == "1.33"


def test_secrets_are_encrypted_later_and_for_good(ground: Ground) -> None:
    ground.ready()
    key = ground.cloud.client("kms").create_key()["KeyMetadata"]["Arn"]
    wanted = [{"resources": ["secrets"], "provider": {"keyArn": key}}]
    ground.finished(ground.eks.associate_encryption_config(clusterName="c", encryptionConfig=wanted))
    again = ground.cloud.said(ground.eks.associate_encryption_config, clusterName="c", encryptionConfig=wanted)

    assert ground.eks.describe_cluster(name="c")["cluster"]["encryptionConfig"] == wanted
    assert again == "ResourceInUseException: Encryption is already enabled for this cluster"


def test_versions_have_support_by_the_clock(ground: Ground) -> None:
    def status() -> dict[str, str]:
        versions = ground.eks.describe_cluster_versions(clusterVersions=["1.33", "1.35"])["clusterVersions"]
        return {each["clusterVersion"]: each["versionStatus"] for each in versions}

    assert ground.eks.describe_cluster_versions(defaultOnly=True)["clusterVersions"][0]["clusterVersion"] == "1.34"
    now = status()
    ground.cloud.pass_time(20 * 365 * 24 * 3600)
    assert set(status().values()) == {"UNSUPPORTED"} != set(now.values())
