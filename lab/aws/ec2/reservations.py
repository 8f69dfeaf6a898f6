"""Capacity: on-demand reservations, and capacity blocks for machine learning."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from ..answering import answers, given, hexadecimal
from ..region import ACCOUNT, Region
from .filters import Described, chosen, invalid, tags

_FILTERS = {
    "instance-type": "InstanceType",
    "availability-zone": "AvailabilityZone",
    "state": "State",
    "end-date-type": "EndDateType",
    "instance-match-criteria": "InstanceMatchCriteria",
    "tenancy": "Tenancy",
}


class Reservations(dict[str, Described]):
    """The capacity reservations of a region, by id."""


class Offerings(dict[str, Described]):
    """The capacity blocks that were offered, by id."""


@answers("ec2", "CreateCapacityReservation")
def create_capacity_reservation(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Reserve capacity; it is active at once."""
    _require_type(region, asked["InstanceType"])
    if "AvailabilityZone" not in asked:
        raise invalid("MissingParameter", "The request must contain the parameter AvailabilityZone")
    made = _reserved(region, asked, "active", region.now(), "default")
    made["EndDateType"] = asked.get("EndDateType", "limited" if "EndDate" in asked else "unlimited")
    return {"CapacityReservation": made}


@answers("ec2", "DescribeCapacityReservations")
def describe_capacity_reservations(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The reservations, all or those of these ids; blocks begin and end by the clock."""
    there = region.memory(Reservations)
    for each in there.values():
        _aged(region, each)
    wanted = asked.get("CapacityReservationIds", [])
    found = [_known(region, key) for key in wanted] if wanted else list(there.values())
    return {"CapacityReservations": chosen(found, asked, _FILTERS)}


@answers("ec2", "ModifyCapacityReservation")
def modify_capacity_reservation(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Change how many instances are reserved, and until when."""
    found = _known(region, asked["CapacityReservationId"])
    if found["State"] != "active" or found["ReservationType"] != "default":
        raise invalid("InvalidCapacityReservationState", f"{found['CapacityReservationId']} cannot be modified")
    count = asked.get("InstanceCount", found["TotalInstanceCount"])
    used = found["TotalInstanceCount"] - found["AvailableInstanceCount"]
    found.update(given(asked, "EndDate", "EndDateType", "InstanceMatchCriteria"))
    found.update(TotalInstanceCount=count, AvailableInstanceCount=max(0, count - used))
    return {"Return": True}


@answers("ec2", "CancelCapacityReservation")
def cancel_capacity_reservation(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Give reserved capacity back; a capacity block is paid and stays."""
    found = _known(region, asked["CapacityReservationId"])
    if found["ReservationType"] != "default":
        raise invalid("InvalidCapacityReservationState", "A Capacity Block cannot be cancelled")
    found.update(State="cancelled", AvailableInstanceCount=0)
    return {"Return": True}


@answers("ec2", "DescribeCapacityBlockOfferings")
def describe_capacity_block_offerings(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One offer: the block that is asked for, from tomorrow noon UTC on, in the first zone that has the type."""
    kind, hours = asked.get("InstanceType", ""), asked["CapacityDurationHours"]
    _require_type(region, kind)
    places = region.moto("ec2").describe_instance_type_offerings(
        LocationType="availability-zone", Filters=[{"Name": "instance-type", "Values": [kind]}]
    )["InstanceTypeOfferings"]
    start = max(asked.get("StartDateRange", region.now()).replace(tzinfo=region.now().tzinfo), region.now())
    begins = (start + timedelta(days=1)).replace(hour=11, minute=30, second=0, microsecond=0)
    offers = region.memory(Offerings)
    for place in sorted(each["Location"] for each in places)[:1]:
        key = f"cb-{hexadecimal(17)}"
        offers[key] = {
            "CapacityBlockOfferingId": key,
            "InstanceType": kind,
            "AvailabilityZone": place,
            "InstanceCount": asked.get("InstanceCount", 1),
            "StartDate": begins,
            "EndDate": begins + timedelta(hours=hours),
            "CapacityBlockDurationHours": hours,
            "CapacityBlockDurationMinutes": hours * 60,
            "UpfrontFee": "0.0000",
            "CurrencyCode": "USD",
            "Tenancy": "default",
        }
    return {"CapacityBlockOfferings": list(offers.values())[-1:] if places else []}


@answers("ec2", "PurchaseCapacityBlock")
def purchase_capacity_block(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Buy an offer: a reservation that is scheduled until it begins."""
    offer = region.memory(Offerings).pop(asked["CapacityBlockOfferingId"], None)
    if offer is None:
        message = f"The offering {asked['CapacityBlockOfferingId']} is not there"
        raise invalid("InvalidCapacityBlockOfferingId.NotFound", message)
    bought = {**offer, **given(asked, "InstancePlatform", "TagSpecifications")}
    made = _reserved(region, bought, "scheduled", offer["StartDate"], "capacity-block")
    made.update(EndDate=offer["EndDate"], EndDateType="limited", InstanceMatchCriteria="targeted")
    return {"CapacityReservation": made}


def problem(region: Region, data: Mapping[str, Any], zones: Collection[str]) -> str | None:
    """Why instances of a launch template cannot have the capacity that they target, as EC2 says it."""
    target = data.get("CapacityReservationSpecification", {}).get("CapacityReservationTarget", {})
    key = target.get("CapacityReservationId")
    if not key:
        return None
    found = region.memory(Reservations).get(key)
    if found is None:
        return f"The capacity reservation '{key}' does not exist. (InvalidCapacityReservationId.NotFound)"
    _aged(region, found)
    if found["State"] != "active":
        return f"The capacity reservation {key} is {found['State']}. (ReservationCapacityExceeded)"
    if found["AvailabilityZone"] not in zones:
        where = ", ".join(sorted(zones))
        return (
            f"The capacity reservation {key} is in {found['AvailabilityZone']}, not in {where}. (InvalidParameterValue)"
        )
    return None


def _reserved(region: Region, asked: Mapping[str, Any], state: str, start: datetime, kind: str) -> Described:
    key, count = f"cr-{hexadecimal(17)}", asked["InstanceCount"]
    made: Described = {
        "CapacityReservationId": key,
        "OwnerId": ACCOUNT,
        "CapacityReservationArn": region.arn("ec2", f"capacity-reservation/{key}"),
        "InstanceType": asked["InstanceType"],
        "InstancePlatform": asked["InstancePlatform"],
        "AvailabilityZone": asked["AvailabilityZone"],
        "Tenancy": asked.get("Tenancy", "default"),
        "TotalInstanceCount": count,
        "AvailableInstanceCount": count if state == "active" else 0,
        "EbsOptimized": bool(asked.get("EbsOptimized")),
        "EphemeralStorage": bool(asked.get("EphemeralStorage")),
        "State": state,
        "StartDate": start,
        "InstanceMatchCriteria": asked.get("InstanceMatchCriteria", "open"),
        "CreateDate": region.now(),
        "Tags": tags(asked, "capacity-reservation"),
        "ReservationType": kind,
        **given(asked, "EndDate", "PlacementGroupArn"),
    }
    region.memory(Reservations)[key] = made
    return made


def _aged(region: Region, each: Described) -> None:
    if each["State"] == "scheduled" and region.now() >= each["StartDate"]:
        each.update(State="active", AvailableInstanceCount=each["TotalInstanceCount"])
    ends = each.get("EndDate")
    if each["State"] == "active" and ends and region.now() >= ends.replace(tzinfo=region.now().tzinfo):
        each.update(State="expired", AvailableInstanceCount=0)


def _known(region: Region, key: str) -> Described:
    found = region.memory(Reservations).get(key)
    if found is None:
        raise invalid("InvalidCapacityReservationId.NotFound", f"The capacity reservation '{key}' does not exist")
    return found


def _require_type(region: Region, name: str) -> None:
    there = region.moto("ec2").describe_instance_type_offerings(Filters=[{"Name": "instance-type", "Values": [name]}])[
        "InstanceTypeOfferings"
    ]
    if not there:
        raise invalid("InvalidParameterValue", f"The instance type '{name}' is not there")
