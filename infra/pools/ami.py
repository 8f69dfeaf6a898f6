"""Which EKS-optimised image a type of instance boots from.

Types after the EKS User Guide, "Use EKS-optimized accelerated AMIs for GPU instances", as read in November 2026; g7 on
AL2023 after release v20260917 of github.com/awslabs/amazon-eks-ami.
"""

from typing import Final, Literal

from ..instances import Architecture, InstanceType

__all__ = ["GPU_FAMILIES", "AmiFamily", "ami_type", "families_with_image"]

AmiFamily = Literal["al2023", "bottlerocket"]
"""The operating system of a node: Amazon Linux 2023, or Bottlerocket."""

_X86: Final = frozenset({"p6-b300", "p6-b200", "p5", "p5e", "p5en", "p4d", "p4de", "p3", "p3dn"}) | frozenset(
    {"g7e", "gr6", "g6", "g6e", "g6f", "gr6f", "g5", "g4dn"}
)

GPU_FAMILIES: Final[dict[tuple[AmiFamily, Architecture], frozenset[str]]] = {
    ("al2023", "x86_64"): _X86 | {"g7"},
    ("al2023", "arm64"): frozenset({"p6e-gb200", "p6e-gb300", "g5g"}),
    ("bottlerocket", "x86_64"): _X86,
    ("bottlerocket", "arm64"): frozenset({"g5g"}),
}
"""Families of instances that the NVIDIA image of an operating system and architecture has drivers for."""

_PLAIN: Final[dict[tuple[AmiFamily, Architecture], str]] = {
    ("al2023", "x86_64"): "AL2023_x86_64_STANDARD",
    ("al2023", "arm64"): "AL2023_ARM_64_STANDARD",
    ("bottlerocket", "x86_64"): "BOTTLEROCKET_x86_64",
    ("bottlerocket", "arm64"): "BOTTLEROCKET_ARM_64",
}

_NVIDIA: Final[dict[tuple[AmiFamily, Architecture], str]] = {
    ("al2023", "x86_64"): "AL2023_x86_64_NVIDIA",
    ("al2023", "arm64"): "AL2023_ARM_64_NVIDIA",
    ("bottlerocket", "x86_64"): "BOTTLEROCKET_x86_64_NVIDIA",
    ("bottlerocket", "arm64"): "BOTTLEROCKET_ARM_64_NVIDIA",
}


def ami_type(family: AmiFamily, kind: InstanceType) -> str | None:
    """The ``amiType`` of the EKS API for such nodes; None where no image has the drivers."""
    key = (family, kind.architecture)
    if kind.gpu is None:
        return _PLAIN[key]
    return _NVIDIA[key] if kind.family in GPU_FAMILIES[key] else None


def families_with_image(kind: InstanceType) -> tuple[AmiFamily, ...]:
    """The operating systems that have an image for such nodes."""
    families: tuple[AmiFamily, ...] = ("al2023", "bottlerocket")
    return tuple(family for family in families if ami_type(family, kind) is not None)
