"""The launch template of a pool's nodes."""

from collections.abc import Mapping
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from ..pools import NodePoolSpec, node
from ..user_data import user_data
from .host import EksHost

__all__ = ["launch_template"]

LAUNCHED: Final = ("instance", "volume", "network-interface")
"""What a launch makes that has tags of its own."""


def launch_template(
    name: str,
    spec: NodePoolSpec,
    host: EksHost,
    *,
    tags: Mapping[str, str],
    efa_group_id: pulumi.Input[str] | None,
    placement_group: pulumi.Input[str] | None,
    child: pulumi.ResourceOptions,
) -> "aws.ec2.LaunchTemplate":
    """Declares the launch template: disks, metadata service, interfaces, place, and the tags of all it launches."""
    groups = [host.security_group_id] + ([efa_group_id] if efa_group_id is not None else [])
    named = {**tags, "Name": name}
    described: dict[str, Any] = {
        "description": f"Nodes of the pool {name}",
        "update_default_version": True,
        "block_device_mappings": _volumes(spec),
        # One hop: pods do not reach the node's credentials.
        "metadata_options": {"http_endpoint": "enabled", "http_tokens": "required", "http_put_response_hop_limit": 1},
        "tag_specifications": [{"resource_type": kind, "tags": named} for kind in LAUNCHED],
        "user_data": user_data(spec),
        "tags": dict(tags),
    }
    if placement_group is not None:
        described["placement"] = {"group_name": placement_group}
    return aws.ec2.LaunchTemplate(
        f"{name}-nodes", opts=child, **described, **_interfaces(spec, groups), **_capacity(spec)
    )


def _volumes(spec: NodePoolSpec) -> list[Any]:
    """The volume of images and pods' files; Bottlerocket has a small one of its own before it."""
    return [
        {
            "device_name": "/dev/xvda" if spec.ami == "al2023" else "/dev/xvdb",
            "ebs": {
                "volume_type": "gp3",
                "volume_size": spec.root_gib,
                "throughput": spec.root_mibps,
                "iops": spec.root_iops,
                "encrypted": "true",
                "delete_on_termination": "true",
            },
        }
    ]


def _interfaces(spec: NodePoolSpec, groups: list[pulumi.Input[str]]) -> dict[str, Any]:
    """Security groups; with EFA the interfaces too, of which only the first has addresses."""
    if not spec.efa:
        return {"vpc_security_group_ids": groups}
    kind = node(spec).types[0]
    first = kind.first_efa_card
    cards = range(first, first + kind.efa_interfaces)
    interfaces = [] if first == 0 else [_interface(0, None, groups)]
    interfaces += [_interface(card, "efa" if card == 0 else "efa-only", groups) for card in cards]
    return {"network_interfaces": interfaces}


def _interface(card: int, kind: str | None, groups: list[pulumi.Input[str]]) -> dict[str, Any]:
    return {
        "network_card_index": card,
        "device_index": 0 if card == 0 else 1,
        "interface_type": kind,
        "security_groups": groups,
        "delete_on_termination": "true",
    }


def _capacity(spec: NodePoolSpec) -> dict[str, Any]:
    """Which reservation nodes draw on; a capacity block also wants the type here."""
    if spec.reservation_id is None:
        return {}
    reservation = {"capacity_reservation_target": {"capacity_reservation_id": spec.reservation_id}}
    if spec.capacity != "capacity_block":
        return {"capacity_reservation_specification": reservation}
    return {
        "capacity_reservation_specification": reservation,
        "instance_market_options": {"market_type": "capacity-block"},
        "instance_type": spec.instance_types[0],
    }
