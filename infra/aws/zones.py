"""Which zones a network is in, where AWS is to say."""

from collections.abc import Sequence
from typing import Final

import pulumi
import pulumi_aws as aws

from ..network_spec import NetworkSpec

__all__ = ["zones_of"]

WITHOUT_EKS: Final = ("cac1-az3", "use1-az3", "usw1-az2")
"""Zones, by id, in which EKS takes no subnet of a control plane (EKS User Guide, subnet requirements for clusters)."""


def zones_of(spec: NetworkSpec, opts: pulumi.InvokeOptions) -> list[pulumi.Input[str]]:
    """The zones, by name where they are named; else the first ones that are open and offer the types asked for."""
    names = spec.zone_names
    if names is not None and not spec.for_types:
        return list(names)
    offered = [_offered(name, opts) for name in spec.for_types]
    if names is not None:
        chosen = pulumi.Output.all(*offered).apply(lambda lists: _named(spec, names, lists))
    else:
        opened = aws.get_availability_zones_output(
            state="available",
            filters=[{"name": "opt-in-status", "values": ["opt-in-not-required"]}],
            exclude_zone_ids=list(WITHOUT_EKS),
            opts=opts,
        ).names
        chosen = pulumi.Output.all(opened, *offered).apply(lambda lists: _chosen(spec, lists))
    return [chosen[index] for index in range(spec.zone_count)]


def _offered(instance_type: str, opts: pulumi.InvokeOptions) -> pulumi.Output[Sequence[str]]:
    answer = aws.ec2.get_instance_type_offerings_output(
        location_type="availability-zone", filters=[{"name": "instance-type", "values": [instance_type]}], opts=opts
    )
    return answer.locations


def _named(spec: NetworkSpec, names: Sequence[str], lists: Sequence[Sequence[str]]) -> list[str]:
    """The zones that were named; one that does not offer some type ends the program with the reason."""
    for kind, offering in zip(spec.for_types, lists, strict=True):
        if missing := [name for name in names if name not in offering]:
            there = ", ".join(sorted(offering)) or "none"
            message = f"zones: {', '.join(missing)} asked, the zones that offer {kind} are {there}; choose among these"
            raise pulumi.RunError(message)
    return list(names)


def _chosen(spec: NetworkSpec, lists: Sequence[Sequence[str]]) -> list[str]:
    """The first zones that are in all the lists; too few of them end the program with the reason."""
    fitting = sorted(set(lists[0]).intersection(*lists[1:]))
    if len(fitting) < spec.zone_count:
        offering = f" that offer {', '.join(spec.for_types)}" if spec.for_types else ""
        there = ", ".join(fitting) or "none"
        message = f"zones: {spec.zone_count} asked, the zones{offering} are {there}; ask for {len(fitting)} or fewer"
        raise pulumi.RunError(message)
    return fitting[: spec.zone_count]
