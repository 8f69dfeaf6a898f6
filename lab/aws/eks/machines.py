"""Nodes of a node group, as Kubernetes sees its instances: labels, taints, and what they offer."""

from collections.abc import Mapping
from typing import Any, Final

from ...nodes.wanted import WantedNode
from ..region import Region
from . import launch
from .kinds import kind, nvidia
from .kubelet import Kubelet, kubelet
from .store import Described

_EFFECTS: Final = {
    "NO_SCHEDULE": "NoSchedule",
    "NO_EXECUTE": "NoExecute",
    "PREFER_NO_SCHEDULE": "PreferNoSchedule",
}
_TEMPLATE: Final = "k8s.io/cluster-autoscaler/node-template/resources/"
"""What tags of an Auto Scaling group begin with that say what its nodes offer."""

_MIB: Final = 2**20
_LOST_PERCENT, _LOST_MIB = 2.5, 256
"""Memory that firmware and kernel keep from the kubelet: about what m5.large and g5.12xlarge lack in their reports."""


def joined(region: Region, group: Described) -> bool:
    """Let the instances of a group be nodes of its cluster; whether they are by now."""
    key = _key(group)
    region.fleet.want(key, machines(region, group))
    return region.fleet.ready(key)


def leave(region: Region, group: Described) -> None:
    """Let no instance of a group be a node any longer."""
    region.fleet.want(_key(group), [])


def machines(region: Region, group: Described) -> list[WantedNode]:
    """The nodes of a group as they should be."""
    name, (_, data) = launch.asg(group), launch.template(region, group)
    told = kubelet(data.get("UserData", ""))
    more = _promised(region, name)
    return [_machine(region, group, each, data, told, more) for each in launch.instances(region, name)]


def _machine(
    region: Region,
    group: Described,
    instance: Mapping[str, Any],
    data: Mapping[str, Any],
    told: Kubelet,
    more: Mapping[str, str],
) -> WantedNode:
    found = kind(region, instance["InstanceType"])
    node, zone = instance["PrivateDnsName"], instance["Placement"]["AvailabilityZone"]
    offers = _offers(group, found, data, told)
    if any(name.startswith("nvidia.com/") for name in more):
        offers.pop("nvidia.com/gpu", None)
    extended = {name: value for name, value in more.items() if "/" in name}
    return WantedNode(
        name=node,
        labels=_labels(region, group, instance, found),
        taints=[
            {"key": each["key"], "value": each.get("value", ""), "effect": _EFFECTS[each["effect"]]}
            for each in group.get("taints", [])
        ],
        capacity={**offers, **extended},
        allocatable={**told.left(offers), **extended},
        provider_id=f"aws:///{zone}/{instance['InstanceId']}",
    )


def _offers(group: Described, found: Mapping[str, Any], data: Mapping[str, Any], told: Kubelet) -> dict[str, str]:
    whole = int(found["MemoryInfo"]["SizeInMiB"])
    gpus = nvidia(found) if "NVIDIA" in group["amiType"] else 0
    return {
        "cpu": str(found["VCpuInfo"]["DefaultVCpus"]),
        "memory": f"{int(whole * (1 - _LOST_PERCENT / 100)) - _LOST_MIB}Mi",
        "ephemeral-storage": str(_disk_bytes(group, found, data, told)),
        "pods": str(told.max_pods or _pods(found)),
        **({"nvidia.com/gpu": str(gpus)} if gpus else {}),
    }


def _disk_bytes(group: Described, found: Mapping[str, Any], data: Mapping[str, Any], told: Kubelet) -> int:
    local = int(found.get("InstanceStorageInfo", {}).get("TotalSizeInGB", 0))
    if told.local_disks and local:
        return local * 10**9
    volumes = [each["Ebs"]["VolumeSize"] for each in data.get("BlockDeviceMappings", []) if "Ebs" in each]
    return int(max(volumes, default=group.get("diskSize", 20))) * 2**30


def _pods(found: Mapping[str, Any]) -> int:
    """Addresses of a node without prefixes: one of each interface is its own; two pods use the node's."""
    network = found["NetworkInfo"]
    return int(network["MaximumNetworkInterfaces"] * (network["Ipv4AddressesPerInterface"] - 1) + 2)


def _labels(region: Region, group: Described, instance: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, str]:
    zone, name = instance["Placement"]["AvailabilityZone"], instance["InstanceType"]
    arm = "arm64" in found["ProcessorInfo"]["SupportedArchitectures"]
    template = group.get("launchTemplate", {})
    source = {"id": "Id", "version": "Version"}
    return {
        "kubernetes.io/arch": "arm64" if arm else "amd64",
        "kubernetes.io/hostname": instance["PrivateDnsName"],
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": name,
        "topology.kubernetes.io/region": region.name,
        "topology.kubernetes.io/zone": zone,
        "eks.amazonaws.com/nodegroup": group["nodegroupName"],
        "eks.amazonaws.com/capacityType": group["capacityType"],
        "eks.amazonaws.com/nodegroup-image": instance["ImageId"],
        **{
            f"eks.amazonaws.com/sourceLaunchTemplate{end}": template[key]
            for key, end in source.items()
            if key in template
        },
        **group["labels"],
    }


def _promised(region: Region, name: str) -> dict[str, str]:
    """What the tags of an Auto Scaling group say that its nodes offer."""
    answer = region.moto("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[name])
    tags = answer["AutoScalingGroups"][0]["Tags"]
    return {tag["Key"].removeprefix(_TEMPLATE): tag["Value"] for tag in tags if tag["Key"].startswith(_TEMPLATE)}


def _key(group: Described) -> str:
    return f"{group['clusterName']}.{group['nodegroupName']}"
