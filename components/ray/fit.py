"""Whether pods fit the pools they ask for."""

from collections.abc import Iterator

from rayform.fit.report import Fit, fit
from rayform.spec.refusal import Refusal

from .architecture import strangers
from .demand import demands
from .parts import RaySpec, parts
from .placement import Pools

__all__ = ["met"]


def met(spec: RaySpec, pools: Pools) -> Fit:
    """How a cluster or job meets the pools it names; amounts not known are not judged."""
    unknown = tuple(_unknown(spec, pools))
    named = {part.pod.pool for part in parts(spec)} & pools.keys()
    if not named:
        return Fit((), unknown, ())
    found = fit(tuple(demands(spec, pools)), pools.values())
    met_pools = tuple(each for each in found.pools if each.pool.name in named)
    return Fit(met_pools, (*unknown, *found.refusals, *strangers(spec, pools)), found.warnings)


def _unknown(spec: RaySpec, pools: Pools) -> Iterator[Refusal]:
    given = f"given are {', '.join(sorted(pools))}" if pools else "none is given"
    for part in parts(spec):
        if part.pod.pool is not None and part.pod.pool not in pools:
            asked = f"pool {part.pod.pool} asked"
            yield Refusal(f"{part.path}.pool", asked, given, "pass it in pools, or choose one of these")
