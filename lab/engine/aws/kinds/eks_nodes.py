"""Managed node groups."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..calls import Call, Look, Properties, Work
from ..kind import Change, Kind, Name, names
from .eks import ABSENT, statuses, tagging, updated

_VERSIONS: Final = ("launchTemplate", "releaseVersion", "version")
_CONFIG: Final = ("labels", "nodeRepairConfig", "scalingConfig", "taints", "updateConfig")


def _template(known: Properties) -> dict[str, Any]:
    """The launch template by its id, or else by its name: EKS takes one of them."""
    given: Properties = known.get("launchTemplate") or {}
    identity = "id" if given.get("id") else "name"
    said = {key: given[key] for key in (identity, "version") if given.get(key) is not None}
    return {"launchTemplate": said} if said else {}


def _versions(work: Work) -> Mapping[str, Any]:
    known, before = work.properties, work.before
    changed = {name: known.get(name) for name in ("releaseVersion", "version") if known.get(name) != before.get(name)}
    said = {name: value for name, value in changed.items() if value is not None}
    return {**said, **_template(known), "force": bool(known.get("forceUpdateVersion"))}


def _config(work: Work) -> Mapping[str, Any]:
    known, before = work.properties, work.before
    parts = ("nodeRepairConfig", "scalingConfig", "updateConfig")
    # What is not said stays as it is by now: of sizes, that may be other than is known here.
    changed = {name: known[name] for name in parts if known.get(name) and known[name] != before.get(name)}
    return {**changed, **_labels(known, before), **_taints(known, before)}


def _labels(known: Properties, before: Properties) -> dict[str, Any]:
    now: Mapping[str, str] = known.get("labels") or {}
    was: Mapping[str, str] = before.get("labels") or {}
    come = {key: value for key, value in now.items() if was.get(key) != value}
    gone = [key for key in was if key not in now]
    return _said("labels", "Labels", come, gone)


def _taints(known: Properties, before: Properties) -> dict[str, Any]:
    now: Sequence[Mapping[str, str]] = known.get("taints") or []
    was: Sequence[Mapping[str, str]] = before.get("taints") or []
    kept = {(each["key"], each["effect"]) for each in now}
    come = [each for each in now if each not in was]
    gone = [each for each in was if (each["key"], each["effect"]) not in kept]
    return _said("taints", "Taints", come, gone)


def _said(name: str, title: str, come: Any, gone: Sequence[Any]) -> dict[str, Any]:
    changes = {key: value for key, value in ((f"addOrUpdate{title}", come), (f"remove{title}", gone)) if value}
    return {name: changes} if changes else {}


_GROUP: Final[Any] = {"cluster": "clusterName", "parts": ("nodeGroupName",)}

NODE_GROUP = Kind(
    type="aws:eks/nodeGroup:NodeGroup",
    service="eks",
    id="{clusterName}:{nodeGroupName}",
    required=names("clusterName nodeRoleArn scalingConfig subnetIds"),
    optional=names(
        "amiType capacityType forceUpdateVersion instanceTypes labels launchTemplate nodeGroupName nodeRepairConfig"
        " releaseVersion taints updateConfig version"
    ),
    outputs=names("diskSize resources status"),
    replaces=names(
        "amiType capacityType clusterName instanceTypes launchTemplate.id launchTemplate.name nodeGroupName"
        " nodeRoleArn subnetIds"
    ),
    name=Name("nodeGroupName", 63),
    ordered=names("instanceTypes"),
    maps=names("labels"),
    untold=names("forceUpdateVersion"),
    words={"nodeGroupName": "nodegroupName", "nodeRoleArn": "nodeRole", "subnetIds": "subnets", "arn": "nodegroupArn"},
    create=(Call("CreateNodegroup"),),
    looks=(
        Look(
            Call("DescribeNodegroup", only=("clusterName", "nodeGroupName")),
            "nodegroup.merge(@, {resources: [{autoscalingGroups: resources.autoScalingGroups,"
            " remoteAccessSecurityGroupId: resources.remoteAccessSecurityGroup}]})",
        ),
    ),
    written={"arn": "{arn}"},
    waits=statuses(broken="CREATE_FAILED"),
    changes=(
        Change(_VERSIONS, updated("UpdateNodegroupVersion", _versions, **_GROUP)),
        Change(_CONFIG, updated("UpdateNodegroupConfig", _config, **_GROUP)),
    ),
    tagging=tagging("arn"),
    delete=(Call("DeleteNodegroup", only=("clusterName", "nodeGroupName")),),
    absent=ABSENT,
    minutes=60,
)
