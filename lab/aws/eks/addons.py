"""Add-ons: those that need nodes are well once there are some, as on AWS."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ..answering import answers, given, page, unique, wrong
from ..errors import AwsError
from ..faults import Fault
from ..region import Region
from . import timing
from .addon_table import ADDONS, AddonKind, described
from .pod_identity import associate
from .store import Cluster, Described, active, cluster, part
from .updates import begin

_POLICY = "arn:aws:iam::aws:policy/"
_UNWELL = "The add-on is unhealthy because it doesn't have the desired number of replicas."


@answers("eks", "CreateAddon")
def create_addon(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to install an add-on."""
    made, name = active(region, asked["clusterName"]), asked["addonName"]
    if name in made.addons:
        raise AwsError("ResourceInUseException", "Addon already exists.", 409)
    kind = _kind(name, made)
    version = asked.get("addonVersion") or kind.versions(made.described["version"])[0]
    _require_version(made, kind, version)
    _require_json(asked)
    _require_accounts(kind, asked.get("podIdentityAssociations", []))
    addon: Described = {
        "addonName": name,
        "clusterName": made.name,
        "status": "CREATING",
        "addonVersion": version,
        "health": {"issues": []},
        "addonArn": region.arn("eks", f"addon/{made.name}/{name}/{unique()}"),
        "createdAt": region.now(),
        "modifiedAt": region.now(),
        "tags": dict(asked.get("tags", {})),
        "publisher": "eks",
        "owner": "aws",
        "namespaceConfig": {"namespace": kind.namespace, **asked.get("namespaceConfig", {})},
        **given(asked, "serviceAccountRoleArn", "configurationValues"),
    }
    addon["podIdentityAssociations"] = _associated(region, made, addon, asked.get("podIdentityAssociations", []))
    made.addons[name] = addon
    ends = region.clock.seconds() + timing.ADDON_GIVEN_UP
    region.agenda.after(timing.ADDON_DONE, partial(_created, region, made, addon, kind, ends, region.failure))
    return {"addon": addon}


