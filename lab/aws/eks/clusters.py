"""Clusters: made, described, deleted."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from ..answering import answers, given, hexadecimal, page, unique, wrong
from ..errors import AwsError
from ..faults import Fault
from ..region import Region
from . import access, checks, timing
from .balancers import exposed
from .store import Cluster, Described, cluster, clusters
from .versions import DEFAULT, PLATFORM, release

_NAME = re.compile(r"[0-9A-Za-z][A-Za-z0-9_-]{0,99}")
_LOGS = ("api", "audit", "authenticator", "controllerManager", "scheduler")
_ENTRIES = {"API", "API_AND_CONFIG_MAP"}


@answers("eks", "CreateCluster")
def create_cluster(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to make a cluster; what it stands on must be there."""
    name, there = asked["name"], clusters(region)
    if not _NAME.fullmatch(name):
        raise wrong(f"The name '{name}' does not fit the pattern {_NAME.pattern}")
    if name in there:
        raise AwsError("ResourceInUseException", f"Cluster already exists with name: {name}", 409)
    region.fleet.admit(name, tuple(there))
    checks.role(region, asked["roleArn"])
    for each in asked.get("encryptionConfig", []):
        checks.key(region, each["provider"]["keyArn"])
    made = Cluster(_described(region, asked, _network(region, asked)))
    made.networked = asked.get("bootstrapSelfManagedAddons", True)
    there[name] = made
    made.interfaces = _interfaces(region, made.described)
    if made.described["accessConfig"]["bootstrapClusterCreatorAdminPermissions"]:
        access.admit_creator(region, made)
    region.agenda.after(timing.CLUSTER_CREATED, partial(_created, region, made.described, region.failure))
    region.agenda.after(timing.CLUSTER_CREATED, partial(exposed, region, made))
    return {"cluster": made.described}


