"""Pools of nodes, described."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field
from rayform.fit.taint import Taint
from rayform.spec.model import Count, Flag, Listed, PositiveCount, Spec, Wire

from ..allocatable import MEMORY_OVERHEAD_PERCENT
from .ami import AmiFamily

__all__ = ["AutoModePoolSpec", "Capacity", "GpuNodePoolSpec", "NodePoolSpec", "PoolSpec", "Reservation"]

Capacity = Literal["on_demand", "spot", "reserved", "capacity_block"]
"""How a pool's nodes are bought: at any time, as long as nobody pays more, from an on-demand capacity reservation, or
from a capacity block."""


class Reservation(Spec):
    """What a capacity reservation or a capacity block holds, as AWS tells its owner; what is not told is not known."""

    zone: str | None = None
    """The zone that it is in, by its name in this account."""
    instance_type: str | None = None
    """The type that it is of."""
    count: PositiveCount | None = None
    """How many instances it holds for this pool."""


class PoolSpec(Spec):
    """What all pools have in common: what their nodes are, how they are bought, and what they are called."""

    instance_types: Listed[str]
    """Types of EC2 instance, in order of preference. They are alike: of one architecture, with the same GPUs."""
    max_nodes: PositiveCount
    """The most nodes."""
    capacity: Capacity = "on_demand"
    """How the nodes are bought."""
    reservation_id: Wire[str] | None = None
    """The capacity reservation of ``reserved`` and ``capacity_block``: ``cr-…``."""
    reservation: Reservation | None = None
    """What is known of that reservation; the pool is held against it."""
    zones: Listed[str] = ()
    """Availability zones of its nodes, by name; empty is all zones of the network."""
    labels: Mapping[str, str] = {}
    """Labels of its nodes, beside those that say pool and GPUs."""
    taints: Listed[Taint] = ()
    """Taints of its nodes, beside the one that keeps others off GPUs."""
    tags: Mapping[str, str] = {}
    """AWS tags of what the pool makes, its instances and volumes among it; beside those of the cluster."""
    memory_overhead_percent: Annotated[float, Field(ge=0, le=25)] = MEMORY_OVERHEAD_PERCENT
    """Share of the nominal memory that never reaches the kubelet, in percent. The default is Karpenter's, and careful:
    read what a node of yours really reports, and lower it."""


class NodePoolSpec(PoolSpec):
    """A pool of nodes without GPUs, as a managed node group of EKS."""

    min_nodes: Count = 0
    """The fewest nodes."""
    ami: AmiFamily = "al2023"
    """The operating system: Amazon Linux 2023, or Bottlerocket."""
    ami_release: str | None = None
    """The release of the image, such as ``1.34.1-20261105``; None is the newest when the pool is made or updated."""
    root_gib: Annotated[PositiveCount, Field(ge=20, le=16_384)] = 100
    """Size of the root volume (gp3, encrypted), in GiB; images and the pods' own files live there, unless on NVMe."""
    root_mibps: Annotated[PositiveCount, Field(ge=125, le=1000)] = 250
    """Throughput of the root volume, in MiB/s; gp3 brings 125."""
    root_iops: Annotated[PositiveCount, Field(ge=3000, le=16_000)] = 3000
    """Operations a second of the root volume; gp3 brings 3000."""
    nvme: Flag | None = None
    """Whether local NVMe disks hold images, pods' files and Ray's spilled objects, as one array (RAID 0). None is yes
    where the types have such disks. What is on them goes with the node."""
    max_unavailable_percent: Annotated[PositiveCount, Field(le=100)] = 33
    """Share of the nodes that an update replaces at the same time, in percent."""
    repair: Flag = True
    """Whether EKS replaces nodes whose health it doubts."""
    efa: Flag = False
    """Whether the nodes have all the EFA interfaces of their type; they are then in one zone."""
    placement_group: Flag | None = None
    """Whether the nodes are placed close together (strategy ``cluster``), in one zone. None is yes with ``efa``, unless
    they come from a reservation, which has a place of its own."""


class GpuNodePoolSpec(NodePoolSpec):
    """A pool of nodes with NVIDIA GPUs, as a managed node group of EKS."""

    root_gib: Annotated[PositiveCount, Field(ge=40, le=16_384)] = 200
    """Size of the root volume (gp3, encrypted), in GiB; images with CUDA and Ray take 10 to 20 each."""
    root_mibps: Annotated[PositiveCount, Field(ge=125, le=1000)] = 500
    """Throughput of the root volume, in MiB/s; gp3 brings 125, with which such images unpack for minutes."""
    root_iops: Annotated[PositiveCount, Field(ge=3000, le=16_000)] = 4000
    """Operations a second of the root volume; gp3 brings 3000."""
    time_slices: Annotated[int, Field(ge=2, le=64)] | None = None
    """Pods that share each GPU in turns, without any wall between their memories; None shares none."""
    mig_profile: str | None = None
    """The profile that each GPU is cut into, such as ``1g.10gb``; None leaves it whole."""


class AutoModePoolSpec(PoolSpec):
    """A pool that EKS Auto Mode fills as pods need it, and empties."""

    consolidate_after_seconds: Count = 300
    """How long a node is empty before it goes."""
    consolidate_busy: Flag = False
    """Whether nodes that still run pods go as well when these fit elsewhere, which ends Ray workers amid their work."""
    expire_after_hours: Annotated[PositiveCount, Field(le=504)] = 336
    """Age at which a node is replaced, in hours; EKS Auto Mode knows no node older than 21 days."""
    ephemeral_gib: Annotated[PositiveCount, Field(ge=20, le=16_384)] = 200
    """Size of the volume of images and the pods' own files, in GiB; where local NVMe disks hold more, they are used
    instead, and what is on them goes with the node."""
