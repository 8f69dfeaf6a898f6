"""Which zones offer the types of a pool, where AWS is to say."""

import pulumi
import pulumi_aws as aws

from ..instances import instance_type
from ..offerings import offering_refusals, would_do
from ..pools import PoolSpec
from .host import EksHost

__all__ = ["offered"]


def offered(subject: str, spec: PoolSpec, host: EksHost, opts: pulumi.InvokeOptions) -> pulumi.Output[None] | None:
    """Ends the program, with the reason, where a zone of the pool lacks a type; None where AWS is not to be asked."""
    zones = host.network.zone_names
    if host.network.offerings != "ask" or zones is None:
        return None
    wanted = spec.instance_types
    others = [name for kind in wanted for name in would_do(instance_type(kind))]
    asked = sorted({*wanted, *others})
    answer = aws.ec2.get_instance_type_offerings_output(
        location_type="availability-zone", filters=[{"name": "instance-type", "values": asked}], opts=opts
    )

    def judged(told: "aws.ec2.GetInstanceTypeOfferingsResult") -> None:
        offerings: dict[str, list[str]] = {kind: [] for kind in asked}
        for kind, zone in zip(told.instance_types, told.locations, strict=True):
            offerings[kind].append(zone)
        if refused := list(offering_refusals(spec, zones, offerings)):
            raise pulumi.RunError("\n".join(f"{subject}: {each}" for each in refused))

    return answer.apply(judged)
