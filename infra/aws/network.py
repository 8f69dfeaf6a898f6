"""The VPC that everything stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import pulumi
import pulumi_aws as aws
from rayform.spec.refusal import require

from ..addresses import AddressPlan
from ..network_spec import NetworkSpec, network_refusals, plan
from ..offerings import Offerings
from ..places import abroad
from .endpoints import endpoints
from .flow_logs import flow_logs
from .zones import zones_of

__all__ = ["ExistingNetwork", "Network", "NetworkLike"]


class NetworkLike(Protocol):
    """What a cluster asks of the network it stands in."""

    @property
    def vpc_id(self) -> pulumi.Input[str]:
        """The id of the VPC."""
        ...

    @property
    def zone_names(self) -> Sequence[str] | None:
        """The zones' names, in the order of the subnets; None where AWS chose them."""
        ...

    @property
    def private_subnet_ids(self) -> Sequence[pulumi.Input[str]]:
        """Subnets of the control plane's interfaces, by zone."""
        ...

    @property
    def node_subnet_ids(self) -> Sequence[pulumi.Input[str]]:
        """Subnets of nodes and their pods, by zone."""
        ...

    @property
    def offerings(self) -> Offerings | Literal["ask"]:
        """Which zones offer a type of instance; empty is not known, and then not checked."""
        ...

    @property
    def address_plan(self) -> AddressPlan | None:
        """What the subnets hold; None is not known, and then not checked."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingNetwork:
    """A VPC that somebody else made, by its ids; the subnets' tags for load balancers are theirs to set."""

    vpc_id: pulumi.Input[str]
    """The id of the VPC."""
    zone_names: Sequence[str]
    """The zones' names, in the order of the subnets."""
    private_subnet_ids: Sequence[pulumi.Input[str]]
    """Subnets of the control plane's interfaces, by zone."""
    node_subnet_ids: Sequence[pulumi.Input[str]]
    """Subnets of nodes and their pods, by zone; they need a way to the API of EKS and to a registry."""
    address_plan: AddressPlan | None = None
    """What the subnets hold; None is not known, and then not checked."""
    offerings: Offerings | Literal["ask"] = field(default_factory=dict[str, Sequence[str]])
    """Which zones offer a type of instance, as in :class:`NetworkSpec`."""


