"""Changes of node groups: by EKS, and by whoever scales their Auto Scaling groups."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..answering import answers, given, wrong
from ..errors import AwsError
from ..region import Region
from . import launch, machines, timing
from .groups import known, sizes, types, version_of
from .store import Cluster, Described, active, clusters
from .updates import begin


@answers("eks", "UpdateNodegroupConfig")
def update_nodegroup_config(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to change sizes, labels, taints, or how updates and repairs go."""
    made = active(region, asked["clusterName"])
    group = known(made, asked)
    scaling = sizes(asked.get("scalingConfig", {}), group["scalingConfig"])
    labels, taints = asked.get("labels", {}), asked.get("taints", {})
    params: dict[str, Any] = {
        name[0].upper() + name[1:]: value for name, value in asked.get("scalingConfig", {}).items()
    }
    params |= {f"Labels{end}": labels[key] for key, end in _LABEL_CHANGES.items() if labels.get(key)}
    params |= {f"Taints{end}": taints[key] for key, end in _TAINT_CHANGES.items() if taints.get(key)}
    more = given(asked, "updateConfig", "nodeRepairConfig")
    if update := more.get("updateConfig"):
        params |= {name[0].upper() + name[1:]: value for name, value in update.items()}
    if "nodeRepairConfig" in more:
        params["NodeRepairConfig"] = more["nodeRepairConfig"]

    def finish() -> float | None:
        group.update(more, scalingConfig=scaling, modifiedAt=region.now())
        _relabel(group, labels, taints)
        return _settled(region, group)

    return begin(region, made, group, "ConfigUpdate", params, timing.GROUP_CONFIGURED, finish)


@answers("eks", "UpdateNodegroupVersion")
def update_nodegroup_version(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to replace every node by one of another version, image or launch template."""
    made = active(region, asked["clusterName"])
    group = known(made, asked)
    version, image = version_of(made, asked, group["amiType"])
    changes: Described = {"version": version, "releaseVersion": image}
    params: dict[str, Any] = {"Version": version, "ReleaseVersion": image}
    if "launchTemplate" in asked:
        if "launchTemplate" not in group:
            raise wrong("The node group was made without a launch template")
        named, _ = launch.template(region, asked)
        if named["id"] != group["launchTemplate"]["id"]:
            raise wrong("You cannot specify a different launch template")
        changes["launchTemplate"] = named
        params |= {"LaunchTemplateName": named["name"], "LaunchTemplateVersion": named["version"]}
    old = [each["InstanceId"] for each in launch.instances(region, launch.asg(group))]

    def finish() -> float | None:
        group.update(changes, modifiedAt=region.now())
        launch.retire(region, launch.asg(group), [key for key in old if key in _running(region, group)])
        return _settled(region, group)

    return begin(region, made, group, "VersionUpdate", params, timing.NODES_REPLACED, finish)


@answers("autoscaling", "SetDesiredCapacity")
def set_desired_capacity(region: Region, asked: dict[str, Any]) -> Mapping[str, Any] | None:
    """Scale a node group as an autoscaler does; other groups are moto's."""
    return _scaled(region, asked["AutoScalingGroupName"], {"desiredSize": asked["DesiredCapacity"]})


@answers("autoscaling", "UpdateAutoScalingGroup")
def update_auto_scaling_group(region: Region, asked: dict[str, Any]) -> Mapping[str, Any] | None:
    """Change the sizes of a node group behind EKS's back; other groups are moto's."""
    names = {"MinSize": "minSize", "MaxSize": "maxSize", "DesiredCapacity": "desiredSize"}
    return _scaled(region, asked["AutoScalingGroupName"], {names[key]: asked[key] for key in names if key in asked})


@answers("autoscaling", "CreateOrUpdateTags")
def create_or_update_tags(region: Region, asked: dict[str, Any]) -> None:
    """Moto keeps the tags; what they say that nodes offer is what nodes offer from now on."""
    _again(region, asked)


@answers("autoscaling", "DeleteTags")
def delete_tags(region: Region, asked: dict[str, Any]) -> None:
    """Moto forgets the tags; nodes offer no longer what they said."""
    _again(region, asked)


_LABEL_CHANGES = {"addOrUpdateLabels": "ToAdd", "removeLabels": "ToRemove"}
_TAINT_CHANGES = {"addOrUpdateTaints": "ToAdd", "removeTaints": "ToRemove"}


def _relabel(group: Described, labels: Mapping[str, Any], taints: Mapping[str, Any]) -> None:
    group["labels"].update(labels.get("addOrUpdateLabels", {}))
    for key in labels.get("removeLabels", []):
        group["labels"].pop(key, None)
    if not taints:
        return
    known_taints = {(each["key"], each["effect"]): each for each in group.get("taints", [])}
    for each in taints.get("removeTaints", []):
        known_taints.pop((each["key"], each["effect"]), None)
    known_taints |= {(each["key"], each["effect"]): each for each in taints.get("addOrUpdateTaints", [])}
    group["taints"] = list(known_taints.values())


def _settled(region: Region, group: Described) -> float | None:
    """Make a group's instances and nodes as it says; None once they are."""
    _, data = launch.template(region, group)
    launch.resize(region, group, data, types(group, data))
    return None if machines.joined(region, group) else timing.AGAIN


def _running(region: Region, group: Described) -> set[str]:
    return {each["InstanceId"] for each in launch.instances(region, launch.asg(group))}


def _scaled(region: Region, name: str, asked: Mapping[str, int]) -> Mapping[str, Any] | None:
    found = _owner(region, name)
    if found is None:
        return None
    _, group = found
    try:
        scaling = sizes(asked, group["scalingConfig"])
    except AwsError as error:
        raise AwsError("ValidationError", error.message, 400) from error
    group["scalingConfig"] = scaling
    _settled(region, group)
    return {}


def _again(region: Region, asked: Mapping[str, Any]) -> None:
    # After the call has been answered by moto, which is when it has the tags.
    for name in {str(tag.get("ResourceId", "")) for tag in asked["Tags"]}:
        if found := _owner(region, name):
            _, group = found
            region.agenda.after(0, partial(_refreshed, region, group))


def _refreshed(region: Region, group: Described) -> None:
    if group["status"] in {"ACTIVE", "UPDATING"}:
        machines.joined(region, group)


def _owner(region: Region, name: str) -> tuple[Cluster, Described] | None:
    for made in clusters(region).values():
        for group in made.groups.values():
            if launch.asg(group) == name:
                return made, group
    return None
