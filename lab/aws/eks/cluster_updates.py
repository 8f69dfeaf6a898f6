"""Changes of a cluster: one kind at a time, as EKS has it."""

from collections.abc import Callable, Mapping
from typing import Any

from ..answering import answers, given, wrong
from ..errors import AwsError
from ..region import Region
from . import checks, timing
from .clusters import logging
from .store import Cluster, Described, cluster
from .updates import begin
from .versions import minor, release

_KINDS = {
    "logging": ("LoggingUpdate", "ClusterLogging"),
    "accessConfig": ("AccessConfigUpdate", "AuthenticationMode"),
    "upgradePolicy": ("UpgradePolicyUpdate", "UpgradePolicy"),
    "computeConfig": ("AutoModeUpdate", "ComputeConfig"),
    "deletionProtection": ("DeletionProtectionUpdate", "DeletionProtection"),
    "zonalShiftConfig": ("ZonalShiftConfigUpdate", "ZonalShiftConfig"),
}
"""What an update of each member is called, and its parameter."""

_MODES = ("CONFIG_MAP", "API_AND_CONFIG_MAP", "API")
"""Modes of authentication; a cluster goes from one to the next, and never back."""


@answers("eks", "UpdateClusterConfig")
def update_cluster_config(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to change one of a cluster's settings."""
    found = cluster(region, asked["name"])
    if changes := asked.get("resourcesVpcConfig"):
        kind, params, apply = _network(region, found, changes)
    else:
        kind, params, apply = _setting(found, given(asked, *_KINDS))
    return begin(region, found, found.described, kind, params, timing.CLUSTER_CONFIGURED, apply)


@answers("eks", "UpdateClusterVersion")
def update_cluster_version(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to upgrade a control plane: by one version, and not more than three ahead of its nodes."""
    found, wanted = cluster(region, asked["name"]), release(asked["version"]).version
    now = found.described["version"]
    if minor(wanted) != minor(now) + 1:
        message = f"Unsupported Kubernetes minor version update from {now} to {wanted}"
        raise AwsError("InvalidParameterException", message, 400)
    for name, group in found.groups.items():
        if minor(wanted) - minor(group["version"]) > 3:
            message = f"Nodegroup {name} must be updated to match cluster version {now} before updating cluster version"
            raise AwsError("InvalidRequestException", message, 400)
    params = {"Version": wanted, "PlatformVersion": found.described["platformVersion"]}
    return begin(
        region,
        found,
        found.described,
        "VersionUpdate",
        params,
        timing.CLUSTER_UPGRADED,
        lambda: found.described.update(version=wanted),
    )


@answers("eks", "AssociateEncryptionConfig")
def associate_encryption_config(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to encrypt the Secrets of a cluster, for good."""
    found, wanted = cluster(region, asked["clusterName"]), asked["encryptionConfig"]
    if found.described.get("encryptionConfig"):
        raise AwsError("ResourceInUseException", "Encryption is already enabled for this cluster", 409)
    for each in wanted:
        checks.key(region, each["provider"]["keyArn"])
    return begin(
        region,
        found,
        found.described,
        "AssociateEncryptionConfig",
        {"EncryptionConfig": wanted},
        timing.CLUSTER_CONFIGURED,
        lambda: found.described.update(encryptionConfig=wanted),
    )


Change = tuple[str, dict[str, Any], Callable[[], None]]


def _setting(found: Cluster, asked: Mapping[str, Any]) -> Change:
    if len(asked) != 1:
        raise AwsError("InvalidRequestException", "Only one type of update can be allowed", 400)
    ((member, wanted),) = asked.items()
    kind, param = _KINDS[member]
    now: Any = found.described.get(member)
    new = logging(wanted) if member == "logging" else wanted
    if member == "accessConfig":
        before, after = now["authenticationMode"], wanted["authenticationMode"]
        if _MODES.index(after) < _MODES.index(before):
            raise wrong(f"Unsupported authentication mode update from {before} to {after}")
        new = {**now, **wanted}
    if new == now:
        raise wrong("No changes needed for the config provided")
    changed: Described = {member: new}
    return kind, {param: wanted}, lambda: found.described.update(changed)


def _network(region: Region, found: Cluster, changes: Mapping[str, Any]) -> Change:
    now = found.described["resourcesVpcConfig"]
    new = {**now, **changes}
    if "subnetIds" in changes or "securityGroupIds" in changes:
        if any(name.startswith("endpoint") for name in changes):
            raise AwsError("InvalidRequestException", "Only one type of update can be allowed", 400)
        if {each["VpcId"] for each in checks.subnets(region, new["subnetIds"])} != {now["vpcId"]}:
            raise wrong("Subnets must belong to the VPC of the cluster")
        checks.security_groups(region, new["securityGroupIds"])
        kind, names = "VpcConfigUpdate", {"subnetIds": "Subnets", "securityGroupIds": "SecurityGroups"}
    else:
        if not (new["endpointPublicAccess"] or new["endpointPrivateAccess"]):
            raise wrong("Private and public endpoint access cannot be false")
        kind = "EndpointAccessUpdate"
        names = {
            "endpointPublicAccess": "EndpointPublicAccess",
            "endpointPrivateAccess": "EndpointPrivateAccess",
            "publicAccessCidrs": "PublicAccessCidrs",
        }
    if new == now:
        raise wrong("Cluster is already at the desired configuration")
    params = {names[name]: value for name, value in changes.items() if name in names}
    return kind, params, lambda: found.described.update(resourcesVpcConfig=new)
