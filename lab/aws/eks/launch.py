"""Instances of node groups: launched over their subnets, in an Auto Scaling group, and ended without a trace."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from ..answering import given, quoted, unique, wrong
from ..ec2 import placement, reservations
from ..images import image_id
from ..region import Region
from . import checks
from .store import cluster

_LAUNCHED = ("UserData", "BlockDeviceMappings", "MetadataOptions", "TagSpecifications")
_UNLIMITED = 1_000_000

Problem = tuple[str, str]
"""Why instances cannot be launched: the code of EKS's issue, and AWS's words."""


def template(region: Region, asked: Mapping[str, Any]) -> tuple[dict[str, str], Mapping[str, Any]]:
    """The launch template that is asked for, by id, name and version, and what it holds; nothing where none is."""
    wanted = asked.get("launchTemplate")
    if not wanted:
        return {}, {}
    which = {"LaunchTemplateId": wanted["id"]} if "id" in wanted else {"LaunchTemplateName": wanted["name"]}
    version = wanted.get("version", "$Default")
    try:
        answer = region.moto("ec2").describe_launch_template_versions(**which, Versions=[version])
        (found,) = answer["LaunchTemplateVersions"]
    except (ClientError, ValueError) as error:
        raise wrong(f"Launch template details can't be fetched: {quoted(error)}") from error
    named = {"id": found["LaunchTemplateId"], "name": found["LaunchTemplateName"]}
    return {**named, "version": str(found["VersionNumber"])}, found["LaunchTemplateData"]


def open_group(region: Region, group: Mapping[str, Any], kinds: Sequence[str]) -> str:
    """Make the Auto Scaling group of a node group, without an instance; its name."""
    name, owned = f"eks-{group['nodegroupName']}-{unique()}", f"k8s.io/cluster-autoscaler/{group['clusterName']}"
    told = {
        "eks:cluster-name": group["clusterName"],
        "eks:nodegroup-name": group["nodegroupName"],
        f"kubernetes.io/cluster/{group['clusterName']}": "owned",
        "k8s.io/cluster-autoscaler/enabled": "true",
        owned: "owned",
    }
    region.moto("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName=name,
        MinSize=0,
        MaxSize=_UNLIMITED,
        DesiredCapacity=0,
        VPCZoneIdentifier=",".join(group["subnets"]),
        MixedInstancesPolicy={
            "LaunchTemplate": {
                "LaunchTemplateSpecification": _specification(region, group, kinds, name),
                "Overrides": [{"InstanceType": each} for each in kinds],
            }
        },
        Tags=[{"Key": key, "Value": value, "PropagateAtLaunch": True} for key, value in told.items()],
    )
    return name


def close_group(region: Region, name: str) -> None:
    """End every instance of an Auto Scaling group, and the group."""
    retire(region, name, [each["InstanceId"] for each in instances(region, name)])
    region.moto("autoscaling").delete_auto_scaling_group(AutoScalingGroupName=name, ForceDelete=True)
    with suppress(ClientError):  # only a group that was asked for without a template has one of EKS's own
        region.moto("ec2").delete_launch_template(LaunchTemplateName=name)


def resize(region: Region, group: Mapping[str, Any], data: Mapping[str, Any], kinds: Sequence[str]) -> None:
    """Launch or end instances until there are as many as the group wants, over as many zones as it has."""
    name, scaling = asg(group), group["scalingConfig"]
    there = instances(region, name)
    missing = scaling["desiredSize"] - len(there)
    if missing < 0:
        retire(region, name, [each["InstanceId"] for each in there[missing:]])
    if missing > 0:
        _launch(region, group, data, kinds[0], missing, Counter(each["SubnetId"] for each in there))
    sizes = {"MinSize": scaling["minSize"], "MaxSize": scaling["maxSize"], "DesiredCapacity": scaling["desiredSize"]}
    region.moto("autoscaling").update_auto_scaling_group(AutoScalingGroupName=name, **sizes)


def instances(region: Region, name: str) -> list[Mapping[str, Any]]:
    """The instances of an Auto Scaling group, oldest first."""
    filters = [
        {"Name": "tag:aws:autoscaling:groupName", "Values": [name]},
        {"Name": "instance-state-name", "Values": ["pending", "running"]},
    ]
    answer = region.moto("ec2").describe_instances(Filters=filters)
    found = [instance for reservation in answer["Reservations"] for instance in reservation["Instances"]]
    return sorted(found, key=lambda each: each["LaunchTime"])


def retire(region: Region, name: str, ids: Sequence[str]) -> None:
    """End these instances of an Auto Scaling group, with their interfaces."""
    if not ids:
        return
    ec2, scaling = region.moto("ec2"), region.moto("autoscaling")
    scaling.update_auto_scaling_group(AutoScalingGroupName=name, MinSize=0)
    scaling.detach_instances(AutoScalingGroupName=name, InstanceIds=ids, ShouldDecrementDesiredCapacity=True)
    attached = [{"Name": "attachment.instance-id", "Values": list(ids)}]
    interfaces = ec2.describe_network_interfaces(Filters=attached)["NetworkInterfaces"]
    ec2.terminate_instances(InstanceIds=ids)
    for each in interfaces:
        ec2.delete_network_interface(NetworkInterfaceId=each["NetworkInterfaceId"])


def problem(region: Region, group: Mapping[str, Any], data: Mapping[str, Any]) -> Problem | None:
    """Why AWS would not launch the group's instances, in its words; None where it would."""
    if not group["scalingConfig"]["desiredSize"]:
        return None
    zones = {each["AvailabilityZone"] for each in checks.subnets(region, group["subnets"])}
    found = placement.problem(region, data, zones) or reservations.problem(region, data, zones)
    return ("AsgInstanceLaunchFailures", f"Could not launch On-Demand Instances. {found}") if found else None


