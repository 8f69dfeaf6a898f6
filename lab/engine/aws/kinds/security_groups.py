"""Security groups and their rules."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..calls import Call, Properties, Work
from ..kind import Change, Kind, Name, names
from .ec2 import arn, described, filters, tagging

_ABSENT: Final = ("InvalidGroup.NotFound", "InvalidGroupId.NotFound", "InvalidSecurityGroupRuleId.NotFound")
_FIELDS: Final = ("ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId", "description")


def _closed(work: Work) -> None:
    """Takes every rule away that AWS or somebody else has put in."""
    group = {"GroupId": work.properties["groupId"]}
    wanted = {"Filters": [{"Name": "group-id", "Values": [group["GroupId"]]}]}
    rules: Sequence[Mapping[str, Any]] = work.ask("DescribeSecurityGroupRules", wanted)["securityGroupRules"]
    for way, outward in (("Ingress", False), ("Egress", True)):
        ids = [each["securityGroupRuleId"] for each in rules if each["isEgress"] is outward]
        if ids:
            work.ask(f"RevokeSecurityGroup{way}", {**group, "SecurityGroupRuleIds": ids})


DEFAULT_SECURITY_GROUP = Kind(
    type="aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    service="ec2",
    id="{groupId}",
    optional=names("vpcId ingress egress"),
    only={"ingress": [], "egress": []},
    outputs=names("ownerId description name"),
    replaces=names("vpcId"),
    words={"name": "GroupName", "ingress": "IpPermissions", "egress": "IpPermissionsEgress"},
    create=(
        Call(
            "DescribeSecurityGroups",
            filters({"vpc-id": "{vpcId}", "group-name": "default"}),
            only=(),
            learns={"groupId": "securityGroups[0].groupId"},
        ),
        _closed,
        tagging("groupId").tag,
    ),
    looks=(described("DescribeSecurityGroups", "securityGroups[0]", GroupIds="groupId"),),
    written=arn("security-group", "groupId"),
    changes=(Change(("ingress", "egress"), _closed),),
    tagging=tagging("groupId"),
    delete=(),  # it goes with its VPC
    absent=_ABSENT,
)

SECURITY_GROUP = Kind(
    type="aws:ec2/securityGroup:SecurityGroup",
    service="ec2",
    id="{groupId}",
    optional=names("description name vpcId"),
    defaults={"description": "Managed by Pulumi"},
    outputs=names("ownerId"),
    replaces=names("description name vpcId"),
    name=Name("name", 255),
    words={"name": "GroupName"},
    create=(Call("CreateSecurityGroup", tagged="security-group", learns={"groupId": "groupId"}), _closed),
    looks=(described("DescribeSecurityGroups", "securityGroups[0]", GroupIds="groupId"),),
    written=arn("security-group", "groupId"),
    tagging=tagging("groupId"),
    delete=(Call("DeleteSecurityGroup", only=("groupId",)),),
    absent=_ABSENT,
    minutes=15,  # interfaces leave it late
)


def _permission(known: Properties) -> dict[str, Any]:
    """A rule as one of EC2's permissions, which hold lists of whom they are for."""
    about = {"Description": known["description"]} if known.get("description") else {}
    partners = {
        "IpRanges": ("CidrIp", "cidrIpv4"),
        "Ipv6Ranges": ("CidrIpv6", "cidrIpv6"),
        "PrefixListIds": ("PrefixListId", "prefixListId"),
        "UserIdGroupPairs": ("GroupId", "referencedSecurityGroupId"),
    }
    ports = {
        key: known[name]
        for key, name in (("FromPort", "fromPort"), ("ToPort", "toPort"))
        if known.get(name) is not None
    }
    whom = {kind: [{key: known[name], **about}] for kind, (key, name) in partners.items() if known.get(name)}
    return {"IpPermissions": [{"IpProtocol": known["ipProtocol"], **ports, **whom}]}


def _changed(known: Properties) -> dict[str, Any]:
    pairs = {name: name[:1].upper() + name[1:] for name in _FIELDS}
    pairs["referencedSecurityGroupId"] = "ReferencedGroupId"
    rule = {key: known[name] for name, key in pairs.items() if known.get(name) is not None}
    return {"SecurityGroupRules": [{"SecurityGroupRuleId": known["securityGroupRuleId"], "SecurityGroupRule": rule}]}


def _rule(way: str) -> Kind:
    of_the_group = {"GroupId": "{securityGroupId}"}
    fields = (*_FIELDS, "securityGroupId", "securityGroupRuleId", "ownerId", "tags")
    told = ", ".join(f"{name}: {name}" for name in fields)
    return Kind(
        type=f"aws:vpc/securityGroup{way}Rule:SecurityGroup{way}Rule",
        service="ec2",
        id="{securityGroupRuleId}",
        required=names("ipProtocol securityGroupId"),
        optional=names("cidrIpv4 cidrIpv6 description fromPort prefixListId referencedSecurityGroupId toPort"),
        outputs=names("securityGroupRuleId"),
        replaces=names("securityGroupId"),
        once=True,
        words={"securityGroupId": "GroupId", "ownerId": "GroupOwnerId"},
        create=(
            Call(
                f"AuthorizeSecurityGroup{way}",
                of_the_group,
                _permission,
                only=(),
                tagged="security-group-rule",
                learns={"securityGroupRuleId": "securityGroupRules[0].securityGroupRuleId"},
            ),
        ),
        looks=(
            described(
                "DescribeSecurityGroupRules",
                f"securityGroupRules[0].{{{told}, referencedSecurityGroupId: referencedGroupInfo.securityGroupId}}",
                SecurityGroupRuleIds="securityGroupRuleId",
            ),
        ),
        written=arn("security-group-rule", "securityGroupRuleId"),
        changes=(
            Change(
                (*_FIELDS, "referencedSecurityGroupId"),
                Call("ModifySecurityGroupRules", of_the_group, _changed, only=()),
            ),
        ),
        tagging=tagging("securityGroupRuleId"),
        delete=(
            Call(
                f"RevokeSecurityGroup{way}",
                {**of_the_group, "SecurityGroupRuleIds": ["{securityGroupRuleId}"]},
                only=(),
            ),
        ),
        absent=(*_ABSENT, "InvalidPermission.NotFound"),
    )


INGRESS_RULE, EGRESS_RULE = _rule("Ingress"), _rule("Egress")
