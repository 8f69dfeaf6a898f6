"""Node groups: made, described, deleted."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from ..answering import answers, given, page, unique, wrong
from ..clock import Deadline
from ..errors import AwsError
from ..faults import Fault
from ..images import AMI_TYPES, latest
from ..region import Region
from . import access, checks, launch, machines, timing
from .kinds import require_fitting
from .store import Cluster, Described, active, cluster, part
from .versions import minor, release

_DEFAULT_TYPE: Final = "t3.medium"
_CARDS: Final = ("vpc-cni", "kube-proxy")
"""Add-ons without which no node is ever ready."""

UNJOINED: Final = "Instances failed to join the kubernetes cluster"
"""What EKS says when nodes do not become ready."""


@answers("eks", "CreateNodegroup")
def create_nodegroup(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to make a node group: its Auto Scaling group is there, its nodes come."""
    made, name = active(region, asked["clusterName"]), asked["nodegroupName"]
    if name in made.groups:
        message = f"NodeGroup already exists with name {name} and cluster name {made.name}"
        raise AwsError("ResourceInUseException", message, 409)
    checks.role(region, asked["nodeRole"])
    checks.subnets(region, asked["subnets"])
    named, data = launch.template(region, asked)
    kinds = _kinds(asked, data)
    group = _described(region, made, asked, named)
    require_fitting(region, group["amiType"], kinds)
    if group["capacityType"] == "CAPACITY_BLOCK" and "InstanceMarketOptions" not in data:
        raise wrong("A capacity block needs a launch template with the market type capacity-block and a reservation")
    if "instanceTypes" in asked or "InstanceType" not in data:
        group["instanceTypes"] = kinds
    group["resources"] = {"autoScalingGroups": [{"name": launch.open_group(region, group, kinds)}]}
    access.admit_nodes(region, made, asked["nodeRole"])
    made.groups[name] = group
    ends = region.clock.deadline(timing.NODES_GIVEN_UP, timing.NODES_AWAITED)
    region.agenda.after(timing.NODES_LAUNCHED, partial(_launched, region, made, group, ends, region.failure))
    return {"nodegroup": group}


@answers("eks", "DescribeNodegroup")
def describe_nodegroup(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One node group."""
    return {"nodegroup": known(cluster(region, asked["clusterName"]), asked)}


@answers("eks", "ListNodegroups")
def list_nodegroups(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The names of a cluster's node groups."""
    return page(sorted(cluster(region, asked["clusterName"]).groups), asked, "nodegroups")


@answers("eks", "DeleteNodegroup")
def delete_nodegroup(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to delete a node group; its nodes go first."""
    made = cluster(region, asked["clusterName"])
    group = known(made, asked)
    if group["status"] != "DELETING":
        group["status"] = "DELETING"
        region.agenda.after(timing.GROUP_DELETED, lambda: _deleted(region, made, group))
    return {"nodegroup": group}


def known(made: Cluster, asked: Mapping[str, Any]) -> Described:
    """The node group that is asked for."""
    missing = f"No node group found for name: {asked['nodegroupName']}."
    return part(made.groups, asked["nodegroupName"], missing)


def sizes(asked: Mapping[str, int], now: Mapping[str, int]) -> dict[str, int]:
    """The sizes of a group after ``asked``; impossible ones are refused in EKS's words."""
    new = {**now, **asked}
    low, wanted, high = new["minSize"], new["desiredSize"], new["maxSize"]
    if low > high:
        raise wrong(f"Minimum capacity {low} can't be greater than maximum size {high}")
    if low > wanted:
        raise wrong(f"Minimum capacity {low} can't be greater than desired size {wanted}")
    if wanted > high:
        raise wrong(f"desired capacity {wanted} can't be greater than max size {high}")
    return new


def types(group: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    """The types of a group's instances, in the order of preference."""
    return list(group.get("instanceTypes") or [data["InstanceType"]])


def version_of(made: Cluster, asked: Mapping[str, Any], ami_type: str) -> tuple[str, str]:
    """The version of Kubernetes and the release of the image that are asked for, or the newest that fit."""
    own = str(made.described["version"])
    told = str(asked.get("releaseVersion", ""))
    by_release = ".".join(told.split(".")[:2]) if told and not ami_type.startswith("BOTTLEROCKET") else own
    version = release(str(asked.get("version") or by_release)).version
    if minor(version) > minor(own):
        raise wrong(f"Nodegroup Kubernetes version {version} can't be greater than cluster version {own}")
    return version, told or latest(ami_type, version)


def _described(region: Region, made: Cluster, asked: Mapping[str, Any], named: Mapping[str, str]) -> Described:
    name, ami_type = asked["nodegroupName"], asked.get("amiType", "AL2023_x86_64_STANDARD")
    if ami_type not in AMI_TYPES:
        raise wrong(f"The lab has no image of the type {ami_type}")
    version, image = version_of(made, asked, ami_type)
    if named and "diskSize" in asked:
        raise wrong("Disk size must be specified within the launch template.")
    return {
        "nodegroupName": name,
        "nodegroupArn": region.arn("eks", f"nodegroup/{made.name}/{name}/{unique()}"),
        "clusterName": made.name,
        "version": version,
        "releaseVersion": image,
        "createdAt": region.now(),
        "modifiedAt": region.now(),
        "status": "CREATING",
        "capacityType": asked.get("capacityType", "ON_DEMAND"),
        "scalingConfig": sizes(asked.get("scalingConfig", {}), {"minSize": 1, "desiredSize": 2, "maxSize": 2}),
        "subnets": list(asked["subnets"]),
        "amiType": ami_type,
        "nodeRole": asked["nodeRole"],
        "labels": dict(asked.get("labels", {})),
        "health": {"issues": []},
        "updateConfig": dict(asked.get("updateConfig") or {"maxUnavailable": 1}),
        "nodeRepairConfig": {"enabled": False, **asked.get("nodeRepairConfig", {})},
        "tags": dict(asked.get("tags", {})),
        **given(asked, "taints"),
        **({"launchTemplate": dict(named)} if named else {"diskSize": asked.get("diskSize", 20)}),
    }


def _kinds(asked: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    wanted, templated = asked.get("instanceTypes"), data.get("InstanceType")
    if wanted and templated:
        raise wrong("Instance type(s) cannot be specified both in the launch template and in the API request.")
    return list(wanted or [templated or _DEFAULT_TYPE])


def _launched(region: Region, made: Cluster, group: Described, ends: Deadline, failure: Fault | None) -> float | None:
    if group["status"] != "CREATING":
        return None
    _, data = launch.template(region, group)
    problem = (failure.code, failure.message) if failure else launch.problem(region, group, data)
    if problem:
        _fail(group, *problem)
        return None
    if not launch.instances(region, launch.asg(group)):
        launch.resize(region, group, data, types(group, data))
    networked = made.networked or all(name in made.addons for name in _CARDS)
    if networked and machines.joined(region, group):
        group["status"] = "ACTIVE"
        return None
    if not ends.passed(by_machine=networked):
        return timing.AGAIN
    _fail(group, "NodeCreationFailure", UNJOINED)
    return None


def _fail(group: Described, code: str, message: str) -> None:
    group["status"] = "CREATE_FAILED"
    group["health"] = {"issues": [{"code": code, "message": message, "resourceIds": [launch.asg(group)]}]}


def _deleted(region: Region, made: Cluster, group: Described) -> None:
    machines.leave(region, group)
    launch.close_group(region, launch.asg(group))
    del made.groups[group["nodegroupName"]]
