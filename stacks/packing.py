"""How all that a stack runs meets all its pools: pure, so that ``rayform plan`` and the program say the same."""

from collections.abc import Iterator
from dataclasses import replace

from rayform.components import Placement, Refusal
from rayform.components.ray.demand import demands
from rayform.components.ray.fit import met, strange
from rayform.components.ray.parts import RaySpec
from rayform.fit.report import Fit, fit
from rayform.infra.pools import placement

from .ground import ground_warnings, pool_specs
from .settings import StackSettings
from .whole import idle_warnings, selector_warnings

__all__ = ["of_several", "packing", "placements"]


def placements(stack: str, settings: StackSettings) -> dict[str, Placement]:
    """The pools of a stack whose ground nothing refuses, as pods see them."""
    if settings.ground is None:
        return {}
    zones = settings.ground.network.zone_names
    return {name: placement(name, spec, zones) for name, spec in pool_specs(stack, settings.ground).items()}


def packing(stack: str, settings: StackSettings) -> Fit:
    """Every object of the stack on the stack's pools, of a stack whose ground nothing refuses."""
    pools = placements(stack, settings)
    groups = [group.of(subject) for subject, spec in _objects(settings) for group in demands(spec, pools)]
    alone = [
        replace(each, path=f"{subject}: {each.path}")
        for subject, spec in _objects(settings)
        for each in strange(spec, pools)
    ]
    found = fit(groups, pools.values())
    beneath = ground_warnings(stack, settings.ground) if settings.ground else ()
    whole = (*beneath, *idle_warnings(settings, found.pools), *selector_warnings(settings))
    return replace(found, refusals=(*alone, *found.refusals), warnings=(*whole, *found.warnings))


def of_several(stack: str, settings: StackSettings, found: Fit) -> tuple[Refusal, ...]:
    """Warnings that no object has by itself, only all of them together."""
    pools = placements(stack, settings)
    own = {f"{subject}: {each}" for subject, spec in _objects(settings) for each in met(spec, pools).warnings}
    return tuple(each for each in found.warnings if str(each) not in own)


def _objects(settings: StackSettings) -> Iterator[tuple[str, RaySpec]]:
    """Everything that runs, with what messages call it."""
    yield from ((f"RayCluster {name}", spec) for name, spec in settings.clusters.items())
    yield from ((f"RayJob {name}", spec) for name, spec in settings.jobs.items())
    yield from ((f"RayService {name}", spec) for name, spec in settings.services.items())
    yield from ((f"RayCronJob {name}", spec) for name, spec in settings.cronjobs.items())