def asg(group: Mapping[str, Any]) -> str:
    """The name of a node group's Auto Scaling group."""
    return str(group["resources"]["autoScalingGroups"][0]["name"])


def _launch(
    region: Region, group: Mapping[str, Any], data: Mapping[str, Any], kind: str, count: int, used: Counter[str]
) -> None:
    ec2, name, groups = region.moto("ec2"), asg(group), _security_groups(region, group, data)
    image = image_id(group["amiType"], group["version"], group["releaseVersion"])
    launched: list[str] = []
    for _ in range(count):
        subnet = min(group["subnets"], key=lambda each: used[each])
        used[subnet] += 1
        answer = ec2.run_instances(
            **given(data, *_LAUNCHED),
            MinCount=1,
            MaxCount=1,
            ImageId=data.get("ImageId", image),
            InstanceType=kind,
            SubnetId=subnet,
            SecurityGroupIds=groups,
        )
        launched.append(answer["Instances"][0]["InstanceId"])
    placement.place(region, data, launched)
    region.moto("autoscaling").attach_instances(AutoScalingGroupName=name, InstanceIds=launched)


def _security_groups(region: Region, group: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    listed = [each for interface in data.get("NetworkInterfaces", []) for each in interface.get("Groups", [])]
    named = [*data.get("SecurityGroupIds", []), *dict.fromkeys(listed)]
    network = cluster(region, group["clusterName"]).described["resourcesVpcConfig"]
    return named or [network["clusterSecurityGroupId"]]


def _specification(region: Region, group: Mapping[str, Any], kinds: Sequence[str], name: str) -> dict[str, str]:
    if found := group.get("launchTemplate"):
        return {"LaunchTemplateId": found["id"], "Version": found["version"]}
    data = {"InstanceType": kinds[0]}
    made = region.moto("ec2").create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)
    return {"LaunchTemplateId": made["LaunchTemplate"]["LaunchTemplateId"], "Version": "1"}
