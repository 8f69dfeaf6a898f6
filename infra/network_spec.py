"""A network, described."""

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import Annotated, Final, Literal

from pydantic import Field
from rayform.spec.model import Flag, Listed, Spec
from rayform.spec.refusal import Refusal

from .addresses import AddressPlan, address_plan, plan_refusals
from .instances import UnknownInstanceTypeError, instance_type
from .places import zone_refusals
from .tags import tag_refusals

__all__ = ["ENDPOINTS", "Nat", "NetworkSpec", "RetentionDays", "network_refusals", "network_warnings", "plan"]

Nat = Literal["per_zone", "single", "none"]
"""How private subnets reach the internet: through a NAT gateway in each zone, through one (cheaper, and all zones fail
with its own), or not at all."""

ENDPOINTS: Final = (
    "autoscaling",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticfilesystem",
    "elasticloadbalancing",
    "kms",
    "logs",
    "secretsmanager",
    "ssm",
    "sts",
)
"""Services of AWS that a cluster calls and that have interface endpoints."""

NEEDED_WITHOUT_NAT: Final = ("ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts")
"""Endpoints without which nodes cannot join a cluster where there is no way out (EKS User Guide, private clusters)."""

RetentionDays = Literal[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922]
"""How long logs are kept, in days: what CloudWatch Logs takes, up to eight years."""


class NetworkSpec(Spec):
    """A VPC over some zones, with public and private subnets."""

    cidr: str = "10.0.0.0/16"
    """The block of addresses."""
    pod_cidr: str | None = None
    """A second block, for nodes and their pods alone; None puts them into the private subnets."""
    zones: Annotated[int, Field(ge=1, le=6)] | Listed[str] = 3
    """Availability zones: by name, or how many. A number asks AWS at preview which there are; names ask nobody."""
    for_types: Listed[str] = ()
    """Types of instance that the zones must offer. AWS is asked at preview: a number of zones takes those that do,
    zones by name are refused where they do not."""
    offerings: Literal["ask"] | Mapping[str, Listed[str]] = Field(default_factory=dict)
    """Which zones offer a type, against the zones of each pool: told by type, such as ``{"p5.48xlarge":
    ["us-east-1b"]}``, or ``ask``, and AWS is asked at preview for the types of each pool. What is not told is not
    checked; zones of one name are other places in other accounts."""
    nat: Nat = "per_zone"
    """How private subnets reach the internet."""
    endpoints: Listed[str] = ()
    """Interface endpoints, by service: ``ecr.api``. The gateway endpoint of S3 is always there, for nothing."""
    flow_logs: Flag = True
    """Whether accepted and rejected connections are logged."""
    flow_log_retention_days: RetentionDays = 90
    """How long these logs are kept, in days."""
    tags: Mapping[str, str] = Field(default_factory=dict)
    """AWS tags of everything in the network."""

    @property
    def zone_count(self) -> int:
        """How many zones there are."""
        return self.zones if isinstance(self.zones, int) else len(self.zones)

    @property
    def zone_names(self) -> tuple[str, ...] | None:
        """The zones' names; None where AWS is asked."""
        return None if isinstance(self.zones, int) else tuple(self.zones)


def plan(spec: NetworkSpec) -> AddressPlan:
    """The address plan of a network that nothing refuses."""
    return address_plan(spec.cidr, spec.pod_cidr, spec.zone_count)


def network_refusals(spec: NetworkSpec) -> Iterator[Refusal]:
    """Why the network cannot be."""
    yield from _zones(spec)
    yield from plan_refusals(spec.cidr, spec.pod_cidr, max(1, spec.zone_count))
    yield from _endpoints(spec)
    yield from tag_refusals(spec.tags)


def network_warnings(spec: NetworkSpec) -> Iterator[Refusal]:
    """Blocks of addresses that are somebody's on the internet, whom nobody in the network reaches then."""
    for path, text in (("cidr", spec.cidr), ("pod_cidr", spec.pod_cidr)):
        if text and IPv4Network(text).is_global:
            possible = "these are addresses of the internet, whoever has them there cannot be reached"
            yield Refusal(path, f"{text} asked", possible, "choose a private block, of 10.0.0.0/8 or 100.64.0.0/10")


def _zones(spec: NetworkSpec) -> Iterator[Refusal]:
    names = spec.zone_names
    yield from zone_refusals(names or ())
    if names == ():
        yield Refusal("zones", "none asked", "a network needs at least one", "name two or more")
    if names is None and spec.offerings:
        possible = "the network leaves the choice of zones to AWS"
        yield Refusal("offerings", "asked", possible, "name the zones, or give the types in for_types")
    for index, name in enumerate(spec.for_types):
        try:
            instance_type(name)
        except UnknownInstanceTypeError as error:
            near = f"near it are {', '.join(error.near)}" if error.near else "no known one is near it"
            yield Refusal(f"for_types[{index}]", f"{name} asked", f"no such type is known, {near}", "choose another")


def _endpoints(spec: NetworkSpec) -> Iterator[Refusal]:
    for index, service in enumerate(spec.endpoints):
        if service not in ENDPOINTS:
            possible = f"known are {', '.join(ENDPOINTS)}"
            yield Refusal(f"endpoints[{index}]", f"{service} asked", possible, "choose one of these")
    missing = [service for service in NEEDED_WITHOUT_NAT if service not in spec.endpoints]
    if spec.nat == "none" and missing:
        possible = f"without NAT nodes need the endpoints {', '.join(NEEDED_WITHOUT_NAT)}"
        yield Refusal("nat", "none asked", possible, f"add {', '.join(missing)} to endpoints")
