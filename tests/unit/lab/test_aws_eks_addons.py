"""Add-ons, access entries, pod identities and tags of simulated EKS."""

from typing import Any

import pytest
from aws_ground import ROLE, Ground
from aws_room import Cloud

ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
EVERYWHERE = {"type": "cluster"}


@pytest.fixture
def ground() -> Ground:
    made = Ground(Cloud())
    made.ready()
    return made


def addon(ground: Ground, name: str = "vpc-cni", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = ground.eks.create_addon(clusterName="c", addonName=name, **more)["addon"]
    return made


def seen(ground: Ground, name: str = "vpc-cni") -> dict[str, Any]:
    found: dict[str, Any] = ground.eks.describe_addon(clusterName="c", addonName=name)["addon"]
    return found


def test_an_addon_is_creating_then_active_with_the_version_that_eks_recommends(ground: Ground) -> None:
    made = addon(ground, configurationValues='{"a": 1}')
    listed = ground.eks.describe_addon_versions(addonName="vpc-cni", kubernetesVersion="1.34")["addons"][0]
    default = [each["addonVersion"] for each in listed["addonVersions"] if each["compatibilities"][0]["defaultVersion"]]

    assert (made["status"], [made["addonVersion"]]) == ("CREATING", default)
    assert ground.after(100, lambda: seen(ground))["status"] == "ACTIVE"
    assert seen(ground)["configurationValues"] == '{"a": 1}'


def test_an_addon_whose_pods_need_nodes_waits_for_them(ground: Ground) -> None:
    addon(ground, "coredns")
    assert ground.after(600, lambda: seen(ground, "coredns"))["status"] == "CREATING"
    unwell = ground.after(1000, lambda: seen(ground, "coredns"))
    ground.group()
    ground.cloud.pass_time(100)
    well = ground.after(10, lambda: seen(ground, "coredns"))

    assert (unwell["status"], unwell["health"]["issues"][0]["code"]) == ("DEGRADED", "InsufficientNumberOfReplicas")
    assert (well["status"], well["health"]) == ("ACTIVE", {"issues": []})


def test_its_identity_is_an_association_that_goes_with_it(ground: Ground) -> None:
    account = {"serviceAccount": "aws-node", "roleArn": ROLE}
    made = addon(ground, podIdentityAssociations=[account])
    (found,) = ground.eks.list_pod_identity_associations(clusterName="c")["associations"]
    asked = {"clusterName": "c", "associationId": found["associationId"]}
    held = ground.cloud.said(ground.eks.delete_pod_identity_association, **asked)
    ground.eks.delete_addon(clusterName="c", addonName="vpc-cni")
    ground.cloud.pass_time(100)

    assert made["podIdentityAssociations"] == [found["associationArn"]]
    assert (found["namespace"], found["serviceAccount"]) == ("kube-system", "aws-node")
    reason = f"The association is owned by {made['addonArn']}; change it there"
    assert held == f"InvalidRequestException: {reason}"
    assert ground.eks.list_pod_identity_associations(clusterName="c")["associations"] == []
    assert ground.eks.list_addons(clusterName="c")["addons"] == []


def test_an_update_changes_version_values_and_identity(ground: Ground) -> None:
    addon(ground)
    ground.cloud.pass_time(100)
    account = {"serviceAccount": "aws-node", "roleArn": ROLE}
    changes = {"addonVersion": "v1.19.5-eksbuild.1", "configurationValues": "{}"}
    asked = {"clusterName": "c", "addonName": "vpc-cni", "podIdentityAssociations": [account], **changes}
    begun = ground.eks.update_addon(**asked)
    ended = ground.finished(begun, addonName="vpc-cni")
    after = seen(ground)

    assert (ended["status"], ended["type"]) == ("Successful", "AddonUpdate")
    assert {name: after[name] for name in changes} == changes
    assert after["status"] == "ACTIVE"
    assert len(after["podIdentityAssociations"]) == 1


@pytest.mark.parametrize(
    ("name", "asked", "reason"),
    [
        ("nginx", {}, "Addon nginx specified is not supported in 1.34 kubernetes version"),
        ("vpc-cni", {"addonVersion": "v0"}, "Addon version specified is not supported: v0"),
        ("vpc-cni", {"configurationValues": "["}, "ConfigurationValue provided in request is not supported: it is no"),
        (
            "coredns",
            {"podIdentityAssociations": [{"serviceAccount": "x", "roleArn": ROLE}]},
            "Service account x is not one of the add-on",
        ),
    ],
)
def test_what_aws_refuses_of_addons_is_refused(ground: Ground, name: str, asked: dict[str, Any], reason: str) -> None:
    said = ground.cloud.said(ground.eks.create_addon, clusterName="c", addonName=name, **asked)

    assert said.startswith(f"InvalidParameterException: {reason}")


def test_an_addon_that_was_scripted_to_fail_says_why(ground: Ground) -> None:
    fault = {"operation": "CreateAddon", "later": True, "code": "ConfigurationConflict", "message": "Apply failed"}
    ground.cloud.control("PUT", "faults", [fault])
    addon(ground)
    failed = ground.after(100, lambda: seen(ground))

    issue = {"code": "ConfigurationConflict", "message": "Apply failed", "resourceIds": []}
    assert (failed["status"], failed["health"]["issues"]) == ("CREATE_FAILED", [issue])


def test_who_is_let_in_and_what_they_may_do(ground: Ground) -> None:
    asked = {"clusterName": "c", "principalArn": ROLE}
    entry = ground.eks.create_access_entry(**asked)["accessEntry"]
    ground.eks.associate_access_policy(**asked, policyArn=ADMIN, accessScope=EVERYWHERE)
    (policy,) = ground.eks.list_associated_access_policies(**asked)["associatedAccessPolicies"]

    assert (entry["username"], entry["type"], entry["kubernetesGroups"]) == (ROLE, "STANDARD", [])
    assert (policy["policyArn"], policy["accessScope"]) == (ADMIN, {"type": "cluster", "namespaces": []})
    assert ground.eks.list_access_entries(clusterName="c", associatedPolicyArn=ADMIN)["accessEntries"] == [ROLE]
    ground.eks.update_access_entry(**asked, kubernetesGroups=["ops"])
    assert ground.eks.describe_access_entry(**asked)["accessEntry"]["kubernetesGroups"] == ["ops"]
    ground.eks.disassociate_access_policy(**asked, policyArn=ADMIN)
    ground.eks.delete_access_entry(**asked)
    assert ground.eks.list_access_entries(clusterName="c")["accessEntries"] == []


def test_nodes_are_let_in_with_their_group(ground: Ground) -> None:
    ground.group()
    entry = ground.eks.describe_access_entry(clusterName="c", principalArn=ROLE)["accessEntry"]

    assert (entry["type"], entry["kubernetesGroups"]) == ("EC2_LINUX", ["system:nodes"])


def test_whoever_makes_a_cluster_may_use_it_unless_told_otherwise() -> None:
    ground = Ground(Cloud())
    ground.ready(accessConfig={"authenticationMode": "API"})

    (creator,) = ground.eks.list_access_entries(clusterName="c", associatedPolicyArn=ADMIN)["accessEntries"]
    assert creator == "arn:aws:iam::123456789012:user/moto"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"principalArn": "me"}, "InvalidParameterException: The principalArn parameter format is not valid"),
        ({"type": "ROBOT"}, "InvalidParameterException: The type ROBOT is not one of STANDARD, "),
        ({"kubernetesGroups": ["system:masters"]}, "InvalidParameterException: The kubernetes group name is invalid"),
    ],
)
def test_what_aws_refuses_of_entries_is_refused(ground: Ground, asked: dict[str, Any], reason: str) -> None:
    said = ground.cloud.said(ground.eks.create_access_entry, **{"clusterName": "c", "principalArn": ROLE, **asked})

    assert said.startswith(reason)


