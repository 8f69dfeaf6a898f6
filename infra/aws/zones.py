"""Which zones a network is in, where AWS is to say."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from ..network_spec import NetworkSpec

__all__ = ["zones_of"]


def zones_of(spec: NetworkSpec, opts: pulumi.InvokeOptions) -> list[pulumi.Input[str]]:
    """The zones, by name where they are named; else the first ones that are open and offer the types asked for."""
    if (names := spec.zone_names) is not None:
        return list(names)
    opened = aws.get_availability_zones_output(
        state="available", filters=[{"name": "opt-in-status", "values": ["opt-in-not-required"]}], opts=opts
    ).names
    offered = [_offered(name, opts) for name in spec.for_types]
    chosen = pulumi.Output.all(opened, *offered).apply(lambda lists: _chosen(spec, lists))
    return [chosen[index] for index in range(spec.zone_count)]


def _offered(instance_type: str, opts: pulumi.InvokeOptions) -> pulumi.Output[Sequence[str]]:
    answer = aws.ec2.get_instance_type_offerings_output(
        location_type="availability-zone", filters=[{"name": "instance-type", "values": [instance_type]}], opts=opts
    )
    return answer.locations


def _chosen(spec: NetworkSpec, lists: Sequence[Sequence[str]]) -> list[str]:
    """The first zones that are in all the lists; too few of them end the program with the reason."""
    fitting = sorted(set(lists[0]).intersection(*lists[1:]))
    if len(fitting) < spec.zone_count:
        offering = f" that offer {', '.join(spec.for_types)}" if spec.for_types else ""
        there = ", ".join(fitting) or "none"
        message = f"zones: {spec.zone_count} asked, the zones{offering} are {there}; ask for {len(fitting)} or fewer"
        raise pulumi.RunError(message)
    return fitting[: spec.zone_count]
