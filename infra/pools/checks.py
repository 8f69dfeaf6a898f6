"""Every reason why a pool cannot be, at once."""

import re
from collections.abc import Iterator
from typing import Final

from rayform.spec.refusal import Refusal

from ..tags import tag_refusals
from .capacity_checks import bought, bounds, closely_placed, disks, fabric, zoned
from .gpu_checks import shared
from .label_checks import labelled, tainted
from .reservation_checks import held
from .spec import PoolSpec
from .type_checks import alike, imaged, known, right_kind

__all__ = ["refusals"]

_NAME: Final = re.compile(r"[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?")


def refusals(name: str, spec: PoolSpec) -> tuple[Refusal, ...]:
    """Why a pool of that name cannot be; empty where nothing is in its way."""
    return tuple(_found(name, spec))


def _found(name: str, spec: PoolSpec) -> Iterator[Refusal]:
    if _NAME.fullmatch(name) is None:
        possible = "EKS and labels take at most 63 characters, 23 of them for what the pool adds"
        remedy = "use at most 40 lower case letters, digits and dashes, a letter first"
        yield Refusal("name", f"{name!r} asked", possible, remedy)
    types, unknown = known(spec)
    yield from unknown
    yield from bounds(spec)
    yield from bought(spec, types)
    yield from held(spec)
    yield from zoned(spec)
    yield from closely_placed(spec, types)
    yield from labelled(spec)
    yield from tainted(spec, types)
    yield from tag_refusals(spec.tags)
    if types:
        yield from alike(types)
        yield from right_kind(spec, types)
        yield from imaged(spec, types)
        yield from fabric(spec, types)
        yield from shared(spec, types)
        yield from disks(spec, types)