@answers("eks", "DescribeCluster")
def describe_cluster(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """One cluster."""
    return {"cluster": cluster(region, asked["name"]).described}


@answers("eks", "ListClusters")
def list_clusters(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """The names of all clusters."""
    return page(sorted(clusters(region)), asked, "clusters")


@answers("eks", "DeleteCluster")
def delete_cluster(region: Region, asked: dict[str, Any]) -> Mapping[str, Any]:
    """Begin to delete a cluster that has no node group and is not protected."""
    found = cluster(region, asked["name"])
    if found.described["deletionProtection"]:
        raise AwsError("InvalidRequestException", f"Cluster {found.name} has deletion protection enabled", 400)
    if found.groups:
        raise AwsError("ResourceInUseException", "Cluster has nodegroups attached", 409)
    if found.described["status"] in {"CREATING", "UPDATING"}:
        raise AwsError("ResourceInUseException", f"Cluster is {found.described['status']}", 409)
    if found.described["status"] != "DELETING":
        found.described["status"] = "DELETING"
        region.agenda.after(timing.CLUSTER_DELETED, lambda: _deleted(region, found))
    return {"cluster": found.described}


def _described(region: Region, asked: Mapping[str, Any], network: Mapping[str, Any]) -> Described:
    name, access_config = asked["name"], asked.get("accessConfig", {})
    version = release(asked.get("version", DEFAULT)).version
    automatic = given(asked, "computeConfig", "storageConfig", "remoteNetworkConfig", "controlPlaneScalingConfig")
    encryption = [{"resources": ["secrets"], **each} for each in asked.get("encryptionConfig", [])]
    return {
        **automatic,
        "name": name,
        "arn": region.arn("eks", f"cluster/{name}"),
        "createdAt": region.now(),
        "version": version,
        "roleArn": asked["roleArn"],
        "resourcesVpcConfig": network,
        "kubernetesNetworkConfig": {
            "serviceIpv4Cidr": "172.20.0.0/16",
            "ipFamily": "ipv4",
            "elasticLoadBalancing": {"enabled": False},
            **asked.get("kubernetesNetworkConfig", {}),
        },
        "logging": logging(asked.get("logging", {})),
        "status": "CREATING",
        "certificateAuthority": {},
        "platformVersion": PLATFORM,
        "tags": dict(asked.get("tags", {})),
        **({"encryptionConfig": encryption} if encryption else {}),
        "health": {"issues": []},
        "accessConfig": {
            "authenticationMode": access_config.get("authenticationMode", "CONFIG_MAP"),
            "bootstrapClusterCreatorAdminPermissions": access_config.get(
                "bootstrapClusterCreatorAdminPermissions", True
            ),
        },
        "upgradePolicy": {"supportType": "EXTENDED", **asked.get("upgradePolicy", {})},
        "deletionProtection": bool(asked.get("deletionProtection")),
    }


def logging(asked: Mapping[str, Any]) -> Described:
    """The logs of a control plane as EKS describes them: those that are written, and those that are not."""
    wanted = {kind for setup in asked.get("clusterLogging", []) if setup.get("enabled") for kind in setup["types"]}
    parts = ([kind for kind in _LOGS if (kind in wanted) is enabled] for enabled in (True, False))
    setups = [
        {"types": types, "enabled": enabled} for types, enabled in zip(parts, (True, False), strict=True) if types
    ]
    return {"clusterLogging": setups}


def _network(region: Region, asked: Mapping[str, Any]) -> Described:
    config = asked["resourcesVpcConfig"]
    subnets = checks.subnets(region, config.get("subnetIds", []))
    if len({each["AvailabilityZone"] for each in subnets}) < 2:
        raise wrong("Subnets specified must be in at least two different AZs")
    checks.security_groups(region, config.get("securityGroupIds", []))
    public, private = config.get("endpointPublicAccess", True), config.get("endpointPrivateAccess", False)
    if not (public or private):
        raise wrong("Private and public endpoint access cannot be false")
    vpc = subnets[0]["VpcId"]
    return {
        "subnetIds": list(config["subnetIds"]),
        "securityGroupIds": list(config.get("securityGroupIds", [])),
        "clusterSecurityGroupId": _security_group(region, asked["name"], vpc),
        "vpcId": vpc,
        "endpointPublicAccess": public,
        "endpointPrivateAccess": private,
        "publicAccessCidrs": list(config.get("publicAccessCidrs") or (["0.0.0.0/0"] if public else [])),
    }


def _security_group(region: Region, name: str, vpc: str) -> str:
    ec2 = region.moto("ec2")
    tags = {"Name": f"eks-cluster-sg-{name}", f"kubernetes.io/cluster/{name}": "owned"}
    described = [{"Key": key, "Value": value} for key, value in tags.items()]
    group: str = ec2.create_security_group(
        GroupName=f"eks-cluster-sg-{name}-{hexadecimal(10)}",
        Description="EKS created security group applied to ENI that is attached to EKS Control Plane master nodes",
        VpcId=vpc,
        TagSpecifications=[{"ResourceType": "security-group", "Tags": described}],
    )["GroupId"]
    among = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=among)
    return group


def _interfaces(region: Region, described: Mapping[str, Any]) -> list[str]:
    network, ec2 = described["resourcesVpcConfig"], region.moto("ec2")
    made = [
        ec2.create_network_interface(
            SubnetId=subnet,
            Groups=[network["clusterSecurityGroupId"]],
            Description=f"Amazon EKS {described['name']}",
        )
        for subnet in network["subnetIds"]
    ]
    return [each["NetworkInterface"]["NetworkInterfaceId"] for each in made]


def _created(region: Region, described: Described, failure: Fault | None) -> None:
    if failure:
        described["status"] = "FAILED"
        described["health"]["issues"] = [{"code": failure.code, "message": failure.message, "resourceIds": []}]
        return
    plane = region.fleet.plane()
    described["endpoint"] = plane.endpoint
    described["certificateAuthority"] = {"data": plane.authority}
    described["identity"] = {"oidc": {"issuer": f"https://oidc.eks.{region.name}.amazonaws.com/id/{_issuer()}"}}
    described["status"] = "ACTIVE"


def _issuer() -> str:
    return unique().replace("-", "").upper()


def _deleted(region: Region, found: Cluster) -> None:
    ec2 = region.moto("ec2")
    for interface in found.interfaces:
        ec2.delete_network_interface(NetworkInterfaceId=interface)
    ec2.delete_security_group(GroupId=found.described["resourcesVpcConfig"]["clusterSecurityGroupId"])
    del clusters(region)[found.name]
    region.fleet.forget(found.name)
