"""The catalogue file's rows: an instance type as a short JSON array, both ways."""

from collections.abc import Sequence
from typing import Any, cast

from .shape import Architecture, Gpu, InstanceType, Neuron

__all__ = ["COLUMNS", "read", "written"]

COLUMNS = (
    "architecture",
    "vcpus",
    "memory_mib",
    "gpu: model, count, memory_mib, fraction",
    "neuron: model, count, cores, memory_mib",
    "efa_interfaces",
    "first_efa_card",
    "network_gbits",
    "nvme_disks",
    "nvme_gb",
    "enis",
    "ips_per_eni",
    "flags: S spot, B capacity blocks, N nitro, M bare metal",
    "price_per_hour",
)
"""What each place of a row holds, as the file tells its readers."""


def read(name: str, row: Sequence[Any]) -> InstanceType:
    """The instance type of a row."""
    architecture, vcpus, memory, gpu, neuron, efa, card, gbits, disks, nvme, enis, ips, flags, price = row
    return InstanceType(
        name=name,
        architecture=cast("Architecture", architecture),
        vcpus=vcpus,
        memory_mib=memory,
        gpu=Gpu(*gpu) if gpu else None,
        neuron=Neuron(*neuron) if neuron else None,
        efa_interfaces=efa,
        first_efa_card=card,
        network_gbits=gbits,
        nvme_disks=disks,
        nvme_gb=nvme,
        enis=enis,
        ips_per_eni=ips,
        spot="S" in flags,
        capacity_blocks="B" in flags,
        nitro="N" in flags,
        bare_metal="M" in flags,
        price_per_hour=price,
    )


def written(kind: InstanceType) -> list[Any]:
    """The row of an instance type."""
    gpu, neuron = kind.gpu, kind.neuron
    flags = {"S": kind.spot, "B": kind.capacity_blocks, "N": kind.nitro, "M": kind.bare_metal}
    return [
        kind.architecture,
        kind.vcpus,
        kind.memory_mib,
        [gpu.model, gpu.count, gpu.memory_mib, gpu.fraction] if gpu else None,
        [neuron.model, neuron.count, neuron.cores, neuron.memory_mib] if neuron else None,
        kind.efa_interfaces,
        kind.first_efa_card,
        kind.network_gbits,
        kind.nvme_disks,
        kind.nvme_gb,
        kind.enis,
        kind.ips_per_eni,
        "".join(letter for letter, holds in flags.items() if holds),
        kind.price_per_hour,
    ]
