"""Whether pods fit the pools they ask for."""

from collections.abc import Iterator
from dataclasses import replace

from rayform.fit.report import Fit, fit
from rayform.spec.refusal import Refusal

from .architecture import strangers
from .demand import demands
from .parts import RaySpec, parts
from .placement import Pools

__all__ = ["met", "strange"]


def met(spec: RaySpec, pools: Pools) -> Fit:
    """How a cluster or job meets the pools it names; amounts not known are not judged."""
    if all(part.pod.pool is None for part in parts(spec)):
        return Fit((), (), ())
    alone = tuple(strange(spec, pools))
    groups = tuple(demands(spec, pools))
    if not groups:
        return Fit((), alone, ())
    found = fit(groups, pools.values())
    return replace(found, refusals=(*alone, *found.refusals))


def strange(spec: RaySpec, pools: Pools) -> Iterator[Refusal]:
    """Pools that are not there, and images that do not start on the ones that are."""
    yield from _unknown(spec, pools)
    yield from strangers(spec, pools)


def _unknown(spec: RaySpec, pools: Pools) -> Iterator[Refusal]:
    given = f"given are {', '.join(sorted(pools))}" if pools else "none is given"
    for part in parts(spec):
        if part.pod.pool is not None and part.pod.pool not in pools:
            asked = f"pool {part.pod.pool} asked"
            yield Refusal(f"{part.path}.pool", asked, given, "pass it in pools, or choose one of these")
