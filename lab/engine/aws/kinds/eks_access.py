"""What a cluster comes with, who may use it, and as whom its pods call AWS."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..calls import Call, Look, Properties, Work
from ..kind import Change, Kind, names
from .eks import ABSENT, statuses, tagging, updated

_ADDON: Final = ("clusterName", "addonName")
_SET: Final = ("addonVersion", "configurationValues", "podIdentityAssociations")


def _set(work: Work) -> Mapping[str, Any]:
    known = work.properties
    said = {name: known[name] for name in _SET if known.get(name) is not None}
    if known.get("podIdentityAssociations") is None and work.before.get("podIdentityAssociations"):
        said["podIdentityAssociations"] = []
    return {**said, "resolveConflicts": known.get("resolveConflictsOnUpdate") or "NONE"}


def _identities(work: Work) -> dict[str, Any]:
    """As whom the pods of an add-on call AWS: EKS tells the ids only."""
    told: list[Properties] = []
    arns: Sequence[str] = work.properties.get("associationArns") or []
    for arn in arns:
        asked = {"clusterName": work.properties["clusterName"], "associationId": arn.rpartition("/")[2]}
        found = work.ask("DescribePodIdentityAssociation", asked)["association"]
        told.append({"serviceAccount": found["serviceAccount"], "roleArn": found["roleArn"]})
    return {"podIdentityAssociations": told} if told else {}


ADDON = Kind(
    type="aws:eks/addon:Addon",
    service="eks",
    id="{clusterName}:{addonName}",
    required=names("addonName clusterName"),
    optional=names(
        "addonVersion configurationValues podIdentityAssociations preserve resolveConflictsOnCreate"
        " resolveConflictsOnUpdate"
    ),
    outputs=names("createdAt modifiedAt"),
    replaces=names("addonName clusterName"),
    once=True,
    untold=names("preserve resolveConflictsOnCreate resolveConflictsOnUpdate"),
    words={"arn": "addonArn"},
    create=(Call("CreateAddon", words={"resolveConflictsOnCreate": "resolveConflicts"}),),
    looks=(
        Look(
            Call("DescribeAddon", only=_ADDON),
            "addon.merge(@, {associationArns: podIdentityAssociations, podIdentityAssociations: null})",
        ),
        _identities,
    ),
    written={"arn": "{arn}"},
    waits=statuses("DEGRADED", broken="CREATE_FAILED"),  # it is degraded as long as there are no nodes for it
    changes=(Change(_SET, updated("UpdateAddon", _set, cluster="clusterName", parts=("addonName",))),),
    tagging=tagging("arn"),
    delete=(Call("DeleteAddon", only=(*_ADDON, "preserve")),),
    absent=ABSENT,
    minutes=40,
)

_ENTRY: Final = ("clusterName", "principalArn")

ACCESS_ENTRY = Kind(
    type="aws:eks/accessEntry:AccessEntry",
    service="eks",
    id="{clusterName}:{principalArn}",
    required=names("clusterName principalArn"),
    optional=names("kubernetesGroups type userName"),
    defaults={"type": "STANDARD"},
    outputs=names("accessEntryArn createdAt modifiedAt"),
    replaces=names("clusterName principalArn type"),
    once=True,
    words={"userName": "username"},
    create=(Call("CreateAccessEntry", retried=("principalArn is invalid",)),),
    looks=(Look(Call("DescribeAccessEntry", only=_ENTRY), "accessEntry"),),
    changes=(
        Change(
            ("kubernetesGroups", "userName"),
            Call("UpdateAccessEntry", only=(*_ENTRY, "kubernetesGroups", "userName")),
        ),
    ),
    tagging=tagging("accessEntryArn"),
    delete=(Call("DeleteAccessEntry", only=_ENTRY),),
    absent=ABSENT,
)

_POLICY: Final = (*_ENTRY, "policyArn")

ACCESS_POLICY = Kind(
    type="aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    service="eks",
    id="{clusterName}#{principalArn}#{policyArn}",
    required=names("accessScope clusterName policyArn principalArn"),
    outputs=names("associatedAt modifiedAt"),
    replaces=names("accessScope clusterName policyArn principalArn"),
    once=True,
    untold=names("clusterName principalArn"),
    create=(Call("AssociateAccessPolicy", only=(*_POLICY, "accessScope")),),
    looks=(
        Look(
            Call("ListAssociatedAccessPolicies", only=_ENTRY),
            lambda known: f"associatedAccessPolicies[?policyArn=='{known['policyArn']}'] | [0]",
        ),
    ),
    delete=(Call("DisassociateAccessPolicy", only=_POLICY),),
    absent=ABSENT,
)

_ASSOCIATION: Final = ("clusterName", "associationId")

POD_IDENTITY = Kind(
    type="aws:eks/podIdentityAssociation:PodIdentityAssociation",
    service="eks",
    id="{associationId}",
    imports="{clusterName},{associationId}",
    required=names("clusterName namespace roleArn serviceAccount"),
    outputs=names("associationArn associationId"),
    replaces=names("clusterName namespace serviceAccount"),
    once=True,
    create=(
        Call(
            "CreatePodIdentityAssociation",
            only=("clusterName", "namespace", "roleArn", "serviceAccount", "tags"),
            learns={"associationId": "association.associationId"},
        ),
    ),
    looks=(Look(Call("DescribePodIdentityAssociation", only=_ASSOCIATION), "association"),),
    changes=(Change(("roleArn",), Call("UpdatePodIdentityAssociation", only=(*_ASSOCIATION, "roleArn"))),),
    tagging=tagging("associationArn"),
    delete=(Call("DeletePodIdentityAssociation", only=_ASSOCIATION),),
    absent=ABSENT,
)
