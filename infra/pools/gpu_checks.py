"""Why GPUs cannot be shared as asked."""

from collections.abc import Iterator, Sequence

from rayform.spec.refusal import Refusal

from ..instances import InstanceType
from .mig import mig
from .spec import GpuNodePoolSpec, PoolSpec

__all__ = ["shared"]


def shared(spec: PoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    """Sharing in turns and in parts together, profiles that the GPU has not, and images that do not cut GPUs up."""
    if not isinstance(spec, GpuNodePoolSpec):
        return
    if spec.time_slices and spec.mig_profile:
        possible = f"the GPUs are cut into {spec.mig_profile} already"
        yield Refusal("time_slices", f"{spec.time_slices} asked", possible, "share in turns or in parts, not both")
    if spec.time_slices:
        yield from _sliced(spec, types)
    if spec.mig_profile:
        yield from _cut(spec, types)


def _sliced(spec: GpuNodePoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    for kind in types:
        if kind.gpu and kind.gpu.fraction < 1:
            possible = f"{kind.name} has a share of a GPU already"
            yield Refusal("time_slices", f"{spec.time_slices} asked", possible, "leave it out, or choose a whole GPU")


def _cut(spec: GpuNodePoolSpec, types: Sequence[InstanceType]) -> Iterator[Refusal]:
    asked = f"{spec.mig_profile} asked"
    if spec.ami != "bottlerocket":
        possible = f"{spec.ami} nodes do not cut GPUs up when they start"
        yield Refusal("mig_profile", asked, possible, 'set ami="bottlerocket"')
    for kind in types:
        if kind.gpu is None:
            continue
        cut = mig(kind.gpu)
        if cut is None:
            possible = f"the {kind.gpu.model} of {kind.name} cannot be cut up"
            yield Refusal("mig_profile", asked, possible, "set time_slices, or choose a type with A100 or newer")
        elif spec.mig_profile not in cut.profiles:
            possible = f"the {kind.gpu.model} of {kind.name} is cut into {', '.join(cut.profiles)}"
            yield Refusal("mig_profile", asked, possible, "choose one of these")
