"""Types of instance that EKS Auto Mode does not launch.

Families after the EKS User Guide, "EKS Auto Mode supported instance reference", as it was in 2026; what is in its
table of other accelerators is left out, since pools have none.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from rayform.spec.refusal import Refusal

from ..instances import InstanceType, instance_type, names

__all__ = ["AUTO_FAMILIES", "auto_refusals"]

AUTO_FAMILIES: Final = (
    frozenset({"p6-b300", "p6-b200", "p5", "p5e", "p5en", "p4d", "p4de", "p3", "p3dn"})
    | frozenset({"g7e", "g6", "g6e", "gr6", "g5", "g5g", "g4dn"})
    | frozenset({"c9g", "c8a", "c8g", "c8gb", "c8gd", "c8gn", "c8i", "c8i-flex", "c8id", "c7a", "c7g", "c7gd", "c7gn"})
    | frozenset({"c7i", "c7i-flex", "c6a", "c6g", "c6gd", "c6gn", "c6i", "c6id", "c6in"})
    | frozenset({"c5", "c5a", "c5ad", "c5d", "c5n", "c4"})
    | frozenset({"m9gd", "m8a", "m8azn", "m8g", "m8gb", "m8gd", "m8gn", "m8i", "m8i-flex", "m8id", "m7a", "m7g"})
    | frozenset({"m7gd", "m7i", "m7i-flex", "m6a", "m6g", "m6gd", "m6i", "m6id", "m6idn", "m6in"})
    | frozenset({"m5", "m5a", "m5ad", "m5d", "m5dn", "m5n", "m5zn", "m4"})
    | frozenset({"r8a", "r8g", "r8gb", "r8gd", "r8gn", "r8i", "r8i-flex", "r8id", "r7a", "r7g", "r7gd", "r7i", "r7iz"})
    | frozenset({"r6a", "r6g", "r6gd", "r6i", "r6id", "r6idn", "r6in"})
    | frozenset({"r5", "r5a", "r5ad", "r5b", "r5d", "r5dn", "r5n", "r4"})
    | frozenset({"t4g", "t3", "t3a", "t2", "z1d", "x8aedz", "x8g", "x8i", "x2gd", "x2idn", "x2iedn", "x2iezn", "hpc8a"})
    | frozenset({"i8g", "i8ge", "i7i", "i7ie", "i4g", "i4i", "i3", "i3en", "im4gn", "is4gen", "d3", "d3en"})
)
"""Families of instances that EKS Auto Mode launches, but those with other accelerators than NVIDIA's."""

_TOO_SMALL: Final = ("nano", "micro", "small")


def auto_refusals(types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """Bare metal, fractional GPUs, families that are not its own, and sizes that it takes for too small."""
    for kind in types:
        asked = f"{kind.name} asked"
        if kind.bare_metal:
            yield Refusal("instance_types", asked, "EKS Auto Mode launches no bare metal", "choose a virtual size")
        elif kind.gpu and kind.gpu.fraction < 1:
            possible = "EKS Auto Mode launches no fractional GPUs"
            yield Refusal("instance_types", asked, possible, "choose a size with a whole GPU, or make it a GpuNodePool")
        elif kind.family not in AUTO_FAMILIES and not kind.neuron:
            possible = f"AWS lists no {kind.family} for EKS Auto Mode"
            yield Refusal("instance_types", asked, possible, _instead(kind))
        elif _is_small(kind):
            possible = "EKS Auto Mode launches nothing of one vCPU, and no nano, micro or small"
            yield Refusal("instance_types", asked, possible, _instead(kind))


def _is_small(kind: InstanceType) -> bool:
    return kind.vcpus < 2 or kind.name.rpartition(".")[2] in _TOO_SMALL


def _instead(kind: InstanceType) -> str:
    """The cheapest type that it does launch and that has as much of everything, or another kind of pool.

    A burstable one stands for burstable ones alone.
    """
    other = "a GpuNodePool" if kind.gpu else "a NodePool"
    there = (instance_type(name) for name in names())
    enough = [each for each in there if _launched(each) and each.price_per_hour and _covers(each, kind)]
    cheapest = min(enough, key=lambda each: (each.price_per_hour, each.name), default=None)
    return f"choose {cheapest.name}, or make it {other}" if cheapest else f"make it {other}"


def _launched(kind: InstanceType) -> bool:
    return kind.family in AUTO_FAMILIES and not kind.bare_metal and not _is_small(kind)


def _covers(one: InstanceType, other: InstanceType) -> bool:
    return _sort(one) == _sort(other) and all(
        there >= asked for there, asked in zip(_has(one), _has(other), strict=True)
    )


def _sort(kind: InstanceType) -> tuple[str, bool, bool]:
    return kind.architecture, kind.gpu is None, kind.name.startswith("t")


def _has(kind: InstanceType) -> tuple[int, ...]:
    gpus = (kind.gpu.count, kind.gpu.memory_mib) if kind.gpu else (0, 0)
    return (kind.vcpus, kind.memory_mib, *gpus)