class Network(pulumi.ComponentResource):
    """A VPC with public and private subnets, ways out, endpoints and flow logs.

    Args:
        name: Name of the network in this program.
        spec: What it is like; an impossible one is refused with every reason.
        opts: Resource options of the component.

    Raises:
        RefusedError: The network cannot be.
    """

    vpc_id: pulumi.Output[str]
    """The id of the VPC."""
    zone_names: tuple[str, ...] | None
    """The zones' names, in the order of the subnets; None where AWS chose them."""
    public_subnet_ids: list[pulumi.Output[str]]
    """Subnets that face the internet, by zone."""
    private_subnet_ids: list[pulumi.Output[str]]
    """Subnets of the control plane's interfaces, by zone."""
    node_subnet_ids: list[pulumi.Output[str]]
    """Subnets of nodes and their pods, by zone."""
    address_plan: AddressPlan
    """What the subnets hold."""
    offerings: Offerings | Literal["ask"]
    """Which zones offer a type of instance."""

    def __init__(self, name: str, spec: NetworkSpec | None = None, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = spec or NetworkSpec()
        region = pulumi.Config("aws").get("region")
        require(f"Network {name}", (*network_refusals(spec), *abroad(spec.zone_names or (), region)))
        super().__init__("rayform:infra:Network", name, {}, opts)
        self.name, self.spec = name, spec
        self.zone_names, self.address_plan, self.offerings = spec.zone_names, plan(spec), spec.offerings
        self._zones = zones_of(spec, pulumi.InvokeOptions(parent=self))
        vpc = self._vpc()
        self._gateway = aws.ec2.InternetGateway(
            f"{name}-internet", vpc_id=self.vpc_id, tags=self.tags("internet"), opts=self._child()
        )
        public = self._public()
        tables = self._private(public)
        endpoints(name, spec, vpc, self.private_subnet_ids, tables, self._child())
        if spec.flow_logs:
            flow_logs(name, spec, vpc, self._child())
        self.register_outputs(
            {
                "vpcId": self.vpc_id,
                "publicSubnetIds": self.public_subnet_ids,
                "privateSubnetIds": self.private_subnet_ids,
                "nodeSubnetIds": self.node_subnet_ids,
            }
        )

    def tags(self, role: str, **more: str) -> Mapping[str, str]:
        """The tags of one of its resources."""
        return {**self.spec.tags, "Name": f"{self.name}-{role}", **more}

    def _child(self, *depends_on: pulumi.Resource) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, depends_on=list(depends_on))

    def _vpc(self) -> "aws.ec2.Vpc":
        name = self.name
        vpc = aws.ec2.Vpc(
            f"{name}-vpc",
            cidr_block=self.spec.cidr,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags=self.tags("vpc"),
            opts=self._child(),
        )
        self.vpc_id = vpc.id
        # Whoever forgets to name a security group gets one that lets nothing through (CIS AWS 5.4).
        aws.ec2.DefaultSecurityGroup(
            f"{name}-closed", vpc_id=vpc.id, ingress=[], egress=[], tags=self.tags("closed"), opts=self._child()
        )
        self._blocks: list[pulumi.Resource] = []
        if self.spec.pod_cidr:
            block = aws.ec2.VpcIpv4CidrBlockAssociation(
                f"{name}-pods", vpc_id=vpc.id, cidr_block=self.spec.pod_cidr, opts=self._child()
            )
            self._blocks.append(block)
        return vpc

    def _public(self) -> list[pulumi.Output[str] | None]:
        """Public subnets, and the NAT gateway that each zone uses."""
        name, spec = self.name, self.spec
        table = aws.ec2.RouteTable(f"{name}-public", vpc_id=self.vpc_id, tags=self.tags("public"), opts=self._child())
        out = aws.ec2.Route(
            f"{name}-public-out",
            route_table_id=table.id,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=self._gateway.id,
            opts=self._child(),
        )
        self.public_subnet_ids = []
        gateways: list[pulumi.Output[str]] = []
        for index, subnets in enumerate(self.address_plan.zones):
            role = {"kubernetes.io/role/elb": "1"}
            subnet = self._subnet(f"public-{index}", str(subnets.public), index, table.id, **role)
            self.public_subnet_ids.append(subnet.id)
            if spec.nat == "per_zone" or (spec.nat == "single" and index == 0):
                gateways.append(self._nat(index, subnet.id, out))
        if not gateways:
            return [None] * spec.zone_count
        return [gateways[index if spec.nat == "per_zone" else 0] for index in range(spec.zone_count)]

    def _nat(self, index: int, subnet_id: pulumi.Output[str], out: pulumi.Resource) -> pulumi.Output[str]:
        role = f"nat-{index}"
        address = aws.ec2.Eip(f"{self.name}-{role}", domain="vpc", tags=self.tags(role), opts=self._child())
        return aws.ec2.NatGateway(
            f"{self.name}-{role}",
            allocation_id=address.allocation_id,
            subnet_id=subnet_id,
            tags=self.tags(role),
            opts=self._child(out),
        ).id

    def _private(self, gateways: Sequence[pulumi.Output[str] | None]) -> list[pulumi.Output[str]]:
        """Private subnets and those of nodes; returns their route tables."""
        name = self.name
        self.private_subnet_ids, self.node_subnet_ids = [], []
        tables: list[pulumi.Output[str]] = []
        for index, (subnets, gateway) in enumerate(zip(self.address_plan.zones, gateways, strict=True)):
            role = f"private-{index}"
            table = aws.ec2.RouteTable(f"{name}-{role}", vpc_id=self.vpc_id, tags=self.tags(role), opts=self._child())
            tables.append(table.id)
            if gateway is not None:
                aws.ec2.Route(
                    f"{name}-{role}-out",
                    route_table_id=table.id,
                    destination_cidr_block="0.0.0.0/0",
                    nat_gateway_id=gateway,
                    opts=self._child(),
                )
            inner = {"kubernetes.io/role/internal-elb": "1"}
            private = self._subnet(role, str(subnets.private), index, table.id, **inner)
            self.private_subnet_ids.append(private.id)
            nodes = self._subnet(f"nodes-{index}", str(subnets.nodes), index, table.id) if subnets.nodes else private
            self.node_subnet_ids.append(nodes.id)
        return tables

    def _subnet(self, role: str, cidr: str, index: int, table_id: pulumi.Output[str], **tags: str) -> "aws.ec2.Subnet":
        subnet = aws.ec2.Subnet(
            f"{self.name}-{role}",
            vpc_id=self.vpc_id,
            cidr_block=cidr,
            availability_zone=self._zones[index],
            map_public_ip_on_launch=False,
            tags=self.tags(role, **tags),
            opts=self._child(*self._blocks),
        )
        aws.ec2.RouteTableAssociation(
            f"{self.name}-{role}", route_table_id=table_id, subnet_id=subnet.id, opts=self._child()
        )
        return subnet
