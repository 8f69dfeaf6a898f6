"""Why a pool's types of instance cannot be a pool."""

from collections.abc import Iterator, Sequence
from typing import Final

from rayform.spec.refusal import Refusal

from ..instances import InstanceType, UnknownInstanceTypeError, instance_type
from .ami import ami_type, families_with_image
from .auto_types import auto_refusals
from .spec import AutoModePoolSpec, GpuNodePoolSpec, NodePoolSpec, PoolSpec

__all__ = ["alike", "imaged", "known", "right_kind"]

MOST_TYPES: Final = 20
"""Types of instance that a node group takes (EKS API, CreateNodegroup)."""


def known(spec: PoolSpec) -> tuple[tuple[InstanceType, ...], tuple[Refusal, ...]]:
    """The pool's types as far as the catalogue has them, and refusals of the others, of repeated ones, and of none."""
    types: list[InstanceType] = []
    refused: list[Refusal] = []
    if len(spec.instance_types) > MOST_TYPES and isinstance(spec, NodePoolSpec):
        asked = f"{len(spec.instance_types)} asked"
        refused.append(Refusal("instance_types", asked, f"EKS takes {MOST_TYPES} of a node group", "name fewer"))
    if not spec.instance_types:
        refused.append(Refusal("instance_types", "none asked", "a pool needs at least one", "name a type"))
    for index, name in enumerate(spec.instance_types):
        path = f"instance_types[{index}]"
        if name in spec.instance_types[:index]:
            refused.append(Refusal(path, f"{name} asked twice", "once is enough", "remove it"))
            continue
        try:
            types.append(instance_type(name))
        except UnknownInstanceTypeError as error:
            near = f"near it are {', '.join(error.near)}" if error.near else "no known one is near it"
            remedy = "choose one of the catalogue, or refresh that"
            refused.append(Refusal(path, f"{name} asked", f"no such type is known, {near}", remedy))
    return tuple(types), tuple(refused)


def alike(types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """Types that differ where pods would notice: autoscaler and scheduler take a pool's nodes for equals."""
    first = types[0]
    for kind in types[1:]:
        if kind.architecture != first.architecture:
            yield _unlike(kind, first, f"its processors are {kind.architecture}", f"are {first.architecture}")
        ours, theirs = first.gpu, kind.gpu
        if (ours is None) != (theirs is None):
            yield _unlike(kind, first, "it has GPUs" if theirs else "it has no GPU", "has GPUs" if ours else "has none")
        elif ours and theirs and (ours.model, ours.memory_mib) != (theirs.model, theirs.memory_mib):
            yield _unlike(kind, first, f"its GPUs are {_gpu(kind)}", f"has {_gpu(first)}")
        elif ours and theirs and ours.count != theirs.count:
            yield _unlike(kind, first, f"it has {theirs.count} GPUs", f"has {ours.count}")


def right_kind(spec: PoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """Types with GPUs in a pool without, types without in a GPU pool, and accelerators that no pool handles."""
    for kind in types:
        asked = f"{kind.name} asked"
        if kind.neuron:
            possible = f"its accelerator is {kind.neuron.model}, pools handle NVIDIA GPUs"
            yield Refusal("instance_types", asked, possible, "choose a type with GPUs, or without accelerator")
        elif isinstance(spec, GpuNodePoolSpec) and kind.gpu is None:
            yield Refusal("instance_types", asked, "it has no GPU", "choose a type with GPUs, or make it a NodePool")
        elif isinstance(spec, NodePoolSpec) and not isinstance(spec, GpuNodePoolSpec) and kind.gpu:
            possible = f"it has {kind.gpu.count} {kind.gpu.model}"
            yield Refusal("instance_types", asked, possible, "make it a GpuNodePool, or choose a type without GPUs")


def imaged(spec: PoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """Types that no image has drivers for, or that EKS Auto Mode does not launch."""
    if isinstance(spec, AutoModePoolSpec):
        yield from auto_refusals(types)
        return
    if not isinstance(spec, NodePoolSpec):
        return
    for kind in types:
        if kind.family == "a1" and spec.ami == "al2023":
            possible = "Amazon Linux 2023 runs on Graviton2 and later, and A1 has the first"
            yield Refusal("ami", f"al2023 asked for {kind.name}", possible, "choose a newer type, such as m6g.large")
        if ami_type(spec.ami, kind) is None:
            other = families_with_image(kind)
            remedy = f'set ami="{other[0]}"' if other else "choose another type, or build an image of your own"
            possible = f"the {spec.ami} image for {kind.architecture} has no driver for {kind.family}"
            yield Refusal("ami", f"{spec.ami} asked for {kind.name}", possible, remedy)


def _unlike(kind: InstanceType, first: InstanceType, differs: str, others: str) -> Refusal:
    asked = f"{kind.name} asked beside {first.name}"
    return Refusal("instance_types", asked, f"{differs}, {first.name} {others}", "make two pools of them")


def _gpu(kind: InstanceType) -> str:
    return f"{kind.gpu.model} of {kind.gpu.memory_mib} MiB" if kind.gpu else "none"
