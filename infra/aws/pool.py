"""Pools of nodes: managed node groups of EKS over launch templates."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, Generic, TypeVar

import pulumi
import pulumi_aws as aws
from rayform.fit.placement import Placement
from rayform.fit.resources import EFA_RESOURCE
from rayform.spec.refusal import require

from ..pools import GpuNodePoolSpec, NodePoolSpec, ami_type, node, placement, refusals
from ..pools.capacity_checks import places_nodes_together
from ..pools.placements import capacity_label
from ..tags import POOL_TAG
from .host import EksHost, HostsPools
from .launch_template import launch_template
from .scaling import keeps_size
from .subnets import joining, subnets_of

__all__ = ["GpuNodePool", "NodePool"]

S = TypeVar("S", bound=NodePoolSpec)

EFFECTS: Final = {
    "NoSchedule": "NO_SCHEDULE",
    "PreferNoSchedule": "PREFER_NO_SCHEDULE",
    "NoExecute": "NO_EXECUTE",
}
"""The effects of taints, as the EKS API writes them."""

TEMPLATE: Final = "k8s.io/cluster-autoscaler/node-template/resources/"
"""What tags begin with that tell the Cluster Autoscaler what a node has while there is none."""


class _ManagedPool(pulumi.ComponentResource, Generic[S]):
    """What both kinds of pools are: their placement for pods, and the resources of AWS.

    Args:
        name: Name of the pool.
        spec: What it is like; an impossible one is refused with every reason.
        cluster: The cluster it joins.
        opts: Resource options of the component.

    Raises:
        RefusedError: The pool cannot be.
    """

    _kind: ClassVar[str]
    """What the kind of pool is called, in its type too."""

    name: str
    """The name by which groups ask for the pool."""
    spec: S
    """What it is like."""
    placement: Placement
    """The pool as pods see it."""
    node_group: "aws.eks.NodeGroup"
    """The node group."""
    ends: Sequence[pulumi.Resource]
    """What is there last of it; who waits for these waits for all that it needs."""

    def __init__(self, name: str, spec: S, *, cluster: HostsPools, opts: pulumi.ResourceOptions | None = None) -> None:
        host = cluster.host
        require(f"{self._kind} {name}", (*refusals(name, spec), *joining(name, spec, host)))
        super().__init__(f"rayform:infra:{self._kind}", name, {}, opts)
        self.name, self.spec, self.placement = name, spec, placement(name, spec, host.network.zone_names)
        self.node_group = self._node_group(host)
        self.ends = [self.node_group, *self._scale_from_zero()]
        self.register_outputs({"nodeGroupName": self.node_group.node_group_name})

    def _child(self, *depends_on: pulumi.Resource) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, depends_on=list(depends_on))

    def _node_group(self, host: EksHost) -> "aws.eks.NodeGroup":
        name, spec, one, met = self.name, self.spec, node(self.spec), self.placement
        tags = {**host.tags, **spec.tags, POOL_TAG: name}
        template = launch_template(
            name,
            spec,
            host,
            tags=tags,
            efa_group_id=self._fabric(host, tags) if spec.efa else None,
            placement_group=self._together(tags) if places_nodes_together(spec) else None,
            child=self._child(),
        )
        block = spec.capacity == "capacity_block"
        return aws.eks.NodeGroup(
            f"{name}-nodes",
            cluster_name=host.cluster_name,
            node_role_arn=host.node_role_arn,
            subnet_ids=subnets_of(f"{self._kind} {name}", spec, host, pulumi.InvokeOptions(parent=self)),
            ami_type=ami_type(spec.ami, one.types[0]),
            version=None if spec.ami_release else host.version,
            release_version=spec.ami_release,
            capacity_type=capacity_label(spec)[1],
            instance_types=None if block else list(spec.instance_types),
            launch_template={"id": template.id, "version": template.latest_version.apply(str)},
            labels={**spec.labels, **met.labels},
            taints=[
                {"key": taint.key, "value": taint.value, "effect": EFFECTS[taint.effect]}
                for taint in self.placement.taints
            ],
            scaling_config={"min_size": spec.min_nodes, "max_size": spec.max_nodes, "desired_size": spec.min_nodes},
            update_config={"max_unavailable_percentage": spec.max_unavailable_percent},
            node_repair_config={"enabled": spec.repair},
            tags=tags,
            opts=pulumi.ResourceOptions(
                parent=self,
                depends_on=list(host.before_nodes),
                ignore_changes=["scalingConfig.desiredSize"],
                hooks=keeps_size(self, name),
            ),
        )

    def _fabric(self, host: EksHost, tags: Mapping[str, str]) -> pulumi.Output[str]:
        """The group within which EFA traffic flows: everything, among the pool's own interfaces only."""
        group = aws.ec2.SecurityGroup(
            f"{self.name}-efa",
            description=f"EFA among the nodes of the pool {self.name}",
            vpc_id=host.network.vpc_id,
            tags=dict(tags),
            opts=self._child(),
        )
        among: dict[str, Any] = {
            "security_group_id": group.id,
            "referenced_security_group_id": group.id,
            "ip_protocol": "-1",
            "tags": dict(tags),
            "opts": self._child(),
        }
        aws.vpc.SecurityGroupIngressRule(f"{self.name}-efa", description="EFA from the pool", **among)
        aws.vpc.SecurityGroupEgressRule(f"{self.name}-efa", description="EFA to the pool", **among)
        return group.id

    def _together(self, tags: Mapping[str, str]) -> pulumi.Output[str]:
        return aws.ec2.PlacementGroup(
            f"{self.name}-together", strategy="cluster", tags=dict(tags), opts=self._child()
        ).name

    def _scale_from_zero(self) -> list[pulumi.Resource]:
        """Tells the Cluster Autoscaler what it cannot read from the type of instance."""
        room = self.placement.allocatable
        resources = {
            self.placement.gpu_resource: room.gpus,
            EFA_RESOURCE: room.efa,
            "ephemeral-storage": room.ephemeral_bytes,
        }
        group = self.node_group.resources.apply(_autoscaling_group)
        return [
            aws.autoscaling.Tag(
                f"{self.name}-{resource.rpartition('/')[2]}",
                autoscaling_group_name=group,
                tag={"key": f"{TEMPLATE}{resource}", "value": str(amount), "propagate_at_launch": False},
                opts=self._child(),
            )
            for resource, amount in resources.items()
            if amount
        ]


class NodePool(_ManagedPool[NodePoolSpec]):
    """A pool of nodes without GPUs: a name, its ``spec``, the ``cluster`` it joins; refused where it cannot be."""

    _kind = "NodePool"


class GpuNodePool(_ManagedPool[GpuNodePoolSpec]):
    """A pool of nodes with NVIDIA GPUs, of which :class:`GpuSupport` tells Kubernetes; else as :class:`NodePool`."""

    _kind = "GpuNodePool"


def _autoscaling_group(made: Sequence[Any]) -> str:
    """The name of the Auto Scaling group behind a node group."""
    name: str = made[0].autoscaling_groups[0].name
    return name
