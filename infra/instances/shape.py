"""What one type of EC2 instance has."""

from dataclasses import dataclass

from rayform.fit.placement import Architecture

__all__ = ["Architecture", "Gpu", "InstanceType", "Neuron"]


@dataclass(frozen=True, slots=True)
class Gpu:
    """The GPUs of an instance, all alike."""

    model: str
    """The model: ``A10G``."""
    count: int
    """How many the operating system sees."""
    memory_mib: int
    """Memory of each, in MiB."""
    fraction: float
    """The share of a physical GPU that each is: 1.0, or less on fractional types."""


@dataclass(frozen=True, slots=True)
class Neuron:
    """The Neuron devices (Inferentia, Trainium) of an instance, all alike."""

    model: str
    """The model: ``Trainium2``."""
    count: int
    """How many devices there are."""
    cores: int
    """Neuron cores of each."""
    memory_mib: int
    """Memory of each, in MiB."""


@dataclass(frozen=True, slots=True)
class InstanceType:
    """One type of EC2 instance, as ``DescribeInstanceTypes`` tells it."""

    name: str
    """The type: ``g5.12xlarge``."""
    architecture: Architecture
    """The processor's architecture."""
    vcpus: int
    """Virtual CPUs."""
    memory_mib: int
    """Nominal memory, in MiB; the operating system sees less."""
    gpu: Gpu | None
    """Its GPUs; None has none."""
    neuron: Neuron | None
    """Its Neuron devices; None has none."""
    efa_interfaces: int
    """EFA interfaces it can have; 0 has none. Each is on a network card of its own."""
    first_efa_card: int
    """The index of the first network card that takes an EFA interface."""
    network_gbits: float
    """Sustained network bandwidth of all cards together, in Gbit/s."""
    nvme_disks: int
    """Local NVMe disks; 0 has none."""
    nvme_gb: int
    """What they hold together, in GB."""
    enis: int
    """Network interfaces of the default card, the only ones that give pods addresses."""
    ips_per_eni: int
    """IPv4 addresses of each such interface."""
    spot: bool
    """Whether spot capacity is sold."""
    capacity_blocks: bool
    """Whether capacity blocks are sold."""
    nitro: bool
    """Whether it is of the Nitro system, as prefix delegation needs; bare metal is."""
    bare_metal: bool
    """Whether it is a whole machine."""
    price_per_hour: float | None
    """On-demand price of an hour on Linux, in US dollars; see ``prices()`` for region and date. None is not known."""

    @property
    def family(self) -> str:
        """What the type is a size of: ``g5``."""
        return self.name.partition(".")[0]
