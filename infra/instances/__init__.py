"""The instance catalogue: what EC2 offers, by type, read from a file that names its source and date."""

from .catalogue import PriceList, UnknownInstanceTypeError, instance_type, names, prices, source
from .shape import Architecture, Gpu, InstanceType, Neuron

__all__ = [
    "Architecture",
    "Gpu",
    "InstanceType",
    "Neuron",
    "PriceList",
    "UnknownInstanceTypeError",
    "instance_type",
    "names",
    "prices",
    "source",
]
