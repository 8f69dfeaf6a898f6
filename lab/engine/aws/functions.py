"""The functions that rayform's programs call."""

from collections.abc import Callable, Mapping
from typing import Any

from .session import Session

Function = Callable[[Session, Mapping[str, Any]], dict[str, Any]]


def availability_zones(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    """The zones of the region, sorted by name."""
    wanted = _filters(given)
    if state := given.get("state"):
        wanted = [*wanted, {"Name": "state", "Values": [state]}]
    everywhere = bool(given.get("allAvailabilityZones"))
    found = session.call("ec2", "DescribeAvailabilityZones", {"Filters": wanted, "AllAvailabilityZones": everywhere})
    names, ids = set(given.get("excludeNames") or ()), set(given.get("excludeZoneIds") or ())
    zones = [zone for zone in found["AvailabilityZones"] if zone["ZoneName"] not in names and zone["ZoneId"] not in ids]
    zones.sort(key=lambda zone: str(zone["ZoneName"]))
    return {
        **given,
        "id": session.region,
        "region": session.region,
        "names": [zone["ZoneName"] for zone in zones],
        "zoneIds": [zone["ZoneId"] for zone in zones],
        "groupNames": sorted({zone["GroupName"] for zone in zones if zone.get("GroupName")}),
    }


def instance_type_offerings(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    """Which types of instances are offered where, all pages of it."""
    asked: dict[str, Any] = {"Filters": _filters(given)}
    if place := given.get("locationType"):
        asked["LocationType"] = place
    offered: list[dict[str, str]] = []
    while True:
        found = session.call("ec2", "DescribeInstanceTypeOfferings", asked)
        offered += found["InstanceTypeOfferings"]
        if not found.get("NextToken"):
            break
        asked["NextToken"] = found["NextToken"]
    return {
        **given,
        "id": session.region,
        "region": session.region,
        "instanceTypes": [each["InstanceType"] for each in offered],
        "locations": [each["Location"] for each in offered],
        "locationTypes": [each["LocationType"] for each in offered],
    }


def node_group(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    """A node group as it is: its state and its sizes."""
    names = {"clusterName": given["clusterName"], "nodegroupName": given["nodeGroupName"]}
    found = session.call("eks", "DescribeNodegroup", names)["nodegroup"]
    return {
        **given,
        "id": ":".join(names.values()),
        "region": session.region,
        "arn": found["nodegroupArn"],
        "scalingConfigs": [found["scalingConfig"]],
        "status": found["status"],
        "version": found["version"],
    }


FUNCTIONS: Mapping[str, Function] = {
    "aws:index/getAvailabilityZones:getAvailabilityZones": availability_zones,
    "aws:eks/getNodeGroup:getNodeGroup": node_group,
    "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": instance_type_offerings,
}
"""Every function, by its token."""


def _filters(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"Name": each["name"], "Values": list(each["values"])} for each in given.get("filters") or ()]
