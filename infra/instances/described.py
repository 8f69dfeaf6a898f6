"""From an answer of EC2's ``DescribeInstanceTypes`` to the catalogue's instance type."""

from collections.abc import Mapping
from typing import Any

from .shape import Architecture, Gpu, InstanceType, Neuron

__all__ = ["described"]


def described(answer: Mapping[str, Any]) -> InstanceType | None:
    """The instance type of one answer, without a price; None where no Kubernetes node runs (macOS, 32 bits alone)."""
    if (architecture := _architecture(answer)) is None:
        return None
    network, disks = answer["NetworkInfo"], answer.get("InstanceStorageInfo", {})
    cards = network["NetworkCards"]
    efa = [card["NetworkCardIndex"] for card in cards if "efa" in card.get("InterfaceTypes", ())]
    usage = answer.get("SupportedUsageClasses", ())
    return InstanceType(
        name=answer["InstanceType"],
        architecture=architecture,
        vcpus=answer["VCpuInfo"]["DefaultVCpus"],
        memory_mib=answer["MemoryInfo"]["SizeInMiB"],
        gpu=_gpu(answer),
        neuron=_neuron(answer),
        efa_interfaces=network.get("EfaInfo", {}).get("MaximumEfaInterfaces", 0),
        first_efa_card=efa[0] if efa else 0,
        network_gbits=round(sum(card["BaselineBandwidthInGbps"] for card in cards), 3),
        nvme_disks=_nvme(disks, "Count"),
        nvme_gb=_nvme(disks, "TotalSizeInGB"),
        # Interfaces of further cards carry no pod addresses: the CNI plugin uses the default card only.
        enis=cards[network["DefaultNetworkCardIndex"]]["MaximumNetworkInterfaces"],
        ips_per_eni=network["Ipv4AddressesPerInterface"],
        spot="spot" in usage,
        capacity_blocks="capacity-block" in usage,
        nitro=answer.get("Hypervisor") == "nitro" or answer["BareMetal"],
        bare_metal=answer["BareMetal"],
        price_per_hour=None,
    )


def _architecture(answer: Mapping[str, Any]) -> Architecture | None:
    supported = answer["ProcessorInfo"]["SupportedArchitectures"]
    if "x86_64" in supported:
        return "x86_64"
    return "arm64" if "arm64" in supported else None


def _gpu(answer: Mapping[str, Any]) -> Gpu | None:
    gpus = answer.get("GpuInfo", {}).get("Gpus", ())
    if not gpus:
        return None
    # A fractional type counts no whole GPU; what the system sees is the logical one.
    first = gpus[0]
    return Gpu(
        model=first["Name"],
        count=first.get("LogicalGpuCount", first["Count"]),
        memory_mib=first["MemoryInfo"]["SizeInMiB"],
        fraction=first.get("GpuPartitionSize", 1.0),
    )


def _neuron(answer: Mapping[str, Any]) -> Neuron | None:
    devices = answer.get("NeuronInfo", {}).get("NeuronDevices", ())
    if not devices:
        return None
    first = devices[0]
    return Neuron(
        model=first["Name"],
        count=first["Count"],
        cores=first["CoreInfo"]["Count"],
        memory_mib=first["MemoryInfo"]["SizeInMiB"],
    )


def _nvme(disks: Mapping[str, Any], what: str) -> int:
    """Number or size of the local disks, where they are NVMe; older types have other ones, which are not used."""
    if disks.get("NvmeSupport") not in ("required", "supported"):
        return 0
    return disks["TotalSizeInGB"] if what == "TotalSizeInGB" else sum(disk[what] for disk in disks["Disks"])
