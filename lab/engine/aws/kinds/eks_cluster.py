"""The control plane."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..calls import Call, Look, Properties, Work
from ..kind import Change, Kind, Name, names
from .eks import ABSENT, statuses, tagging, updated

_LOGS: Final = ("api", "audit", "authenticator", "controllerManager", "scheduler")
_REACH: Final = ("endpointPrivateAccess", "endpointPublicAccess", "publicAccessCidrs")
_PLACE: Final = ("securityGroupIds", "subnetIds")


def _logging(known: Properties) -> dict[str, Any]:
    """Which logs are written, and which are not."""
    wanted: Sequence[str] = known.get("enabledClusterLogTypes") or []
    rest = [each for each in _LOGS if each not in wanted]
    kinds = [{"types": types, "enabled": enabled} for types, enabled in ((wanted, True), (rest, False)) if types]
    return {"logging": {"clusterLogging": kinds}}


def _configured(**paths: str) -> Any:
    """An update of the cluster's configuration: EKS takes one subject at a time."""

    def said(work: Work) -> Mapping[str, Any]:
        return {parameter: work.properties.get(name) for parameter, name in paths.items()}

    return updated("UpdateClusterConfig", said)


def _network(members: tuple[str, ...]) -> Any:
    """An update of some members of ``vpcConfig``, where any of them has changed."""

    def part(properties: Properties) -> dict[str, Any]:
        config: Properties = properties.get("vpcConfig") or {}
        return {name: config[name] for name in members if config.get(name) is not None}

    step = updated("UpdateClusterConfig", lambda work: {"resourcesVpcConfig": part(work.properties)})

    def changed(work: Work) -> None:
        now, before = part(work.properties), part(work.before)
        if any(before.get(name) != value for name, value in now.items()):
            step(work)

    return changed


def _encrypted(work: Work) -> Mapping[str, Any]:
    return {"encryptionConfig": [work.properties["encryptionConfig"]]}


def _entered(work: Work) -> Mapping[str, Any]:
    return {"accessConfig": {"authenticationMode": work.properties["accessConfig"]["authenticationMode"]}}


def _auto_mode(work: Work) -> Mapping[str, Any]:
    """What EKS Auto Mode manages: EKS takes the three of them together only."""
    known = work.properties
    network: Properties = known.get("kubernetesNetworkConfig") or {}
    balancing = network.get("elasticLoadBalancing") or {"enabled": False}
    return {
        "computeConfig": known.get("computeConfig") or {"enabled": False},
        "kubernetesNetworkConfig": {"elasticLoadBalancing": balancing},
        "storageConfig": known.get("storageConfig") or {"blockStorage": {"enabled": False}},
    }


CLUSTER = Kind(
    type="aws:eks/cluster:Cluster",
    service="eks",
    id="{name}",
    required=names("roleArn vpcConfig"),
    optional=names(
        "accessConfig bootstrapSelfManagedAddons computeConfig deletionProtection enabledClusterLogTypes"
        " encryptionConfig kubernetesNetworkConfig name storageConfig upgradePolicy version"
    ),
    defaults={"bootstrapSelfManagedAddons": True},
    outputs=names("arn certificateAuthority createdAt endpoint identities platformVersion status"),
    replaces=names(
        "accessConfig.bootstrapClusterCreatorAdminPermissions bootstrapSelfManagedAddons"
        " kubernetesNetworkConfig.ipFamily kubernetesNetworkConfig.serviceIpv4Cidr name roleArn"
    ),
    kept=names("encryptionConfig"),
    name=Name("name", 100),
    untold=names("accessConfig.bootstrapClusterCreatorAdminPermissions bootstrapSelfManagedAddons"),
    words={"vpcConfig": "resourcesVpcConfig"},
    create=(
        Call(
            "CreateCluster",
            also=_logging,
            # A role is known everywhere only after a while.
            retried=("could not be assumed", "does not exist", "Error in role params", "Managed Policies associated"),
        ),
    ),
    looks=(
        Look(
            Call("DescribeCluster", only=("name",)),
            "cluster.merge(@, {encryptionConfig: encryptionConfig[0],"
            " enabledClusterLogTypes: logging.clusterLogging[?enabled].types | [],"
            " identities: [{oidcs: [{issuer: identity.oidc.issuer}]}]})",
        ),
    ),
    waits=statuses("PENDING", broken="FAILED"),
    changes=(
        Change(("version",), updated("UpdateClusterVersion", lambda work: {"version": work.properties["version"]})),
        Change(("accessConfig",), updated("UpdateClusterConfig", _entered)),
        Change(
            ("computeConfig", "kubernetesNetworkConfig", "storageConfig"), updated("UpdateClusterConfig", _auto_mode)
        ),
        Change(("encryptionConfig",), updated("AssociateEncryptionConfig", _encrypted, cluster="clusterName")),
        Change(("enabledClusterLogTypes",), updated("UpdateClusterConfig", lambda work: _logging(work.properties))),
        Change(("upgradePolicy",), _configured(upgradePolicy="upgradePolicy")),
        Change(("deletionProtection",), _configured(deletionProtection="deletionProtection")),
        Change(("vpcConfig",), _network(_REACH)),
        Change(("vpcConfig",), _network(_PLACE)),
    ),
    tagging=tagging("arn"),
    delete=(Call("DeleteCluster", only=("name",)),),
    absent=ABSENT,
    minutes=60,
)