@answers("eks", "DescribeAddon")
def describe_addon(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One add-on."""
    return {"addon": _known(cluster(region, asked["clusterName"]), asked)}


@answers("eks", "ListAddons")
def list_addons(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The names of a cluster's add-ons."""
    return page(sorted(cluster(region, asked["clusterName"]).addons), asked, "addons")


@answers("eks", "UpdateAddon")
def update_addon(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to change an add-on."""
    made = active(region, asked["clusterName"])
    addon = _known(made, asked)
    kind = _kind(addon["addonName"], made)
    if "addonVersion" in asked:
        _require_version(made, kind, asked["addonVersion"])
    _require_json(asked)
    _require_accounts(kind, asked.get("podIdentityAssociations", []))
    changes = given(asked, "addonVersion", "serviceAccountRoleArn", "configurationValues")
    names = {"resolveConflicts": "ResolveConflicts", "podIdentityAssociations": "PodIdentityAssociations"}
    names |= {name: name[0].upper() + name[1:] for name in changes}
    params = {names[name]: value for name, value in asked.items() if name in names}

    def finish() -> None:
        addon.update(changes, modifiedAt=region.now())
        if "podIdentityAssociations" in asked:
            _forget(made, addon)
            addon["podIdentityAssociations"] = _associated(region, made, addon, asked["podIdentityAssociations"])

    return begin(region, made, addon, "AddonUpdate", params, timing.ADDON_DONE, finish)


@answers("eks", "DeleteAddon")
def delete_addon(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to remove an add-on."""
    made = cluster(region, asked["clusterName"])
    addon = _known(made, asked)
    if addon["status"] != "DELETING":
        addon["status"] = "DELETING"
        region.agenda.after(timing.ADDON_DELETED, lambda: _deleted(made, addon))
    return {"addon": addon}


@answers("eks", "DescribeAddonVersions")
def describe_addon_versions(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The add-ons that there are, with their releases."""
    del region
    name, version = asked.get("addonName"), asked.get("kubernetesVersion")
    listed = [described(each) for each in ADDONS if name in {None, each}]
    for each in listed if version else []:
        for release in each["addonVersions"]:
            release["compatibilities"] = [one for one in release["compatibilities"] if one["clusterVersion"] == version]
        each["addonVersions"] = [release for release in each["addonVersions"] if release["compatibilities"]]
    return page(listed, asked, "addons")


@answers("eks", "DescribeAddonConfiguration")
def describe_addon_configuration(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """What an add-on can be told; the lab takes any object."""
    del region
    kind = ADDONS.get(asked["addonName"])
    if kind is None:
        raise AwsError("ResourceNotFoundException", f"Addon {asked['addonName']} is not there", 404)
    accounts = [
        {"serviceAccount": account, "recommendedManagedPolicies": [_POLICY + policy]}
        for account, policy in (kind.accounts or {}).items()
    ]
    schema = json.dumps({"$schema": "http://json-schema.org/draft-06/schema#", "type": "object"})
    return {
        **given(asked, "addonName", "addonVersion"),
        "configurationSchema": schema,
        "podIdentityConfiguration": accounts,
    }


def _created(
    region: Region, made: Cluster, addon: Described, kind: AddonKind, ends: float, failure: Fault | None
) -> float | None:
    if addon["status"] not in {"CREATING", "DEGRADED"}:
        return None
    if failure:
        _issue(addon, "CREATE_FAILED", failure.code, failure.message)
        return None
    if kind.pods and not has_nodes(region, made):
        if region.clock.seconds() >= ends:
            _issue(addon, "DEGRADED", "InsufficientNumberOfReplicas", _UNWELL)
        return timing.AGAIN
    addon["status"], addon["health"] = "ACTIVE", {"issues": []}
    return None


def has_nodes(region: Region, made: Cluster) -> bool:
    """Whether any node group of the cluster has nodes."""
    return any(
        group["status"] in {"ACTIVE", "UPDATING"} and region.fleet.nodes(f"{made.name}.{name}") > 0
        for name, group in made.groups.items()
    )


def _issue(addon: Described, status: str, code: str, message: str) -> None:
    addon["status"] = status
    addon["health"] = {"issues": [{"code": code, "message": message, "resourceIds": []}]}


def _deleted(made: Cluster, addon: Described) -> None:
    _forget(made, addon)
    del made.addons[addon["addonName"]]


def _forget(made: Cluster, addon: Described) -> None:
    for key, each in list(made.associations.items()):
        if each.get("ownerArn") == addon["addonArn"]:
            del made.associations[key]


def _associated(region: Region, made: Cluster, addon: Described, asked: Sequence[Mapping[str, str]]) -> list[str]:
    namespace, owner = addon["namespaceConfig"]["namespace"], addon["addonArn"]
    made_now = [associate(region, made, {**each, "namespace": namespace}, owner) for each in asked]
    return [each["associationArn"] for each in made_now]


def _kind(name: str, made: Cluster) -> AddonKind:
    if name not in ADDONS:
        raise wrong(f"Addon {name} specified is not supported in {made.described['version']} kubernetes version")
    return ADDONS[name]


def _require_version(made: Cluster, kind: AddonKind, version: str) -> None:
    if version not in kind.versions(made.described["version"]):
        raise wrong(f"Addon version specified is not supported: {version}")


def _require_json(asked: Mapping[str, Any]) -> None:
    try:
        told: object = json.loads(asked.get("configurationValues") or "{}")
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise wrong("ConfigurationValue provided in request is not supported: it is no JSON object")


def _require_accounts(kind: AddonKind, asked: Sequence[Mapping[str, str]]) -> None:
    for each in asked:
        if each["serviceAccount"] not in (kind.accounts or {}):
            raise wrong(f"Service account {each['serviceAccount']} is not one of the add-on")


def _known(made: Cluster, asked: Mapping[str, Any]) -> Described:
    return part(made.addons, asked["addonName"], f"No addon: {asked['addonName']} found in cluster: {made.name}")
