"""What is at simulated AWS that a new account has not: after a stack has gone, nothing should be."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import jmespath
from botocore import xform_name

from .answering import HANDLERS
from .ec2.guards import of_deleted_gateways
from .eks.store import clusters
from .region import Region

_KINDS: Final[Mapping[str, tuple[str, str, str]]] = {
    # A new region has a network of its own, in each network some things that come and go with it.
    "network": ("ec2", "DescribeVpcs", "Vpcs[?!IsDefault].VpcId"),
    "subnet": ("ec2", "DescribeSubnets", "Subnets[?!DefaultForAz].SubnetId"),
    "security group": ("ec2", "DescribeSecurityGroups", "SecurityGroups[?GroupName!='default'].GroupId"),
    "route table": ("ec2", "DescribeRouteTables", "RouteTables[?!(Associations[?Main])].RouteTableId"),
    "network ACL": ("ec2", "DescribeNetworkAcls", "NetworkAcls[?!IsDefault].NetworkAclId"),
    "internet gateway": ("ec2", "DescribeInternetGateways", "InternetGateways[].InternetGatewayId"),
    # What is deleted can be seen for a while.
    "NAT gateway": ("ec2", "DescribeNatGateways", "NatGateways[?State!='deleted'].NatGatewayId"),
    "address": ("ec2", "DescribeAddresses", "Addresses[].AllocationId"),
    "endpoint": ("ec2", "DescribeVpcEndpoints", "VpcEndpoints[?State!='deleted'].VpcEndpointId"),
    "flow log": ("ec2", "DescribeFlowLogs", "FlowLogs[].FlowLogId"),
    "interface": ("ec2", "DescribeNetworkInterfaces", "NetworkInterfaces[].NetworkInterfaceId"),
    "instance": ("ec2", "DescribeInstances", "Reservations[].Instances[?State.Name!='terminated'][].InstanceId"),
    "volume": ("ec2", "DescribeVolumes", "Volumes[].VolumeId"),
    "launch template": ("ec2", "DescribeLaunchTemplates", "LaunchTemplates[].LaunchTemplateId"),
    "placement group": ("ec2", "DescribePlacementGroups", "PlacementGroups[].GroupName"),
    "capacity reservation": (
        "ec2",
        "DescribeCapacityReservations",
        "CapacityReservations[?State!='cancelled'].CapacityReservationId",
    ),
    "Auto Scaling group": ("autoscaling", "DescribeAutoScalingGroups", "AutoScalingGroups[].AutoScalingGroupName"),
    "load balancer": ("elbv2", "DescribeLoadBalancers", "LoadBalancers[].LoadBalancerArn"),
    "classic load balancer": ("elb", "DescribeLoadBalancers", "LoadBalancerDescriptions[].LoadBalancerName"),
    "target group": ("elbv2", "DescribeTargetGroups", "TargetGroups[].TargetGroupArn"),
    "role": ("iam", "ListRoles", "Roles[].RoleName"),
    "policy": ("iam", "ListPolicies", "Policies[?!starts_with(Arn, 'arn:aws:iam::aws:')].Arn"),
    "instance profile": ("iam", "ListInstanceProfiles", "InstanceProfiles[].InstanceProfileName"),
    "identity provider": ("iam", "ListOpenIDConnectProviders", "OpenIDConnectProviderList[].Arn"),
    "log group": ("logs", "DescribeLogGroups", "logGroups[].logGroupName"),
}
"""By kind the operation that tells of all, and where in its answer their ids are."""


def leftovers(region: Region) -> dict[str, list[str]]:
    """The ids of what is there, by kind; a kind of which there is nothing is left out."""
    found = {kind: list(_ids(region, *where)) for kind, where in _KINDS.items()}
    found["key"] = list(_keys(region))
    found["interface"] = [each for each in found["interface"] if each not in of_deleted_gateways(region)]
    for made in clusters(region).values():
        parts = {"node group": made.groups, "add-on": made.addons, "access entry": made.entries}
        found.setdefault("cluster", []).append(made.name)
        for kind, things in {**parts, "pod identity": made.associations}.items():
            found.setdefault(kind, []).extend(f"{made.name}/{name}" for name in things)
    return {kind: sorted(ids) for kind, ids in found.items() if ids}


def _ids(region: Region, service: str, operation: str, path: str) -> Iterator[str]:
    if handler := HANDLERS.get((service, operation)):
        yield from jmespath.search(path, handler(region, {}))
        return
    client, name = region.moto(service), xform_name(operation)
    pages: Any = client.get_paginator(name).paginate() if client.can_paginate(name) else [getattr(client, name)()]
    for page in pages:
        yield from jmespath.search(path, page)


def _keys(region: Region) -> Iterator[str]:
    """Keys but AWS's own, and but those that are to be deleted: AWS itself keeps them for a week at least."""
    kms = region.moto("kms")
    own = set(_ids(region, "kms", "ListAliases", "Aliases[?starts_with(AliasName, 'alias/aws/')].TargetKeyId"))
    for key in _ids(region, "kms", "ListKeys", "Keys[].KeyId"):
        if key not in own and kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"] != "PendingDeletion":
            yield key