def test_a_cluster_without_entries_takes_none() -> None:
    ground = Ground(Cloud())
    ground.ready(accessConfig={"authenticationMode": "CONFIG_MAP"})
    said = ground.cloud.said(ground.eks.create_access_entry, clusterName="c", principalArn=ROLE)

    assert said.startswith(
        "InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_"
    )
    mode = {"authenticationMode": "API"}
    ground.finished(ground.eks.update_cluster_config(name="c", accessConfig=mode))
    back = ground.cloud.said(
        ground.eks.update_cluster_config, name="c", accessConfig={"authenticationMode": "CONFIG_MAP"}
    )
    assert back == "InvalidParameterException: Unsupported authentication mode update from API to CONFIG_MAP"


def test_a_service_account_has_one_role(ground: Ground) -> None:
    asked = {"clusterName": "c", "namespace": "ray", "serviceAccount": "train", "roleArn": ROLE}
    made = ground.eks.create_pod_identity_association(**asked)["association"]
    key = {"clusterName": "c", "associationId": made["associationId"]}
    twice = ground.cloud.said(ground.eks.create_pod_identity_association, **asked)
    changed = ground.eks.update_pod_identity_association(**key, disableSessionTags=True)["association"]
    gone = ground.eks.delete_pod_identity_association(**key)["association"]

    assert twice == f"ResourceInUseException: Association already exists: {made['associationId']}"
    assert (changed["disableSessionTags"], gone["associationId"]) == (True, made["associationId"])
    none = ground.cloud.said(ground.eks.describe_pod_identity_association, **key)
    assert none == f"ResourceNotFoundException: No association found for {made['associationId']}"


def test_everything_has_tags(ground: Ground) -> None:
    arns = [
        ground.eks.describe_cluster(name="c")["cluster"]["arn"],
        ground.group()["nodegroupArn"],
        addon(ground)["addonArn"],
        ground.eks.describe_access_entry(clusterName="c", principalArn=ROLE)["accessEntry"]["accessEntryArn"],
    ]
    for arn in arns:
        ground.eks.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
        ground.eks.untag_resource(resourceArn=arn, tagKeys=["a"])
        assert ground.eks.list_tags_for_resource(resourceArn=arn)["tags"] == {"b": "2"}
    none = ground.cloud.said(ground.eks.list_tags_for_resource, resourceArn="arn:none")
    assert none == "NotFoundException: No resource found for ARN: arn:none"


def test_long_lists_come_in_pages(ground: Ground) -> None:
    first = ground.eks.list_access_policies(maxResults=4)
    second = ground.eks.list_access_policies(maxResults=4, nextToken=first["nextToken"])

    assert (len(first["accessPolicies"]), len(second["accessPolicies"]), "nextToken" in second) == (4, 2, False)
