"""Pod identity associations: the role that the pods of a service account take."""

from collections.abc import Mapping
from typing import Any

from ..answering import answers, given, hexadecimal, page
from ..errors import AwsError
from ..region import Region
from . import checks
from .store import Cluster, Described, active, cluster, part


@answers("eks", "CreatePodIdentityAssociation")
def create_pod_identity_association(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Give a service account a role; it has one at most."""
    made = active(region, asked["clusterName"])
    return {"association": associate(region, made, asked)}


@answers("eks", "DescribePodIdentityAssociation")
def describe_pod_identity_association(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One association."""
    return {"association": _known(cluster(region, asked["clusterName"]), asked)}


@answers("eks", "ListPodIdentityAssociations")
def list_pod_identity_associations(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The associations of a cluster, of a namespace, or of one service account."""
    wanted = given(asked, "namespace", "serviceAccount")
    names = ("clusterName", "namespace", "serviceAccount", "associationArn", "associationId", "ownerArn")
    listed = [
        given(each, *names)
        for each in cluster(region, asked["clusterName"]).associations.values()
        if all(each[name] == value for name, value in wanted.items())
    ]
    return page(listed, asked, "associations")


@answers("eks", "UpdatePodIdentityAssociation")
def update_pod_identity_association(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Change the role of a service account."""
    found = _known(cluster(region, asked["clusterName"]), asked)
    if "roleArn" in asked:
        checks.role(region, asked["roleArn"])
    changes = given(asked, "roleArn", "disableSessionTags", "targetRoleArn", "policy")
    found.update(changes, modifiedAt=region.now())
    return {"association": found}


@answers("eks", "DeletePodIdentityAssociation")
def delete_pod_identity_association(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Take the role away."""
    made = cluster(region, asked["clusterName"])
    found = _known(made, asked)
    if owner := found.get("ownerArn"):
        raise AwsError("InvalidRequestException", f"The association is owned by {owner}; change it there", 400)
    return {"association": made.associations.pop(asked["associationId"])}


def associate(region: Region, made: Cluster, asked: Mapping[str, Any], owner: str | None = None) -> Described:
    """Give a service account of ``made`` a role, on behalf of the add-on ``owner``, if any."""
    namespace, account = asked["namespace"], asked["serviceAccount"]
    for each in made.associations.values():
        if (each["namespace"], each["serviceAccount"]) == (namespace, account):
            raise AwsError("ResourceInUseException", f"Association already exists: {each['associationId']}", 409)
    checks.role(region, asked["roleArn"])
    key = f"a-{hexadecimal(17)}"
    made.associations[key] = {
        "clusterName": made.name,
        "namespace": namespace,
        "serviceAccount": account,
        "roleArn": asked["roleArn"],
        "associationArn": region.arn("eks", f"podidentityassociation/{made.name}/{key}"),
        "associationId": key,
        "tags": dict(asked.get("tags", {})),
        "createdAt": region.now(),
        "modifiedAt": region.now(),
        "disableSessionTags": bool(asked.get("disableSessionTags")),
        **given(asked, "targetRoleArn", "policy"),
        **({"ownerArn": owner} if owner else {}),
    }
    return made.associations[key]


def _known(made: Cluster, asked: Mapping[str, Any]) -> Described:
    return part(made.associations, asked["associationId"], f"No association found for {asked['associationId']}")
