"""Whether pods fit the pools they ask for."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rayform.spec.quantity import amount, written
from rayform.spec.refusal import Refusal

from .group import WorkerGroup
from .parts import RaySpec, parts
from .placement import Pool, placed
from .pod import Pod

__all__ = ["misfits"]

_CHOOSE = "lower it or choose a larger pool"


def misfits(spec: RaySpec, pools: Mapping[str, Pool]) -> Iterator[Refusal]:
    """Every way in which pods of an object do not fit the pools they name; amounts not known are not judged."""
    for path, _, pod, _ in parts(spec):
        pool = placed(pod, pools)
        if pool is None:
            yield from _unknown(path, pod, pools)
            continue
        yield from _devices(path, pod, pool)
        yield from _amounts(path, pod, pool)
        if isinstance(pod, WorkerGroup):
            yield from _count(path, pod, pool)


def _unknown(path: str, pod: Pod, pools: Mapping[str, Pool]) -> Iterator[Refusal]:
    if pod.pool is not None:
        given = f"given are {', '.join(sorted(pools))}" if pools else "none is given"
        yield Refusal(f"{path}.pool", f"pool {pod.pool} asked", given, "pass it in pools, or choose one of these")


def _devices(path: str, pod: Pod, pool: Pool) -> Iterator[Refusal]:
    if pod.gpus > pool.gpus:
        asked = f"{pod.gpus} GPU{'s' if pod.gpus > 1 else ''} asked"
        yield Refusal(f"{path}.gpus", asked, f"a {pool.node_type} gives {pool.gpus}", _CHOOSE)


def _amounts(path: str, pod: Pod, pool: Pool) -> Iterator[Refusal]:
    for field, unit, asked, given in (("cpu", " CPUs", pod.cpu, pool.cpu), ("memory", "", pod.memory, pool.memory)):
        if asked is not None and given is not None and _amount(asked) > _amount(given):
            possible = f"a {pool.node_type} gives {_shown(given)}"
            yield Refusal(f"{path}.{field}", f"{asked}{unit} asked", possible, _CHOOSE)


def _count(path: str, group: WorkerGroup, pool: Pool) -> Iterator[Refusal]:
    fewest = max(group.min_replicas, group.replicas or 0) * (group.num_of_hosts or 1)
    if pool.max_nodes is None or not group.gpus or group.gpus > pool.gpus:
        return
    most = pool.max_nodes * (pool.gpus // group.gpus)
    if fewest > most:
        field = "min_replicas" if group.min_replicas >= (group.replicas or 0) else "replicas"
        possible = f"{pool.max_nodes} nodes of pool {pool.name} hold {most}"
        yield Refusal(f"{path}.{field}", f"{fewest} pods of {group.gpus} GPUs asked", possible, _CHOOSE)


def _shown(given: str | float) -> str:
    # Pools count memory in bytes; people do not.
    text = written(given)
    return f"{int(text) / 2**30:.1f}Gi" if text.isdigit() and int(text) >= 2**20 else text


def _amount(value: str | float) -> Decimal:
    return amount(written(value))
