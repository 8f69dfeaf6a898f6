"""Load balancers of what a cluster's Services and Ingresses expose: each is there for one of them, and goes with it."""

import hashlib
from dataclasses import dataclass

from ..fleet import Door
from ..region import Region
from . import timing
from .store import Cluster, clusters

__all__ = ["exposed"]


@dataclass
class Balancer:
    """A load balancer, and what is of it.

    Attributes:
        name: what it is for, with its namespace.
        arn: its ARN.
        hostname: where it is reached.
        group: its security group.
        interfaces: its network interfaces, one for each subnet.
        ends: the time at which it is gone; 0 is not yet known.
    """

    name: str
    arn: str
    hostname: str
    group: str
    interfaces: list[str]
    ends: float = 0.0


class Balancers(dict[str, Balancer]):
    """The load balancers of a region, by the uid of what they are for."""


def exposed(region: Region, made: Cluster) -> float | None:
    """Make and end the balancers of a cluster; when to look again, or None where the cluster is no more."""
    if clusters(region).get(made.name) is not made:
        return None
    there, seen = region.memory(Balancers), {door.uid: door for door in region.fleet.doors()}
    for uid, door in seen.items():
        if door.wanted and uid not in there:
            there[uid] = _made(region, made, door)
        if door.wanted and not door.held:
            region.fleet.open(door, there[uid].hostname)
    for uid in [uid for uid in there if uid not in seen or not seen[uid].wanted]:
        _ended(region, uid, there[uid])
    for uid, door in seen.items():
        if uid not in there:
            region.fleet.close(door)
    return timing.DOORS_SEEN


def _made(region: Region, made: Cluster, door: Door) -> Balancer:
    network, ec2 = made.described["resourcesVpcConfig"], region.moto("ec2")
    name = f"k8s-{hashlib.sha256(door.uid.encode()).hexdigest()[:24]}"
    group: str = ec2.create_security_group(
        GroupName=name, Description=f"[k8s] {door.kind} {door.namespace}/{door.name}", VpcId=network["vpcId"]
    )["GroupId"]
    (balancer,) = region.moto("elbv2").create_load_balancer(
        Name=name, Subnets=network["subnetIds"], Type="network", Scheme="internal"
    )["LoadBalancers"]
    interfaces = [
        ec2.create_network_interface(SubnetId=subnet, Groups=[group], Description=f"ELB net/{name}")
        for subnet in network["subnetIds"]
    ]
    ids = [each["NetworkInterface"]["NetworkInterfaceId"] for each in interfaces]
    about = f"{door.namespace}/{door.name}"
    region.journal.happened("elbv2.CreateLoadBalancer", name=about)
    return Balancer(about, balancer["LoadBalancerArn"], balancer["DNSName"], group, ids)


def _ended(region: Region, uid: str, balancer: Balancer) -> None:
    """Begin to end what is not wanted any more; what has been ended for long enough is gone."""
    if not balancer.ends:
        balancer.ends = region.clock.seconds() + timing.BALANCER_DELETED
    elif region.clock.seconds() >= balancer.ends:
        ec2 = region.moto("ec2")
        region.moto("elbv2").delete_load_balancer(LoadBalancerArn=balancer.arn)
        for interface in balancer.interfaces:
            ec2.delete_network_interface(NetworkInterfaceId=interface)
        ec2.delete_security_group(GroupId=balancer.group)
        del region.memory(Balancers)[uid]
        region.journal.happened("elbv2.DeleteLoadBalancer", name=balancer.name)
