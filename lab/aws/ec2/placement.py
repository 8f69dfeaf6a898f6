"""Placement groups."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..answering import answers, hexadecimal
from ..region import Region
from .filters import Described, chosen, invalid, tags

_FILTERS = {
    "group-name": "GroupName",
    "group-arn": "GroupArn",
    "spread-level": "SpreadLevel",
    "state": "State",
    "strategy": "Strategy",
}


class Groups(dict[str, Described]):
    """The placement groups of a region, by name."""


class Placed(dict[str, str]):
    """The placement group of each instance that is in one, by the instance's id; moto does not keep it."""


@answers("ec2", "CreatePlacementGroup")
def create_placement_group(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Make a group; it is there at once."""
    groups, name = region.memory(Groups), asked.get("GroupName")
    strategy = asked.get("Strategy", "cluster")
    if not name:
        raise invalid("MissingParameter", "The request must contain the parameter groupName")
    if name in groups:
        raise invalid("InvalidPlacementGroup.Duplicate", f"The Placement Group '{name}' already exists.")
    if "PartitionCount" in asked and strategy != "partition":
        message = "The parameter partitionCount can be used only with the partition strategy"
        raise invalid("InvalidParameterCombination", message)
    partitions = {"PartitionCount": asked.get("PartitionCount", 2)} if strategy == "partition" else {}
    level = {"SpreadLevel": asked.get("SpreadLevel", "rack")} if strategy == "spread" else {}
    groups[name] = {
        "GroupName": name,
        "State": "available",
        "Strategy": strategy,
        "GroupId": f"pg-{hexadecimal(17)}",
        "GroupArn": region.arn("ec2", f"placement-group/{name}"),
        "Tags": tags(asked, "placement-group"),
        **partitions,
        **level,
    }
    return {"PlacementGroup": groups[name]}


@answers("ec2", "DescribePlacementGroups")
def describe_placement_groups(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The groups, of these names or ids; one that is not there is an error, as on AWS."""
    groups = region.memory(Groups)
    for name in asked.get("GroupNames", []):
        if name not in groups:
            raise _unknown(name)
    by_id = {each["GroupId"]: each for each in groups.values()}
    for key in asked.get("GroupIds", []):
        if key not in by_id:
            raise invalid("InvalidPlacementGroupId.NotFound", f"The Placement Group '{key}' is unknown.")
    wanted = asked.get("GroupNames", []), asked.get("GroupIds", [])
    found = [
        each
        for each in groups.values()
        if not any(wanted) or each["GroupName"] in wanted[0] or each["GroupId"] in wanted[1]
    ]
    return {"PlacementGroups": chosen(found, asked, _FILTERS)}


@answers("ec2", "DeletePlacementGroup")
def delete_placement_group(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Remove a group in which no instance is."""
    groups, name = region.memory(Groups), asked["GroupName"]
    if name not in groups:
        raise _unknown(name)
    placed = [key for key, group in region.memory(Placed).items() if group == name]
    if any(_runs(region, key) for key in placed):
        raise invalid("InvalidPlacementGroup.InUse", f"The placement group {name} is in use and may not be deleted.")
    del groups[name]
    return {}


def place(region: Region, data: Mapping[str, Any], instances: Sequence[str]) -> None:
    """Remember that these instances of a launch template are in its placement group, if it names one."""
    if name := data.get("Placement", {}).get("GroupName"):
        region.memory(Placed).update({key: str(name) for key in instances})


def problem(region: Region, data: Mapping[str, Any], zones: Collection[str]) -> str | None:
    """Why instances of a launch template cannot be placed in these zones, as EC2 says it."""
    name = data.get("Placement", {}).get("GroupName")
    if not name:
        return None
    group = region.memory(Groups).get(name)
    if group is None:
        return f"The Placement Group '{name}' is unknown. (InvalidPlacementGroup.Unknown)"
    if group["Strategy"] == "cluster" and len(zones) > 1:
        where = ", ".join(sorted(zones))
        return f"The placement group {name} cannot span zones; {where} asked. (InvalidParameterCombination)"
    return None


def _runs(region: Region, key: str) -> bool:
    (reservation,) = region.moto("ec2").describe_instances(InstanceIds=[key])["Reservations"]
    return reservation["Instances"][0]["State"]["Name"] in {"pending", "running"}


def _unknown(name: str) -> Exception:
    return invalid("InvalidPlacementGroup.Unknown", f"The Placement Group '{name}' is unknown.")
